"""The tabs that the alignment pages share, and whether a page leaves drafts out."""

from typing import Any

from django.urls import reverse

from agencies.access import AnyUser, is_regency_wide
from agencies.models import Regency
from agencies.roles import Permission
from masterplan.alignment.filters import AlignmentFilter
from masterplan.models import MasterPlan
from masterplan.reasoning.coverage import Coverage

RPJMD, RENSTRA = "rpjmd", "renstra"
PENDING, OBJECTIVES, IDLE, UNANCHORED = "menunggu", "sasaran", "program", "acuan"
GAPS, FLOW = "alignment_gaps", "alignment_flow"


def hides_drafts(user: AnyUser, plan: MasterPlan) -> bool:
    """Whether drafts of some agencies are left out for this person."""
    return not is_regency_wide(user, Permission.VIEW_DRAFTS, plan.regency)


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
