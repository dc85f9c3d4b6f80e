"""When two people change the same answer: what each of them changed since the page was opened."""

from collections.abc import Iterable
from dataclasses import dataclass

from masterplan.editing.history import Change, values_before
from masterplan.registry import Content


class EditConflict(Exception):
    """Somebody else changed the same field since the page was opened; both texts are here, nothing was written."""

    def __init__(self, *, current: Content, mine: Content, version: int) -> None:
        super().__init__()
        self.current = current
        self.mine = mine
        self.version = version


@dataclass(frozen=True)
class UnrecordedChange:
    """A save of which only the answers that it may have changed are known."""

    after: Content
    before: Content


def own_changes(*, data: Content, current: Content, later: Iterable[Change], version: int) -> Content:
    """The answers in `data` that this person changed: they differ from what the person saw and from what is stored.

    `current` is what is stored in `version`, `later` the saves since the person opened the page, the newest first.
    Raises EditConflict when one of these saves changed one of the same answers.
    """
    saves = list(later)
    seen = values_before(current, saves)
    mine = {key: value for key, value in data.items() if value != seen[key] and value != current[key]}
    theirs = {key for save in saves for key in save.after}
    if clash := [key for key in mine if key in theirs]:
        raise EditConflict(current={key: current[key] for key in clash}, mine=mine, version=version)
    return mine
