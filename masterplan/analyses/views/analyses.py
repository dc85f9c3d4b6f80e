"""The analyses of Buku 1 together: how far each of them is, and what the pages of all three share."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.views.requests import SignedIn
from masterplan.analyses import actions
from masterplan.models import GapItem, MasterPlan, ReadinessCell, SubDimension, SwotItem, SwotStrategy
from masterplan.pages.rows import enter
from masterplan.reference import ReadinessAspect, SwotKind, SwotStrategyKind

# What a cell must say before it counts as complete; a problem there need not be.
_CELL_NEEDS = (("condition", "kondisi"), ("score", "penilaian"), ("evidence", "bukti"), ("recommendation", "saran"))
_GAP_NEEDS = (("ideal", "kondisi ideal"), ("existing", "kondisi saat ini"), ("gap", "kesenjangan"),
              ("cause", "penyebab"), ("response", "tanggapan"))  # fmt: skip


@require_safe
def analysis_list(request: SignedIn, slug: str) -> HttpResponse:
    """The three analyses, each with what is there and what is missing."""
    plan, _ = enter(request, slug)
    gaps = list(plan.gap_items.prefetch_related("initiatives"))
    items, strategies = list(plan.swot_items.all()), list(plan.swot_strategies.prefetch_related("items"))
    rows = [
        ("Kesiapan daerah", "readiness_list", *readiness_words(cells_of(plan))),
        ("Kesenjangan", "gap_list", *gap_words(gaps, sub_dimensions_of(plan))),
        ("SWOT", "swot_list", *swot_words(items, strategies)),
    ]
    context = {
        "plan": plan,
        "rows": [
            {"title": title, "url": reverse(name, args=[slug]), "strong": has, "why": lacks, "is_done": not lacks}
            for title, name, has, lacks in rows
        ],
    }
    return render(request, "masterplan/analyses/analysis/list.html", context)


# How far it is --------------------------------------------------------------------------------------------------------


def cells_of(plan: MasterPlan) -> dict[ReadinessAspect, ReadinessCell]:
    """All nine cells in their order; one nobody has written yet is new."""
    stored = {cell.aspect: cell for cell in plan.readiness_cells.all()}
    return {aspect: stored.get(aspect) or ReadinessCell(master_plan=plan, aspect=aspect) for aspect in ReadinessAspect}


def sub_dimensions_of(plan: MasterPlan) -> list[SubDimension]:
    """Those the regency may use, in order."""
    return list(actions.sub_dimensions_to_name(plan))


def cell_lacks(cell: ReadinessCell) -> list[str]:
    """What a cell does not say yet."""
    return [label for key, label in _CELL_NEEDS if not getattr(cell, key)]


def gap_lacks(item: GapItem) -> list[str]:
    """What a row of the gaps does not say yet."""
    found = [label for key, label in _GAP_NEEDS if not getattr(item, key)]
    return found if item.initiatives.all() else [*found, "inisiatif"]


def readiness_words(cells: dict[ReadinessAspect, ReadinessCell]) -> tuple[str, str]:
    """What is there of the nine cells, and what is missing ("" when nothing is)."""
    lacks = [cell_lacks(cell) for cell in cells.values()]
    full = sum(not lack for lack in lacks)
    unscored = sum(not cell.score for cell in cells.values())
    missing = [f"{unscored} sel belum dinilai"] if unscored else []
    partly = len(cells) - full - unscored
    missing += [f"{partly} sel belum lengkap"] if partly > 0 else []
    return f"{full} dari {len(cells)} sel lengkap.", _sentence(missing)


def gap_words(items: list[GapItem], sub_dimensions: list[SubDimension]) -> tuple[str, str]:
    """What is there of the gaps, and what is missing."""
    empty = len({sub.pk for sub in sub_dimensions} - {item.sub_dimension_id for item in items})
    lacking = sum(bool(gap_lacks(item)) for item in items)
    missing = [f"{empty} sub-dimensi belum punya baris"] if empty else []
    missing += [f"{lacking} baris belum lengkap"] if lacking else []
    return f"{len(items)} baris.", _sentence(missing)


def swot_words(items: list[SwotItem], strategies: list[SwotStrategy]) -> tuple[str, str]:
    """What is there of SWOT, and what is missing."""
    without = [kind.label.lower() for kind in SwotKind if all(item.kind != kind for item in items)]
    missing = [f"belum ada butir {', '.join(without)}"] if without else []
    undone = [kind.value for kind in SwotStrategyKind if all(strategy.kind != kind for strategy in strategies)]
    missing += [f"belum ada strategi {', '.join(undone)}"] if undone else []
    loose = sum(not strategy.items.all() for strategy in strategies)
    missing += [f"{loose} strategi belum menyebut butir"] if loose else []
    return f"{len(items)} butir dan {len(strategies)} strategi.", _sentence(missing)


def _sentence(parts: list[str]) -> str:
    text = ", ".join(parts)
    return f"{text[0].upper()}{text[1:]}." if text else ""
