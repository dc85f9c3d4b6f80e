"""From the sheets of a workbook to the tree of a plan, with every doubt on the way.

Which columns mean what was settled before, in `header` and by the person who looked at it.
"""

import re
from collections.abc import Callable, Iterable

from masterplan.plans.importing.corrections.corrections import SKIP, Corrections
from masterplan.plans.importing.document import FileNode, PlanContext, PlanDocument
from masterplan.plans.importing.find import surroundings
from masterplan.plans.importing.find.hidden import ask_about_hidden, ask_about_unseen
from masterplan.plans.importing.find.tables import FoundTable, find_table, parts_of
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import SheetLayout, structure_of
from masterplan.plans.importing.map.money_units import asked_units, counted_money, unit_below, units_of_columns
from masterplan.plans.importing.questions import CellRef, Questions
from masterplan.plans.importing.read import repairs
from masterplan.plans.importing.read.codes import tidy_code
from masterplan.plans.importing.read.indicators import IndicatorReader
from masterplan.plans.importing.read.level_columns import Cells, LevelColumnsReader
from masterplan.plans.importing.read.phrases import VISION, TitleLine, agency_line, banner_of, counted
from masterplan.plans.importing.read.skipped_rows import list_around, row_text, says_nothing, why_skipped
from masterplan.plans.importing.read.text_columns import TextColumnsReader, goals_are_counted, looks_of
from masterplan.plans.importing.read.tree_builder import TreeBuilder
from masterplan.plans.importing.read.values import ValueReader, plain_text
from masterplan.reference import Level, PlanKind
from smartcity.common.reading import is_blank, tidy
from smartcity.common.workbooks.cells import folded
from smartcity.common.workbooks.reader import Cell, Grid

GO_ON, DROP = "go_on", "drop"
_PLACES = re.compile(r"\b(kabupaten|kab\.?|kota)\s+([a-z]+(?: [a-z]+)?)", re.IGNORECASE)
_PERIODS = re.compile(r"\b(20\d\d)\s*(?:[-\u2013\u2014]|s\.?/?d\.?|sampai(?: dengan)?)\s*(20\d\d)\b", re.IGNORECASE)
# A plan for twenty years may be named in a title too; no other regency plan is longer than these years.
_LONGEST_PERIOD = 7
# How often progress is told, in rows.
_STEP = 250

Rows = LevelColumnsReader | TextColumnsReader
Progress = Callable[[int, int], object]


def propose(grids: Iterable[Grid], setting: PlanContext) -> list[FoundTable]:
    """The tables of a workbook with the roles of their columns as far as they can be seen."""
    first = setting.start_year + (len(setting.years) > 5)
    found = (find_table(part, first) for grid in grids for part in parts_of(grid))
    return [table for table in found if table is not None]


def read_plan(
    grids: Iterable[Grid], tables: Iterable[FoundTable], setting: PlanContext, doubts: Questions,
    progress: Progress | None = None, mends: Corrections | None = None,
) -> PlanDocument:  # fmt: skip
    """The tree that the chosen tables hold, as `mends` correct it. `progress` is told rows done and rows in all."""
    by_title = {part.title: part for grid in grids for part in parts_of(grid)}
    chosen = [table for table in tables if table.is_read and table.roles and table.sheet in by_title]
    return _PlanReader(setting, doubts, progress, mends or Corrections()).read(
        [(by_title[table.sheet], table) for table in chosen]
    )


class _PlanReader:
    def __init__(self, setting: PlanContext, doubts: Questions, progress: Progress | None, mends: Corrections) -> None:
        self._setting, self._doubts, self._progress = setting, doubts, progress
        self._growth, self._mends = TreeBuilder(setting, doubts, mends), mends
        self._values = ValueReader(setting, doubts)
        self._measures = IndicatorReader(self._growth, self._values, doubts)
        self._parents: list[tuple[FileNode, str, CellRef]] = []
        self._done = 0
        self._named_levels: dict[int, str] = {}

    def read(self, sheets: list[tuple[Grid, FoundTable]]) -> PlanDocument:
        document = self._growth.document
        total = sum(len(grid.rows) for grid, _ in sheets)
        for grid, table in sheets:
            self._ask_about_place(table)
            self._ask_about_period(table)
            kept = ask_about_hidden(grid, table, self._within_period(table), self._doubts)
            structure = structure_of(kept.roles)
            structure.outcomes = table.with_outcomes
            list_around(grid, kept.grid, table, self._growth)
            self._sheet(kept.grid, table, structure, total)
        self._hang_by_parent_codes()
        self._carry_out_by_code()
        self._growth.tell()
        order = {grid.title: number for number, (grid, _) in enumerate(sheets)}
        document.skipped.sort(key=lambda row: (order[row.sheet], row.row))
        return document

    # A sheet ----------------------------------------------------------------------------------------------------------

    def _sheet(self, grid: Grid, table: FoundTable, structure: SheetLayout, total: int) -> None:
        self._begin_measures(grid, table, structure)
        self._note_what_is_spoken_of(structure)
        wanted = structure.columns
        last = self._last_row(grid, table, structure)
        mended = self._mends.rows_of(grid.title)
        found = {
            number: {column: cell for column, cell in grid.rows[number].items() if column in wanted}
            for number in sorted(grid.rows)
            if table.first_row <= number <= last or number in mended
        }
        for number in sorted(mended & found.keys()):
            self._prepare_mended(found[number], grid.rows[number], structure, CellRef(grid.title, number))
        surroundings.fill_merged(found, grid.merged, structure)
        repairs.fill_as_above(found, structure, self._values, grid.title, self._growth)
        self._named_levels = repairs.set_indicators_apart(found, structure, grid.title, self._growth)
        rows: Rows
        if structure.is_flat:
            rows = LevelColumnsReader(structure, self._growth, self._doubts)
        else:
            structure.levels_left_out = int(goals_are_counted(found.values(), structure, table.named_levels))
            rows = TextColumnsReader(structure, self._growth, self._doubts, looks_of(found.values(), structure))
        self._read_above(rows, grid, table)
        heads = {folded(head) for column in table.columns for head in column.heads}
        repairs.join_broken_lines(found, structure, grid.title, self._growth)
        for number, cells in found.items():
            place, whole = CellRef(grid.title, number), grid.rows[number]
            why = why_skipped(cells, whole, structure, heads, place, self._mends)
            if why:
                self._growth.skip(place, row_text(whole), why)
            elif self._is_line(rows, structure, whole, place):
                continue
            elif cells:
                self._row(rows, structure, cells, grid.title, number)
                self._tell(total)
            elif not whole.keys() & wanted:
                self._growth.skip(place, row_text(whole), "Isinya di kolom yang tidak dibaca")

    def _prepare_mended(self, cells: dict[int, Cell], whole: Cells, structure: SheetLayout, place: CellRef) -> None:
        """Have a corrected row name something where its words stand in a column that is not read."""
        columns = sorted({*structure.texts, *(each.column for each in structure.levels)})
        if columns and not any(column in cells for column in columns):
            words = next((whole[column] for column in sorted(whole) if whole[column].kind == "s"), None)
            if words is not None:
                cells[columns[0]] = words
        self._mends.settle(place.sheet, place.row, (column for column in columns if column in cells))

    def _read_above(self, rows: Rows, grid: Grid, table: FoundTable) -> None:
        """What lines above the heads say of the whole table."""
        banners, several = surroundings.banners_above(grid, table)
        for number, banner in banners:
            self._go_below(rows, banner, CellRef(grid.title, number))
        for level in several:
            label = Level(level).label
            sentence = (
                f"Baris di atas tabel pada lembar {grid.title} menyebut beberapa {label.lower()}, jadi tidak dibaca."
            )
            self._growth.note(f"{sentence} Tambahkan kolom {label} supaya isinya bersambung.")

    def _begin_measures(self, grid: Grid, table: FoundTable, structure: SheetLayout) -> None:
        """Units of money, and the agency of a sheet that is one agency's."""
        columns = {column for group in structure.groups for column in group.money.values()}
        heads = {column.number: column.heads for column in table.columns if column.number in columns}
        said = units_of_columns(table.money_unit or self._unit_below(grid, table, structure), table.above, heads)
        units = said if all(said.values()) else asked_units(grid, table.first_row, said, heads, self._doubts)
        agency = None
        if self._setting.kind == PlanKind.RPJMD and not any(roles.AGENCY in group.single for group in structure.groups):
            agency = self._agency_of(grid, table)
        self._measures.begin_sheet(structure.groups, counted_money(grid, table.first_row, units, said), agency)

    def _unit_below(self, grid: Grid, table: FoundTable, structure: SheetLayout) -> int:
        last = surroundings.last_row(grid, table, structure)
        below = (cell for row, cells in grid.rows.items() if row > last for cell in cells.values())
        return unit_below(plain_text(cell) for cell in below)

    def _agency_of(self, grid: Grid, table: FoundTable) -> int | None:
        """The agency that a line above the table names, else the one after which the sheet is called."""
        row, name = surroundings.agency_above(grid, table)
        place = CellRef(grid.title, row)
        found = self._values.unit_named(place, name) if row else self._values.unit_called(grid.title)
        if found is not None:
            self._growth.document.speaks.add(roles.AGENCY)
            where = "baris di atas tabel" if row else "nama lembar"
            self._growth.note(f"Penanggung jawab di lembar {grid.title} diambil dari {where}.")
        return found

    def _last_row(self, grid: Grid, table: FoundTable, structure: SheetLayout) -> int:
        last = surroundings.last_row(grid, table, structure)
        if last < max(grid.rows, default=0):
            sentence = f"Isi di bawah tabel pada lembar {grid.title}, mulai baris {last + 1}, tidak dibaca: "
            self._growth.note(f"{sentence}catatan atau tanda tangan.")
            for number in [each for each in grid.rows if each > last]:
                if number not in self._mends.rows_of(grid.title):
                    place = CellRef(grid.title, number)
                    self._growth.skip(place, row_text(grid.rows[number]), "Catatan atau tanda tangan di bawah tabel")
        return last

    def _is_line(self, rows: Rows, structure: SheetLayout, cells: Cells, place: CellRef) -> bool:
        """Whether a row is a line of its own that names what the next rows stand below."""
        if self._mends.has(place.sheet, place.row):
            return False
        if len(cells) == 1 and self._goes_on_with_agency(agency_line(cells), structure, place):
            return True
        banner = banner_of(cells) if len(cells) == 1 else None
        column = next(iter(cells))
        if banner is None or column in structure.own_columns(banner.level):
            return False
        self._go_below(rows, banner, CellRef(place.sheet, place.row, column))
        return True

    def _go_below(self, rows: Rows, banner: TitleLine, place: CellRef) -> None:
        if banner.level == VISION:
            if self._setting.kind == PlanKind.RPJMD:
                self._growth.document.vision = self._growth.document.vision or banner.text
        elif self._growth.stands_in_kind(banner.level):
            if not place.column:
                self._growth.note(
                    f"{Level(banner.level).label} di lembar {place.sheet} diambil dari baris di atas tabel."
                )
            rows.begin(banner, place)
        else:
            self._growth.leave_out(banner.level, f"{banner.code} {banner.text}", place)

    def _row(self, rows: Rows, structure: SheetLayout, cells: dict[int, Cell], sheet: str, number: int) -> None:
        self._growth.document.rows += 1
        vision = plain_text(cells.get(structure.single.get(roles.VISION, 0)))
        self._growth.document.vision = self._growth.document.vision or " ".join(vision.split())
        if self._is_of_agency(cells, structure):
            return
        ask_about_unseen(cells, structure, CellRef(sheet, number), self._doubts)
        known = {id(node) for node in rows.current}
        if says_nothing(cells, structure):
            self._growth.skip(CellRef(sheet, number), row_text(cells), "Tidak ada uraian, indikator, atau nilainya")
        if not rows.read(cells, sheet, number):
            listed = self._growth.document.skipped[-1:]
            if not listed or (listed[0].sheet, listed[0].row) != (sheet, number):
                self._growth.skip(CellRef(sheet, number), row_text(cells), "Judul kelompok, bukan unsur rencana")
            return
        for group in structure.groups:
            subject = rows.named(self._named_levels.get(number, "")) or rows.subject(group)
            if subject is not None:
                self._measures.read(subject, group, cells, sheet, number)
            else:
                self._ask_about_orphan(plain_text(cells.get(group.name)), CellRef(sheet, number, group.name))
        last = rows.last()
        if last is not None and id(last) not in known and not self._growth.was_moved(last):
            self._relations(last, structure, cells, sheet, number)

    def _is_of_agency(self, cells: Cells, structure: SheetLayout) -> bool:
        """Whether a row only names the agency of those below it."""
        texts = [plain_text(cells[column]) for column in sorted(structure.worded & cells.keys())]
        has_column = any(roles.AGENCY in group.single for group in structure.groups)
        if has_column or len(texts) != 1 or cells.keys() & structure.measured:
            return False
        agency = self._values.unit_called(counted(texts[0])[1])
        return agency is not None and self._go_on_with(agency)

    def _goes_on_with_agency(self, name: str, structure: SheetLayout, place: CellRef) -> bool:
        """Whether a line says in so many words whose the rows below it are: `Perangkat Daerah : ...`."""
        if not name:
            return False
        agency = self._values.unit_named(place, name)
        if agency is not None and not any(roles.AGENCY in group.single for group in structure.groups):
            self._go_on_with(agency)
        return True

    def _go_on_with(self, agency: int) -> bool:
        self._measures.go_on_with(agency)
        self._growth.document.speaks.add(roles.AGENCY)
        self._growth.note(
            "Baris yang hanya menyebut perangkat daerah dibaca sebagai penanggung jawab baris di bawahnya."
        )
        return True

    def _ask_about_orphan(self, name: str, place: CellRef) -> None:
        """An indicator in a row that stands below nothing of its level."""
        if not is_blank(tidy(name)):
            sentence = (
                f"Indikator “{name[:80]}” tidak berada di bawah unsur mana pun. Tulis unsurnya di barisnya "
                "atau di atasnya, lalu unggah lagi, atau lewati."
            )
            self._doubts.ask(place, sentence, [(SKIP, "Lewati indikator ini")], SKIP)

    def _relations(self, node: FileNode, structure: SheetLayout, cells: Cells, sheet: str, number: int) -> None:
        column = structure.single.get(roles.CARRIES_OUT, 0)
        if column and node.level == Level.PROGRAM and self._setting.kind == PlanKind.RENSTRA:
            node.carries_out = self._values.program(CellRef(sheet, number, column), cells.get(column))
        column = structure.single.get(roles.PARENT, 0)
        parent = tidy_code(plain_text(cells.get(column))) if column else ""
        if parent and not is_blank(tidy(parent)):
            self._parents.append((node, parent, CellRef(sheet, number, column)))

    def _tell(self, total: int) -> None:
        self._done += 1
        if self._progress and self._done % _STEP == 0:
            self._progress(self._done, total)

    def _note_what_is_spoken_of(self, structure: SheetLayout) -> None:
        speaks, years = self._growth.document.speaks, self._growth.document.years
        speaks |= set(structure.single)
        if structure.codes or any(each.codes for each in structure.levels):
            speaks.add(roles.CODE)
        for group in structure.groups:
            speaks |= set(group.single)
            speaks |= {roles.INDICATOR} if group.name else set()
            speaks |= {f"{roles.TARGET}:{year}" for year in group.targets}
            speaks |= {f"{roles.MONEY}:{year}" for year in group.money}
            years |= {*group.targets, *group.money}

    # The sheet as a whole ---------------------------------------------------------------------------------------------

    def _ask_about_place(self, table: FoundTable) -> None:
        """A plan of another place may carry the same number of regulation: only its title tells."""
        wanted = folded(self._setting.place)
        named = {
            f"{'kota' if match[1].casefold() == 'kota' else 'kabupaten'} {folded(match[2])}": match[0]
            for text in [table.sheet, *table.above]
            for match in _PLACES.finditer(text)
        }
        if named and not any(wanted in name or name in wanted for name in named):
            other = " ".join(next(iter(named.values())).split())
            sentence = f"Judulnya menyebut {other}, padahal dokumen ini milik {self._setting.place}. Periksa berkasnya."
            choices = [(GO_ON, f"Benar, ini rencana {self._setting.place}")]
            self._doubts.ask(CellRef(table.sheet), sentence, choices, "", f"{table.sheet}:wilayah")

    def _ask_about_period(self, table: FoundTable) -> None:
        """The plan before or after has the same codes: taken for this one it would rewrite every node."""
        found = [map(int, match) for text in [table.sheet, *table.above] for match in _PERIODS.findall(text)]
        named = [(first, last) for first, last in found if first <= last < first + _LONGEST_PERIOD]
        if named and not any(first in self._setting.years and last in self._setting.years for first, last in named):
            first, last = named[0]
            own = f"{self._setting.start_year}–{self._setting.end_year}"
            sentence = f"Judulnya menyebut periode {first}–{last}, padahal dokumen ini {own}. Periksa berkasnya."
            choices = [(GO_ON, f"Benar, ini rencana {own}")]
            self._doubts.ask(CellRef(table.sheet), sentence, choices, "", f"{table.sheet}:periode")

    def _within_period(self, table: FoundTable) -> dict[int, str]:
        """The roles of the columns, without years outside the period unless somebody wants them."""
        found = table.roles
        years = {roles.years_of(role)[1] for role in found.values()} - {0}
        outside = sorted(years - set(self._setting.years))
        if not outside:
            return found
        said = ", ".join(map(str, outside))
        period = f"{self._setting.start_year}–{self._setting.end_year}"
        sentence = f"Kolom tahun {said} berada di luar periode {period}. Pilih apakah ikut dibaca."
        choices = [(DROP, "Jangan baca kolom itu"), (GO_ON, "Baca juga")]
        answer = self._doubts.ask(
            CellRef(table.sheet), sentence, choices, DROP if years - set(outside) else "", f"{table.sheet}:tahun"
        )
        if answer == GO_ON:
            return found
        return {column: role for column, role in found.items() if roles.years_of(role)[1] not in outside}

    # What only the whole file tells -----------------------------------------------------------------------------------

    def _hang_by_parent_codes(self) -> None:
        for node, code, place in self._parents:
            found = [self._growth.with_code(level, code) for level in Level]
            above = next((each for each in found if each is not None and each is not node), None)
            if above is not None and node.parent is above:
                continue
            if above is None or not self._growth.reparent(node, above):
                why = "tidak ada di berkas ini" if above is None else "tidak dapat menjadi induknya"
                sentence = f"Kode induk {code} untuk {node.named()} {why}."
                choices = [(SKIP, "Lewati unsur ini, dengan semua di bawahnya")]
                if node.parent or self._growth.may_be_top(node.level):
                    choices.append((GO_ON, "Biarkan di tempatnya menurut urutan baris"))
                if self._doubts.ask(place, sentence, choices, "") != GO_ON:
                    self._growth.drop([node])

    def _carry_out_by_code(self) -> None:
        """A program of a Renstra carries out the program of the RPJMD with its code, where no column says so."""
        if self._setting.kind == PlanKind.RENSTRA and roles.CARRIES_OUT not in self._growth.document.speaks:
            for node in self._growth.document.walk():
                if node.level == Level.PROGRAM:
                    node.carries_out = self._values.program_of_code(node.code)
