"""What the portal holds of the initiatives a workbook speaks of, read in a fixed number of queries."""

import re
from collections import defaultdict
from collections.abc import Iterable

from agencies.access import is_regency_wide, own_agency_ids
from agencies.models import User
from agencies.roles import Permission
from masterplan.initiatives.workbook.entries import InitiativeEntry
from masterplan.initiatives.workbook.layout import answers_of
from masterplan.models import Initiative, InitiativeChange, MasterPlan
from masterplan.reference import EDITABLE_STATUSES
from masterplan.registry import FIELDS, normalise
from smartcity.common.workbooks.reader import Grid


class Stored:
    """The initiatives of `codes` that `user` may know of, with their later changes."""

    def __init__(self, plan: MasterPlan, user: User, codes: Iterable[str]) -> None:
        self._plan, self._user = plan, user
        known = plan.initiatives.known_to(user, plan.regency)
        rows = known.complete().filter(code__in=list(codes))
        self._rows = {initiative.code: initiative for initiative in rows}
        for initiative in self._rows.values():
            initiative.master_plan = plan
        self._changes: dict[int, list[InitiativeChange]] | None = None

    def get(self, code: str) -> Initiative | None:
        """The initiative of that code, None when there is none this person may know of."""
        return self._rows.get(code)

    def entry(self, initiative: Initiative, version: int) -> InitiativeEntry:
        """Its answers now and as they were in `version`, and who changed what since."""
        current = answers_of(initiative)
        base = dict(current)
        later: dict[str, InitiativeChange] = {}
        for change in self._changes_of(initiative):
            if change.version <= version:
                break
            before = {key: value for key, value in change.before.items() if key in base}
            base |= {key: normalise(FIELDS[key], value) for key, value in before.items()}
            for key in change.after:
                later.setdefault(key, change)
        return InitiativeEntry(initiative, initiative.code, version, current, base, later)

    def _changes_of(self, initiative: Initiative) -> list[InitiativeChange]:
        """Newest first; asked of the database for all of them at once, and only when one is needed."""
        if self._changes is None:
            self._changes = defaultdict(list)
            ids = [row.pk for row in self._rows.values()]
            for change in InitiativeChange.objects.filter(initiative__in=ids, version__gt=1).order_by("-version"):
                self._changes[change.initiative_id].append(change)
        return self._changes[initiative.pk]

    def only_agency(self) -> int | None:
        """The agency a new initiative belongs to when the file does not say: that of who works for just one."""
        if is_regency_wide(self._user, Permission.EDIT_INITIATIVE, self._plan.regency):
            return None
        own = own_agency_ids(self._user, self._plan.regency)
        return next(iter(own)) if len(own) == 1 else None

    def editable_besides(self, pks: set[int]) -> int:
        """How many open initiatives of this person the file does not speak of."""
        if self._plan.is_locked:
            return 0
        rows = self._plan.initiatives.filter(status__in=EDITABLE_STATUSES).exclude(pk__in=pks)
        if not is_regency_wide(self._user, Permission.EDIT_INITIATIVE, self._plan.regency):
            rows = rows.filter(lead_agency__in=own_agency_ids(self._user, self._plan.regency))
        return rows.count()


def heads_years(grids: Iterable[Grid]) -> set[str]:
    """Years that stand in heads of the file, such as `2026` or `Target 2026`."""
    found: set[str] = set()
    for grid in grids:
        for number in sorted(grid.rows)[:10]:
            for cell in grid.rows[number].values():
                match = re.fullmatch(r"(?:target\s+)?((?:19|20)\d\d)", str(cell.value).strip(), re.IGNORECASE)
                found |= {match[1]} if match else set()
    return found
