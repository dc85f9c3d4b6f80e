"""The layout of a sheet: which columns hold the nodes of each level, their codes, and the indicators with their values.

It follows from the roles of the columns; what stands in the cells is read by the stage after this one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from masterplan.plans.importing.document import RANK
from masterplan.plans.importing.map import roles
from masterplan.reference import Level

_OF_INDICATOR = (roles.UNIT, roles.BASELINE, roles.END_TARGET, roles.DIRECTION, roles.MEASURED_BY, roles.AGENCY)
_WORDS = (roles.UNIT, roles.DIRECTION, roles.MEASURED_BY, roles.AGENCY)
_OF_ROW = (roles.VISION, roles.PARENT, roles.LEVEL, roles.CARRIES_OUT)


@dataclass
class LevelColumn:
    """A column that holds nodes of one level, and the columns of its code, joined by dots when there are several."""

    level: str
    column: int
    codes: list[int] = field(default_factory=list)


@dataclass
class IndicatorColumns:
    """The columns of one sort of indicators; `level` is whose they are, "" for the node of the row.

    `is_explicit`: the head names the level. Otherwise it is the level at the left; a row that lacks it means another.
    """

    level: str = ""
    name: int = 0
    is_explicit: bool = False
    single: dict[str, int] = field(default_factory=dict)
    targets: dict[int, int] = field(default_factory=dict)
    money: dict[int, int] = field(default_factory=dict)

    def add(self, role: str, detail: str, column: int) -> None:
        """Take in a column of values."""
        if role == roles.TARGET:
            self.targets.setdefault(int(detail), column)
        elif role == roles.MONEY:
            self.money.setdefault(int(detail), column)
        elif role in _OF_INDICATOR:
            self.single.setdefault(role, column)


@dataclass
class SheetLayout:
    """A sheet of levels side by side (`levels`), or of one node a row (`texts`, the code or an indent tells its level).

    Of the texts, those in `level_of` hold one level only, beside one that holds any; `codes` are those of a row, and
    `codes_of` those of a text that has its own. The heads of `outcomes` say that outcomes stand between the nodes.
    `levels_left_out` counts the levels above those of the sheet that its own codes leave out: 1 where goals are counted
    1, 2, 3.
    """

    levels: list[LevelColumn] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)
    level_of: dict[int, str] = field(default_factory=dict)
    codes: list[int] = field(default_factory=list)
    codes_of: dict[int, list[int]] = field(default_factory=dict)
    groups: list[IndicatorColumns] = field(default_factory=list)
    single: dict[str, int] = field(default_factory=dict)
    outcomes: set[int] = field(default_factory=set)
    levels_left_out: int = 0

    @property
    def node_columns(self) -> set[int]:
        """The columns of the words of nodes."""
        return {*self.texts, *(each.column for each in self.levels)}

    @property
    def naming(self) -> set[int]:
        """The columns in which nodes are named, by words or code."""
        codes = {*self.codes, *(column for columns in self.codes_of.values() for column in columns)}
        return self.node_columns | codes | {column for each in self.levels for column in each.codes}

    @property
    def indicator_names(self) -> set[int]:
        """The columns of the names of indicators; 0 where a group has none."""
        return {group.name for group in self.groups}

    @property
    def money(self) -> set[int]:
        """The columns of money."""
        return {column for group in self.groups for column in group.money.values()}

    @property
    def measured(self) -> set[int]:
        """The columns of indicators, targets and money, which rows that only head others leave empty."""
        targets = {column for group in self.groups for column in group.targets.values()}
        return (self.indicator_names | targets | self.money) - {0}

    @property
    def worded(self) -> set[int]:
        """The columns of words, apart from codes."""
        beside = {group.single[role] for group in self.groups for role in _WORDS if role in group.single}
        return (self.node_columns | set(self.single.values()) | self.indicator_names | beside) - {0}

    @property
    def columns(self) -> set[int]:
        """All columns that are read."""
        beside = {column for group in self.groups for column in group.single.values()}
        return self.naming | set(self.single.values()) | self.measured | beside

    @property
    def has_agencies(self) -> bool:
        """Whether a column names the agency of a row."""
        return any(roles.AGENCY in group.single for group in self.groups)

    def own_columns(self, level: str) -> set[int]:
        """The columns in which nodes of a level are named, among others or alone."""
        own = {each.column for each in self.levels if each.level == level}
        return own | {column for column in self.texts if self.level_of.get(column, level) == level}


def layout_of(found: Mapping[int, str]) -> SheetLayout:
    """The columns by what they belong to: a code to the level right of it, values to the indicator left of them."""
    layout = SheetLayout()
    codes: list[int] = []
    loose = IndicatorColumns()
    last_level = ""
    for number in sorted(found):
        role, _, detail = found[number].partition(":")
        if found[number] == roles.TEXT:
            layout.texts.append(number)
            layout.codes, codes = [*layout.codes, *codes], []
        elif role == roles.LEVEL and detail:
            layout.levels.append(LevelColumn(detail, number, codes))
            codes, last_level = [], detail
        elif role == roles.CODE:
            codes.append(number)
        elif role == roles.INDICATOR:
            layout.groups.append(IndicatorColumns(detail or last_level, number, bool(detail)))
        elif role in _OF_ROW:
            layout.single.setdefault(role, number)
        else:
            (layout.groups[-1] if layout.groups else loose).add(role, detail, number)
    _assign(layout, codes, loose)
    return layout


def _assign(layout: SheetLayout, codes: list[int], loose: IndicatorColumns) -> None:
    """Give what stood before any indicator to the first group, and codes without a level at their right to the last."""
    if layout.groups:
        first = layout.groups[0]
        first.single = loose.single | first.single
        first.targets, first.money = loose.targets | first.targets, loose.money | first.money
    elif loose.single or loose.targets or loose.money:
        layout.groups.append(loose)
    if layout.texts:
        _mix(layout, codes)
    elif layout.levels and codes:
        layout.levels[-1].codes = layout.levels[-1].codes or codes
    layout.levels.sort(key=lambda each: RANK[each.level])
    if not layout.texts and len(layout.groups) > 1:
        _give_money_to_programs(layout)


def _mix(layout: SheetLayout, codes: list[int]) -> None:
    """Beside a text that holds any level, a column of one level is one more place where a text may stand.

    Codes belong to the text at their right; where only one text has any, they are those of the row.
    """
    layout.level_of = {each.column: each.level for each in layout.levels}
    if layout.codes:
        layout.codes_of = {each.column: each.codes for each in layout.levels if each.codes}
        layout.codes += codes
    else:
        layout.codes = [*(code for each in layout.levels for code in each.codes), *codes]
    layout.texts = sorted([*layout.texts, *layout.level_of])
    layout.levels = []
    for group in layout.groups:
        if not group.is_explicit or group.level not in layout.level_of.values():
            group.level, group.is_explicit = "", False


def _give_money_to_programs(layout: SheetLayout) -> None:
    """Money written behind the indicators of an objective is that of the lowest level of the row."""
    lowest = layout.levels[-1].level if layout.levels else ""
    bearers = [group for group in layout.groups if group.level == lowest]
    for group in layout.groups if bearers else ():
        if group.level and RANK[group.level] < RANK[Level.PROGRAM]:
            bearers[-1].money |= group.money
            group.money = {}
