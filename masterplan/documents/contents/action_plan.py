"""BAB IV: the four kinds of action, the action plan of each dimension, and after it the sheets of its initiatives."""

from typing import Any

from masterplan.documents.contents import money
from masterplan.documents.contents.chapters import headings_of, initiative_lines, narrative
from masterplan.documents.contents.lookup import Lookup, Row, dimension_anchor, strategy_anchor, sub_dimension_name
from masterplan.documents.contents.numbering import Numbering, span, year_groups
from masterplan.documents.contents.sheet import sheet_part, years_of
from masterplan.documents.parts import Heading, Part

_KINDS = (
    ("policy", "rencana-aksi.kebijakan", "Kebijakan dan kelembagaan"),
    ("infrastructure", "rencana-aksi.infrastruktur", "Infrastruktur pendukung"),
    ("application", "rencana-aksi.aplikasi", "Aplikasi dan perangkat lunak"),
    ("literacy", "rencana-aksi.literasi", "Literasi smart city"),
)


def action_plan(plan: Lookup, chapter: str) -> list[Part]:
    """All parts of BAB IV in book order."""
    captions = Numbering("4")
    parts = [_kinds(plan, chapter, captions)]
    for code, dimension in plan.dimensions.items():
        parts.append(_dimension_table(plan, chapter, code, dimension, captions))
        parts.extend(sheet_part(plan, initiative, chapter) for initiative in plan.of_dimension(code))
    return parts


def _kinds(plan: Lookup, chapter: str, captions: Numbering) -> Part:
    sections = []
    for place, (kind, key, title) in enumerate(_KINDS, 1):
        chosen = [initiative for initiative in plan.initiatives if initiative["action_kind"] == kind]
        section = narrative(plan, key, f"4.{place}", title)
        section["caption"] = (
            captions.table(f"Inisiatif {title[0].lower()}{title[1:]} (juta rupiah)") if chosen else None
        )
        section["initiatives"] = initiative_lines(plan, chosen)
        sections.append(section)
    return Part(
        key="bab-4-jenis-aksi",
        template="print/actions.html",
        context={"sections": sections},
        chapter=chapter,
        headings=headings_of(*sections),
        captions=captions.taken(),
    )


def _dimension_table(plan: Lookup, chapter: str, code: str, dimension: Row, captions: Numbering) -> Part:
    initiatives = plan.of_dimension(code)
    heading = Heading(2, dimension_anchor(code), plan.action_number(code), f"Rencana aksi {dimension['name']}", code)
    years = years_of(plan, money.yearly(initiatives))
    groups = year_groups(years)
    context: dict[str, Any] = {
        "heading": heading,
        "dimension": dimension,
        "strategy_anchor": strategy_anchor(code),
        "strategy_number": plan.strategy_number(code),
        "caption": captions.table(f"Rencana aksi {dimension['name']} {span(years[0], years[-1])} (juta rupiah)"),
        "groups": [
            {
                "years": group,
                "rows": [_table_row(plan, initiative, group) for initiative in initiatives],
                "totals": money.row("Jumlah", money.yearly(initiatives), group),
                "last": group == groups[-1],
            }
            for group in groups
        ],
    }
    return Part(
        key=dimension_anchor(code),
        template="print/action_table.html",
        context=context,
        page="wide",
        chapter=chapter,
        tab=code,
        headings=(heading,),
        captions=captions.taken(),
    )


def _table_row(plan: Lookup, initiative: Row, years: list[int]) -> dict[str, Any]:
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
