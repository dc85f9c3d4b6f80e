"""One table of an edition, as `tables` and `analysis_tables` make it and `workbook` writes it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from smartcity.common.workbooks.cells import CellKind, SheetColumn

Row = Mapping[str, Any]
Value = str | int | float | None
Values = list[Value]
SEPARATOR = "; "
_T = TypeVar("_T")


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


def table_of(
    title: str, what: str, rows: Iterable[_T], *columns: tuple[SheetColumn, Callable[[_T], Value]], sparse: bool = False
) -> Table:
    """A table from one description of its columns: each with the function that gives its value in a row."""
    values = [[value(row) for _, value in columns] for row in rows]
    return Table(title, what, tuple(each for each, _ in columns), values, sparse)
