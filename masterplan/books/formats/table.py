"""One table of an edition, as `tables` and `analysis_tables` make it and `workbook` writes it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from masterplan.editions.schema import Row
from smartcity.common.workbooks.cells import CellKind, SheetColumn

Value = str | int | float | None
Values = list[Value]
# Head and kind of a column, and its cells: the value under a key of the row, or what a function makes of it.
ColumnSpec = tuple[str, CellKind, str | Callable[[Any], Value]]
SEPARATOR = "; "


@dataclass(frozen=True)
class Table:
    """A sheet: its name, what a row of it is, its columns, its rows. Dates are ISO.

    Of a `sparse` one the empty cells are not written: a wide matrix holds many times more of them than of others.
    """

    title: str
    what: str
    columns: tuple[SheetColumn, ...]
    rows: list[Values]
    sparse: bool = False

    def as_json(self) -> dict[str, Any]:
        """For the process that writes it."""
        columns = [{"head": column.head, "kind": column.kind.value, "width": column.width} for column in self.columns]
        return {
            "title": self.title,
            "what": self.what,
            "columns": columns,
            "rows": self.rows,
            "sparse": self.sparse,
        }


def column(head: str, kind: CellKind = CellKind.LINE) -> SheetColumn:
    """A column that is called by its head."""
    return SheetColumn(head, head, "", kind)


def table(title: str, what: str, rows: Iterable[Any], specs: Iterable[ColumnSpec], *, sparse: bool = False) -> Table:
    """A table with a row for each of `rows`."""
    columns = list(specs)
    return Table(title, what, heads(columns), [values(row, columns) for row in rows], sparse)


def heads(specs: Iterable[ColumnSpec]) -> tuple[SheetColumn, ...]:
    """The columns of these."""
    return tuple(column(head, kind) for head, kind, _ in specs)


def values(row: Row, specs: Iterable[ColumnSpec]) -> Values:
    """The cells of one row."""
    return [value(row) if callable(value) else row[value] for _, _, value in specs]
