"""Reads the rows of one sheet: repairs them, leaves out what is no row of the table, and takes in the others."""

from masterplan.plans.importing.document import FileNode
from masterplan.plans.importing.find import surroundings
from masterplan.plans.importing.find.heads import FoundTable
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import SheetLayout
from masterplan.plans.importing.map.money_units import MoneyColumn
from masterplan.plans.importing.questions import CellRef
from masterplan.plans.importing.read import repairs
from masterplan.plans.importing.read.indicators import IndicatorReader
from masterplan.plans.importing.read.level_columns import LevelColumnsReader
from masterplan.plans.importing.read.phrases import VISION, TitleLine, agency_line, counted, title_line
from masterplan.plans.importing.read.reading import SheetRow, row_text
from masterplan.plans.importing.read.row_reader import PlanRowReader
from masterplan.plans.importing.read.skipped_rows import is_empty, reason_to_skip
from masterplan.plans.importing.read.text_columns import TextColumnsReader
from masterplan.plans.importing.read.tree_builder import TreeBuilder
from masterplan.plans.importing.read.values import NO_RESULT, ValueReader
from masterplan.reference import Level, PlanKind
from smartcity.common.workbooks.cells import folded
from smartcity.common.workbooks.reader import Grid

_NO_WORDS = {"d": "tanggal", "t": "jam"}
# How often progress is reported, in rows.
_STEP = 250


class SheetReader:
    """Reads a sheet up to its row `last`; `money` are its money columns, `agency` whose it is where a title names it.

    `begun` are the nodes that begin in it, each with its row.
    """

    def __init__(
        self, grid: Grid, table: FoundTable, layout: SheetLayout, tree: TreeBuilder, values: ValueReader,
        money: dict[int, MoneyColumn], agency: int | None, last: int,
    ) -> None:  # fmt: skip
        self._grid, self._table, self._layout, self._values, self._last = grid, table, layout, values, last
        self._tree, self._reading = tree, tree.reading
        self._indicators = IndicatorReader(self._reading, values, layout, money, agency)
        self._named_levels: dict[int, str] = {}
        self.begun: list[tuple[FileNode, SheetRow]] = []

    def read(self) -> None:
        """Take in all rows."""
        layout, reading, wanted = self._layout, self._reading, self._layout.columns
        self._skip_below()
        corrected = reading.corrections.rows_of(self._grid.title)
        rows = {
            number: SheetRow(self._grid.title, number, {n: cell for n, cell in whole.items() if n in wanted}, whole)
            for number, whole in sorted(self._grid.rows.items())
            if self._table.first_row <= number <= self._last or number in corrected
        }
        for number in sorted(corrected & rows.keys()):
            self._prepare_corrected(rows[number])
        repairs.fill_merged(rows, self._grid.merged, layout)
        repairs.fill_as_above(rows, layout, self._values, reading)
        self._named_levels = repairs.move_indicators(rows, layout, reading)
        nodes: PlanRowReader = LevelColumnsReader(layout, self._tree)
        if layout.texts:
            nodes = TextColumnsReader(layout, self._tree, rows.values(), self._table.named_levels)
        self._read_titles(nodes)
        repairs.join_broken_lines(rows, layout, reading)
        heads = {folded(head) for column in self._table.columns for head in column.heads}
        for row in rows.values():
            why = reason_to_skip(row, layout, heads, reading)
            if why:
                reading.skip(row.ref(), row_text(row.whole), why)
            elif not self._takes_title(row, nodes):
                if row.cells:
                    self._take(row, nodes)
                elif not row.whole.keys() & wanted:
                    reading.skip(row.ref(), row_text(row.whole), "Isinya di kolom yang tidak dibaca")

    def _skip_below(self) -> None:
        """List what stands below the table."""
        title = self._grid.title
        below = [number for number in self._grid.rows if number > self._last]
        if below:
            sentence = f"Isi di bawah tabel pada lembar {title}, mulai baris {self._last + 1}, tidak dibaca: "
            self._reading.note(f"{sentence}catatan atau tanda tangan.")
        corrected = self._reading.corrections.rows_of(title)
        for number in [number for number in below if number not in corrected]:
            text = row_text(self._grid.rows[number])
            self._reading.skip(CellRef(title, number), text, "Catatan atau tanda tangan di bawah tabel")

    def _prepare_corrected(self, row: SheetRow) -> None:
        """Have a corrected row name something where its words stand in a column that is not read."""
        columns = sorted(self._layout.node_columns)
        if columns and not row.has_any(columns):
            words = next((row.whole[column] for column in sorted(row.whole) if row.whole[column].kind == "s"), None)
            if words is not None:
                row.cells[columns[0]] = words
        filled = (column for column in columns if column in row.cells)
        self._reading.corrections.assign_column(row.sheet, row.number, filled)

    # Titles -----------------------------------------------------------------------------------------------------------

    def _read_titles(self, nodes: PlanRowReader) -> None:
        """Take in what lines above the heads say of the whole table."""
        titles, several = surroundings.titles_above(self._grid, self._table)
        for number, title in titles:
            self._go_below(nodes, title, CellRef(self._grid.title, number))
        for level in several:
            label, sheet = Level(level).label, self._grid.title
            sentence = f"Baris di atas tabel pada lembar {sheet} menyebut beberapa {label.lower()}, jadi tidak dibaca."
            self._reading.note(f"{sentence} Tambahkan kolom {label} supaya isinya bersambung.")

    def _takes_title(self, row: SheetRow, nodes: PlanRowReader) -> bool:
        """Whether a row is a line of its own that names the agency or the node of the rows below."""
        if len(row.whole) != 1 or self._reading.corrections.has(row.sheet, row.number):
            return False
        name = agency_line(row.whole)
        if name:
            agency = self._values.agency(row.ref(), name)
            if agency is not None and not self._layout.has_agencies:
                self._go_on_with(agency)
            return True
        title, column = title_line(row.whole), next(iter(row.whole))
        if title is None or column in self._layout.own_columns(title.level):
            return False
        self._go_below(nodes, title, row.ref(column))
        return True

    def _go_below(self, nodes: PlanRowReader, title: TitleLine, ref: CellRef) -> None:
        if title.level == VISION:
            if self._reading.plan.kind == PlanKind.RPJMD:
                self._reading.document.vision = self._reading.document.vision or title.text
        elif self._reading.plan.has_level(title.level):
            if not ref.column:
                label = Level(title.level).label
                self._reading.note(f"{label} di lembar {ref.sheet} diambil dari baris di atas tabel.")
            nodes.begin(title, ref)
        else:
            self._reading.skip_level(title.level, f"{title.code} {title.text}", ref)

    def _go_on_with(self, agency: int) -> None:
        self._indicators.agency = agency
        self._reading.document.contents.add(roles.AGENCY)
        self._reading.note(
            "Baris yang hanya menyebut perangkat daerah dibaca sebagai penanggung jawab baris di bawahnya."
        )

    # Rows -------------------------------------------------------------------------------------------------------------

    def _take(self, row: SheetRow, nodes: PlanRowReader) -> None:
        document = self._reading.document
        document.rows += 1
        if document.rows % _STEP == 0 and self._reading.progress:
            self._reading.progress(document.rows, self._reading.total)
        document.vision = document.vision or row.line(self._layout.single.get(roles.VISION, 0))
        if self._names_agency(row):
            return
        self._ask_about_unreadable(row)
        known = {id(node) for node in nodes.current}
        if is_empty(row, self._layout):
            self._reading.skip(row.ref(), row_text(row.cells), "Tidak ada uraian, indikator, atau nilainya")
        if not nodes.read(row):
            listed = document.skipped[-1:]
            if not listed or (listed[0].sheet, listed[0].row) != (row.sheet, row.number):
                self._reading.skip(row.ref(), row_text(row.cells), "Judul kelompok, bukan unsur rencana")
            return
        for group in self._layout.groups:
            node = nodes.path.get(self._named_levels.get(row.number, "")) or nodes.node_for(group)
            if node is not None:
                self._indicators.read(node, group, row)
            else:
                self._indicators.ask_about_orphan(row.text(group.name), row.ref(group.name))
        last = nodes.last
        if last is not None and id(last) not in known and not self._tree.was_moved(last):
            self.begun.append((last, row))
            column = self._layout.single.get(roles.CARRIES_OUT, 0)
            if column and last.level == Level.PROGRAM and self._reading.plan.kind == PlanKind.RENSTRA:
                last.carries_out = self._values.program(row.ref(column), row.get(column))

    def _names_agency(self, row: SheetRow) -> bool:
        """Whether a row only names the agency of those below it."""
        texts = [row.text(column) for column in sorted(self._layout.worded & row.cells.keys())]
        if self._layout.has_agencies or len(texts) != 1 or row.has_any(self._layout.measured):
            return False
        agency = self._values.agency_titled(counted(texts[0])[1])
        if agency is not None:
            self._go_on_with(agency)
        return agency is not None

    def _ask_about_unreadable(self, row: SheetRow) -> None:
        """Name the words of a row that are a formula without a result, a date or a time: nothing can be read there."""
        for column in self._layout.worded & row.cells.keys():
            kind = row.cells[column].kind
            if kind in ("f", "e"):
                self._reading.questions.notice(row.ref(column), NO_RESULT)
            elif kind in _NO_WORDS:
                what = _NO_WORDS[kind]
                sentence = f"Sel ini {what}, padahal kolomnya berisi kata. Jadikan teks di Excel, lalu unggah lagi."
                self._reading.questions.notice(row.ref(column), sentence)
