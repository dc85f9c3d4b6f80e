"""Reads single cells and the rows of one initiative's table, and notes what is wrong with them.

Which rows belong to which initiative, and what holds for it as a whole, is found in `compare`.
"""

from typing import Any

from masterplan.initiatives.workbook.columns import QuestionTable
from masterplan.initiatives.workbook.entries import InitiativeEntry, RowChange
from masterplan.initiatives.workbook.layout import CODE
from masterplan.initiatives.workbook.opened import CellError, DataRow
from masterplan.models import ROW_LIMIT
from masterplan.registry import Content, normalise
from smartcity.common import reading
from smartcity.common.workbooks.cells import same, understand, write


class RowReader:
    """Reads rows; what is wrong goes into `errors`."""

    def __init__(self, errors: list[CellError]) -> None:
        self._errors = errors
        self._wrong: set[tuple[str, str]] = set()

    def error(self, row: DataRow, key: str, sentence: str) -> None:
        """Note what is wrong with a cell of the row."""
        found = row.error(key, sentence)
        self._errors.append(found)
        self._wrong.add((found.sheet, found.cell))

    def is_wrong(self, row: DataRow, key: str) -> bool:
        """Whether the cell has an error already."""
        return (row.sheet.title, row.error(key, "").cell) in self._wrong

    def value(self, row: DataRow, key: str, old: Any) -> Any:
        """The value of a cell: the old one while the cell is as we wrote it, or when it cannot be understood."""
        column, cell = row.sheet.columns[key], row.cells[key]
        if same(write(column, old), cell):
            return old
        try:
            return understand(column, cell)
        except reading.Unreadable as error:
            self.error(row, key, error.sentence)
            return old

    def read_table(self, entry: InitiativeEntry, table: QuestionTable, rows: list[DataRow]) -> None:
        """Find what `rows` of the file change in a table of `entry`, and propose it."""
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
                self.error(row, CODE, copied(seen[number]))
            elif number == 0:
                added += self._add(entry, table, row)
            elif number not in kept:
                self.error(row, CODE, "Penanda baris ini berubah. Unduh buku kerja baru, lalu salin isiannya.")
            else:
                seen[number] = row.number
                kept[number] = self._change(entry, table, row, stored[number - 1])
                touched = touched or kept[number] != stored[number - 1]
        if not table.single:
            entry.absent += len(set(kept) - set(seen))
        if touched or added:
            result = [*(row for row in kept.values() if row is not None), *added]
            self._propose_table(entry, table, result, rows)

    def _flat(self, table: QuestionTable, row: DataRow, stored: Content) -> Content:
        flat = dict(stored)
        for column in table.columns:
            if column.key in row.cells:
                old = stored.get(column.key, column.empty)
                value = self.value(row, column.key, old)
                if value != old:
                    flat[column.key] = value
        return flat

    def _change(self, entry: InitiativeEntry, table: QuestionTable, row: DataRow, stored: Content) -> Content | None:
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

    def _add(self, entry: InitiativeEntry, table: QuestionTable, row: DataRow) -> list[Content]:
        flat = self._flat(table, row, {column.key: column.empty for column in table.columns})
        if row.delete or not self._is_sound(table, row, flat):
            return []
        entry.rows.append(RowChange(table.field.key, "added", row, None, table.build(flat)))
        return [flat]

    def _is_sound(self, table: QuestionTable, row: DataRow, flat: Content) -> bool:
        """Whether the row says something; errors name what it lacks."""
        before = len(self._errors)
        for column in table.columns:
            lacks = column.key in table.needed and flat.get(column.key) in (None, "")
            if lacks and not self.is_wrong(row, column.key):
                removal = " Isi, atau tulis ya di kolom Hapus." if row.mark else ""
                self.error(row, column.key, f"{column.head} kosong.{removal}")
        start, end = flat.get("start"), flat.get("end")
        if start and end and end < start:
            self.error(row, "end", "Selesai lebih awal dari mulai. Tulis tanggal yang sama atau sesudahnya.")
        return len(self._errors) == before

    def _propose_table(
        self, entry: InitiativeEntry, table: QuestionTable, flats: list[Content], rows: list[DataRow]
    ) -> None:
        last = rows[-1]
        if len(flats) > ROW_LIMIT:
            self.error(last, CODE, f"Paling banyak {ROW_LIMIT} baris per inisiatif. Gabungkan baris yang serupa.")
            return
        sources = [flat["source"] for flat in flats if flat.get("source")]
        if len(sources) != len(set(sources)):
            self.error(last, "source", "Sumber dana ini sudah ada di baris lain. Gabungkan angkanya di satu baris.")
            return
        value = normalise(table.field, table.value_of(flats))
        if value != entry.base.get(table.field.key):
            entry.propose(table.field.key, value, last)


def copied(number: int) -> str:
    """What to say of a row that carries the mark of another."""
    return f"Baris ini salinan baris {number}. Untuk baris baru, tulis di baris kosong di bawah tabel."
