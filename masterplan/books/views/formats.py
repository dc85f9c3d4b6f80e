"""The other formats of an edition: which there are, asking for one, and the chapters of a book one by one."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from agencies.access import can, get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.books import actions as books
from masterplan.books.blueprint import BOOKS
from masterplan.books.chapter_list import titled
from masterplan.models import BookJob, Snapshot
from masterplan.pages.loading import get_edition_or_404
from masterplan.reference import BookFormat
from masterplan.workflow import asking_permission
from smartcity.common.htmx import render_page
from smartcity.common.jobs import JobState
from smartcity.press.parts import Heading

OFFERED = frozenset({BookFormat.WORD, BookFormat.EXCEL, BookFormat.OPEN_DATA, BookFormat.BUNDLE})
_OF_A_BOOK = (BookFormat.PDF, BookFormat.WORD)
_WHOLE = (
    (BookFormat.EXCEL, "Tabel Excel", "Inisiatif, anggaran, indikator, kegiatan, dan keselarasan sebagai lembar kerja"),
    (BookFormat.OPEN_DATA, "Data terbuka", "Seluruh isi edisi dengan nama setiap isian, untuk dibaca aplikasi lain"),
    (BookFormat.BUNDLE, "Semua berkas", "Semua berkas edisi ini yang sudah selesai, dengan daftar sidiknya"),
)


@dataclass(frozen=True)
class FormatFile:
    """One file that may be had: what it is, what is asked for, and the job that made it or is making it."""

    name: str
    what: str
    format: BookFormat
    job: BookJob | None
    book: str = ""
    chapter: str = ""
    is_stale: bool = False


def format_files(edition: Snapshot) -> list[FormatFile]:
    """The files of an edition besides its PDF books."""
    jobs = _current_jobs(edition)
    words = [
        FormatFile(
            f"Buku {kind.number} sebagai Word",
            "Naskah yang dapat disunting, dengan daftar isi dan tautan",
            BookFormat.WORD,
            jobs.get((BookFormat.WORD, key, "")),
            book=key,
        )
        for key, kind in BOOKS.items()
    ]
    whole = [(name, what, kind, _whole_job(kind, jobs)) for kind, name, what in _WHOLE]
    return [*words, *(FormatFile(*told, is_stale=_is_stale(edition, told[3])) for told in whole)]


def _whole_job(kind: BookFormat, jobs: dict[tuple[str, str, str], BookJob]) -> BookJob | None:
    """The job of a file of the whole edition; of the ZIPs the one that was asked for last."""
    found = [job for (format_, _, _), job in jobs.items() if format_ == kind]
    return max(found, key=lambda job: job.requested_at, default=None)


def _current_jobs(edition: Snapshot) -> dict[tuple[str, str, str], BookJob]:
    """The jobs for the edition as it now stands, by format, book and portion."""
    return {
        (job.format, job.book, job.portion): job
        for job in edition.book_jobs.all()
        if job.draft_mark == edition.is_draft
    }


def _is_stale(edition: Snapshot, job: BookJob | None) -> bool:
    """Whether a file has been finished since this ZIP was asked for."""
    if job is None or job.format != BookFormat.BUNDLE:
        return False
    others = [
        other
        for other in edition.book_jobs.all()
        if other.format != BookFormat.BUNDLE and other.draft_mark == job.draft_mark and other.state == JobState.DONE
    ]
    return any(other.finished_at and other.finished_at > job.requested_at for other in others)


@require_POST
def format_request(request: SignedIn, slug: str, number: int, format: str) -> HttpResponse:
    """Ask for a file of an edition in another format; asking twice leads to the same page and the same file."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    # Only PDF and Word are made of one book; the others hold the edition.
    asked = {key: request.POST.get(key, "") for key in ("book", "chapter")} if format in _OF_A_BOOK else {}
    chapter = asked.get("chapter", "")
    # A whole book as PDF is asked for by its variant.
    if format not in OFFERED and not (format == BookFormat.PDF and chapter):
        raise Http404
    edition = get_edition_or_404(regency, number)
    require(user, asking_permission(format, chapter), regency)
    try:
        job = books.request_book(edition, by=user, format=format, **asked)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("edition_detail", slug, number)
    return redirect("book_progress", slug, job.pk)


@require_safe
def book_chapters(request: SignedIn, slug: str, number: int, book: str) -> HttpResponse:
    """The chapters of a book, each as a PDF and as a Word file of its own."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    require(user, Permission.DOWNLOAD_BOOK, regency)
    if book not in BOOKS:
        raise Http404
    edition = get_edition_or_404(regency, number)
    jobs = _current_jobs(edition)
    chapters = [
        {str(format): _of_chapter(place.heading, book, format, jobs) for format in _OF_A_BOOK}
        for place in books.chapters(edition, book)
    ]
    context = {
        "edition": edition,
        "kind": BOOKS[book],
        "chapters": chapters,
        "may_request": can(user, Permission.REQUEST_BOOK, regency),
    }
    return render_page(request, "masterplan/books/book/chapters.html", context)


def _of_chapter(
    heading: Heading, book: str, format: BookFormat, jobs: dict[tuple[str, str, str], BookJob]
) -> FormatFile:
    job = jobs.get((format, book, heading.anchor))
    return FormatFile(titled(heading), "", format, job, book=book, chapter=heading.anchor)
