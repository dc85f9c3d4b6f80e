"""The roadmap as drawings: what stands where on each wide page, in points. Drawn by the template `roadmap.html`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.measure import text_width, wrap
from masterplan.editions.numbering import span
from masterplan.editions.schema import ListedInitiative
from smartcity.common.timeline import Timeline, moment

WIDTH, PAGE_HEIGHT = 739.0, 434.0
_NAME_WIDTH, _LEAD_WIDTH = 276.0, 98.0
_HEAD, _BAND, _ROW, _LINE = 24.0, 17.0, 20.0, 11.0
_BASELINE = 13.2
_CHART_LEFT = _NAME_WIDTH + _LEAD_WIDTH
_CHART_WIDTH = WIDTH - _CHART_LEFT
# Of three digits too, as in a plan of a thousand initiatives.
_CODE_WIDTH = 42.0
_QUICK_WIN_WIDTH = 62.0

# Fixed by the look of the portal; a dimension of the regency's own is grey.
COLOURS = {"GO": "#322B99", "BR": "#974976", "EC": "#6E3703", "LI": "#C05235", "SO": "#1374BD", "EN": "#0E533E"}
TINTS = {"GO": "#E6E5F3", "BR": "#F3E9EF", "EC": "#EEE7E0", "LI": "#F8EAE6", "SO": "#E2EEF8", "EN": "#E1EAE8"}
OWN_COLOUR, OWN_TINT = "#4A5A64", "#E8EEF1"


@dataclass(frozen=True)
class _Item:
    height: float
    shape: dict[str, Any]


def pages(plan: Lookup) -> list[dict[str, Any]]:
    """The drawings in order, each with its height, year columns, bands, rows, and the same content in words.

    Coordinates are strings with a decimal point, ready for SVG attributes. A dimension that goes on to another page has
    its band again there.
    """
    items = list(_items(plan))
    drawings: list[dict[str, Any]] = []
    while items:
        taken, items = _fill(items)
        drawings.append(_drawing(plan, taken))
    return drawings


def period(initiative: ListedInitiative, years: Sequence[int]) -> tuple[float, float] | None:
    """First and last point in time of an initiative as years with fractions: by its activities, else by its years."""
    starts = [moment(date.fromisoformat(row["start"])) for row in initiative["activities"] if row["start"]]
    ends = [moment(date.fromisoformat(row["end"]), end=True) for row in initiative["activities"] if row["end"]]
    first, last = initiative["start_year"], initiative["end_year"]
    begin = min(starts) if starts else first
    finish = max(ends) if ends else (last + 1 if last is not None else None)
    if begin is None or finish is None or finish <= begin or not years:
        return None
    return Timeline(years, _CHART_LEFT, _CHART_WIDTH).within(begin, finish)


def _items(plan: Lookup) -> Iterator[_Item]:
    years = plan.content["plan"]["years"]
    for code, dimension in plan.dimensions.items():
        initiatives = plan.of_dimension(code)
        keys = {initiative["sub_dimension"] for initiative in initiatives}
        subs = ", ".join(sub["name"] for sub in dimension["sub_dimensions"] if sub["key"] in keys)
        if initiatives:
            yield _Item(_BAND, {"band": dimension["name"], "subs": subs, "dimension": code})
        for initiative in initiatives:
            yield _row(plan, initiative, code, years)


def _row(plan: Lookup, initiative: ListedInitiative, code: str, years: Sequence[int]) -> _Item:
    lead = plan.agencies.get(initiative["lead_agency"])
    names = wrap(initiative["name"], _NAME_WIDTH - _CODE_WIDTH - 14)
    leads = wrap(lead["short_name"] or lead["name"], _LEAD_WIDTH - 8) if lead else ["-"]
    lines = max(len(names), len(leads))
    when = period(initiative, years)
    shape = {"names": names, "leads": leads, "dimension": code, "initiative": initiative, "when": when}
    return _Item(_ROW + (lines - 1) * _LINE, shape)


def _fill(items: list[_Item]) -> tuple[list[_Item], list[_Item]]:
    """The items of one page and the rest; never a band alone at the foot, and the band again when its rows go on."""
    used, place = _HEAD, 0
    while place < len(items) and (place == 0 or used + items[place].height <= PAGE_HEIGHT):
        used += items[place].height
        place += 1
    while place > 1 and place < len(items) and "band" in items[place - 1].shape:
        place -= 1
    rest = items[place:]
    if rest and "band" not in rest[0].shape:
        band = next(item for item in reversed(items[:place]) if "band" in item.shape)
        rest.insert(0, _Item(band.height, {**band.shape, "continued": True}))
    return items[:place], rest


def _drawing(plan: Lookup, items: list[_Item]) -> dict[str, Any]:
    years = plan.content["plan"]["years"]
    column = _CHART_WIDTH / max(len(years), 1)
    top, bands, rows, words = _HEAD, [], [], []
    groups: list[dict[str, Any]] = []
    for item in items:
        if "band" in item.shape:
            bands.append(_band(item.shape, top))
            groups.append({**item.shape, "continued": "continued" in item.shape, "rows": []})
        else:
            rows.append(_placed_row(item, top, years))
            words.append(_in_words(item.shape))
            groups[-1]["rows"].append(_table_row(item.shape, years))
        top += item.height
    columns = [
        {
            "year": year,
            "x": _at(_CHART_LEFT + place * column),
            "middle": _at(_CHART_LEFT + (place + 0.5) * column),
            "even": place % 2 == 0,
        }
        for place, year in enumerate(years)
    ]
    return {
        "width": _at(WIDTH),
        "height": _at(top + 1),
        "bottom": _at(top),
        "lead_x": _at(_NAME_WIDTH),
        "lead_dx": word_spacing("Penanggung jawab"),
        "column": _at(column),
        "columns": columns,
        "bands": bands,
        "rows": rows,
        "words": " ".join(words),
        "groups": groups,
    }


def _table_row(shape: dict[str, Any], years: Sequence[int]) -> dict[str, Any]:
    """The row as a line of a table, for shapes that show no drawing: which years it is worked on."""
    begin, finish = shape["when"] or (0, 0)
    return {
        "initiative": shape["initiative"],
        "lead": " ".join(shape["leads"]),
        "years": [begin < year + 1 and finish > year for year in years],
    }


def _band(shape: dict[str, Any], top: float) -> dict[str, Any]:
    code = shape["dimension"]
    name = shape["band"] + (" (lanjutan)" if shape.get("continued") else "")
    return {
        "name": name,
        "name_dx": word_spacing(name),
        "subs": shape["subs"],
        "subs_dx": word_spacing(shape["subs"]),
        "subs_x": _at(18 + text_width(name, 1.06)),
        "y": _at(top),
        "text_y": _at(top + 12),
        "colour": COLOURS.get(code, OWN_COLOUR),
        "tint": TINTS.get(code, OWN_TINT),
    }


def _placed_row(item: _Item, top: float, years: Sequence[int]) -> dict[str, Any]:
    shape = item.shape
    return {
        "code": shape["initiative"]["code"],
        "names": _lines(shape["names"], top),
        "leads": _lines(shape["leads"], top),
        "y": _at(top + _BASELINE),
        "rule": _at(top + item.height),
        "bar": _bar(shape, top + (item.height - 12) / 2, years),
    }


def _lines(texts: Sequence[str], top: float) -> list[dict[str, str]]:
    return [
        {"text": text, "y": _at(top + _BASELINE + place * _LINE), "dx": word_spacing(text)}
        for place, text in enumerate(texts)
    ]


def _bar(shape: dict[str, Any], top: float, years: Sequence[int]) -> dict[str, Any] | None:
    if shape["when"] is None:
        return None
    timeline = Timeline(years, _CHART_LEFT, _CHART_WIDTH)
    left, right = (timeline.at(when) for when in shape["when"])
    right = max(right, left + _CODE_WIDTH)
    return {
        "x": _at(left),
        "y": _at(top),
        "width": _at(right - left),
        "text_x": _at(left + 5),
        "text_y": _at(top + 9.2),
        "colour": COLOURS.get(shape["dimension"], OWN_COLOUR),
        "quick_win": _quick_win(left, right, top) if shape["initiative"]["quick_win"] else None,
    }


def _quick_win(left: float, right: float, top: float) -> dict[str, str]:
    """The diamond and its words after the bar, or inside it when the bar ends at the edge."""
    inside = right + _QUICK_WIN_WIDTH > WIDTH and right - left >= _QUICK_WIN_WIDTH + _CODE_WIDTH
    if inside:
        start = right - _QUICK_WIN_WIDTH
    else:
        start = right + 4 if right + _QUICK_WIN_WIDTH <= WIDTH else left - _QUICK_WIN_WIDTH
    corners = ((6, 0), (12, 6), (6, 12), (0, 6))
    return {
        "diamond": " ".join(f"{_at(start + x)},{_at(top + y)}" for x, y in corners),
        "text_x": _at(start + 16),
        "dx": word_spacing("quick win"),
        "colour": "#FFFFFF" if inside else "#16242C",
    }


def _in_words(shape: dict[str, Any]) -> str:
    initiative = shape["initiative"]
    when = shape["when"]
    years = span(int(when[0]), int(when[1] - 0.01)) if when else "tahun belum diisi"
    quick_win = ", quick win" if initiative["quick_win"] else ""
    return f"{initiative['code']} {initiative['name']}, {' '.join(shape['leads'])}, {years}{quick_win}."


def word_spacing(text: str) -> str:
    """`dx` of each letter, a little more after a space: the face needs it, and SVG text knows no word-spacing here."""
    return " ".join("0.6" if place and text[place - 1] == " " else "0" for place in range(len(text)))


def _at(value: float) -> str:
    return f"{value:.1f}"
