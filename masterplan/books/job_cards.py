"""What a page tells about a job in words: its stage, its place in the queue, how far it is, about how long."""

from typing import Any

from masterplan.books.queue import Outlook
from masterplan.models import BookJob, LetterJob, SheetJob, UploadJob, WorkshopPaper
from smartcity.common.formatting import format_span
from smartcity.common.jobs import JobState

_CARD = {"note": "", "value": 0, "maximum": 1, "words": "", "remaining": "", "error": ""}
STAGES = {"parts": "composing", "assemble": "composing", "check": "checking", "": "composing"}


def job_card(
    job: BookJob | SheetJob | LetterJob | WorkshopPaper, name: str, outlook: Outlook | None = None
) -> dict[str, Any]:
    """Context of components/job_card.html; `outlook` tells what comes before a book, and about how long it takes."""
    if job.state == JobState.FAILED:
        return _CARD | {"title": f"{name} gagal disusun", "stage": "failed", "error": job.error}
    if job.state == JobState.CANCELLED:
        return _CARD | {"title": f"{name} dibatalkan", "stage": "cancelled", "note": job.error}
    if job.state == JobState.DONE:
        return _CARD | {"title": f"{name} selesai", "stage": "done", "value": 1, "words": "Siap diunduh"}
    card: dict[str, Any] = _CARD | {"note": "Halaman ini boleh ditutup."}
    if outlook and outlook.seconds:
        card["remaining"] = f"{format_span(outlook.seconds)} lagi"
    if job.state == JobState.QUEUED:
        ahead = outlook.ahead if outlook else job.waiting_before()
        place = f"{ahead} permintaan lain lebih dulu" if ahead else "Berikutnya dikerjakan"
        return card | {"title": f"{name} menunggu giliran", "stage": "queued", "words": place}
    return card | {
        "title": f"{name} sedang disusun",
        "stage": STAGES[job.stage],
        "value": job.progress_done,
        "maximum": job.progress_total or 1,
        "words": f"{job.progress_done} dari {job.progress_total} bagian"
        if job.stage == "parts"
        else "Merangkai halaman",
    }


def upload_card(job: UploadJob, doing: str, failed: str) -> dict[str, Any] | None:
    """Context of components/upload_card.html; None when there is something to read instead.

    `doing` says what a worker does now, `failed` what has not come about.
    """
    if job.state == JobState.FAILED:
        return {"title": failed, "error": job.error}
    if job.state == JobState.DONE:
        return None
    if job.state == JobState.QUEUED:
        ahead = job.waiting_before()
        return {"title": "Menunggu giliran", "words": f"{ahead} berkas lain lebih dulu" if ahead else "Berikutnya"}
    words = f"{job.progress_done} dari {job.progress_total} baris" if job.progress_total else ""
    return {"title": doing, "words": words, "value": job.progress_done, "maximum": job.progress_total}
