"""Indicators, targets, money and agencies of a row, put on the node they belong to.

One cell may hold several indicators, a line each; the lines of the cells beside it are theirs.
"""

from decimal import Decimal
from itertools import pairwise

from masterplan.plans.importing.corrections import SKIP
from masterplan.plans.importing.document import FileIndicator, FileNode
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import IndicatorColumns, SheetLayout
from masterplan.plans.importing.map.money_units import MoneyColumn
from masterplan.plans.importing.questions import CellRef
from masterplan.plans.importing.read.money import MoneyReader
from masterplan.plans.importing.read.reading import PlanReading, SheetRow
from masterplan.plans.importing.read.values import VALUE_LIMIT, ValueReader, is_list, lines_of, unit_behind
from masterplan.reference import LEVELS_WITH_MONEY, Direction, Level
from smartcity.common.formatting import format_money
from smartcity.common.numbers import exact_target
from smartcity.common.reading import is_blank, tidy
from smartcity.common.text import clean_text
from smartcity.common.workbooks.cells import folded

NAME_LIMIT = 300
_FIRST = ("first", "Pakai yang pertama")
_DIRECTIONS = {folded(direction.label): direction.value for direction in Direction} | {
    "positif": "up", "meningkat": "up", "maksimal": "up", "negatif": "down", "menurun": "down", "minimal": "down",
}  # fmt: skip


class IndicatorReader:
    """Reads what the rows of a sheet hold besides the nodes themselves.

    `money` are its money columns; `agency` is whose the sheet is where no column says so.
    """

    def __init__(
        self, reading: PlanReading, values: ValueReader, layout: SheetLayout, money: dict[int, MoneyColumn],
        agency: int | None,
    ) -> None:  # fmt: skip
        self._reading, self._values, self._money, self.agency = reading, values, money, agency
        self._money_reader = MoneyReader(reading.questions)
        self._has_measurers = any(roles.MEASURED_BY in group.single for group in layout.groups)
        self._numbers: dict[str, Decimal | None] = {}

    def read(self, node: FileNode, group: IndicatorColumns, row: SheetRow) -> None:
        """Put what the columns of `group` hold in this row on `node`."""
        agency = self._agency_in(group, roles.AGENCY, row) or self.agency
        has_money = node.level in LEVELS_WITH_MONEY
        if agency is not None and node.agency is None and (has_money or self._has_measurers):
            node.agency = agency
        if agency is not None and node.agency not in (None, agency) and has_money:
            self._reading.note(
                f"{node.title} ditulis untuk beberapa perangkat daerah; penanggung jawabnya yang pertama."
            )
        found = self._indicators(group, row)
        measurer = self._agency_in(group, roles.MEASURED_BY, row) if self._has_measurers else agency
        for indicator in found:
            indicator.agency = measurer
            self._add(node, indicator, row.ref(group.name))
        self._read_money(node, group, row)

    def _agency_in(self, group: IndicatorColumns, role: str, row: SheetRow) -> int | None:
        column = group.single.get(role, 0)
        return self._values.agency(row.ref(column), row.text(column))

    # Indicators -------------------------------------------------------------------------------------------------------

    def _indicators(self, group: IndicatorColumns, row: SheetRow) -> list[FileIndicator]:
        unit_column = group.single.get(roles.UNIT, 0)
        units = [] if is_blank(tidy(row.text(unit_column))) else lines_of(row.text(unit_column))
        units = [self._shortened_unit(line, row.ref(unit_column)) for line in units]
        behind = self._unit_behind(units, group, row)

        def lines(column: int) -> list[str]:
            return self._values.target(row.ref(column), row.get(column), behind) if column else []

        targets = {year: lines(column) for year, column in group.targets.items()}
        baselines = lines(group.single.get(roles.BASELINE, 0))
        end_conditions = lines(group.single.get(roles.END_TARGET, 0))
        written = row.text(group.name) if group.name else ""
        if is_blank(tidy(written)):
            loose = next((column for year, column in group.targets.items() if any(targets[year])), 0)
            if loose:
                sentence = (
                    "Target ini tidak punya indikator. Lengkapi barisnya di Excel, lalu unggah lagi, atau lewati."
                )
                self._reading.questions.notice(row.ref(loose), sentence, ("-", "Lewati target ini"))
            return []
        names = self._names(written, [*targets.values(), baselines], row.ref(group.name))
        direction = _DIRECTIONS.get(folded(row.text(group.single.get(roles.DIRECTION, 0))), "")
        is_per_cent = any(row.cells[column].kind == "p" for column in group.targets.values() if column in row.cells)
        units = units or [behind] * bool(behind)
        one = len(names) == 1
        made = []
        for number, name in enumerate(names):
            indicator = FileIndicator(
                self._shortened_name(name, row.ref(group.name)),
                unit=units[0] if len(units) == 1 and not one else _line(units, number, one=one),
                baseline=_line(baselines, number, one=one),
                end_condition=_line(end_conditions, number, one=one),
                targets={year: text for year, each in targets.items() if (text := _line(each, number, one=one))},
            )
            indicator.unit = indicator.unit or ("persen" if is_per_cent else "")
            indicator.direction = direction or self._direction_of(indicator)
            made.append(indicator)
        return made

    def _direction_of(self, indicator: FileIndicator) -> str:
        """Down where every year's target is a number and none is above the one before it; else nothing is known."""
        values = [self._number_in(text) for _, text in sorted(indicator.targets.items())]
        numbers = [value for value in values if value is not None]
        if len(numbers) < 3 or len(numbers) != len(values) or numbers[0] == numbers[-1]:
            return ""
        return Direction.DOWN.value if all(one >= two for one, two in pairwise(numbers)) else ""

    def _number_in(self, text: str) -> Decimal | None:
        """The number of a target; the same few stand in most cells."""
        if text not in self._numbers:
            self._numbers[text] = exact_target(text)
        return self._numbers[text]

    def _unit_behind(self, units: list[str], group: IndicatorColumns, row: SheetRow) -> str:
        """The unit that stands behind every number of the row, where no column says another: `12 dokumen`."""
        columns = [*group.targets.values(), group.single.get(roles.BASELINE, 0), group.single.get(roles.END_TARGET, 0)]
        cells = (row.cells[column] for column in columns if column in row.cells)
        found = unit_behind(str(cell.value) for cell in cells if cell.kind == "s")
        if not found or (units and [folded(each) for each in units] != [folded(found)]):
            return ""
        self._reading.note("Satuan sebagian indikator diambil dari isian targetnya, misalnya “12 dokumen”.")
        return found

    def _names(self, written: str, beside: list[list[str]], ref: CellRef) -> list[str]:
        """One indicator or several: lines that are numbered, or that the cells beside match, are several."""
        lines = lines_of(written)
        counts = {len(values) for values in beside if len(values) > 1}
        if len(lines) < 2 or counts == {len(lines)}:
            return lines
        whole = " ".join(lines)
        if not counts and not is_list(written):
            return [whole]
        sentence = f"Sel ini memuat {len(lines)} baris, tetapi nilai di sebelahnya {max(counts, default=1)} baris."
        several = ("split", f"{len(lines)} indikator, nilainya dipasang berurutan")
        one = ("whole", f"Satu indikator: {whole[:80]}")
        return lines if self._reading.questions.confirm(ref, sentence, several, one) else [whole]

    def _shortened_name(self, text: str, ref: CellRef) -> str:
        name = clean_text(" ".join(text.split()), 10**6)
        if len(name) <= NAME_LIMIT:
            return name
        cut = name[: NAME_LIMIT - 1].rstrip() + "…"
        sentence = f"Nama indikator ini {len(name)} karakter, batasnya {NAME_LIMIT}."
        key = f"{ref.sheet}!{ref.cell}:nama:{name[:40]}"
        self._reading.questions.notice(ref, sentence, ("cut", f"Potong: {cut[:60]}…"), key)
        return cut

    def _shortened_unit(self, text: str, ref: CellRef) -> str:
        plain = clean_text(" ".join(text.split()), 10**6)
        if len(plain) > VALUE_LIMIT:
            sentence = f"Satuan ini lebih dari {VALUE_LIMIT} karakter."
            self._reading.questions.notice(ref, sentence, ("cut", "Potong"))
        return plain[:VALUE_LIMIT].rstrip() if len(plain) > VALUE_LIMIT else plain

    def ask_about_orphan(self, name: str, ref: CellRef) -> None:
        """Name an indicator in a row that stands below nothing of its level."""
        if not is_blank(tidy(name)):
            sentence = (
                f"Indikator “{name[:80]}” tidak berada di bawah unsur mana pun. Tulis unsurnya di barisnya "
                "atau di atasnya, lalu unggah lagi, atau lewati."
            )
            self._reading.questions.notice(ref, sentence, (SKIP, "Lewati indikator ini"))

    def _add(self, node: FileNode, indicator: FileIndicator, ref: CellRef) -> None:
        known = next((each for each in node.indicators if folded(each.name) == folded(indicator.name)), None)
        if known is None:
            node.indicators.append(indicator)
            return
        differing = _merge(known, indicator)
        if differing:
            where = f"Indikator “{indicator.name[:80]}” pada {node.title}"
            sentence = f"{where} ditulis dua kali dengan {differing} berbeda."
            last, key = ("last", "Pakai yang ini"), f"{ref.sheet}!{ref.cell}:ganda"
            if not self._reading.questions.confirm(ref, sentence, _FIRST, last, key):
                known.targets |= indicator.targets
                known.baseline = indicator.baseline or known.baseline
                known.end_condition = indicator.end_condition or known.end_condition

    # Money ------------------------------------------------------------------------------------------------------------

    def _read_money(self, node: FileNode, group: IndicatorColumns, row: SheetRow) -> None:
        filled = {year: column for year, column in group.money.items() if column in row.cells}
        if filled and node.level not in LEVELS_WITH_MONEY:
            label = Level(node.level).label.lower()
            self._reading.note(f"Pagu pada {label} tidak disimpan: pagu mulai dari program.")
            return
        # While the unit is asked for and not answered, nothing may be stored.
        filled = {year: column for year, column in filled.items() if self._money[column].unit}
        read = {
            year: self._money_reader.read(row.ref(column), row.cells[column], self._money[column])
            for year, column in filled.items()
        }
        amounts = {year: amount for year, amount in read.items() if amount is not None}
        differing = [year for year, amount in amounts.items() if node.ceilings.get(year, amount) != amount]
        if differing and self._adds_up(node, amounts, differing[0], row.ref(next(iter(filled.values())))):
            node.ceilings |= {year: node.ceilings.get(year, 0) + amount for year, amount in amounts.items()}
        else:
            node.ceilings = amounts | node.ceilings

    def _adds_up(self, node: FileNode, amounts: dict[int, int], year: int, ref: CellRef) -> bool:
        before, here = format_money(node.ceilings[year]), format_money(amounts[year])
        sentence = f"Pagu {year} untuk {node.title} ditulis lagi: {before}, lalu {here}."
        key = f"{ref.sheet}!{ref.row}:pagu"
        return self._reading.questions.confirm(ref, sentence, ("add", "Jumlahkan"), _FIRST, key)


def _line(lines: list[str], number: int, *, one: bool) -> str:
    """The line of an indicator; all of them when there is one indicator only."""
    if one:
        return ", ".join(line for line in lines if line)[:VALUE_LIMIT]
    return lines[number] if number < len(lines) else ""


def _merge(known: FileIndicator, more: FileIndicator) -> str:
    """Fill what `known` lacks; what both say differently is named in a word."""
    differing = ""
    for key, label in (("unit", "satuan"), ("baseline", "kondisi awal"), ("end_condition", "kondisi akhir")):
        mine, theirs = getattr(known, key), getattr(more, key)
        differing = label if mine and theirs and mine != theirs else differing
        setattr(known, key, mine or theirs)
    if any(known.targets.get(year, text) != text for year, text in more.targets.items()):
        differing = "target"
    known.targets = more.targets | known.targets
    known.agency = known.agency or more.agency
    return differing
