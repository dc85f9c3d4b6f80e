"""The life of a print job: claim it, build the file in limited children, check it, publish it under its token.

The row is the truth. A worker that dies loses its lease and the sweep rings for another; a worker that was overtaken
publishes nothing.
"""

import hashlib
import logging
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.files import File
from django.db import transaction

from masterplan.documents.blueprint import sheet_parts, texts_of
from masterplan.documents.contents.figures import evidence_of
from masterplan.documents.contents.papers import suited
from masterplan.documents.contents.printed import printed_texts
from masterplan.documents.errors import BookError
from masterplan.documents.press.assets import Assets
from masterplan.documents.press.standing import StandingPress
from masterplan.documents.produce import STATIC, BuildReport, build
from masterplan.documents.render import render_part
from masterplan.documents.shapes.orders import maker_of, parts_of_book
from masterplan.documents.snapshot import fingerprint as fingerprint_of
from masterplan.documents.variants import VARIANTS
from masterplan.models import BookFile, BookJob, EvidenceFile, SheetJob
from masterplan.reference import BookFormat
from smartcity.common.files import discard_now, is_intact, private_storage
from smartcity.common.jobs import Lease, claim, fail, lease, publish, report_progress

if TYPE_CHECKING:
    from masterplan.documents.signing import Signature

logger = logging.getLogger(__name__)

LEASE_SECONDS = 20
_ALTERED = (
    "Isi yang dibekukan tidak lagi cocok dengan sidiknya, jadi tidak dicetak."
    " Bekukan lagi isinya, dan beri tahu pengelola portal."
)


# Set in a worker that prints sheets while somebody waits; books start a process of their own.
_standing: StandingPress | None = None


def keep_press_warm() -> None:
    """Load what rendering needs now and keep it for every sheet this process will print."""
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
    make = _pdf(job) if job.format == BookFormat.PDF else maker_of(job)
    return _produce(job, job.snapshot.content, job.snapshot.sha256, make, BookFormat(job.format))


def _pdf(job: BookJob) -> Callable[..., BuildReport]:
    snapshot, variant = job.snapshot, VARIANTS[job.variant]
    all_parts = parts_of_book(job)
    return partial(
        build,
        snapshot.content,
        book=job.book,
        variant=variant,
        parts_of=lambda content, book: suited(all_parts(content, book), content, variant),
        render=render_part,
        texts_of=partial(texts_of, book=job.book),
        draft=job.draft_mark,
        fingerprint=snapshot.sha256,
        code=job.code,
        cache_dir=cache_folder(),
        workers=settings.BOOK_WORKERS,
    )


def produce_sheet(pk: int) -> bool:
    """Make the file of SheetJob `pk`: one initiative's own pages, always marked as a draft."""
    job = claim(SheetJob, pk, lease_seconds=LEASE_SECONDS)
    if job is None:
        return False
    make = partial(
        build,
        job.content,
        book="buku-2",
        parts_of=lambda content, book: sheet_parts(content, content["initiatives"][0]["id"]),
        render=render_part,
        texts_of=printed_texts,
        draft=True,
        fingerprint=job.sha256,
        code="",
        standing=_standing,
        cache_dir=cache_folder(),
        workers=settings.BOOK_WORKERS,
    )
    return _produce(job, job.content, job.sha256, make)


def _produce(
    job: BookJob | SheetJob,
    content: dict[str, Any],
    sha256: str,
    make: Callable[..., BuildReport],
    shape: BookFormat = BookFormat.PDF,
) -> bool:
    if fingerprint_of(content) != sha256:
        fail(job, _ALTERED)
        return False
    with lease(job) as held, tempfile.TemporaryDirectory(prefix="buku-") as folder:
        out = Path(folder) / f"buku.{shape}"
        try:
            report = make(out=out, progress=_reporter(job, held), images=_images(content, Path(folder) / "gambar"))
            signature = _sign(job, out)
        except Overtaken:
            return False
        except BookError as error:
            fail(job, str(error))
            return False
        except (OSError, MemoryError) as error:
            logger.exception("%s %s not produced", job._meta.label, job.pk)
            fail(job, f"Penyusunan terhenti: {error}. Coba lagi sebentar lagi.", retry=True)
            return False
        return _publish(job, out, report, shape, signature)


def _images(content: Mapping[str, Any], folder: Path) -> Path:
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


def _sign(job: BookJob | SheetJob, out: Path) -> "Signature | None":
    """Books are signed when there is a certificate; what signs them is loaded only then, because it is large."""
    if not (isinstance(job, BookJob) and job.format == BookFormat.PDF and settings.SIGNING_CERTIFICATE):
        return None
    from masterplan.documents import signing

    return signing.sign(out)


def _publish(
    job: BookJob | SheetJob, out: Path, report: BuildReport, shape: BookFormat, signature: "Signature | None"
) -> bool:
    """Store the file by its hash and end the job, together or not at all."""
    if signature:
        with out.open("rb") as signed:
            report = replace(report, sha256=hashlib.file_digest(signed, "sha256").hexdigest())
    with transaction.atomic():
        file = _store(out, report, shape, signature)
        if publish(job, file=file, report=_figures(report)):
            return True
        transaction.set_rollback(True)
    if signature:  # no other worker has made these bytes, or ever will
        discard_now(file.storage_name)
    return False


def _store(out: Path, report: BuildReport, shape: BookFormat, signature: "Signature | None") -> BookFile:
    """The file by its hash; one that is there is kept, unless it is no longer what its name says."""
    name = f"books/{report.sha256[:2]}/{report.sha256}.{shape}"
    if not is_intact(name, report.sha256):
        discard_now(name)
        with out.open("rb") as handle:
            private_storage().save(name, File(handle))
    facts = {"stored": name, "size": out.stat().st_size, "format": shape, "pages": report.pages}
    if signature:
        facts |= {"signed_by": signature.by, "signed_at": signature.at}
    file, _ = BookFile.objects.get_or_create(sha256=report.sha256, defaults=facts)
    return file


def _figures(report: BuildReport) -> dict[str, Any]:
    """What `build_book` prints and the page tells."""
    return asdict(report)
