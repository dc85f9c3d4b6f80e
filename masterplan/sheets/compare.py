"""Finds what a workbook would change, row by row, and what is wrong with it. Reads the database and writes nothing.

A cell that still holds what was exported is unchanged, whatever it holds; only other cells are read and judged. Nothing
is ever removed because it is absent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from agencies.access import can, is_regency_wide
from agencies.models import User
from agencies.roles import Permission
from masterplan.models import ROW_LIMIT, Initiative, MasterPlan
from masterplan.registry import FIELDS, Content, normalise
from masterplan.sheets.cells import folded, same, understand, write
from masterplan.sheets.columns import Names, Table, single_columns, tables
from masterplan.sheets.entries import Entry, RowChange
from masterplan.sheets.layout import CODE, HELP, LINKS, LISTS, MAIN, NEW_CODE, is_open, main_heads, table_heads
from masterplan.sheets.opened import Fault, OpenedSheet, Row, open_sheet
from masterplan.sheets.reader import Grid, Unreadable
from masterplan.sheets.stored import Stored, heads_years
from smartcity.common import reading

ALWAYS_NEEDED = ("name", "sub_dimension", "lead_agency")
NOT_OURS = "Berkas ini bukan buku kerja dari portal: tidak ada lembar Inisiatif. Unduh dulu, isi, lalu unggah kembali."
OTHER_PLAN = "Berkas ini dibuat untuk rencana induk lain. Unduh buku kerja dari daftar inisiatif ini, lalu isi di sana."
UNKNOWN = "Inisiatif {code} tidak ada, atau Anda tidak berwenang melihatnya. Hapus baris ini dari berkas."


@dataclass
class Comparison:
    """What would change. `faults` keep everything from being stored; `notes` are only told."""

    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    sheets: list[OpenedSheet] = field(default_factory=list)
    absent_initiatives: int = 0


def compare(plan: MasterPlan, user: User, grids: list[Grid]) -> Comparison:
    """Compare a workbook with what is stored. Raises Unreadable when it is not one of this plan's workbooks."""
    return _Comparer(plan, user, grids).run()


class _Comparer:
    def __init__(self, plan: MasterPlan, user: User, grids: list[Grid]) -> None:
        self.plan, self.user, self.names = plan, user, Names(plan)
        self.result = Comparison()
        self.singles = single_columns(self.names)
        years = {str(year) for year in plan.years} | heads_years(grids)
        self.tables = {table.title: table for table in tables(years)}
        self.sheets = self._open(grids)
        self.entries: dict[str, Entry] = {}
        self.stored = Stored(plan, user, {row.mark.code for row in self._rows() if row.mark} | self._typed_codes())

    def _open(self, grids: list[Grid]) -> dict[str, OpenedSheet]:
        heads = {MAIN: main_heads(self.names)} | {title: table_heads(t) for title, t in self.tables.items()}
        by_name = {folded(title): title for title in heads}
        opened: dict[str, OpenedSheet] = {}
        for grid in grids:
            title = by_name.get(folded(grid.title))
            if title is not None:
                opened[title] = open_sheet(grid, heads[title])
            elif folded(grid.title) not in {folded(name) for name in (HELP, LINKS, LISTS)}:
                self.result.notes.append(f"Lembar “{grid.title[:60]}” tidak dikenal dan tidak dibaca.")
        if not opened:
            raise Unreadable(NOT_OURS)
        lacking = [title for title in heads if title not in opened]
        if lacking:
            self.result.notes.append(f"Lembar {', '.join(lacking)} tidak ada di berkas; isiannya di portal tetap.")
        return opened

    def _rows(self) -> Iterable[Row]:
        return (row for sheet in self.sheets.values() for row in sheet.rows)

    def _typed_codes(self) -> set[str]:
        return {row.code for row in self._rows() if row.mark is None and row.code and not NEW_CODE.fullmatch(row.code)}

    def run(self) -> Comparison:
        """Row by row, sheet by sheet, then what holds for an initiative as a whole."""
        if any(row.mark and row.mark.plan != self.plan.pk for row in self._rows()):
            raise Unreadable(OTHER_PLAN)
        for sheet in self.sheets.values():
            self.result.faults += sheet.faults
            self.result.notes += sheet.notes
        if MAIN in self.sheets:
            self._read_main(self.sheets[MAIN])
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

    def _fault(self, row: Row, key: str, sentence: str) -> None:
        self.result.faults.append(row.fault(key, sentence))

    # Whose row it is ------------------------------------------------------------------------------------------------

    def _entry(self, row: Row) -> Entry | None:
        """What the row belongs to; None, and a fault, when that is nothing this person can know of."""
        if row.mark is None:
            return self._entry_by_code(row)
        mark = row.mark
        initiative = self.stored.get(mark.code)
        if initiative is None:
            self._fault(row, CODE, UNKNOWN.format(code=mark.code))
            return None
        if row.code and row.code != mark.code:
            self._fault(row, CODE, f"Kode tidak dapat diubah. Tulis kembali {mark.code}.")
            return None
        if not 1 <= mark.version <= initiative.edit_version:
            self._fault(row, CODE, "Penanda baris ini berubah. Unduh buku kerja baru, lalu salin isiannya.")
            return None
        entry = self._of_stored(initiative, mark.version)
        if entry.version != mark.version:
            self._fault(row, CODE, "Baris ini berasal dari unduhan lain. Pakai baris dari satu unduhan saja.")
            return None
        return entry

    def _of_stored(self, initiative: Initiative, version: int) -> Entry:
        if initiative.code not in self.entries:
            self.entries[initiative.code] = self.stored.entry(initiative, version)
        return self.entries[initiative.code]

    def _entry_by_code(self, row: Row) -> Entry | None:
        """The owner of a new row: an initiative by its code, or a new one by the code its writer gave it."""
        if not row.code:
            self._fault(row, CODE, "Tulis kode inisiatif pemilik baris ini, misalnya GO-01.")
            return None
        if NEW_CODE.fullmatch(row.code):
            entry = self.entries.get(row.code)
            if entry is None:
                self._fault(row, CODE, f"{row.code} tidak ada di lembar {MAIN}. Tulis kode yang sama di kedua lembar.")
            return entry
        initiative = self.stored.get(row.code)
        if initiative is None:
            self._fault(row, CODE, f"Inisiatif {row.code} tidak ada, atau Anda tidak berwenang melihatnya.")
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
                self._fault(row, CODE, _copied(seen[row.mark.code]))
                continue
            seen[row.mark.code] = row.number
            entry = self._entry(row)
            if entry is not None:
                self._read_answers(entry, row)

    def _read_answers(self, entry: Entry, row: Row) -> None:
        for column in self.singles:
            if column.key not in row.cells:
                continue
            old = entry.base[column.key]
            value = self._value(row, column.key, old)
            if column.key in ALWAYS_NEEDED and value in (None, ""):
                self._fault(row, column.key, "Isian ini tidak boleh kosong.")
                value = old
            if normalise(FIELDS[column.key], value) == old:
                entry.unchanged += 1
            else:
                entry.propose(column.key, value, row)
        self._check_years(entry, row)

    def _value(self, row: Row, key: str, old: Any) -> Any:
        """The value of a cell: the old one while the cell is as we wrote it, or when it cannot be understood."""
        column, cell = row.sheet.columns[key], row.cells[key]
        if same(write(column, old), cell):
            return old
        try:
            return understand(column, cell)
        except reading.Unreadable as error:
            self._fault(row, key, error.sentence)
            return old

    def _check_years(self, entry: Entry, row: Row) -> None:
        start, end = (entry.data.get(key, entry.current.get(key)) for key in ("start_year", "end_year"))
        if start and end and end < start and {"start_year", "end_year"} & set(entry.data):
            self._fault(row, "end_year", f"Tahun selesai lebih awal dari tahun mulai. Tulis {start} atau sesudahnya.")

    def _read_new(self, row: Row) -> None:
        """A row without a mark begins an initiative."""
        if row.code and not NEW_CODE.fullmatch(row.code):
            known = self.stored.get(row.code) is not None
            told = "Baris ini tidak dikenali lagi. Unduh buku kerja baru, lalu salin isiannya." if known else (
                "Kode diberikan oleh portal. Kosongkan, atau tulis BARU-1 untuk inisiatif baru."
            )  # fmt: skip
            self._fault(row, CODE, told)
            return
        key = row.code or f"#{row.number}"
        if key in self.entries:
            self._fault(row, CODE, f"{row.code} sudah dipakai di baris lain. Beri tanda lain, misalnya BARU-2.")
            return
        entry = self.entries[key] = Entry.new(row.code, {c.key: c.empty for c in self.singles})
        own = self.stored.only_agency()
        for column in self.singles:
            empty = own if column.key == "lead_agency" else column.empty
            value = self._value(row, column.key, empty) if column.key in row.cells else empty
            if value in (None, ""):
                value = empty
            if value != column.empty:
                entry.propose(column.key, value, row)
            elif column.key in ALWAYS_NEEDED:
                self._fault(row, column.key, f"Isi {column.head.lower()} untuk inisiatif baru ini.")
        self._check_years(entry, row)

    # The sheets of tables -------------------------------------------------------------------------------------------

    def _read_table(self, sheet: OpenedSheet, table: Table) -> None:
        owned: dict[int, tuple[Entry, list[Row]]] = {}
        for row in sheet.rows:
            entry = self._entry(row)
            if entry is not None:
                owned.setdefault(id(entry), (entry, []))[1].append(row)
        for entry in self.entries.values():
            rows = owned.get(id(entry), (entry, []))[1]
            if rows or entry.initiative:
                self._read_rows(entry, table, rows)

    def _read_rows(self, entry: Entry, table: Table, rows: list[Row]) -> None:
        stored = table.rows_of(entry.base.get(table.field.key, [])) if entry.initiative else []
        if table.single and not stored:
            stored = table.rows_of(None)
        kept: dict[int, Content | None] = dict(enumerate(stored, 1))
        seen: dict[int, int] = {}
        added: list[Content] = []
        touched = False
        for row in rows:
            number = row.mark.number if row.mark else (1 if table.single else 0)
            if number in seen:
                self._fault(row, CODE, _copied(seen[number]))
            elif number == 0:
                added += self._add(entry, table, row)
            elif number not in kept:
                self._fault(row, CODE, "Penanda baris ini berubah. Unduh buku kerja baru, lalu salin isiannya.")
            else:
                seen[number] = row.number
                kept[number] = self._change(entry, table, row, stored[number - 1])
                touched = touched or kept[number] != stored[number - 1]
        if not table.single:
            entry.absent += len(set(kept) - set(seen))
        if touched or added:
            result = [*(row for row in kept.values() if row is not None), *added]
            self._propose_table(entry, table, result, rows)

    def _flat(self, table: Table, row: Row, stored: Content) -> Content:
        flat = dict(stored)
        for column in table.columns:
            if column.key in row.cells:
                old = stored.get(column.key, column.empty)
                value = self._value(row, column.key, old)
                if value != old:
                    flat[column.key] = value
        return flat

    def _change(self, entry: Entry, table: Table, row: Row, stored: Content) -> Content | None:
        """A stored row as it is in the file; None when it is to be removed."""
        if row.delete:
            entry.rows.append(RowChange(table.field.key, "removed", row, table.build(stored), None))
            return None
        flat = self._flat(table, row, stored)
        if flat == stored:
            entry.unchanged += 1
            return stored
        if not self._is_sound(table, row, flat):
            return stored
        entry.rows.append(RowChange(table.field.key, "changed", row, table.build(stored), table.build(flat)))
        return flat

    def _add(self, entry: Entry, table: Table, row: Row) -> list[Content]:
        flat = self._flat(table, row, {column.key: column.empty for column in table.columns})
        if row.delete or not self._is_sound(table, row, flat):
            return []
        entry.rows.append(RowChange(table.field.key, "added", row, None, table.build(flat)))
        return [flat]

    def _is_sound(self, table: Table, row: Row, flat: Content) -> bool:
        """Whether the row says something; faults name what it lacks."""
        before = len(self.result.faults)
        for column in table.columns:
            lacks = column.key in table.needed and flat.get(column.key) in (None, "")
            if lacks and row.fault(column.key, "").cell not in self._faulty(row):
                removal = " Isi, atau tulis ya di kolom Hapus." if row.mark else ""
                self._fault(row, column.key, f"{column.head} kosong.{removal}")
        start, end = flat.get("start"), flat.get("end")
        if start and end and end < start:
            self._fault(row, "end", "Selesai lebih awal dari mulai. Tulis tanggal yang sama atau sesudahnya.")
        return len(self.result.faults) == before

    def _faulty(self, row: Row) -> set[str]:
        """Cells of the row that are in the wrong already."""
        return {found.cell for found in self.result.faults if (found.sheet, found.row) == (row.sheet.title, row.number)}

    def _propose_table(self, entry: Entry, table: Table, flats: list[Content], rows: list[Row]) -> None:
        last = rows[-1]
        if len(flats) > ROW_LIMIT:
            self._fault(last, CODE, f"Paling banyak {ROW_LIMIT} baris per inisiatif. Gabungkan baris yang serupa.")
            return
        sources = [flat["source"] for flat in flats if flat.get("source")]
        if len(sources) != len(set(sources)):
            self._fault(last, "source", "Sumber dana ini sudah ada di baris lain. Gabungkan angkanya di satu baris.")
            return
        value = normalise(table.field, table.value_of(flats))
        if value != entry.base.get(table.field.key):
            entry.propose(table.field.key, value, last)

    # The initiative as a whole --------------------------------------------------------------------------------------

    def _judge(self, entry: Entry) -> None:
        entry.find_conflicts()
        if not entry.data and not entry.conflicts:
            return
        key, row = next(iter(entry.places.items()))
        agency = entry.data.get("lead_agency") if entry.initiative is None else entry.initiative.lead_agency_id
        if agency is not None and not can(self.user, Permission.EDIT_INITIATIVE, self.plan.regency, agency):
            self._fault(row, key, f"Anda tidak dapat mengisi untuk {self.names.agencies.label(agency)}.")
        elif entry.initiative is not None and not is_open(entry.initiative):
            state = entry.initiative.get_status_display().lower()
            self._fault(row, key, f"Inisiatif ini {state}, jadi isiannya tidak dapat diubah. Kembalikan isi semula.")
        elif "lead_agency" in entry.data:
            self._judge_lead(entry, entry.places["lead_agency"])

    def _judge_lead(self, entry: Entry, row: Row) -> None:
        handed_over = entry.initiative is not None
        if handed_over and not is_regency_wide(self.user, Permission.EDIT_INITIATIVE, self.plan.regency):
            self._fault(
                row, "lead_agency", "Hanya Diskominfo yang dapat memindahkan inisiatif ke perangkat daerah lain."
            )
        elif self.names.existing_agency(entry.data["lead_agency"]) is None:
            self._fault(row, "lead_agency", "Perangkat daerah ini sudah tidak ada. Pilih yang masih berlaku.")


def _copied(number: int) -> str:
    return f"Baris ini salinan baris {number}. Untuk baris baru, tulis di baris kosong di bawah tabel."
