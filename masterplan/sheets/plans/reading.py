"""From the sheets of a workbook to the tree of a plan, with every doubt on the way.

Which columns mean what was settled before, in `header` and by the person who looked at it.
"""

import re
from collections.abc import Callable, Iterable
from statistics import median

from masterplan.reference import Level, PlanKind
from masterplan.sheets.cells import folded
from masterplan.sheets.plans import roles
from masterplan.sheets.plans.codes import tidy_code
from masterplan.sheets.plans.columns import Structure, structure_of
from masterplan.sheets.plans.doubts import Doubts, Place
from masterplan.sheets.plans.growing import SKIP, Growth
from masterplan.sheets.plans.header import Table, find_table
from masterplan.sheets.plans.measures import Measures
from masterplan.sheets.plans.rows import Cells, RowsOfLevels, RowsOfNodes, is_total
from masterplan.sheets.plans.tree import Document, Node, Setting
from masterplan.sheets.plans.values import Values, plain_text
from masterplan.sheets.reader import Grid
from smartcity.common.reading import is_blank, tidy

GO_ON, DROP = "go_on", "drop"
_UNIT_WORDS = (("1", "Rupiah"), ("1000", "Ribu rupiah"), ("1000000", "Juta rupiah"))
_PLACES = re.compile(r"\b(kabupaten|kab\.?|kota)\s+([a-z]+(?: [a-z]+)?)", re.IGNORECASE)
# How often progress is told, in rows.
_STEP = 250

Progress = Callable[[int, int], object]


def propose(grids: Iterable[Grid], setting: Setting) -> list[Table]:
    """The tables of a workbook with the roles of their columns as far as they can be seen."""
    first = setting.start_year + (len(setting.years) > 5)
    found = (find_table(grid, first) for grid in grids)
    return [table for table in found if table is not None]


def read_plan(
    grids: Iterable[Grid], tables: Iterable[Table], setting: Setting, doubts: Doubts, progress: Progress | None = None
) -> Document:
    """The tree that the chosen tables hold. `progress` is told rows done and rows in all."""
    by_title = {grid.title: grid for grid in grids}
    chosen = [table for table in tables if table.is_read and table.roles and table.sheet in by_title]
    return _PlanReader(setting, doubts, progress).read([(by_title[table.sheet], table) for table in chosen])


class _PlanReader:
    def __init__(self, setting: Setting, doubts: Doubts, progress: Progress | None) -> None:
        self._setting, self._doubts, self._progress = setting, doubts, progress
        self._growth = Growth(setting, doubts)
        self._values = Values(setting, doubts)
        self._measures = Measures(self._growth, self._values, doubts)
        self._parents: list[tuple[Node, str, Place]] = []
        self._done = 0

    def read(self, sheets: list[tuple[Grid, Table]]) -> Document:
        document = self._growth.document
        total = sum(len(grid.rows) for grid, _ in sheets)
        for grid, table in sheets:
            self._ask_about_place(table)
            self._sheet(grid, table, structure_of(self._within_period(table)), total)
        self._hang_by_parent_codes()
        self._carry_out_by_code()
        self._growth.tell()
        return document

    # A sheet ----------------------------------------------------------------------------------------------------------

    def _sheet(self, grid: Grid, table: Table, structure: Structure, total: int) -> None:
        self._measures.begin_sheet(grid.title, structure.groups, self._money_unit(grid, table, structure))
        self._note_what_is_spoken_of(structure)
        rows: RowsOfLevels | RowsOfNodes
        rows = (RowsOfLevels if structure.is_flat else RowsOfNodes)(structure, self._growth, self._doubts)
        heads = {folded(head) for column in table.columns for head in column.heads}
        wanted = structure.columns
        for number in sorted(grid.rows):
            if number < table.first_row:
                continue
            cells = {column: cell for column, cell in grid.rows[number].items() if column in wanted}
            if not cells or is_total(cells, structure) or _repeats_heads(cells, heads):
                continue
            self._row(rows, structure, cells, grid.title, number)
            self._tell(total)

    def _row(
        self, rows: RowsOfLevels | RowsOfNodes, structure: Structure, cells: Cells, sheet: str, number: int
    ) -> None:  # fmt: skip
        self._growth.document.rows += 1
        vision = plain_text(cells.get(structure.single.get(roles.VISION, 0)))
        self._growth.document.vision = self._growth.document.vision or " ".join(vision.split())
        known = {id(node) for node in rows.current}
        if isinstance(rows, RowsOfNodes):
            node = rows.node_of(cells, sheet, number)
            about = {group.level: node for group in structure.groups}
            last = node
        else:
            nodes = rows.nodes_of(cells, sheet, number)
            about = {group.level: rows.subject(nodes, group.level) for group in structure.groups}
            last = rows.subject(nodes, "")
        for group in structure.groups:
            subject = about[group.level]
            if subject is not None:
                self._measures.read(subject, group, cells, sheet, number)
        if last is not None and id(last) not in known:
            self._relations(last, structure, cells, sheet, number)

    def _relations(self, node: Node, structure: Structure, cells: Cells, sheet: str, number: int) -> None:
        column = structure.single.get(roles.CARRIES_OUT, 0)
        if column and node.level == Level.PROGRAM and self._setting.kind == PlanKind.RENSTRA:
            node.carries_out = self._values.program(Place(sheet, number, column), cells.get(column))
        column = structure.single.get(roles.PARENT, 0)
        parent = tidy_code(plain_text(cells.get(column))) if column else ""
        if parent and not is_blank(tidy(parent)):
            self._parents.append((node, parent, Place(sheet, number, column)))

    def _tell(self, total: int) -> None:
        self._done += 1
        if self._progress and self._done % _STEP == 0:
            self._progress(self._done, total)

    def _note_what_is_spoken_of(self, structure: Structure) -> None:
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

    def _ask_about_place(self, table: Table) -> None:
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
            self._doubts.ask(Place(table.sheet), sentence, choices, "", f"{table.sheet}:wilayah")

    def _within_period(self, table: Table) -> dict[int, str]:
        """The roles of the columns, without years outside the period unless somebody wants them."""
        found = table.roles
        years = {roles.years_of(role)[1] for role in found.values()} - {0}
        outside = sorted(years - set(self._setting.years))
        if not outside:
            return found
        said = ", ".join(map(str, outside))
        period = f"{self._setting.start_year}–{self._setting.end_year}"
        sentence = f"Kolom tahun {said} berada di luar periode {period}."
        choices = [(DROP, "Jangan baca kolom itu"), (GO_ON, "Baca juga")]
        answer = self._doubts.ask(
            Place(table.sheet), sentence, choices, DROP if years - set(outside) else "", f"{table.sheet}:tahun"
        )
        if answer == GO_ON:
            return found
        return {column: role for column, role in found.items() if roles.years_of(role)[1] not in outside}

    def _money_unit(self, grid: Grid, table: Table, structure: Structure) -> int:
        columns = {column for group in structure.groups for column in group.money.values()}
        if table.money_unit or not columns:
            return table.money_unit or 1
        amounts = [
            float(cell.value)
            for number, cells in grid.rows.items() if number >= table.first_row
            for column, cell in cells.items() if column in columns and cell.kind == "n" and cell.value > 0
        ]  # fmt: skip
        if not amounts:
            return 1
        typical = median(amounts)
        proposed = "1000000" if typical < 100_000 else "1000" if typical < 50_000_000 else "1"
        sentence = "Judul kolom tidak menyebut satuan uangnya: rupiah, ribu rupiah, atau juta rupiah."
        return int(self._doubts.ask(Place(table.sheet), sentence, _UNIT_WORDS, proposed, f"{table.sheet}:uang"))

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


def _repeats_heads(cells: Cells, heads: set[str]) -> bool:
    """A page that begins anew repeats the heads, and the row that numbers the columns."""
    texts = [folded(plain_text(cell)) for cell in cells.values()]
    repeated = sum(text in heads for text in texts)
    numbered = sum(bool(re.fullmatch(r"\(?\d{1,2}\)?", text)) for text in texts)
    return (len(texts) >= 2 and repeated == len(texts)) or (len(texts) > 3 and numbered == len(texts))
