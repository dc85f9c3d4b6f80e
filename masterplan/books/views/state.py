"""What became of the books of an edition: which failed, which were issued with problems, and whether there is any.

Said in the same words on the pages of editions, before one is adopted, and on first pages.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agencies.models import User
from masterplan.books.views.problems import LinkedProblem, linked_problems_of
from masterplan.models import BookJob, Snapshot
from masterplan.reference import BookFormat
from smartcity.common.jobs import JobState

# So many problems of one book are named; its own page names all.
_NAMED = 5


@dataclass(frozen=True)
class TroubledBook:
    """A book that could not be printed, or was issued with problems; `problems` as the press reported them."""

    job: BookJob
    problems: tuple[Mapping[str, Any], ...]

    @property
    def words(self) -> str:
        """In a few words how it ended: `gagal disusun`, `terbit dengan 2 hal yang perlu diperbaiki`."""
        if self.job.state == JobState.FAILED:
            return "gagal disusun"
        return f"terbit dengan {len(self.problems)} hal yang perlu diperbaiki"


@dataclass(frozen=True)
class BookState:
    """The troubled books of an edition; `is_missing`: none was printed, and none is being printed."""

    troubled: tuple[TroubledBook, ...]
    is_missing: bool

    @property
    def by_job(self) -> dict[int, TroubledBook]:
        """The troubled books by the id of their request."""
        return {book.job.pk: book for book in self.troubled}


@dataclass(frozen=True)
class NamedProblems:
    """A troubled book with its first problems as a person may read and mend them, and how many `more` there are."""

    book: TroubledBook
    linked_problems: list[LinkedProblem]
    more: int


def current_books(edition: Snapshot) -> list[BookJob]:
    """The requests for whole PDF books of an edition (read with its jobs) that carry its present mark."""
    return [
        job
        for job in edition.book_jobs.all()
        if job.draft_mark == edition.is_draft and job.format == BookFormat.PDF and not job.portion
    ]


def book_state(jobs: Iterable[BookJob]) -> BookState:
    """What became of the current books of one edition (`current_books` or `newest_books`)."""
    found = list(jobs)
    troubled = [TroubledBook(job, problems) for job in found if (problems := tuple(_problems(job)))]
    return BookState(tuple(troubled), not any(job.state == JobState.DONE or job.is_open for job in found))


def _problems(job: BookJob) -> Iterator[Mapping[str, Any]]:
    if job.state not in (JobState.DONE, JobState.FAILED):
        return
    reported = job.report.get("problems", [])
    yield from reported
    if not reported and job.state == JobState.FAILED:
        yield {"key": "", "sentence": job.error or "Buku ini tidak dapat disusun. Mintalah sekali lagi."}


def named_problems(state: BookState, edition: Snapshot, user: User) -> list[NamedProblems]:
    """The troubled books of an edition in the words for `user`. Two queries at most, none where all is well."""
    shown = [(book, book.problems[:_NAMED]) for book in state.troubled]
    told = iter(linked_problems_of(edition.master_plan, user, [each for _, problems in shown for each in problems]))
    return [
        NamedProblems(book, [next(told) for _ in problems], len(book.problems) - len(problems))
        for book, problems in shown
    ]
