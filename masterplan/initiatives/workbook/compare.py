"""Finds what a workbook would change, row by row, and what is wrong with it. Reads the database and writes nothing.

A cell that still holds what was exported is unchanged, whatever it holds; only other cells are read. Nothing
is ever removed because it is absent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from openpyxl.utils import get_column_letter

from agencies.access import can, is_regency_wide
from agencies.models import User
from agencies.roles import Permission
from masterplan.initiatives.workbook.columns import ChoiceNames, QuestionTable, single_columns, tables
from masterplan.initiatives.workbook.entries import InitiativeEntry
from masterplan.initiatives.workbook.layout import (
    CODE,
    HELP,
    LINKS,
    LISTS,
    MAIN,
    MARK,
    NEW_CODE,
    main_heads,
    table_heads,
)
from masterplan.initiatives.workbook.opened import CellError, DataRow, OpenedSheet, open_sheet
from masterplan.initiatives.workbook.rows import RowReader, copied
from masterplan.initiatives.workbook.stored import Stored, heads_years
from masterplan.models import Initiative, MasterPlan
from masterplan.registry import FIELDS, normalise
from smartcity.common.workbooks.cells import folded
from smartcity.common.workbooks.reader import Grid, WorkbookUnreadable

NOT_OURS = "Berkas ini bukan buku kerja dari portal: tidak ada lembar Inisiatif. Unduh dulu, isi, lalu unggah kembali."
OTHER_PLAN = (
    "Berkas ini dibuat untuk {whose}, bukan untuk {here}: lembar {sheet}, sel {cell} menyebutnya (kolom {column}, "
    "tersembunyi). Unduh buku kerja dari daftar inisiatif ini, lalu isi di sana."
)
DELETED = (
    "{code} tidak ada lagi di lembar {main}, tetapi masih ada di lembar {places}. Isiannya di portal tetap, dan "
    "baris di lembar lain itu tetap dibaca. Kalau terhapus tanpa sengaja, salin kembali baris {code} dari unduhan "
    "semula. Kalau {code} tidak ingin diubah, hapus juga barisnya di lembar lain itu."
)
UNKNOWN = "Inisiatif {code} tidak ada, atau Anda tidak berwenang melihatnya. Hapus baris ini dari berkas."


@dataclass
class WorkbookComparison:
    """What would change. `errors` keep everything from being stored; `notes` are only shown."""

    entries: list[InitiativeEntry] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sheets: list[OpenedSheet] = field(default_factory=list)
    absent_initiatives: int = 0


def compare(plan: MasterPlan, user: User, grids: list[Grid]) -> WorkbookComparison:
    """Compare a workbook with what is stored. Raises Unreadable when it is not one of this plan's workbooks."""
    return _Comparer(plan, user, grids).run()


class _Comparer:
    def __init__(self, plan: MasterPlan, user: User, grids: list[Grid]) -> None:
        self.plan, self.user, self.names = plan, user, ChoiceNames(plan)
        self.result = WorkbookComparison()
        self.rows = RowReader(self.result.errors)
        self.singles = single_columns(self.names)
        years = {str(year) for year in plan.years} | heads_years(grids)
        self.tables = {table.title: table for table in tables(years)}
        self.sheets = self._open(grids)
        self.entries: dict[str, InitiativeEntry] = {}
        self.stored = Stored(plan, user, {row.mark.code for row in self._all_rows() if row.mark} | self._typed_codes())

    def _open(self, grids: list[Grid]) -> dict[str, OpenedSheet]:
        heads = {MAIN: main_heads(self.names)} | {title: table_heads(self.plan, t) for title, t in self.tables.items()}
        by_name = {folded(title): title for title in heads}
        opened: dict[str, OpenedSheet] = {}
        for grid in grids:
            title = by_name.get(folded(grid.title))
            if title is not None:
                opened[title] = open_sheet(grid, heads[title])
            elif folded(grid.title) not in {folded(name) for name in (HELP, LINKS, LISTS)}:
                self.result.notes.append(f"Lembar “{grid.title[:60]}” tidak dikenal dan tidak dibaca.")
        if not opened:
            raise WorkbookUnreadable(NOT_OURS)
        lacking = [title for title in heads if title not in opened]
        if lacking:
            self.result.notes.append(f"Lembar {', '.join(lacking)} tidak ada di berkas; isiannya di portal tetap.")
        return opened

    def _all_rows(self) -> Iterable[DataRow]:
        return (row for sheet in self.sheets.values() for row in sheet.rows)

    def _typed_codes(self) -> set[str]:
        return {
            row.code for row in self._all_rows() if row.mark is None and row.code and not NEW_CODE.fullmatch(row.code)
        }

    def run(self) -> WorkbookComparison:
        """Row by row, sheet by sheet, then what holds for an initiative as a whole."""
        self._refuse_other_plan()
        for sheet in self.sheets.values():
            self.result.errors += sheet.errors
            self.result.notes += sheet.notes
        if MAIN in self.sheets:
            self._read_main(self.sheets[MAIN])
            self._note_deleted(self.sheets[MAIN])
        for title, table in self.tables.items():
            if title in self.sheets:
                self._read_table(self.sheets[title], table)
        for entry in self.entries.values():
            self._judge(entry)
        self.result.entries = list(self.entries.values())
        self.result.sheets = list(self.sheets.values())
        self.result.absent_initiatives = self.stored.editable_besides(
            {entry.initiative.pk for entry in self.entries.values() if entry.initiative}
        )
        return self.result

    def _refuse_other_plan(self) -> None:
        """Raise Unreadable at the first mark that names another plan."""
        for sheet in self.sheets.values():
            for named, number in sheet.plans:
                if named != self.plan.pk:
                    cell = f"{get_column_letter(sheet.places[MARK])}{number}"
                    raise WorkbookUnreadable(self._other_plan(named, sheet.title, cell))

    def _other_plan(self, named: int, sheet: str, cell: str) -> str:
        regency, years = self.plan.regency, self.plan.years
        is_own = regency.master_plans.filter(pk=named).exists()
        whose = "rencana induk periode lain" if is_own else "kabupaten/kota lain"
        here = f"rencana induk {regency.full_name} {years[0]}–{years[-1]}"
        return OTHER_PLAN.format(whose=whose, here=here, sheet=sheet, cell=cell, column=MARK)

    # Whose row it is ------------------------------------------------------------------------------------------------

    def _entry(self, row: DataRow) -> InitiativeEntry | None:
        """What the row belongs to; None, and an error, when that is nothing this person can know of."""
        if row.mark is None:
            return self._entry_by_code(row)
        mark = row.mark
        initiative = self.stored.get(mark.code)
        if initiative is None:
            self.rows.error(row, CODE, UNKNOWN.format(code=mark.code))
            return None
        if row.code and row.code != mark.code:
            self.rows.error(row, CODE, f"Kode tidak dapat diubah. Tulis kembali {mark.code}.")
            return None
        if not 1 <= mark.version <= initiative.edit_version:
            self.rows.error(row, CODE, "Penanda baris ini berubah. Unduh buku kerja baru, lalu salin isiannya.")
            return None
        entry = self._of_stored(initiative, mark.version)
        if entry.version != mark.version:
            self.rows.error(row, CODE, "Baris ini berasal dari unduhan lain. Pakai baris dari satu unduhan saja.")
            return None
        return entry

    def _of_stored(self, initiative: Initiative, version: int) -> InitiativeEntry:
        if initiative.code not in self.entries:
            self.entries[initiative.code] = self.stored.entry(initiative, version)
        return self.entries[initiative.code]

    def _entry_by_code(self, row: DataRow) -> InitiativeEntry | None:
        """The owner of a new row: an initiative by its code, or a new one by the code its writer gave it."""
        if not row.code:
            self.rows.error(row, CODE, "Tulis kode inisiatif pemilik baris ini, misalnya GO-01.")
            return None
        if NEW_CODE.fullmatch(row.code):
            entry = self.entries.get(row.code)
            if entry is None:
                self.rows.error(
                    row, CODE, f"{row.code} tidak ada di lembar {MAIN}. Tulis kode yang sama di kedua lembar."
                )
            return entry
        initiative = self.stored.get(row.code)
        if initiative is None:
            self.rows.error(row, CODE, f"Inisiatif {row.code} tidak ada, atau Anda tidak berwenang melihatnya.")
            return None
        return self._of_stored(initiative, initiative.edit_version)

    # The sheet of initiatives ---------------------------------------------------------------------------------------

    def _read_main(self, sheet: OpenedSheet) -> None:
        seen: dict[str, int] = {}
        for row in sheet.rows:
            if row.mark is None:
                self._read_new(row)
                continue
            if row.mark.code in seen:
                self.rows.error(row, CODE, copied(seen[row.mark.code]))
                continue
            seen[row.mark.code] = row.number
            entry = self._entry(row)
            if entry is not None:
                self._read_answers(entry, row)

    def _read_answers(self, entry: InitiativeEntry, row: DataRow) -> None:
        for column in self.singles:
            if column.key not in row.cells:
                continue
            old = entry.base[column.key]
            value = self.rows.value(row, column.key, old)
            if FIELDS[column.key].always_needed and value in (None, ""):
                self.rows.error(row, column.key, "Isian ini tidak boleh kosong.")
                value = old
            if normalise(FIELDS[column.key], value) == old:
                entry.unchanged += 1
            else:
                entry.propose(column.key, value, row)
        self._check_years(entry, row)

    def _check_years(self, entry: InitiativeEntry, row: DataRow) -> None:
        start, end = (entry.data.get(key, entry.current.get(key)) for key in ("start_year", "end_year"))
        if start and end and end < start and {"start_year", "end_year"} & set(entry.data):
            self.rows.error(
                row, "end_year", f"Tahun selesai lebih awal dari tahun mulai. Tulis {start} atau sesudahnya."
            )

    def _read_new(self, row: DataRow) -> None:
        """A row without a mark begins an initiative."""
        if row.code and not NEW_CODE.fullmatch(row.code):
            known = self.stored.get(row.code) is not None
            sentence = "Baris ini tidak dikenali lagi. Unduh buku kerja baru, lalu salin isiannya." if known else (
                "Kode diberikan oleh portal. Kosongkan, atau tulis BARU-1 untuk inisiatif baru."
            )  # fmt: skip
            self.rows.error(row, CODE, sentence)
            return
        key = row.code or f"#{row.number}"
        if key in self.entries:
            self.rows.error(row, CODE, f"{row.code} sudah dipakai di baris lain. Beri tanda lain, misalnya BARU-2.")
            return
        entry = self.entries[key] = InitiativeEntry.new(row.code, {c.key: c.empty for c in self.singles})
        own = self.stored.only_agency()
        for column in self.singles:
            empty = own if column.key == "lead_agency" else column.empty
            value = self.rows.value(row, column.key, empty) if column.key in row.cells else empty
            if value in (None, ""):
                value = empty
            if value != column.empty:
                entry.propose(column.key, value, row)
            elif FIELDS[column.key].always_needed and not self.rows.is_wrong(row, column.key):
                self.rows.error(row, column.key, f"Isi {column.head.lower()} untuk inisiatif baru ini.")
        self._check_years(entry, row)

    def _note_deleted(self, main: OpenedSheet) -> None:
        """Tell of initiatives that only the sheets of tables still name; nothing where the main sheet is unreadable."""
        if main.errors and not main.rows:
            return
        present = {row.mark.code for row in main.rows if row.mark} | main.codes
        left: dict[str, dict[str, list[int]]] = {}
        for title in self.tables.keys() & self.sheets.keys():
            for row in self.sheets[title].rows:
                if row.mark and row.mark.code not in present and self.stored.get(row.mark.code):
                    left.setdefault(row.mark.code, {}).setdefault(title, []).append(row.number)
        for code, rows in sorted(left.items()):
            places = ", ".join(
                f"{title} (baris {', '.join(map(str, rows[title]))})" for title in self.tables if title in rows
            )
            self.result.notes.append(DELETED.format(code=code, main=MAIN, places=places))

    # The sheets of tables -------------------------------------------------------------------------------------------

    def _read_table(self, sheet: OpenedSheet, table: QuestionTable) -> None:
        owned: dict[int, tuple[InitiativeEntry, list[DataRow]]] = {}
        for row in sheet.rows:
            entry = self._entry(row)
            if entry is not None:
                owned.setdefault(id(entry), (entry, []))[1].append(row)
        for entry in self.entries.values():
            rows = owned.get(id(entry), (entry, []))[1]
            if rows or entry.initiative:
                self.rows.read_table(entry, table, rows)

    # The initiative as a whole --------------------------------------------------------------------------------------

    def _judge(self, entry: InitiativeEntry) -> None:
        entry.find_conflicts()
        if not entry.data and not entry.conflicts:
            return
        key, row = next(iter(entry.places.items()))
        agency = entry.data.get("lead_agency") if entry.initiative is None else entry.initiative.lead_agency_id
        if agency is not None and not can(self.user, Permission.EDIT_INITIATIVE, self.plan.regency, agency):
            self.rows.error(row, key, f"Anda tidak dapat mengisi untuk {self.names.agencies.label(agency)}.")
        elif entry.initiative is not None and not entry.initiative.is_open:
            self.rows.error(row, key, f"{entry.initiative.frozen_sentence} Kembalikan isi semula.")
        elif "lead_agency" in entry.data:
            self._judge_lead(entry, entry.places["lead_agency"])

    def _judge_lead(self, entry: InitiativeEntry, row: DataRow) -> None:
        handed_over = entry.initiative is not None
        if handed_over and not is_regency_wide(self.user, Permission.EDIT_INITIATIVE, self.plan.regency):
            self.rows.error(
                row, "lead_agency", "Hanya Diskominfo yang dapat memindahkan inisiatif ke perangkat daerah lain."
            )
        elif self.names.existing_agency(entry.data["lead_agency"]) is None:
            self.rows.error(row, "lead_agency", "Perangkat daerah ini sudah tidak ada. Pilih yang masih berlaku.")
