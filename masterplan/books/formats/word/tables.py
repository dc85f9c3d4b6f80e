"""Tables of markup as tables of Word: widths as printed, heads that repeat, rows that stay whole, joined cells.

Also what the print sets side by side without being a table.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from docx.oxml.ns import qn

from masterplan.books.formats.word.context import TWIPS_PER_MM, BlockContext, WordContext
from masterplan.books.formats.word.inline import classes_of, is_element
from masterplan.books.formats.word.lines import RunFormat
from masterplan.books.formats.word.styles import CELL, TABLE
from masterplan.books.formats.word.stylesheet import GAP, GAP_TINT, INK, INK_2, RULE
from masterplan.books.formats.word.xml import add, properties_of, put

Flow = Callable[[Any, BlockContext], None]
_NARROWEST = 9.0
_PANEL_MM, _RIBBON_MM = 150.0, 2.5
_AFTER_NUMBER = 170


@dataclass
class _Cell:
    """A cell on the grid. `joined` continues the cell above it."""

    element: Any
    across: int
    down: int
    joined: bool = False


@dataclass
class _Row:
    element: Any
    cells: list[_Cell]
    is_head: bool
    classes: list[str]


def write_table(
    context: WordContext,
    element: Any,
    place: BlockContext,
    flow: Flow,
    caption: Callable[[Any, BlockContext], str],
    *,
    has_note: bool = False,
) -> None:
    """A table with its caption; with `has_note` its last row stays on the page of what is said below it."""
    words = ""
    if element.get("id"):
        context.pending.append(element.get("id"))
    for child in element.findall("caption"):
        words = caption(child, place)
    rows = _rows(element)
    if not rows:
        return
    count = max(sum(cell.across for cell in row.cells) for row in rows)
    widths = _widths(context, element, place, count)
    if context.break_next and not place.in_cell:
        context.gap(place)
    classes = classes_of(element)
    table = _table(context, place, widths, words, is_grid="matrix" in classes)
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        line = _write_row(context, table, row, widths, place, flow)
        if _stays(row, after, is_short="short" in classes, has_note=has_note):
            _keep_together(line)
    gap = context.gap(place)
    if has_note:
        put(properties_of(gap, "pPr"), "keepNext")


def write_beside(
    context: WordContext, rows: list[list[Any]], place: BlockContext, flow: Flow, *, is_ruled: bool = False
) -> None:
    """Rows of blocks beside each other, each in a column of its own; `is_ruled` with a line above and below."""
    count = max(map(len, rows), default=0)
    if not count:
        return
    width = place.width / count
    if context.break_next:
        context.gap(place)
    table = _bare(context, place, [width] * count, is_ruled=is_ruled)
    for row in rows:
        line = add(table, "tr")
        add(add(line, "trPr"), "cantSplit")
        for cell in row:
            inner = _cell(line, width)
            own = next((name.removeprefix("dim-") for name in classes_of(cell) if name.startswith("dim-")), "")
            if own:
                edges = put(properties_of(inner, "tcPr"), "tcBorders")
                add(edges, "top", val="single", sz=24, space=0, color=context.sheet.colour(own))
            _fill(context, cell, place.within(container=inner, width=width - 4, in_cell=True), flow)
        for _ in range(count - len(row)):
            context.paragraph(place.within(container=_cell(line, width), in_cell=True))
    context.gap(place)


def write_panel(context: WordContext, element: Any, place: BlockContext, flow: Flow) -> None:
    """The coloured ground of the cover with what stands on it."""
    table = _bare(context, place, [place.width])
    row = add(table, "tr")
    add(add(row, "trPr"), "trHeight", val=round(_PANEL_MM * TWIPS_PER_MM), hRule="atLeast")
    cell = _cell(row, place.width)
    put(properties_of(cell, "tcPr"), "shd", val="clear", color="auto", fill=place.shade)
    margins = put(properties_of(cell, "tcPr"), "tcMar")
    for side, mm in (("top", 16), ("left", 12), ("bottom", 10), ("right", 12)):
        add(margins, side, w=round(mm * TWIPS_PER_MM), type="dxa")
    _fill(context, element, place.within(container=cell, width=place.width - 24, in_cell=True), flow)


def write_ribbon(context: WordContext, place: BlockContext) -> None:
    """The band of the dimensions' colours."""
    colours = [colour for colour, _ in context.sheet.colours.values()]
    if not colours:
        return
    context.gap(place)
    table = _bare(context, place, [place.width / len(colours)] * len(colours))
    row = add(table, "tr")
    add(add(row, "trPr"), "trHeight", val=round(_RIBBON_MM * TWIPS_PER_MM), hRule="exact")
    for colour in colours:
        cell = _cell(row, place.width / len(colours))
        put(properties_of(cell, "tcPr"), "shd", val="clear", color="auto", fill=colour)
        context.gap(place.within(container=cell, in_cell=True))
    context.gap(place)


# The grid ---------------------------------------------------------------------------------------------------------


def _rows(element: Any) -> list[_Row]:
    """All rows in order, with cells that continue one above put in where Word wants them."""
    rows: list[_Row] = []
    hanging: dict[int, _Cell] = {}
    for group in element:
        if not is_element(group) or group.tag in ("caption", "col", "colgroup"):
            continue
        for row in [group] if group.tag == "tr" else [each for each in group if each.tag == "tr"]:
            classes = [*classes_of(group), *classes_of(row)] if group is not row else classes_of(row)
            rows.append(_Row(row, _cells(row, hanging), group.tag == "thead", classes))
    return [row for row in rows if row.cells]


def _cells(row: Any, hanging: dict[int, _Cell]) -> list[_Cell]:
    found: list[_Cell] = []
    place = 0

    def take_hanging() -> None:
        nonlocal place
        while place in hanging:
            above = hanging[place]
            above.down -= 1
            if above.down <= 1:
                del hanging[place]
            found.append(_Cell(above.element, above.across, 1, joined=True))
            place += above.across

    for element in row:
        if not is_element(element) or element.tag not in ("td", "th"):
            continue
        take_hanging()
        cell = _Cell(element, _span(element, "colspan"), _span(element, "rowspan"))
        found.append(cell)
        if cell.down > 1:
            hanging[place] = replace(cell)
        place += cell.across
    take_hanging()
    return found


def _span(element: Any, name: str) -> int:
    value = str(element.get(name) or "1")
    return max(1, int(value)) if value.isdigit() else 1


def _widths(context: WordContext, element: Any, place: BlockContext, count: int) -> list[float]:
    """Millimetres of each column; those without a width share what the others leave."""
    columns = list(element.iter("col"))[:count]
    said = [context.sheet.width(classes_of(column), place.page, place.width) for column in columns]
    said += [None] * (count - len(said))
    open_columns = said.count(None)
    left = place.width - sum(width for width in said if width)
    share = max(left / open_columns, _NARROWEST) if open_columns else 0
    widths = [share if width is None else width for width in said]
    factor = place.width / sum(widths)
    return [width * factor for width in widths]


# What Word makes of it --------------------------------------------------------------------------------------------


def _table(context: WordContext, place: BlockContext, widths: list[float], words: str, *, is_grid: bool) -> Any:
    table = add(place.container, "tbl")
    properties = add(table, "tblPr")
    add(properties, "tblStyle", val=context.style_ids[TABLE])
    add(properties, "tblW", w=_twips(sum(widths)), type="dxa")
    if is_grid:
        borders = add(properties, "tblBorders")
        for side, colour in (("top", INK), ("bottom", INK), ("insideH", RULE), ("insideV", RULE)):
            add(borders, side, val="single", sz=8 if colour == INK else 4, space=0, color=colour)
    add(properties, "tblLayout", type="fixed")
    add(properties, "tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=0, noVBand=1)
    if words:
        add(properties, "tblCaption", val=words)
    _grid(table, widths)
    return table


def _bare(context: WordContext, place: BlockContext, widths: list[float], *, is_ruled: bool = False) -> Any:
    """A table that only places things."""
    table = add(place.container, "tbl")
    properties = add(table, "tblPr")
    add(properties, "tblW", w=_twips(sum(widths)), type="dxa")
    if is_ruled:
        borders = add(properties, "tblBorders")
        for side in ("top", "bottom"):
            add(borders, side, val="single", sz=6, space=0, color=RULE)
    add(properties, "tblLayout", type="fixed")
    margins = add(properties, "tblCellMar")
    add(margins, "left", w=0, type="dxa")
    add(margins, "right", w=_twips(4), type="dxa")
    _grid(table, widths)
    return table


def _grid(table: Any, widths: list[float]) -> None:
    grid = add(table, "tblGrid")
    for width in widths:
        add(grid, "gridCol", w=_twips(width))


def _stays(row: _Row, after: _Row | None, *, is_short: bool, has_note: bool) -> bool:
    """Whether a row stays on the page of what comes next: heads, group rows, what a sum follows, whole short tables."""
    if after is None:
        return has_note
    heads = {"group", "sub-group", "lead-row", "aim", "program-head"} & set(row.classes)
    return is_short or row.is_head or bool(heads) or "totals" in after.classes


def _keep_together(row: Any) -> None:
    for paragraph in row.iter(qn("w:p")):
        put(properties_of(paragraph, "pPr"), "keepNext")


def _write_row(
    context: WordContext, table: Any, row: _Row, widths: list[float], place: BlockContext, flow: Flow
) -> Any:
    line = add(table, "tr")
    properties = add(line, "trPr")
    add(properties, "cantSplit")
    if row.is_head:
        add(properties, "tblHeader")
    if row.element.get("id"):
        context.pending.append(row.element.get("id"))
    dimension = next((name.removeprefix("dim-") for name in row.classes if name.startswith("dim-")), place.dimension)
    start, was_number = 0, False
    for cell in row.cells:
        width = sum(widths[start : start + cell.across])
        element = _write_cell(context, line, row, cell, width, place.within(dimension=dimension), flow)
        kinds = set(classes_of(cell.element))
        _set_edges(
            element, kinds, is_first=start == 0, is_last=start + cell.across >= len(widths), after_number=was_number
        )
        was_number = "num" in kinds
        start += cell.across
    return line


def _set_edges(cell: Any, kinds: set[str], *, is_first: bool, is_last: bool, after_number: bool) -> None:
    """Words begin and end where the running text does, unless the cell has a ground of its own, and stand off from a
    number before them; numbers and signs have the whole width.
    """
    properties = properties_of(cell, "tcPr")
    has_ground = properties.find(qn("w:shd")) is not None
    left, right = (0, 0) if "cell" in kinds else (0, 20) if "num" in kinds else (None, None)
    if left is None and after_number:
        left = _AFTER_NUMBER
    if is_first and not has_ground:
        left = 0
    if is_last and not has_ground:
        right = 0
    if left is None and right is None:
        return
    margins = put(properties, "tcMar")
    for side, width in (("left", left), ("right", right)):
        if width is not None:
            add(margins, side, w=width, type="dxa")


def _write_cell(
    context: WordContext, line: Any, row: _Row, cell: _Cell, width: float, place: BlockContext, flow: Flow
) -> Any:
    element = _cell(line, width)
    properties = properties_of(element, "tcPr")
    if cell.across > 1:
        put(properties, "gridSpan", val=cell.across)
    if cell.joined:
        put(properties, "vMerge")
    elif cell.down > 1:
        put(properties, "vMerge", val="restart")
    classes = classes_of(cell.element)
    run_format, shade = _formats(context, row, cell, classes, place)
    if shade:
        put(properties, "shd", val="clear", color="auto", fill=shade)
    if row.is_head:
        put(properties, "vAlign", val="bottom")
    if "totals" in row.classes:
        add(put(properties, "tcBorders"), "top", val="single", sz=6, space=0, color=INK)
    inner = place.within(
        container=element,
        width=width - 2,
        style=CELL,
        run_format=run_format,
        align=_align(classes),
        in_cell=True,
        shade="",
    )
    if cell.joined:
        context.paragraph(inner)
    else:
        if cell.element.get("id"):
            context.pending.append(cell.element.get("id"))
        _fill(context, cell.element, inner, flow)
    return element


def _fill(context: WordContext, element: Any, place: BlockContext, flow: Flow) -> None:
    """A cell's contents; Word wants a paragraph at the end of every cell."""
    flow(element, place)
    cell = place.container
    if len(cell) == 0 or not str(cell[-1].tag).endswith("}p"):
        context.paragraph(place)


def _cell(row: Any, width: float) -> Any:
    cell = add(row, "tc")
    add(add(cell, "tcPr"), "tcW", w=_twips(width), type="dxa")
    return cell


def _align(classes: list[str]) -> str:
    if "num" in classes:
        return "right"
    return "center" if {"cell", "dimension"} & set(classes) else ""


def _formats(
    context: WordContext, row: _Row, cell: _Cell, classes: list[str], place: BlockContext
) -> tuple[RunFormat, str]:
    """How the words of a cell are set, and its ground."""
    names = {*row.classes, *classes}
    own = next((name.removeprefix("dim-") for name in classes if name.startswith("dim-")), place.dimension)
    if "dimension" in names and row.is_head:
        return RunFormat(bold=True, colour="FFFFFF"), context.sheet.colour(own)
    if "gap" in classes:
        return RunFormat(bold=True, colour=GAP), GAP_TINT
    if "filled" in classes:  # a sign in the colour of its ground: seen as a bar, read as a sign
        return RunFormat(colour=context.sheet.colour(place.dimension)), context.sheet.colour(place.dimension)
    if "group" in names:
        return RunFormat(bold=True), context.sheet.tint(place.dimension)
    is_strong = row.is_head or "totals" in names or "sum" in names
    if is_strong or ("program-head" in names and cell.element.tag == "th"):
        return RunFormat(bold=True), ""
    return RunFormat(colour=INK_2) if {"aim", "ceiling"} & names else RunFormat(), ""


def _twips(mm: float) -> int:
    return round(mm * TWIPS_PER_MM)
