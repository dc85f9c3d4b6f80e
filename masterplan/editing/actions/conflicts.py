"""When two people change the same answer: who changed what since a page was opened. Saving itself is elsewhere.

It is the same for an initiative and for a written row: both have a version and a record of changes.
"""

from masterplan.editing.history import Versioned, values_at
from masterplan.registry import Content


class EditConflict(Exception):
    """Somebody else changed the same field since the page was opened; both texts are here, nothing was written."""

    def __init__(self, *, current: Content, mine: Content, version: int) -> None:
        super().__init__("Isian ini diubah orang lain.")
        self.current = current
        self.mine = mine
        self.version = version


def my_changes(row: Versioned, *, data: Content, current: Content, version: int) -> Content:
    """What this person changed: differs from what they saw at `version`, and from what is stored now."""
    base = values_at(row, current=current, version=version)
    return {key: data[key] for key in current if data[key] != base[key] and data[key] != current[key]}


def refuse_conflicts(row: Versioned, *, mine: Content, current: Content, version: int) -> None:
    """Raise EditConflict when somebody changed one of the answers in `mine` after `version`."""
    if version == row.edit_version:
        return
    theirs: set[str] = set()
    for change in row.changes.filter(version__gt=version):
        theirs |= set(change.after)
    clash = [key for key in mine if key in theirs]
    if clash:
        raise EditConflict(current={key: current[key] for key in clash}, mine=mine, version=row.edit_version)
