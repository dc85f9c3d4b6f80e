"""Indicators, targets, money and agencies of a row, put on the node they belong to.

One cell may hold several indicators, a line each; the lines of the cells beside it are theirs.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import pairwise

from masterplan.plans.importing.document import FileIndicator, FileNode
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import IndicatorColumns
from masterplan.plans.importing.map.money_units import MoneyColumn
from masterplan.plans.importing.questions import CellRef, Questions
from masterplan.plans.importing.read.money import MoneyReader
from masterplan.plans.importing.read.repairs import BESIDE
from masterplan.plans.importing.read.tree_builder import TreeBuilder
from masterplan.plans.importing.read.values import (
    EMPTY,
    VALUE_LIMIT,
    ValueReader,
    is_list,
    lines_of,
    plain_text,
    unit_behind,
)
from masterplan.reference import LEVELS_WITH_MONEY, Direction, Level
from smartcity.common.formatting import format_money
from smartcity.common.numbers import exact_target
from smartcity.common.reading import is_blank, tidy
from smartcity.common.text import clean_text
from smartcity.common.workbooks.cells import folded
from smartcity.common.workbooks.reader import Cell

NAME_LIMIT = 300
SPLIT, WHOLE = "split", "whole"
ADD, FIRST, LAST = "add", "first", "last"
_DIRECTIONS = {folded(direction.label): direction.value for direction in Direction} | {
    "positif": "up", "meningkat": "up", "maksimal": "up", "negatif": "down", "menurun": "down", "minimal": "down",
}  # fmt: skip
Cells = Mapping[int, Cell]


class IndicatorReader:
    """Reads what rows say besides the nodes themselves."""

    def __init__(self, growth: TreeBuilder, values: ValueReader, doubts: Questions) -> None:
        self._growth, self._values, self._doubts = growth, values, doubts
        self._amounts = MoneyReader(doubts)
        self._speaks_of_measurer = False
        self._money: dict[int, MoneyColumn] = {}
        self._agency: int | None = None
        self._numbers: dict[str, Decimal | None] = {}

    def begin_sheet(self, groups: list[IndicatorColumns], money: dict[int, MoneyColumn], agency: int | None) -> None:
        """Know what the columns of a sheet count money in, whose it is where no column says so, and whether indicators
        have an agency of their own.
        """
        self._money, self._agency = money, agency
        self._speaks_of_measurer = any(roles.MEASURED_BY in group.single for group in groups)

    def go_on_with(self, agency: int) -> None:
        """Take what follows for that agency's, where no column says whose it is."""
        self._agency = agency

    def read(self, node: FileNode, group: IndicatorColumns, cells: Cells, sheet: str, row: int) -> None:
        """Put what the columns of `group` hold in this row on `node`."""
        at = _placer(sheet, row)
        agency = self._values.unit(at(group.single.get(roles.AGENCY, 0)), cells.get(group.single.get(roles.AGENCY, 0)))
        agency = agency or self._agency
        if agency is not None and node.agency is None and (node.level in LEVELS_WITH_MONEY or self._speaks_of_measurer):
            node.agency = agency
        if agency is not None and node.agency not in (None, agency) and node.level in LEVELS_WITH_MONEY:
            self._growth.note(
                f"{node.named()} ditulis untuk beberapa perangkat daerah; penanggung jawabnya yang pertama."
            )
        found = self._indicators(group, cells, at)
        own = roles.MEASURED_BY if self._speaks_of_measurer else roles.AGENCY
        column = group.single.get(own, 0)
        measurer = agency if own == roles.AGENCY else self._values.unit(at(column), cells.get(column))
        for measure in found:
            measure.agency = measurer
            self._add(node, measure, at(group.name))
        self._read_money(node, group, cells, at)

    # Indicators -------------------------------------------------------------------------------------------------------

    def _indicators(self, group: IndicatorColumns, cells: Cells, at: Callable[[int], CellRef]) -> list[FileIndicator]:
        written = plain_text(cells.get(group.name)) if group.name else ""
        units = [self._short(line, at(group.single[roles.UNIT])) for line in self._unit_lines(group, cells)]
        behind = self._unit_behind(units, group, cells)
        columns = {year: self._lines(cells, number, at, behind) for year, number in group.targets.items()}
        single = {
            roles.BASELINE: self._lines(cells, group.single.get(roles.BASELINE, 0), at, behind),
            roles.END_TARGET: self._lines(cells, group.single.get(roles.END_TARGET, 0), at, behind),
            roles.UNIT: units or [behind] * bool(behind),
        }
        if is_blank(tidy(written)):
            self._ask_about_loose(group, columns, at)
            return []
        names = self._names(written, [*columns.values(), single[roles.BASELINE]], at(group.name))
        direction = _DIRECTIONS.get(folded(plain_text(cells.get(group.single.get(roles.DIRECTION, 0)))), "")
        is_per_cent = any(cells[column].kind == "p" for column in group.targets.values() if column in cells)
        made = []
        for number, name in enumerate(names):
            one = len(names) == 1
            measure = FileIndicator(
                self._name(name, at(group.name)),
                unit=_nth(single[roles.UNIT], number, one=one, shared=True),
                baseline=_nth(single[roles.BASELINE], number, one=one),
                end_condition=_nth(single[roles.END_TARGET], number, one=one),
                direction=direction,
                targets={year: text for year, lines in columns.items() if (text := _nth(lines, number, one=one))},
            )
            if not measure.unit and is_per_cent:
                measure.unit = "persen"
            measure.direction = direction or self._direction_of(measure)
            made.append(measure)
        return made

    def _direction_of(self, measure: FileIndicator) -> str:
        """Down where every year's target is a number and none is above the one before it; else nothing is known."""
        values = [self._number_in(text) for _, text in sorted(measure.targets.items())]
        numbers = [value for value in values if value is not None]
        if len(numbers) < 3 or len(numbers) != len(values) or numbers[0] == numbers[-1]:
            return ""
        return Direction.DOWN.value if all(one >= two for one, two in pairwise(numbers)) else ""

    def _number_in(self, text: str) -> Decimal | None:
        """The number of a target; the same few stand in most cells."""
        if text not in self._numbers:
            self._numbers[text] = exact_target(text)
        return self._numbers[text]

    def _lines(self, cells: Cells, number: int, at: Callable[[int], CellRef], behind: str) -> list[str]:
        return self._values.target(at(number), cells.get(number), behind) if number else []

    def _unit_behind(self, units: list[str], group: IndicatorColumns, cells: Cells) -> str:
        """The unit that stands behind every number of the row, where no column says another: `12 dokumen`."""
        columns = [*group.targets.values(), group.single.get(roles.BASELINE, 0), group.single.get(roles.END_TARGET, 0)]
        texts = [str(cells[column].value) for column in columns if column in cells and cells[column].kind == "s"]
        found = unit_behind(texts)
        if not found or (units and [folded(each) for each in units] != [folded(found)]):
            return ""
        self._growth.note("Satuan sebagian indikator diambil dari isian targetnya, misalnya “12 dokumen”.")
        return found

    def _unit_lines(self, group: IndicatorColumns, cells: Cells) -> list[str]:
        text = plain_text(cells.get(group.single.get(roles.UNIT, 0)))
        return [] if is_blank(tidy(text)) else lines_of(text)

    def _names(self, written: str, beside: list[list[str]], place: CellRef) -> list[str]:
        """One indicator or several: lines that are counted, or that the cells beside match, are several."""
        lines = lines_of(written)
        if len(lines) < 2:
            return lines
        counts = {len(values) for values in beside if len(values) > 1}
        if counts == {len(lines)}:
            return lines
        whole = " ".join(lines)
        if not counts and not is_list(written):
            return [whole]
        sentence = f"Sel ini memuat {len(lines)} baris, tetapi nilai di sebelahnya {max(counts, default=1)} baris."
        choices = [
            (SPLIT, f"{len(lines)} indikator, nilainya dipasang berurutan"),
            (WHOLE, f"Satu indikator: {whole[:80]}"),
        ]
        return lines if self._doubts.ask(place, sentence, choices, SPLIT) == SPLIT else [whole]

    def _name(self, text: str, place: CellRef) -> str:
        name = clean_text(" ".join(text.split()), 10**6)
        if len(name) <= NAME_LIMIT:
            return name
        cut = name[: NAME_LIMIT - 1].rstrip() + "…"
        sentence = f"Nama indikator ini {len(name)} karakter, batasnya {NAME_LIMIT}."
        key = f"{place.sheet}!{place.cell}:nama:{name[:40]}"
        self._doubts.ask(place, sentence, [("cut", f"Potong: {cut[:60]}…")], "cut", key)
        return cut

    def _short(self, text: str, place: CellRef) -> str:
        plain = clean_text(" ".join(text.split()), 10**6)
        if len(plain) <= VALUE_LIMIT:
            return plain
        self._doubts.ask(place, f"Satuan ini lebih dari {VALUE_LIMIT} karakter.", [("cut", "Potong")], "cut")
        return plain[:VALUE_LIMIT].rstrip()

    def _ask_about_loose(
        self, group: IndicatorColumns, columns: dict[int, list[str]], at: Callable[[int], CellRef]
    ) -> None:
        """Targets in a row that names no indicator belong to nothing."""
        filled = [number for year, number in group.targets.items() if any(columns[year])]
        if filled:
            sentence = "Target ini tidak punya indikator. Lengkapi barisnya di Excel, lalu unggah lagi, atau lewati."
            self._doubts.ask(at(filled[0]), sentence, [(EMPTY, "Lewati target ini")], EMPTY)

    def _add(self, node: FileNode, measure: FileIndicator, place: CellRef) -> None:
        known = next((each for each in node.indicators if folded(each.name) == folded(measure.name)), None)
        if known is None:
            node.indicators.append(measure)
            return
        clash = _merge(known, measure)
        if clash:
            sentence = f"Indikator “{measure.name[:80]}” pada {node.named()} ditulis dua kali dengan {clash} berbeda."
            choices = [(FIRST, "Pakai yang pertama"), (LAST, "Pakai yang ini")]
            if self._doubts.ask(place, sentence, choices, FIRST, f"{place.sheet}!{place.cell}:ganda") == LAST:
                known.targets |= measure.targets
                known.baseline = measure.baseline or known.baseline
                known.end_condition = measure.end_condition or known.end_condition

    # Money ------------------------------------------------------------------------------------------------------------

    def _read_money(self, node: FileNode, group: IndicatorColumns, cells: Cells, at: Callable[[int], CellRef]) -> None:
        filled = {year: column for year, column in group.money.items() if column in cells}
        if not filled:
            return
        if node.level not in LEVELS_WITH_MONEY:
            self._growth.note(f"Pagu pada {Level(node.level).label.lower()} tidak disimpan: pagu mulai dari program.")
            return
        filled = {year: column for year, column in filled.items() if self._money[column].unit}
        if not filled:
            return  # the unit is asked for and not answered yet: nothing may be stored before
        place = at(next(iter(filled.values())))
        read = {
            year: self._amounts.read(at(column), cells[column], self._money[column]) for year, column in filled.items()
        }
        amounts = {year: amount for year, amount in read.items() if amount is not None}
        clash = [year for year, amount in amounts.items() if node.ceilings.get(year, amount) != amount]
        if clash and self._sums(node, amounts, clash[0], place):
            node.ceilings |= {year: node.ceilings.get(year, 0) + amount for year, amount in amounts.items()}
        else:
            node.ceilings = amounts | node.ceilings

    def _sums(self, node: FileNode, amounts: dict[int, int], year: int, place: CellRef) -> bool:
        before, here = format_money(node.ceilings[year]), format_money(amounts[year])
        sentence = f"Pagu {year} untuk {node.named()} ditulis lagi: {before}, lalu {here}."
        choices = [(ADD, "Jumlahkan"), (FIRST, "Pakai yang pertama")]
        return self._doubts.ask(place, sentence, choices, ADD, f"{place.sheet}!{place.row}:pagu") == ADD


def _placer(sheet: str, row: int) -> Callable[[int], CellRef]:
    return lambda column: CellRef(sheet, row, column % BESIDE)


def _nth(lines: list[str], number: int, *, one: bool, shared: bool = False) -> str:
    """The line of an indicator; all of them when there is one indicator, the only one where it counts for all."""
    if one:
        return ", ".join(line for line in lines if line)[:VALUE_LIMIT]
    if shared and len(lines) == 1:
        return lines[0]
    return lines[number] if number < len(lines) else ""


def _merge(known: FileIndicator, more: FileIndicator) -> str:
    """Fill what `known` lacks; what both say differently is named in a word."""
    clash = ""
    for key, label in (("unit", "satuan"), ("baseline", "kondisi awal"), ("end_condition", "kondisi akhir")):
        mine, theirs = getattr(known, key), getattr(more, key)
        clash = label if mine and theirs and mine != theirs else clash
        setattr(known, key, mine or theirs)
    if any(known.targets.get(year, text) != text for year, text in more.targets.items()):
        clash = "target"
    known.targets = more.targets | known.targets
    known.agency = known.agency or more.agency
    return clash
