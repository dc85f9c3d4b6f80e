"""What the pages about alignment have in common: the views they lead to, and the address of each."""

from typing import Any

from django.urls import reverse

from agencies.models import Regency
from masterplan.alignment.forms.matrix import AlignmentFilter
from masterplan.reasoning.coverage import Coverage

RPJMD, RENSTRA = "rpjmd", "renstra"
PENDING, OBJECTIVES, IDLE, UNANCHORED = "menunggu", "sasaran", "program", "acuan"
GAPS, FLOW = "alignment_gaps", "alignment_flow"


def pills(
    regency: Regency, show: str, search: AlignmentFilter, *, waiting: int, renstra: Coverage | None = None
) -> list[dict[str, Any]]:
    """The views of the RPJMD, or with `renstra` of the Renstra; `show` is the current one, `waiting` counts links.

    Filters go along where the other view knows them.
    """
    page = reverse("alignment_matrix", args=[regency.slug])

    def view(key: str, label: str, count: int | None = None) -> dict[str, Any]:
        query = search.query(tampil=key, lihat=RENSTRA if renstra else "")
        url = f"{page}?{query}" if query else page
        return {"label": label, "count": count, "url": url, "current": show == key}

    def other(name: str, label: str) -> dict[str, Any]:
        return {"label": label, "count": None, "url": reverse(name, args=[regency.slug]), "current": show == name}

    undecided = view(PENDING, "Menunggu keputusan", waiting)
    if renstra:
        return [
            view("", "Semua tautan"),
            undecided,
            view(IDLE, "Program tanpa inisiatif", len(renstra.idle_programs)),
            view(UNANCHORED, "Belum mengacu RPJMD", len(renstra.unanchored_programs)),
        ]
    return [
        view("", "Program dan inisiatif"),
        view(OBJECTIVES, "Sasaran dan dimensi"),
        undecided,
        other(GAPS, "Yang masih kosong"),
        other(FLOW, "Gambar alur"),
    ]
