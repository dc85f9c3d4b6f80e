"""What the pages about alignment have in common: the views they lead to, and the address of each."""

from typing import Any

from django.urls import reverse

from agencies.models import Regency
from masterplan.alignment.coverage import Coverage
from masterplan.forms.alignment import AlignmentFilter

RPJMD, RENSTRA = "rpjmd", "renstra"
PENDING, OBJECTIVES, IDLE, UNANCHORED = "menunggu", "sasaran", "program", "acuan"
HOLES, FLOW = "alignment_holes", "alignment_flow"


def pills(
    regency: Regency, tab: str, show: str, coverage: Coverage | None, search: AlignmentFilter
) -> list[dict[str, Any]]:
    """The views of one kind of plan; `show` is the current one, counts are there where `coverage` is.

    Filters go along where the other view knows them.
    """
    page = reverse("alignment_matrix", args=[regency.slug])

    def view(key: str, label: str, count: int | None = None) -> dict[str, Any]:
        query = search.query(tampil=key, lihat=RENSTRA if tab == RENSTRA else "")
        url = f"{page}?{query}" if query else page
        return {"label": label, "count": count, "url": url, "current": show == key}

    def other(name: str, label: str) -> dict[str, Any]:
        return {"label": label, "count": None, "url": reverse(name, args=[regency.slug]), "current": show == name}

    waiting = view(PENDING, "Menunggu keputusan", len(coverage.pending) if coverage else None)
    if tab == RENSTRA and coverage:
        idle, unanchored = coverage.idle_programs, coverage.unanchored_programs
        return [
            view("", "Semua tautan"),
            waiting,
            view(IDLE, "Program tanpa inisiatif", len(idle)),
            view(UNANCHORED, "Belum mengacu RPJMD", len(unanchored)),
        ]
    return [
        view("", "Program dan inisiatif"),
        view(OBJECTIVES, "Sasaran dan dimensi"),
        waiting,
        other(HOLES, "Yang masih kosong"),
        other(FLOW, "Gambar alur"),
    ]
