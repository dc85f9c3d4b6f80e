"""Which files the portal issued, and whether one that somebody holds is one of them.

A file is looked at once, while it arrives: its checksum, and the marks that every book carries in plain bytes. Nothing
is unpacked or parsed, so there is nothing in it that could do harm. What is told here is told to everybody: it names no
person. The pages are `books.views.verification`.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet

from masterplan.models import BookJob
from masterplan.models.document import CODE_GROUPS
from masterplan.reference import EditionStatus
from smartcity.common.codes import read_code
from smartcity.common.jobs import JobState

MOST_BYTES = 64 * 1024 * 1024
# What `smartcity.press.assembling.metadata` writes: the fingerprint of the content and the code of the file.
_MARK = re.compile(rb"sha256:([0-9a-f]{64})|kode ((?:[2-9A-Z]{4}-){%d}[2-9A-Z]{4})" % (CODE_GROUPS - 1))
_LONGEST_MARK = len("sha256:") + 64
# A file with more marks than this was not made by us; it is asked about no longer.
_MOST_MARKS = 16


class Verdict(StrEnum):
    """What is known of a file: as it was issued, once ours and changed since, or nothing."""

    GENUINE = "genuine"
    ALTERED = "altered"
    UNKNOWN = "unknown"


class FileReading:
    """A file taken piece by piece: `sha256` of all of it, the `codes` and `fingerprints` that stand in it."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._tail = b""
        self.codes: set[str] = set()
        self.fingerprints: set[str] = set()

    @property
    def sha256(self) -> str:
        """The checksum of what was taken so far, in hexadecimal digits."""
        return self._hash.hexdigest()

    def take(self, piece: bytes) -> None:
        """The next bytes; a mark may lie across two pieces."""
        self._hash.update(piece)
        window = self._tail + piece
        for fingerprint, code in _MARK.findall(window):
            if len(self.codes) + len(self.fingerprints) < _MOST_MARKS:
                (self.codes if code else self.fingerprints).add((code or fingerprint).decode("ascii"))
        self._tail = window[1 - _LONGEST_MARK :]


@dataclass(frozen=True)
class Judgement:
    """What a file is; `job` is the issued book it is or was, unless it is unknown.

    `by_code` says that the file names this very book, and not only an edition that it was printed from.
    """

    verdict: Verdict
    job: BookJob | None = None
    by_code: bool = True


def issued() -> QuerySet[BookJob]:
    """Every request that ended in a file, with what its page tells."""
    done = BookJob.objects.filter(state=JobState.DONE, file__isnull=False)
    return done.select_related("file", "snapshot__master_plan__regency__secretariat").defer("snapshot__content")


def find_issued(code: str) -> BookJob | None:
    """The book with this code, however it was typed, or None."""
    exact = read_code(code, CODE_GROUPS)
    return issued().filter(code=exact).first() if exact else None


def judge(reading: FileReading) -> Judgement:
    """Compare a file with everything that was issued."""
    same = issued().filter(file__sha256=reading.sha256).first()
    if same is not None:
        return Judgement(Verdict.GENUINE, same)
    if not reading.codes and not reading.fingerprints:
        return Judgement(Verdict.UNKNOWN)
    named = Q(code__in=reading.codes) | Q(snapshot__sha256__in=reading.fingerprints)
    claimed = list(issued().filter(named).order_by("-requested_at")[:_MOST_MARKS])
    if not claimed:
        return Judgement(Verdict.UNKNOWN)
    by_code = [job for job in claimed if job.code in reading.codes]
    return Judgement(Verdict.ALTERED, (by_code or claimed)[0], by_code=bool(by_code))


def edition_in_force(job: BookJob) -> int | None:
    """The number of the adopted edition of the same plan, or None while there is none."""
    adopted = job.snapshot.master_plan.snapshots.filter(status=EditionStatus.ADOPTED)
    return adopted.values_list("number", flat=True).first()
