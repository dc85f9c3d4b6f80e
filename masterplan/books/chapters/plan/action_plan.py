"""The four kinds of action, and the action plan of each dimension with the sheets of its initiatives after it."""

from typing import Any

from masterplan.books.chapters.lines import initiative_lines
from masterplan.books.chapters.lookup import ROADMAP_FIGURE, Lookup, strategy_anchor, sub_dimension_name
from masterplan.books.chapters.narrative import piece, text
from masterplan.books.chapters.parts import place_part
from masterplan.books.chapters.places import Place
from masterplan.books.chapters.plan.sheet import sheet_part, years_of
from masterplan.books.chapters.portions import cut_flow
from masterplan.books.chapters.sum_columns import WIDE, money_groups, sum_column, year_columns
from masterplan.editions import money
from masterplan.editions.numbering import span
from masterplan.editions.schema import ListedInitiative
from smartcity.press.parts import Flow, Part

# Values of `action_kind` by the last word of the place that lists them.
_KINDS = {
    "kebijakan": "policy",
    "infrastruktur": "infrastructure",
    "aplikasi": "application",
    "literasi": "literacy",
}


def kind_of_action(plan: Lookup, place: Place) -> list[Flow | Part]:
    """The text on one kind of action, and the initiatives that are of it."""
    kind = _KINDS[place.key.rpartition(".")[2]]
    chosen = [initiative for initiative in plan.initiatives if initiative["action_kind"] == kind]
    title = place.heading.title
    caption = place.captions.table(f"Inisiatif {title[:1].lower()}{title[1:]} (juta rupiah)") if chosen else None
    lines = initiative_lines(plan, chosen)
    column = sum_column(line["budget"] for line in lines)
    flow = piece(place, "print/_actions.html", caption=caption, initiatives=lines, budget_column=column)
    return cut_flow(flow, place, "initiatives")


def dimension(plan: Lookup, place: Place) -> list[Flow | Part]:
    """The action plan of one dimension on wide pages, then the sheet of each of its initiatives."""
    code = place.heading.dimension
    if code not in plan.dimensions:
        return [text(place)]
    sheets = [sheet_part(plan, plan.whole[initiative["id"]], place.running) for initiative in plan.of_dimension(code)]
    return [_table(plan, place, code), *sheets]


def _table(plan: Lookup, place: Place, code: str) -> Part:
    initiatives = plan.of_dimension(code)
    years = years_of(plan, money.yearly(initiatives))
    own = [money.yearly([initiative]) for initiative in initiatives]
    columns = year_columns([*own, money.yearly(initiatives)], years, least=("w-money", "w-whole"), paper=WIDE)
    name = plan.dimensions[code]["name"]
    context: dict[str, Any] = {
        "strategy_anchor": strategy_anchor(code),
        "drawing": ROADMAP_FIGURE,
        "caption": place.captions.table(f"Rencana aksi {name} {span(years[0], years[-1])} (juta rupiah)"),
        "columns": columns,
        "groups": money_groups(
            columns, lambda years: [_table_row(plan, each, years) for each in initiatives], money.yearly(initiatives)
        ),
    }
    return place_part(place, "print/action_table.html", context, page="wide", tab=code)


def _table_row(plan: Lookup, initiative: ListedInitiative, years: list[int]) -> dict[str, Any]:
    outputs = [row["name"] for row in initiative["indicators"] if row["kind"] == "output"]
    return money.row(
        initiative["name"],
        money.yearly([initiative]),
        years,
        anchor=initiative["id"],
        code=initiative["code"],
        sub_dimension=sub_dimension_name(plan, initiative) or "-",
        lead=plan.agencies.get(initiative["lead_agency"]),
        outputs=outputs,
        period=span(initiative["start_year"], initiative["end_year"]),
    )
