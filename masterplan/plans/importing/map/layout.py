"""What the roles of a sheet make together: the columns of each level with their codes, and groups of measures.

What stands in the cells is read in `rows`, `steps` and `measures`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from masterplan.plans.importing.map import roles
from masterplan.reference import Level

_RANK = {level.value: rank for rank, level in enumerate(Level)}


@dataclass
class LevelColumn:
    """A column that holds nodes of one level, and the columns of its code, joined by dots when there are several."""

    level: str
    column: int
    codes: list[int] = field(default_factory=list)


@dataclass
class IndicatorColumns:
    """The columns of one sort of indicators; `level` is whose they are, "" for the node of the row.

    `is_said`: the head names the level; otherwise it is the level at the left, and a row that lacks it means another.
    """

    level: str = ""
    name: int = 0
    is_said: bool = False
    single: dict[str, int] = field(default_factory=dict)
    targets: dict[int, int] = field(default_factory=dict)
    money: dict[int, int] = field(default_factory=dict)


@dataclass
class SheetLayout:
    """A sheet of levels side by side (`levels`), or of one level a row (`texts`, the code or an indent tells which).

    Of the texts, those in `level_of` hold one level only, beside one that holds any; `codes` are those of a row, and
    `codes_of` those of a text that has its own.
    """

    levels: list[LevelColumn] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    level_of: dict[int, str] = field(default_factory=dict)
    codes: list[int] = field(default_factory=list)
    codes_of: dict[int, list[int]] = field(default_factory=dict)
    groups: list[IndicatorColumns] = field(default_factory=list)
    single: dict[str, int] = field(default_factory=dict)
    # Columns whose head says that outcomes stand between the nodes.
    outcomes: set[int] = field(default_factory=set)
    # How many levels above those of the sheet its own codes leave out: 1 where goals are counted 1, 2, 3.
    levels_left_out: int = 0

    @property
    def is_flat(self) -> bool:
        """Whether every level has a column of its own."""
        return not self.texts

    @property
    def naming(self) -> set[int]:
        """The columns in which nodes are named."""
        codes = {*self.codes, *(column for columns in self.codes_of.values() for column in columns)}
        return {*self.texts, *codes, *(column for each in self.levels for column in (each.column, *each.codes))}

    @property
    def measured(self) -> set[int]:
        """The columns of indicators, targets and money, which rows that only head others leave empty."""
        return {
            column
            for group in self.groups
            for column in (group.name, *group.targets.values(), *group.money.values())
            if column
        }

    @property
    def worded(self) -> set[int]:
        """The columns of words, apart from codes."""
        found = {*self.texts, *(each.column for each in self.levels), *self.single.values()}
        for group in self.groups:
            found |= {group.name, *(column for kind, column in group.single.items() if kind in _OF_WORDS)}
        return found - {0}

    def own_columns(self, level: str) -> set[int]:
        """The columns in which nodes of a level are named, among others or alone."""
        own = {each.column for each in self.levels if each.level == level}
        return own | {column for column in self.texts if self.level_of.get(column, level) == level}

    @property
    def columns(self) -> set[int]:
        """All columns that are read."""
        found = self.naming | set(self.single.values())
        for group in self.groups:
            found |= {group.name, *group.single.values(), *group.targets.values(), *group.money.values()}
        return found - {0}


_OF_GROUP = (roles.UNIT, roles.BASELINE, roles.END_TARGET, roles.DIRECTION, roles.MEASURED_BY, roles.AGENCY)
_OF_WORDS = (roles.UNIT, roles.DIRECTION, roles.MEASURED_BY, roles.AGENCY)
_OF_ROW = (roles.VISION, roles.PARENT, roles.LEVEL, roles.CARRIES_OUT)


def structure_of(found: Mapping[int, str]) -> SheetLayout:
    """The columns by what they belong to: a code to the level right of it, measures to the indicator left of them."""
    made = SheetLayout()
    codes: list[int] = []
    loose = IndicatorColumns()
    last_level = ""
    for number in sorted(found):
        kind, _, detail = found[number].partition(":")
        if found[number] == roles.TEXT:
            made.texts.append(number)
            made.codes, codes = [*made.codes, *codes], []
        elif kind == roles.LEVEL and detail:
            made.levels.append(LevelColumn(detail, number, codes))
            codes, last_level = [], detail
        elif kind == roles.CODE:
            codes.append(number)
        elif kind == roles.INDICATOR:
            made.groups.append(IndicatorColumns(detail or last_level, number, bool(detail)))
        elif kind in _OF_ROW:
            made.single.setdefault(kind, number)
        else:
            _put(made.groups[-1] if made.groups else loose, kind, detail, number)
    _settle(made, codes, loose)
    return made


def _put(group: IndicatorColumns, kind: str, detail: str, number: int) -> None:
    if kind == roles.TARGET:
        group.targets.setdefault(int(detail), number)
    elif kind == roles.MONEY:
        group.money.setdefault(int(detail), number)
    elif kind in _OF_GROUP:
        group.single.setdefault(kind, number)


def _settle(made: SheetLayout, codes: list[int], loose: IndicatorColumns) -> None:
    """Give what stood before any indicator to the first group, and codes without a level at their right to the last."""
    if made.groups:
        first = made.groups[0]
        first.single = loose.single | first.single
        first.targets, first.money = loose.targets | first.targets, loose.money | first.money
    elif loose.single or loose.targets or loose.money:
        made.groups.append(loose)
    if made.texts:
        _mix(made, codes)
    elif made.levels and codes:
        made.levels[-1].codes = made.levels[-1].codes or codes
    made.levels.sort(key=lambda each: _RANK[each.level])
    if made.is_flat and len(made.groups) > 1:
        _give_money_to_programs(made)


def _mix(made: SheetLayout, codes: list[int]) -> None:
    """Beside a text that holds any level, a column of one level is one more place where a text may stand.

    Codes belong to the text at their right; where only one text has any, they are those of the row.
    """
    made.level_of = {each.column: each.level for each in made.levels}
    if made.codes:
        made.codes_of = {each.column: each.codes for each in made.levels if each.codes}
        made.codes += codes
    else:
        made.codes = [*(code for each in made.levels for code in each.codes), *codes]
    made.texts = sorted([*made.texts, *made.level_of])
    made.levels = []
    for group in made.groups:
        if not group.is_said or group.level not in made.level_of.values():
            group.level, group.is_said = "", False


def _give_money_to_programs(made: SheetLayout) -> None:
    """Money written behind the indicators of an objective is that of the lowest level of the row."""
    lowest = made.levels[-1].level if made.levels else ""
    bearers = [group for group in made.groups if group.level == lowest]
    if bearers:
        for group in made.groups:
            if group.level and _RANK[group.level] < _RANK[Level.PROGRAM]:
                bearers[-1].money |= group.money
                group.money = {}
