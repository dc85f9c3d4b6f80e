"""Writing a table of agencies: all its rows or none. What each row does is decided in `import_preview`.

Inviting the people of a row goes by the rules of `team.invite`.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from agencies.access import require
from agencies.actions.agencies import COLUMNS, change_agency, create_agency
from agencies.actions.import_preview import AgencyRow, PlannedRow, RowOutcome, by_name, plan_import
from agencies.actions.team import invite
from agencies.models import Agency, Regency, User
from agencies.roles import Permission


@dataclass(frozen=True)
class Imported:
    """How many agencies were added, changed and left as they were, and how many invitations were written.

    `left_out` are the addresses of people who are suspended or whose time is over; they were not invited.
    """

    added: int
    changed: int
    same: int
    invited: int
    left_out: list[str]


@transaction.atomic
def import_agencies(regency: Regency, *, by: User, rows: list[AgencyRow]) -> Imported:
    """Add and change the agencies of `rows`, set their parents, and invite their people; all of it or nothing.

    The same rows a second time change nothing. Raises PermissionDenied, and ValidationError with the sentences of the
    rows that cannot be written.
    """
    require(by, Permission.MANAGE_AGENCIES, regency)
    Regency.objects.select_for_update().get(pk=regency.pk)
    planned = plan_import(regency, by=by, rows=rows)
    errors = [f"Baris {plan.row.line}: {error}" for plan in planned for error in plan.errors]
    if errors:
        raise ValidationError(errors)
    for plan in planned:
        plan.agency = _written(plan, regency, by)
    named = by_name([*regency.agencies.filter(valid_to=None)])
    for plan in planned:
        _set_parent(plan, named, by)
    for plan in planned:
        for address, role in plan.invited:
            invite(regency, by=by, email=address, role=role, agency=plan.agency)
    outcomes = Counter(plan.outcome for plan in planned)
    left_out = [*dict.fromkeys(address for plan in planned for address in plan.left_out)]
    invited = sum(len(plan.invited) for plan in planned)
    return Imported(
        outcomes[RowOutcome.NEW], outcomes[RowOutcome.CHANGED], outcomes[RowOutcome.SAME], invited, left_out
    )


def _written(plan: PlannedRow, regency: Regency, by: User) -> Agency:
    if plan.agency is None:
        agency = create_agency(regency, by=by, data={**_stored(Agency()), "order": None, **plan.values})
    elif plan.outcome is RowOutcome.CHANGED:
        agency = change_agency(plan.agency, by=by, data={**_stored(plan.agency), **plan.values})
    else:
        return plan.agency
    if plan.district is not None:
        agency.district = plan.district
        agency.save(update_fields=["district"])
    return agency


def _stored(agency: Agency) -> dict[str, Any]:
    return {column: getattr(agency, column) for column in COLUMNS}


def _set_parent(plan: PlannedRow, named: dict[str, Agency], by: User) -> None:
    parent = named.get(plan.row.parent.casefold()) if plan.row.parent else None
    agency = plan.agency
    if agency is None or parent is None or agency.parent_id == parent.pk:
        return
    change_agency(agency, by=by, data={**_stored(agency), "parent": parent})
