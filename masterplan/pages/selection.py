"""Which rows a page that works on many was asked about: the ticked ones, or all initiatives that fit a filter."""

from collections.abc import Collection

from django.http import QueryDict

from agencies.models import User
from masterplan.models import Initiative, MasterPlan
from masterplan.models.initiatives.initiative import InitiativeQuerySet
from masterplan.pages.initiative_filter import InitiativeFilter, for_reviewer
from masterplan.pages.loading import visible_initiatives
from smartcity.common.text import whole_number


def selected_initiatives(
    user: User, plan: MasterPlan, asked: QueryDict, most: int, *, complete: bool = True
) -> tuple[list[Initiative], int]:
    """At most so many of them, and how many of a filter were left out; with all their tables, or with links alone."""
    found = _found(user, plan, asked)
    rows = list((found.complete() if complete else found.for_list().with_links())[: most + 1])
    for row in rows:
        row.master_plan = plan
    return rows[:most], max(0, found.count() - most) if len(rows) > most else 0


def unknown_numbers(user: User, plan: MasterPlan, asked: QueryDict, rows: list[Initiative], left_out: int) -> list[str]:
    """The ticked numbers, as sent, that are no initiative the person sees in this plan; foreign and unknown alike.

    `rows` and `left_out` are what `selected_initiatives` returned for the same request.
    """
    if "semua" in asked:
        return []
    known = set(_found(user, plan, asked).values_list("pk", flat=True)) if left_out else {row.pk for row in rows}
    return unknown_among(asked.getlist("pilih"), known)


def unknown_among(sent: Collection[str], known: Collection[int]) -> list[str]:
    """Those of the numbers that were sent, each once and cut at 20 characters, that are none of the known rows."""
    return [number[:20] for number in dict.fromkeys(sent) if whole_number(number) not in known]


def _found(user: User, plan: MasterPlan, asked: QueryDict) -> InitiativeQuerySet:
    visible = visible_initiatives(user, plan)
    if "semua" in asked:
        search = InitiativeFilter.read(asked, default_agency="")
        return for_reviewer(search.in_order(search.narrow(visible)), asked.get("peninjau", ""), user)
    return visible.filter(pk__in=[whole_number(pk) for pk in asked.getlist("pilih")])
