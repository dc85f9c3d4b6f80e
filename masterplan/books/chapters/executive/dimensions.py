"""All dimensions on one page, then a page for each: what it aims at, its flagship initiatives, its counts and money."""

from typing import Any

from masterplan.books.chapters.executive import selection
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.parts import heading_part
from masterplan.books.chapters.sum_columns import sum_column
from masterplan.editions import money
from masterplan.editions.numbering import Numbering, anchor, span
from masterplan.editions.schema import FrozenDimension, ListedInitiative
from smartcity.common.formatting import spell_out
from smartcity.press.parts import Heading, Part

_BESIDE = 3


def overview(plan: Lookup, chapter: str) -> list[Part]:
    """The page that shows all dimensions with a flagship each, and the three great steps."""
    count = spell_out(len(plan.dimensions)).capitalize()
    heading = Heading(2, "ringkasan-dimensi", "", f"{count} dimensi, satu arah pembangunan")
    steps = _steps(plan)
    blocks = [_block(plan, code, dimension) for code, dimension in plan.dimensions.items()]
    context = {
        "kicker": selection.KICKER,
        "lead": _lead(plan),
        "numbers": [
            [
                selection.big(len(selection.leading_agencies(plan)), "perangkat daerah penanggung jawab"),
                selection.big(len(plan.initiatives), f"inisiatif pada {len(plan.dimensions)} dimensi"),
                selection.big(len(selection.quick_wins_of(plan.initiatives)), "quick win"),
            ]
        ],
        "rows": [blocks[start : start + _BESIDE] for start in range(0, len(blocks), _BESIDE)],
        "steps_title": f"{spell_out(len(steps)).capitalize()} langkah besar",
        "steps": steps,
        "rule": selection.FLAGSHIP_RULE,
    }
    return [heading_part(heading, "print/executive/overview.html", context, chapter, None, page="designed")]


def dimensions(plan: Lookup, chapter: str) -> list[Part]:
    """A page for each dimension; its tables are numbered by the dimension's code."""
    return [_dimension(plan, chapter, code, dimension) for code, dimension in plan.dimensions.items()]


def _lead(plan: Lookup) -> str:
    title = plan.content["development_plan"]["title"]
    if not plan.initiatives:
        return f"Setiap dimensi menunggu inisiatif pertamanya. Semua inisiatif akan ditautkan ke {title}."
    filled = sum(bool(plan.of_dimension(code)) for code in plan.dimensions)
    answered = len(selection.answered_programs(plan, plan.initiatives))
    return (
        f"{plan.content['regency']['full_name']} bergerak pada {filled} dari {len(plan.dimensions)} dimensi kota cerdas"
        f" dan menjawab {answered} program {title}."
    )


def _block(plan: Lookup, code: str, dimension: FrozenDimension) -> dict[str, Any]:
    initiatives = plan.of_dimension(code)
    best = selection.flagships(plan, code)
    return {
        "code": code,
        "mark": selection.mark(code),
        "name": dimension["name"],
        "count": len(initiatives),
        "budget": money.rounded(money.total(initiatives)),
        "flagship": best[0] if best else None,
    }


def _steps(plan: Lookup) -> list[dict[str, Any]]:
    """The first year, and the two halves of what follows, each with what begins, ends and is promised in it."""
    years = list(plan.content["plan"]["years"])
    middle = 1 + len(years) // 2
    groups = [group for group in (years[:1], years[1:middle], years[middle:]) if group]
    return [{"years": span(group[0], group[-1]), "facts": _step_facts(plan, group)} for group in groups]


def _step_facts(plan: Lookup, years: list[int]) -> list[str]:
    periods = [period for row in plan.initiatives if (period := selection.working_years(row))]
    counts = (
        (sum(first in years for first, _ in periods), "inisiatif dimulai"),
        (sum(last in years for _, last in periods), "inisiatif selesai"),
        (sum(selection.due_year(row) in years for row in plan.initiatives), "quick win dijanjikan"),
    )
    return [f"{count} {what}" for count, what in counts if count] or ["Belum ada yang dijadwalkan"]


def _dimension(plan: Lookup, chapter: str, code: str, dimension: FrozenDimension) -> Part:
    captions = Numbering(code)
    initiatives = plan.of_dimension(code)
    heading = Heading(2, anchor("ringkasan", code), "", dimension["name"], code)
    subs = [_sub_row(sub["name"], plan.of_sub_dimension(code, sub["key"])) for sub in dimension["sub_dimensions"]]
    placed = {sub["key"] for sub in dimension["sub_dimensions"]}
    if others := [row for row in initiatives if row["sub_dimension"] not in placed]:
        subs.append(_sub_row("Belum ditempatkan", others))
    totals = _sub_row("Jumlah", initiatives)
    context = {
        "mark": selection.mark(code),
        "aim": plan.section(f"visi.sasaran-{code.lower()}")["body"],
        "numbers": [_numbers(plan, initiatives)],
        "cards": [_card(plan, initiative) for initiative in selection.flagships(plan, code)],
        "rule": selection.FLAGSHIP_RULE,
        "rest": _rest(initiatives),
        "caption": captions.table(f"Inisiatif dan anggaran {dimension['name']} menurut sub-dimensi (juta rupiah)"),
        "subs": subs,
        "totals": totals,
        "budget_column": sum_column([totals["budget"]], "w-grand"),
    }
    return heading_part(heading, "print/executive/dimension.html", context, chapter, captions, tab=code)


def _numbers(plan: Lookup, initiatives: list[ListedInitiative]) -> list[dict[str, Any]]:
    return [
        selection.big(len(initiatives), "inisiatif"),
        selection.big(len(selection.quick_wins_of(initiatives)), "quick win"),
        selection.big(len(selection.answered_programs(plan, initiatives)), "program RPJMD yang dijawab"),
        selection.big_money(money.total(initiatives), "perkiraan anggaran"),
    ]


def _card(plan: Lookup, initiative: ListedInitiative) -> dict[str, Any]:
    return {
        "anchor": initiative["id"],
        "code": initiative["code"],
        "name": initiative["name"],
        "lead": plan.agencies.get(initiative["lead_agency"]),
        "period": span(*(selection.working_years(initiative) or (None, None))),
        "budget": money.rounded(money.total([initiative])),
        "quick_win": initiative["quick_win"],
        "benefit": initiative["benefit_citizens"].strip(),
        "description": initiative["description"],
    }


def _rest(initiatives: list[ListedInitiative]) -> str:
    if not initiatives:
        return "Belum ada inisiatif pada dimensi ini."
    if len(initiatives) == 1:
        return f"Lembar inisiatif {initiatives[0]['code']} selengkapnya ada dalam Buku 2."
    first, last = initiatives[0]["code"], initiatives[-1]["code"]
    return f"Lembar {len(initiatives)} inisiatif dimensi ini, {first} sampai {last}, ada dalam Buku 2."


def _sub_row(name: str, initiatives: list[ListedInitiative]) -> dict[str, Any]:
    return {
        "name": name,
        "count": len(initiatives),
        "quick_wins": len(selection.quick_wins_of(initiatives)),
        "budget": money.written(money.total(initiatives)),
    }
