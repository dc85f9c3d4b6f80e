"""What a workbook would do to one initiative: answers, rows, and answers in dispute. Finding it out is in `compare`."""

from dataclasses import dataclass, field
from typing import Any

from masterplan.initiatives.workbook.opened import DataRow
from masterplan.models import Initiative, InitiativeChange
from masterplan.registry import Content

Json = dict[str, Any]


@dataclass(frozen=True)
class RowChange:
    """A row of a table: "added", "changed" or "removed", with its plain values before and after."""

    key: str
    state: str
    row: DataRow
    old: Content | None
    new: Content | None


@dataclass
class InitiativeEntry:
    """One initiative of the file; `initiative` is None for a new one. `data` is what would be stored."""

    initiative: Initiative | None
    code: str
    version: int = 0
    current: Content = field(default_factory=dict)
    base: Content = field(default_factory=dict)
    later: dict[str, InitiativeChange] = field(default_factory=dict)
    data: Content = field(default_factory=dict)
    places: dict[str, DataRow] = field(default_factory=dict)
    rows: list[RowChange] = field(default_factory=list)
    conflicts: Content = field(default_factory=dict)
    unchanged: int = 0
    absent: int = 0

    @classmethod
    def new(cls, code: str, empty: Content) -> "InitiativeEntry":
        """An initiative that does not exist yet; `code` is what its writer calls it."""
        return cls(None, code, base=dict(empty), current=dict(empty))

    def propose(self, key: str, value: Any, row: DataRow) -> None:
        """Note an answer that differs from what was exported."""
        self.data[key], self.places[key] = value, row

    def find_conflicts(self) -> None:
        """Take out what others changed since the export: nothing to do where both are the same, else in dispute."""
        for key in [key for key in self.data if key in self.later]:
            value = self.data.pop(key)
            if value != self.current[key]:
                self.conflicts[key] = value

    @property
    def says_something(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.data or self.conflicts)

    def as_json(self) -> Json:
        """For the stored result: what the page shows, and what confirming will do."""
        changes = [change for change in self.rows if change.key in self.data]
        return {
            "pk": self.initiative.pk if self.initiative else None,
            "code": self.code,
            "name": self.data.get("name") or (self.initiative.name if self.initiative else ""),
            "agency": self.initiative.lead_agency_id if self.initiative else self.data.get("lead_agency"),
            "version": self.version,
            "seen": self.initiative.edit_version if self.initiative else 0,
            "data": self.data,
            "changes": [
                {"key": key, "old": self.current.get(key), "new": value}
                for key, value in self.data.items()
                if key not in {change.key for change in changes}
            ],
            "rows": [
                {"key": c.key, "state": c.state, "sheet": c.row.sheet.title, "row": c.row.number, "old": c.old,
                 "new": c.new}
                for c in changes
            ],
            "conflicts": [
                {"key": key, "mine": value, "theirs": self.current[key], "by": self.later[key].by_role,
                 "at": self.later[key].at.isoformat()}
                for key, value in self.conflicts.items()
            ],
            "unchanged": self.unchanged,
            "absent": self.absent,
        }  # fmt: skip
