"""Editions in any state, reached by the real actions."""

from django.utils import timezone

from agencies.models import User
from agencies.roles import Role
from masterplan.editions import actions as editions
from masterplan.editions.actions import AdoptionDecree
from masterplan.models import MasterPlan, Snapshot
from masterplan.reference import EditionScope

from .initiatives import make_initiative
from .people import make_person, make_regency
from .plans import make_master_plan

DECREE_NUMBER = "Keputusan Bupati Nomor 050/0412 Tahun 2026"

# The moves that lead from a draft to each state.
_ROUTES: dict[str, tuple[str, ...]] = {
    "draft": (),
    "reviewed": ("review",),
    "adopted": ("review", "adopt"),
    "superseded": ("supersede",),
}


def make_decree() -> AdoptionDecree:
    """A decree of today."""
    return AdoptionDecree(DECREE_NUMBER, timezone.localdate())


def make_edition(
    plan: MasterPlan | None = None, *, status: str = "draft", by: User | None = None, label: str = ""
) -> Snapshot:
    """An edition of what is approved in `plan` (made when not given, with its regency), in `status`.

    A plan without initiatives gets an approved one; a label of its own keeps it apart from the draft before it.
    """
    plan = plan or make_master_plan(make_regency())
    coordinator = by or make_person(plan.regency, Role.COORDINATOR)
    if not plan.initiatives.exists():
        make_initiative(plan, status="approved", coordinator=coordinator)
    label = label or f"Edisi {plan.snapshots.count() + 1}"
    edition = editions.take_snapshot(plan, by=coordinator, label=label, scope=EditionScope.APPROVED)
    for name in _ROUTES[status]:
        mover = make_person(plan.regency, Role.EXECUTIVE) if name == "adopt" else coordinator
        editions.change_edition(edition, name=name, by=mover, decree=make_decree() if name == "adopt" else None)
    found = Snapshot.objects.select_related("master_plan__regency").get(pk=edition.pk)
    plan.refresh_from_db()
    vars(plan).pop("locking_edition", None)
    return found
