"""What a finished file is called when it is handed out, and of which kind it is."""

from typing import TYPE_CHECKING

from django.utils import timezone

from agencies.models.regency import RegencyKind
from masterplan.books.blueprint import BOOKS
from masterplan.reference import USUAL_PAPER_FORMAT, BookFormat

if TYPE_CHECKING:
    from masterplan.models import BookJob

CONTENT_TYPES = {
    BookFormat.PDF: "application/pdf",
    BookFormat.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    BookFormat.EXCEL: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    BookFormat.OPEN_DATA: "application/json",
    BookFormat.BUNDLE: "application/zip",
}
_WHOLE = {BookFormat.EXCEL: "Tabel", BookFormat.OPEN_DATA: "Data", BookFormat.BUNDLE: "Semua-berkas"}


def file_name(job: "BookJob") -> str:
    """`Buku-2_Kab-Semarang_edisi-3_2026-11-24.pdf`, `Buku-2_bab-4_Kab-Semarang_edisi-3_2026-11-24.docx`."""
    snapshot = job.snapshot
    regency = snapshot.regency
    kind = regency.get_kind_display()[:3] if regency.kind == RegencyKind.REGENCY else "Kota"
    words = [
        BOOKS[job.book].file_stem if job.book else _WHOLE[BookFormat(job.format)],
        job.portion if job.is_chapter else "",
        f"{kind}-{regency.name.replace(' ', '-')}",
        f"edisi-{snapshot.number}",
        f"{timezone.localdate(snapshot.taken_at):%Y-%m-%d}",
        job.variant if job.variant != USUAL_PAPER_FORMAT else "",
    ]
    return f"{'_'.join(filter(None, words))}.{job.format}"
