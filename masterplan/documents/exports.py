"""The life of a print job: claim it, build the PDF in limited children, check it, publish it under its token.

The row is the truth. A worker that dies loses its lease and the sweep rings for another; a worker that was overtaken
publishes nothing.
"""

import logging
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction

from masterplan.documents.blueprint import book_parts, sheet_parts
from masterplan.documents.contents.figures import evidence_of
from masterplan.documents.contents.printed import printed_texts
from masterplan.documents.errors import BookError
from masterplan.documents.press.assets import Assets
from masterplan.documents.press.standing import StandingPress
from masterplan.documents.produce import STATIC, BuildReport, build
from masterplan.documents.remembered import RememberedHtml
from masterplan.models import BookFile, BookJob, EvidenceFile, SheetJob
from smartcity.common.files import private_storage
from smartcity.common.jobs import Lease, claim, fail, lease, publish, report_progress

logger = logging.getLogger(__name__)

LEASE_SECONDS = 20


# Set in a worker that prints; elsewhere each print starts a process of its own.
_standing: StandingPress | None = None


def standing_press() -> StandingPress | None:
    """The press that this process keeps warm, if it does."""
    return _standing


def keep_press_warm() -> None:
    """Load what rendering needs now and keep it for everything this process will print."""
    global _standing
    _standing = StandingPress()
    _standing.server(Assets(STATIC), cache_folder(), settings.BOOK_WORKERS)


class Overtaken(Exception):
    """Another worker holds the job now; what this one made is thrown away."""


def cache_folder() -> Path:
    """Where rendered parts are kept; shared storage when several machines print."""
    return Path(settings.PARTS_DIR)


def produce_book(pk: int) -> bool:
    """Make the file of BookJob `pk`. Returns whether this call published it."""
    job = claim(BookJob, pk, lease_seconds=LEASE_SECONDS)
    if job is None:
        return False
    snapshot = job.snapshot
    make = partial(
        build,
        snapshot.content,
        book=job.book,
        parts_of=partial(book_parts, code=snapshot.code, fingerprint=snapshot.sha256),
        render=RememberedHtml(cache_folder()),
        texts_of=printed_texts,
        draft=job.draft_mark,
        fingerprint=snapshot.sha256,
        code=snapshot.code,
        standing=_standing,
    )
    return _produce(job, snapshot.content, make)


def produce_sheet(pk: int) -> bool:
    """Make the file of SheetJob `pk`: one initiative's own pages, always marked as a draft."""
    job = claim(SheetJob, pk, lease_seconds=LEASE_SECONDS)
    if job is None:
        return False
    initiative_id = job.content["initiatives"][0]["id"]
    make = partial(
        build,
        job.content,
        book="buku-2",
        parts_of=lambda content, book: sheet_parts(content, initiative_id),
        render=RememberedHtml(cache_folder()),
        texts_of=printed_texts,
        draft=True,
        fingerprint=job.sha256,
        code=f"{job.sha256[:4]}-{job.sha256[4:8]}".upper(),
        standing=_standing,
    )
    return _produce(job, job.content, make)


def _produce(job: BookJob | SheetJob, content: Mapping[str, Any], make: Callable[..., BuildReport]) -> bool:
    with lease(job) as held, tempfile.TemporaryDirectory(prefix="buku-") as folder:
        out = Path(folder) / "buku.pdf"
        try:
            report = make(
                cache_dir=cache_folder(),
                out=out,
                progress=_reporter(job, held),
                workers=settings.BOOK_WORKERS,
                images=images_of(content, Path(folder) / "gambar"),
            )
        except Overtaken:
            return False
        except BookError as error:
            fail(job, str(error))
            return False
        except (OSError, MemoryError) as error:
            logger.exception("%s %s not produced", job._meta.label, job.pk)
            fail(job, f"Penyusunan terhenti: {error}. Coba lagi sebentar lagi.", retry=True)
            return False
        return _publish(job, out, report)


def images_of(content: Mapping[str, Any], folder: Path) -> Path:
    """The pictures that `content` names, in a folder of their own under the names it gives them.

    One that is lost is left out: the print says its title in its place, and names the fault.
    """
    folder.mkdir()
    rows = [row for initiative in content["initiatives"] for row in evidence_of(initiative) if row["image"]]
    wanted = {row["sha256"]: row["image"]["file"] for row in rows}
    for file in EvidenceFile.objects.filter(sha256__in=wanted).exclude(printed=""):
        with suppress(FileNotFoundError), file.printed.open("rb") as picture:
            (folder / wanted[file.sha256]).write_bytes(picture.read())
    return folder


def _reporter(job: BookJob | SheetJob, held: Lease) -> Callable[[str, int, int], None]:
    def report(stage: str, done: int, total: int) -> None:
        if held.lost or not report_progress(job, stage, done, total):
            raise Overtaken

    return report


def _publish(job: BookJob | SheetJob, out: Path, report: BuildReport) -> bool:
    """Store the file by its hash and end the job, together or not at all."""
    with transaction.atomic():
        file = _store(out, report)
        if publish(job, file=file, report=_figures(report)):
            return True
        transaction.set_rollback(True)
        return False


def _store(out: Path, report: BuildReport) -> BookFile:
    name = f"books/{report.sha256[:2]}/{report.sha256}.pdf"
    if not private_storage().exists(name):
        with out.open("rb") as handle:
            private_storage().save(name, File(handle))
    file, _ = BookFile.objects.get_or_create(
        sha256=report.sha256, defaults={"stored": name, "size": out.stat().st_size, "pages": report.pages}
    )
    return file


def _figures(report: BuildReport) -> dict[str, Any]:
    """What `build_book` prints and the page tells."""
    return asdict(report)
