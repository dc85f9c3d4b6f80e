"""From the sheets of a workbook to the tree of a plan, with every question on the way.

Which columns mean what was decided before, in `tables` and by the person who looked at it.
"""

import re
from collections.abc import Callable, Iterable

from masterplan.plans.importing.corrections import SKIP, Corrections
from masterplan.plans.importing.document import FileNode, PlanContext, PlanDocument
from masterplan.plans.importing.find import surroundings
from masterplan.plans.importing.find.heads import FoundTable, find_table, parts_of
from masterplan.plans.importing.find.hidden import without_hidden
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import SheetLayout, layout_of
from masterplan.plans.importing.map.money_units import money_columns, unit_below
from masterplan.plans.importing.questions import CellRef, Questions
from masterplan.plans.importing.read.codes import tidy_code
from masterplan.plans.importing.read.reading import PlanReading, plain_text
from masterplan.plans.importing.read.sheet_reader import SheetReader
from masterplan.plans.importing.read.skipped_rows import list_outside
from masterplan.plans.importing.read.tree_builder import TreeBuilder
from masterplan.plans.importing.read.values import ValueReader
from masterplan.reference import Level, PlanKind
from smartcity.common.reading import is_blank, tidy
from smartcity.common.workbooks.cells import folded
from smartcity.common.workbooks.reader import Grid

_GO_ON = "go_on"
_PLACES = re.compile(r"\b(kabupaten|kab\.?|kota)\s+([a-z]+(?: [a-z]+)?)", re.IGNORECASE)
_PERIODS = re.compile(r"\b(20\d\d)\s*(?:[-\u2013\u2014]|s\.?/?d\.?|sampai(?: dengan)?)\s*(20\d\d)\b", re.IGNORECASE)
# A plan for twenty years may be named in a title too; no other regency plan is longer than these years.
_LONGEST_PERIOD = 7


def propose(grids: Iterable[Grid], plan: PlanContext) -> list[FoundTable]:
    """The tables of a workbook with the roles of their columns as far as they can be seen."""
    first = plan.start_year + (len(plan.years) > 5)
    found = (find_table(part, first) for grid in grids for part in parts_of(grid))
    return [table for table in found if table is not None]


def read_plan(
    grids: Iterable[Grid], tables: Iterable[FoundTable], plan: PlanContext, questions: Questions,
    progress: Callable[[int, int], object] | None = None, corrections: Corrections | None = None,
) -> PlanDocument:  # fmt: skip
    """The tree that the chosen tables hold, as `corrections` change it. `progress` is told the rows done and in all."""
    by_title = {part.title: part for grid in grids for part in parts_of(grid)}
    chosen = [table for table in tables if table.is_read and table.roles and table.sheet in by_title]
    reading = PlanReading(plan, questions, corrections or Corrections(), PlanDocument(), progress)
    reading.total = sum(len(by_title[table.sheet].rows) for table in chosen)
    tree, values = TreeBuilder(reading), ValueReader(reading)
    parents: list[tuple[FileNode, str, CellRef]] = []
    for table in chosen:
        _read_table(by_title[table.sheet], table, tree, values, parents)
    _hang_by_parent_codes(parents, tree)
    document = reading.document
    if plan.kind == PlanKind.RENSTRA and roles.CARRIES_OUT not in document.contents:
        # A program of a Renstra carries out the program of the RPJMD with its code, where no column names one.
        for node in document.walk():
            if node.level == Level.PROGRAM:
                node.carries_out = values.program_of_code(node.code)
    order = {table.sheet: number for number, table in enumerate(chosen)}
    document.skipped.sort(key=lambda row: (order[row.sheet], row.row))
    return document


def _read_table(
    whole: Grid, table: FoundTable, tree: TreeBuilder, values: ValueReader,
    parents: list[tuple[FileNode, str, CellRef]],
) -> None:  # fmt: skip
    reading = tree.reading
    _ask_about_place(table, reading)
    _ask_about_period(table, reading)
    grid, found = without_hidden(whole, table, _within_period(table, reading), reading.questions)
    layout = layout_of(found)
    layout.outcomes = table.with_outcomes
    list_outside(whole, grid, table, reading)
    last = surroundings.last_row(grid, table, layout)
    heads = {column.number: column.heads for column in table.columns if column.number in layout.money}
    below = (cell for number, cells in grid.rows.items() if number > last for cell in cells.values())
    unit = table.money_unit or unit_below(plain_text(cell) for cell in below)
    money = money_columns(grid, table.first_row, unit, table.above, heads, reading.questions)
    agency = _agency_of(grid, table, layout, values, reading)
    _note_contents(layout, reading.document)
    sheet = SheetReader(grid, table, layout, tree, values, money, agency, last)
    sheet.read()
    if roles.PARENT in layout.single:
        column = layout.single[roles.PARENT]
        codes = ((node, tidy_code(row.text(column)), row.ref(column)) for node, row in sheet.begun)
        parents += [found for found in codes if not is_blank(tidy(found[1]))]


def _agency_of(
    grid: Grid, table: FoundTable, layout: SheetLayout, values: ValueReader, reading: PlanReading
) -> int | None:
    """The agency that a line above the table names, else the one after which the sheet is called."""
    if reading.plan.kind != PlanKind.RPJMD or layout.has_agencies:
        return None
    row, name = surroundings.agency_above(grid, table)
    found = values.agency(CellRef(grid.title, row), name) if row else values.agency_titled(grid.title)
    if found is not None:
        reading.document.contents.add(roles.AGENCY)
        where = "baris di atas tabel" if row else "nama lembar"
        reading.note(f"Penanggung jawab di lembar {grid.title} diambil dari {where}.")
    return found


def _note_contents(layout: SheetLayout, document: PlanDocument) -> None:
    document.contents |= set(layout.single)
    if layout.codes or any(each.codes for each in layout.levels):
        document.contents.add(roles.CODE)
    for group in layout.groups:
        document.contents |= set(group.single)
        document.contents |= {roles.INDICATOR} if group.name else set()
        document.contents |= {f"{roles.TARGET}:{year}" for year in group.targets}
        document.contents |= {f"{roles.MONEY}:{year}" for year in group.money}
        document.years |= {*group.targets, *group.money}


# The sheet as a whole -------------------------------------------------------------------------------------------------


def _ask_about_place(table: FoundTable, reading: PlanReading) -> None:
    """A plan of another place may carry the same number of regulation: only its title tells."""
    place = reading.plan.place
    wanted = folded(place)
    named = {
        f"{'kota' if match[1].casefold() == 'kota' else 'kabupaten'} {folded(match[2])}": match[0]
        for text in [table.sheet, *table.above]
        for match in _PLACES.finditer(text)
    }
    if named and not any(wanted in name or name in wanted for name in named):
        other = " ".join(next(iter(named.values())).split())
        sentence = f"Judulnya menyebut {other}, padahal dokumen ini milik {place}. Periksa berkasnya."
        choices = [(_GO_ON, f"Benar, ini rencana {place}")]
        reading.questions.ask(CellRef(table.sheet), sentence, choices, "", f"{table.sheet}:wilayah")


def _ask_about_period(table: FoundTable, reading: PlanReading) -> None:
    """The plan before or after has the same codes: taken for this one it would rewrite every node."""
    years, period = reading.plan.years, reading.plan.period
    found = [map(int, match) for text in [table.sheet, *table.above] for match in _PERIODS.findall(text)]
    named = [(first, last) for first, last in found if first <= last < first + _LONGEST_PERIOD]
    if named and not any(first in years and last in years for first, last in named):
        first, last = named[0]
        sentence = f"Judulnya menyebut periode {first}–{last}, padahal dokumen ini {period}. Periksa berkasnya."
        choices = [(_GO_ON, f"Benar, ini rencana {period}")]
        reading.questions.ask(CellRef(table.sheet), sentence, choices, "", f"{table.sheet}:periode")


def _within_period(table: FoundTable, reading: PlanReading) -> dict[int, str]:
    """The roles of the columns, without years outside the period unless somebody wants them."""
    found = table.roles
    years = {roles.years_of(role)[1] for role in found.values()} - {0}
    outside = sorted(years - set(reading.plan.years))
    if not outside:
        return found
    listed = ", ".join(map(str, outside))
    sentence = f"Kolom tahun {listed} berada di luar periode {reading.plan.period}. Pilih apakah ikut dibaca."
    choices = [("drop", "Jangan baca kolom itu"), (_GO_ON, "Baca juga")]
    proposed = "drop" if years - set(outside) else ""
    answer = reading.questions.ask(CellRef(table.sheet), sentence, choices, proposed, f"{table.sheet}:tahun")
    if answer == _GO_ON:
        return found
    return {column: role for column, role in found.items() if roles.years_of(role)[1] not in outside}


def _hang_by_parent_codes(parents: list[tuple[FileNode, str, CellRef]], tree: TreeBuilder) -> None:
    """Hang nodes below those that the column of parents names, when all rows are read."""
    for node, code, ref in parents:
        found = [tree.with_code(level, code) for level in Level]
        above = next((each for each in found if each is not None and each is not node), None)
        if above is not None and node.parent is above:
            continue
        if above is None or not tree.reparent(node, above):
            why = "tidak ada di berkas ini" if above is None else "tidak dapat menjadi induknya"
            sentence = f"Kode induk {code} untuk {node.title} {why}."
            choices = [(SKIP, "Lewati unsur ini, dengan semua di bawahnya")]
            if node.parent or tree.may_be_top(node.level):
                choices.append((_GO_ON, "Biarkan di tempatnya menurut urutan baris"))
            if tree.reading.questions.ask(ref, sentence, choices, "") != _GO_ON:
                tree.drop([node])
