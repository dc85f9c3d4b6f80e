"""The life of a print job: claim it, build the file in limited children, check it, publish it under its token.

The row is the truth. A worker that dies loses its lease and the sweep wakes another; a worker that was overtaken,
or whose job was cancelled, publishes nothing. Which book comes next is decided in `queue`.
"""

import hashlib
import logging
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files import File
from django.db import transaction

from masterplan import notifications
from masterplan.books.blueprint import sheet_parts, texts_of, texts_where_shown
from masterplan.books.chapters.papers.adapted_parts import adapted
from masterplan.books.chapters.papers.letters import letter_parts, letter_texts
from masterplan.books.chapters.papers.workshop_papers import TITLES, paper_parts
from masterplan.books.chapters.printed import printed_texts
from masterplan.books.formats.makers import Make, decree_of, maker_of, parts_of_book
from masterplan.books.html_cache import CachedHtml
from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.books.part_errors import PartError
from masterplan.books.produce import STATIC, BookRejected, BuildReport, build
from masterplan.books.queue import claim_next
from masterplan.editions.figures import images_named
from masterplan.editions.snapshot import fingerprint as fingerprint_of
from masterplan.models import BookFile, BookJob, EvidenceFile, LetterJob, SheetJob, WorkshopPaper
from masterplan.reference import BookFormat, BookName
from masterplan.reference_bimtek import PaperKind
from masterplan.registry import FIELDS
from smartcity.common.jobs import JobState, Lease, claim, fail, lease, publish, report_progress
from smartcity.common.storage.files import discard_now, is_intact, private_storage
from smartcity.common.storage.pictures import is_whole
from smartcity.common.storage.work_folders import work_folder
from smartcity.press.assets import Assets
from smartcity.press.errors import BookError
from smartcity.press.layout import Problem
from smartcity.press.warm_renderer import WarmRenderer

if TYPE_CHECKING:
    from masterplan.books.signing import Signature

logger = logging.getLogger(__name__)

PrintJob = BookJob | SheetJob | LetterJob | WorkshopPaper

LEASE_SECONDS = 20
_LETTERS = "surat"  # how the file of letters is called in its own data, where a book has its name
TOO_LONG = "Penyusunan melewati {minutes} menit. Kurangi gambar atau lampiran, lalu susun lagi."

_ANSWER_PATH = re.compile(r"initiatives\[(?P<code>[A-Z]+-\d+)\]\.(?P<field>[a-z_]+)[^\s:]*")
_SECTION_PATH = re.compile(r"sections\.(?P<key>[\w.-]+)\.[a-z_]+(?P<picture>\[\d+\]\.[a-z_]+)?")
_ALTERED = (
    "Isi yang dibekukan tidak lagi cocok dengan sidiknya, jadi tidak dicetak."
    " Bekukan lagi isinya, dan beri tahu pengelola portal."
)

# Set in a worker that prints; elsewhere each print starts a process of its own.
_renderer: WarmRenderer | None = None


def warm_renderer() -> WarmRenderer | None:
    """The press that this process keeps warm, if it does."""
    return _renderer


def keep_renderer_warm() -> None:
    """Load what rendering needs now and keep it for everything this process will print."""
    global _renderer
    _renderer = WarmRenderer()
    _renderer.server(Assets(STATIC), cache_folder(), settings.BOOK_WORKERS)


class Overtaken(Exception):
    """Another worker holds the job now, or nobody wants it any more; what this one made is thrown away."""


def cache_folder() -> Path:
    """Where rendered parts are kept; shared storage when several machines print."""
    return Path(settings.PARTS_DIR)


def produce_next_book() -> BookJob | None:
    """Print the book whose turn it is. Returns its job, however it ended, and None when none may be printed now."""
    job = claim_next(LEASE_SECONDS)
    if job is not None:
        _produce_book(job)
    return job


def _produce_book(job: BookJob) -> bool:
    make = _pdf(job) if job.format == BookFormat.PDF else maker_of(job)
    return _produce(job, job.snapshot.content, job.snapshot.sha256, make, BookFormat(job.format))


def _pdf(job: BookJob) -> Make:
    snapshot, paper_format = job.snapshot, PAPER_FORMATS[job.variant]
    all_parts = parts_of_book(job)
    return _printed(
        snapshot.content,
        snapshot.sha256,
        book=job.book,
        paper_format=paper_format,
        chapter=job.portion,
        parts_of=lambda content, book: adapted(all_parts(content, book), content, paper_format),
        texts_of=partial(texts_of, book=job.book, decree=decree_of(job)),
        where_shown=partial(texts_where_shown, book=job.book),
        draft=job.draft_mark,
        code=job.code,
    )


def _printed(content: dict[str, Any], sha256: str, *, cache: Path | None = None, code: str = "", **more: Any) -> Make:
    """Prints `content` as a PDF; parts are kept in the cache of all books unless another folder is named."""
    return partial(
        build,
        content,
        render=CachedHtml(cache or cache_folder()),
        fingerprint=sha256,
        code=code,
        renderer=None if cache else _renderer,
        cache_dir=cache or cache_folder(),
        workers=settings.BOOK_WORKERS,
        **more,
    )


def produce_sheet(pk: int) -> bool:
    """Make the file of SheetJob `pk`: one initiative's own pages, always marked as a draft."""
    return _produce_claimed(
        SheetJob,
        pk,
        book=BookName.MASTER_PLAN,
        parts_of=lambda content, book: sheet_parts(content, content["initiatives"][0]["id"]),
        texts_of=printed_texts,
        draft=True,
    )


def produce_paper(pk: int) -> bool:
    """Make the file of WorkshopPaper `pk`. Minutes of a stage that is not closed yet are marked as a draft.

    An attendance list names people who may ask to be forgotten, so nothing of it goes into the cache of parts.
    """
    job = claim(WorkshopPaper, pk, lease_seconds=LEASE_SECONDS)
    if job is None:
        return False

    def make(out: Path, **more: Any) -> BuildReport:
        is_list = job.kind == PaperKind.ATTENDANCE
        printed = _printed(
            job.content,
            job.sha256,
            cache=out.parent / "bagian" if is_list else None,
            book=TITLES[job.kind],
            parts_of=lambda content, book: paper_parts(content),
            texts_of=printed_texts,
            draft=not is_list and job.content["closing"] is None,
        )
        return printed(out=out, **more)

    return _produce(job, job.content, job.sha256, make)


def produce_letters(pk: int) -> bool:
    """Make the file of LetterJob `pk`: letters carry no mark and no edition."""
    return _produce_claimed(LetterJob, pk, book=_LETTERS, parts_of=letter_parts, texts_of=letter_texts, draft=False)


def _produce_claimed(kind: type[SheetJob | LetterJob], pk: int, **more: Any) -> bool:
    """Make the file of a job that holds its content itself, unless another worker has it or it is over."""
    job = claim(kind, pk, lease_seconds=LEASE_SECONDS)
    return job is not None and _produce(job, job.content, job.sha256, _printed(job.content, job.sha256, **more))


def _produce(
    job: PrintJob,
    content: dict[str, Any],
    sha256: str,
    make: Make,
    format: BookFormat = BookFormat.PDF,
) -> bool:
    if fingerprint_of(content) != sha256:
        return _give_up(job, _ALTERED)
    with lease(job) as held, work_folder() as folder:
        out = folder / f"buku.{format}"
        try:
            report = make(out=out, progress=_reporter(job, held), images=images_of(content, folder / "gambar"))
            signature = _sign(job, out)
        except Overtaken:
            return False
        except BookRejected as error:
            return _give_up(job, in_words(str(error), content), _problems(error.problems, content))
        except PartError as error:
            logger.exception("%s %s not produced, %s", job._meta.label, job.pk, error.where)
            return _give_up(job, str(error), [{"key": error.key, "sentence": str(error)}])
        except BookError as error:
            return _give_up(job, str(error))
        except SoftTimeLimitExceeded:
            return _give_up(job, TOO_LONG.format(minutes=settings.BOOK_SECONDS // 60))
        except (OSError, MemoryError) as error:
            logger.exception("%s %s not produced", job._meta.label, job.pk)
            return _give_up(job, f"Penyusunan terhenti: {error}. Coba lagi sebentar lagi.", retry=True)
        made = _Made(out, report, format, signature)
        return _publish(job, made, content)


def in_words(sentence: str, content: Mapping[str, Any]) -> str:
    """What the press says, with paths of the snapshot as people know them: isian “Masalah” BR-07, naskah “Visi”."""

    def answer(path: re.Match[str]) -> str:
        field = FIELDS.get(path["field"])
        return f"isian “{field.label if field else path['field']}” {path['code']}"

    def section(path: re.Match[str]) -> str:
        written = content.get("sections", {}).get(path["key"])
        named = "gambar naskah" if path["picture"] else "naskah"
        return f"{named} “{written['title'] if written else path['key']}”"

    return _SECTION_PATH.sub(section, _ANSWER_PATH.sub(answer, sentence))


def _problems(problems: Iterable[Problem], content: Mapping[str, Any]) -> list[dict[str, str]]:
    """As they are stored: `key` for machines, `sentence` for people."""
    return [{"key": problem.key, "sentence": in_words(problem.sentence, content)} for problem in problems]


def _give_up(job: PrintJob, sentence: str, problems: Iterable[Mapping[str, str]] = (), *, retry: bool = False) -> bool:
    """End the job as failed, or leave it for another try; who asked for a book is told in the same transaction."""
    with transaction.atomic():
        if fail(job, sentence, retry=retry, report={"problems": list(problems)}):
            _tell(job)
    return False


def _tell(job: PrintJob) -> None:
    """Mail how a book ended; somebody waits before the page of a sheet. Called where the end is written."""
    if isinstance(job, BookJob):
        job.refresh_from_db(fields=["state", "finished_at", "error", "file", "report"])
        if job.state in (JobState.DONE, JobState.FAILED):
            notifications.book_ended(job)


def images_of(content: Mapping[str, Any], folder: Path) -> Path:
    """The pictures that `content` names, in a folder of their own under the names it gives them.

    One that is lost or broken is left out: the print says its title in its place, and names the fault.
    """
    folder.mkdir()
    wanted = images_named(content)
    for file in EvidenceFile.objects.filter(sha256__in=wanted).exclude(printed=""):
        with suppress(FileNotFoundError), file.printed.open("rb") as picture:
            data = picture.read()
            if is_whole(data):
                (folder / wanted[file.sha256]).write_bytes(data)
    return folder


def _reporter(job: PrintJob, held: Lease) -> Callable[[str, int, int], None]:
    def report(stage: str, done: int, total: int) -> None:
        if held.lost or not report_progress(job, stage, done, total):
            raise Overtaken

    return report


def _sign(job: PrintJob, out: Path) -> "Signature | None":
    """Books are signed when there is a certificate; what signs them is loaded only then, because it is large."""
    if not (isinstance(job, BookJob) and job.format == BookFormat.PDF and settings.SIGNING_CERTIFICATE):
        return None
    from masterplan.books import signing

    return signing.sign(out)


@dataclass(frozen=True)
class _Made:
    """A file that was made, on its way into storage."""

    out: Path
    report: BuildReport
    format: BookFormat
    signature: "Signature | None"


def _publish(job: PrintJob, made: _Made, content: Mapping[str, Any]) -> bool:
    """Store the file by its hash and end the job, together or not at all."""
    if made.signature:
        with made.out.open("rb") as signed:
            digest = hashlib.file_digest(signed, "sha256").hexdigest()
        made = replace(made, report=replace(made.report, sha256=digest))
    with transaction.atomic():
        file = _store(made)
        if publish(job, file=file, report=_figures(made.report, content)):
            _tell(job)
            return True
        transaction.set_rollback(True)
    # No other worker makes signed bytes; and a list whose people were forgotten meanwhile must not stay as a file.
    unnamed = isinstance(job, WorkshopPaper) and not BookFile.objects.filter(sha256=file.sha256).exists()
    if made.signature or unnamed:
        discard_now(file.storage_name)
    return False


def _store(made: _Made) -> BookFile:
    """The file by its hash; one that is there is kept, unless it is no longer what its name says."""
    report = made.report
    name = f"books/{report.sha256[:2]}/{report.sha256}.{made.format}"
    if not is_intact(name, report.sha256):
        discard_now(name)
        with made.out.open("rb") as handle:
            private_storage().save(name, File(handle))
    facts = {"stored": name, "size": made.out.stat().st_size, "format": made.format, "pages": report.pages}
    if made.signature:
        facts |= {"signed_by": made.signature.by, "signed_at": made.signature.at}
    file, _ = BookFile.objects.get_or_create(sha256=report.sha256, defaults=facts)
    return file


def _figures(report: BuildReport, content: Mapping[str, Any]) -> dict[str, Any]:
    """What `build_book` prints and the page tells."""
    return asdict(report) | {"problems": _problems(report.problems, content)}
