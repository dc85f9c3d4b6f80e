"""Where the analyses of Buku 1 stand: below the text of their place, the wide ones on pages of their own."""

from dataclasses import replace
from itertools import groupby

from masterplan.books.chapters.analysis import gaps, readiness, swot
from masterplan.books.chapters.lines import initiative_lines
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.narrative import piece, text
from masterplan.books.chapters.places import Place
from masterplan.books.chapters.portions import cut_flow, portions
from masterplan.books.chapters.sum_columns import sum_column
from masterplan.editions.schema import Row
from smartcity.press.parts import Flow, Part

# About how many lines a gap takes.
_LINES_OF_GAP = 4


def readiness_of(plan: Lookup, place: Place) -> list[Flow]:
    """The heat map of nine cells and what is said of each."""
    return [text(place), _below(place, readiness.TEMPLATE, readiness.readiness(plan, place.captions))]


def swot_of(plan: Lookup, place: Place) -> list[Flow]:
    """The matrix of items and the strategies that answer them."""
    return [text(place), _below(place, swot.TEMPLATE, swot.swot(plan, place.captions))]


def gaps_of(plan: Lookup, place: Place) -> list[Part]:
    """The table of gaps, on wide pages together with the text of its place."""
    written = text(place)
    context = gaps.gaps(plan, place.captions)
    captions = (*written.captions, *place.captions.taken())
    found = _gap_portions(context["gaps"]["dimensions"]) if context["gaps"] else []
    tables = [
        {"gaps": {**context["gaps"], "dimensions": rows, "first": not number}} for number, rows in enumerate(found)
    ]
    flows = [Flow(gaps.TEMPLATE, each) for each in tables or [context]]
    part = Part(
        key=place.heading.anchor,
        template="print/flow.html",
        context={"flows": (written, flows[0])},
        page="wide",
        chapter=place.running,
        headings=(place.heading,),
        captions=captions,
    )
    rest = (
        replace(part, key=f"{part.key}-{number}", context={"flows": (flow,)}, headings=(), captions=())
        for number, flow in enumerate(flows[1:], 2)
    )
    return [part, *rest]


def _gap_portions(dimensions: list[Row]) -> list[list[Row]]:
    """The dimensions by portions; one whose gaps fill more than a portion is named again in the next."""
    pieces = [
        {**dimension, "subs": [{**sub, "rows": some}]}
        for dimension in dimensions
        for sub in dimension["subs"]
        for some in portions(sub["rows"], weigh=lambda row: _LINES_OF_GAP)
    ]
    return [
        [_joined(list(own)) for _, own in groupby(some, key=lambda piece: piece["code"])]
        for some in portions(pieces, weigh=lambda piece: sum(_LINES_OF_GAP * len(sub["rows"]) for sub in piece["subs"]))
    ]


def _joined(pieces: list[Row]) -> Row:
    return {**pieces[0], "subs": [sub for piece in pieces for sub in piece["subs"]]}


def answers(plan: Lookup, place: Place) -> list[Flow | Part]:
    """The initiatives that some gap names, as a list; their sheets are in Buku 2."""
    named = {key for row in plan.gaps for key in row["initiatives"]}
    lines = initiative_lines(plan, (row for row in plan.initiatives if row["id"] in named))
    caption = place.captions.table("Inisiatif dalam Buku 2")
    column = sum_column(line["budget"] for line in lines)
    flow = piece(place, "print/_answers.html", caption=caption, lines=lines, budget_column=column)
    return cut_flow(flow, place, "lines")


def has_answers(plan: Lookup) -> bool:
    """Whether any gap names an initiative of this edition."""
    return any(row["initiatives"] for row in plan.gaps)


def _below(place: Place, template: str, context: dict[str, object]) -> Flow:
    return Flow(template, context, captions=place.captions.taken())
