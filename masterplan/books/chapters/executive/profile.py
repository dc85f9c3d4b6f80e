"""The regency and its plan on one page: figures with year and source, and what the plan holds."""

from typing import Any

from masterplan.books.chapters.executive import selection
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.parts import heading_part
from masterplan.editions import money
from masterplan.editions.numbering import Numbering
from smartcity.press.parts import Heading, Part


def profile(plan: Lookup, chapter: str, number: str = "1") -> list[Part]:
    """The one-page profile. With many figures its table goes on to the next page."""
    captions = Numbering(number)
    regency = plan.content["regency"]
    heading = Heading(2, "ringkasan-profil", "", f"{regency['full_name']} dalam satu halaman")
    context = {
        "kicker": selection.KICKER,
        "lead": _lead(plan),
        "numbers": _numbers(plan),
        "facts_caption": captions.table(f"{regency['full_name']} dalam angka") if regency["facts"] else None,
        "about": _about(plan),
    }
    return [heading_part(heading, "print/executive/profile.html", context, chapter, captions, page="designed")]


def _lead(plan: Lookup) -> str:
    count, name = len(plan.initiatives), plan.content["regency"]["full_name"]
    if not count:
        return f"Rencana induk {name} {selection.plan_years(plan)} belum memuat inisiatif pada edisi ini."
    answering = sum(bool(selection.answered_programs(plan, [initiative])) for initiative in plan.initiatives)
    leading = len(selection.leading_agencies(plan))
    return (
        f"{name} menyusun {count} inisiatif untuk {selection.plan_years(plan)}, dipimpin {leading} perangkat daerah."
        f" Sebanyak {answering} inisiatif ditautkan ke program {plan.content['development_plan']['title']}."
    )


def _numbers(plan: Lookup) -> list[list[dict[str, Any]]]:
    answered = len(selection.answered_programs(plan, plan.initiatives))
    return [
        [
            selection.big(len(plan.initiatives), f"inisiatif pada {len(plan.dimensions)} dimensi"),
            selection.big(len(selection.quick_wins_of(plan.initiatives)), "quick win yang segera dirasakan warga"),
            selection.big_money(money.total(plan.initiatives), f"perkiraan anggaran {selection.plan_years(plan)}"),
        ],
        [
            selection.big(len(plan.agencies), "perangkat daerah dan kecamatan yang tercatat"),
            selection.big(len(plan.content["development_plan"]["missions"]), "misi RPJMD yang menjadi acuan"),
            selection.big(answered, f"program RPJMD terjawab, dari {len(plan.programs)} program"),
        ],
    ]


def _about(plan: Lookup) -> list[tuple[str, list[str]]]:
    """What is known of regency and plan, a title and its lines each."""
    regency, answered = plan.content["regency"], plan.content["development_plan"]
    districts = f"{len(plan.districts)} kecamatan" if plan.districts else ""
    place = [f"Ibu kota {regency['capital']}", f"Provinsi {regency['province']}", f"kode wilayah {regency['code']}"]
    source = f"Sumber: {regency['programme_source']}" if regency["programme_source"] else ""
    rows = [
        ("Wilayah", [", ".join([*place, *([districts] if districts else [])])]),
        ("Rencana induk", [f"{plan.content['plan']['title']} {selection.plan_years(plan)}"]),
        ("RPJMD yang dijawab", [answered["title"], answered["legal_basis"]]),
        ("Kawasan strategis", [regency["strategic_area"]]),
        ("Program pendampingan", [regency["programme_round"], source if regency["programme_round"] else ""]),
    ]
    return [(title, [line for line in lines if line]) for title, lines in rows if any(lines)]
