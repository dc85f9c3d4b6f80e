"""The annexes: alignment both ways, the index by agency and district, and what the review decided."""

from dataclasses import replace
from itertools import groupby
from typing import Any

from masterplan.books.chapters.annexes import threads
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.parts import place_part
from masterplan.books.chapters.places import Place
from masterplan.books.chapters.plan import matrix
from masterplan.books.chapters.plan.sheet import link_row
from masterplan.books.chapters.portions import cut, portions
from masterplan.editions import figures, money
from masterplan.editions.numbering import anchor
from masterplan.editions.schema import FrozenAgency, FrozenProgram, FrozenStrategicProgram, ListedInitiative
from smartcity.press.parts import Part

_SHOWN = matrix.SHOWN_STATES


def matrix_of_alignment(plan: Lookup, place: Place) -> list[Part]:
    """Programs and initiatives crosswise."""
    captions = place.captions
    caption = captions.table(f"Program {plan.content['development_plan']['title']} dan inisiatif smart city")
    matrices = matrix.pages(plan)
    context = {"caption": caption, "matrices": matrices, "several": len(matrices) > 1}
    return cut(place_part(place, matrix.TEMPLATE, context, page="wide"), "matrices", matrix.MOST)


def programs(plan: Lookup, place: Place) -> list[Part]:
    """Programs by mission with indicators, ceilings and initiatives, and the holes both ways."""
    captions = place.captions
    development_plan = plan.content["development_plan"]
    programs = development_plan["programs"]
    years = sorted(
        {int(year) for program in programs for year in program["ceilings"]}
        | {int(year) for program in programs for indicator in program["indicators"] for year in indicator["targets"]}
    )
    samples = [program["is_sample"] for program in programs]
    empty = [program for program in programs if not plan.answering(program["id"], *_SHOWN)]
    unlinked = [initiative for initiative in plan.initiatives if not _answers(plan, initiative)]
    context = {
        "caption": captions.table(
            f"Program {development_plan['title']}, indikator, pagu, dan inisiatifnya"
            + (" (data contoh)" if samples and all(samples) else "")
        ),
        "mixed": not all(samples),
        "years": years,
        "missions": [{"mission": mission, "aims": _aims(plan, own, years)} for mission, own in plan.missions()],
        "empty_caption": captions.table("Program RPJMD tanpa inisiatif") if empty else None,
        "empty": [{"program": program, "agency": plan.agencies.get(program["agency_id"] or "")} for program in empty],
        "unlinked_caption": captions.table("Inisiatif tanpa program RPJMD") if unlinked else None,
        "unlinked": [{"initiative": row, "lead": plan.agencies.get(row["lead_agency"])} for row in unlinked],
    }
    return cut(place_part(place, "print/programs.html", context, page="wide"), "missions", weigh=_lines_of_mission)


def _lines_of_mission(mission: dict[str, Any]) -> int:
    programs = [program for aim in mission["aims"] for program in aim["programs"]]
    return sum(8 + 2 * len(program["indicators"]) + len(program["initiatives"]) // 3 for program in programs)


def _aims(plan: Lookup, programs: list[FrozenProgram], years: list[int]) -> list[dict[str, Any]]:
    """Programs under their objective; a goal is named once, where it begins."""
    aims: list[dict[str, Any]] = []
    last = ""
    for (goal, objective), group in groupby(programs, key=lambda program: (program["goal"], program["objective"])):
        named = [_program(plan, program, years) for program in group]
        aims.append({"goal": goal if goal != last else "", "objective": objective, "programs": named})
        last = goal
    return aims


def _program(plan: Lookup, program: FrozenProgram, years: list[int]) -> dict[str, Any]:
    ceilings = {int(year): amount for year, amount in program["ceilings"].items()}
    unit = money.unit(ceilings.values())
    return {
        "program": program,
        "agency": plan.agencies.get(program["agency_id"] or ""),
        "initiatives": [
            {"anchor": initiative["id"], "code": initiative["code"], "state": link["state_label"].lower()}
            for initiative, link in plan.answering(program["id"], *_SHOWN)
        ],
        "indicators": [
            {"row": indicator, "cells": [indicator["targets"].get(str(year)) or "-" for year in years]}
            for indicator in program["indicators"]
        ],
        "unit": unit,
        "ceilings": [money.written(ceilings.get(year), unit) for year in years],
        "total": money.written(sum(ceilings.values()), unit),
        "has_ceilings": bool(ceilings),
    }


def _answers(plan: Lookup, initiative: ListedInitiative) -> bool:
    return any(link["element_id"] in plan.programs and link["state"] in _SHOWN for link in initiative["links"])


def strategic_plans(plan: Lookup, place: Place) -> list[Part]:
    """The agencies' Renstra programs, what they carry out and what answers them."""
    captions = place.captions
    context = {
        "caption": captions.table("Program Renstra perangkat daerah, program RPJMD, dan inisiatif")
        if plan.strategic_programs
        else None,
        "plans": [
            {
                "plan": renstra,
                "agency": plan.agencies.get(renstra["agency_id"]),
                "rows": [_strategic_row(plan, program) for program in renstra["programs"]],
            }
            for renstra in plan.content["strategic_plans"]
        ],
    }
    return [place_part(place, "print/strategic_plans.html", context)]


def _strategic_row(plan: Lookup, program: FrozenStrategicProgram) -> dict[str, Any]:
    """A Renstra program with the initiatives that are linked to it, or to the RPJMD program it carries out."""
    carried = plan.programs.get(program["carries_out"] or "")
    direct = [initiative for initiative, _ in plan.answering(program["id"], *_SHOWN)]
    through = [initiative for initiative, _ in plan.answering(carried["id"], *_SHOWN)] if carried else []
    return {
        "program": program,
        "carried": carried,
        "direct": direct,
        "through": [row for row in through if row not in direct],
    }


def agencies(plan: Lookup, place: Place) -> list[Part]:
    """Index by agency with page numbers."""
    captions = place.captions
    rows = [_agency(plan, key, agency) for key, agency in plan.agencies.items()]
    context = {
        "caption": captions.table("Inisiatif menurut perangkat daerah"),
        "agencies": [row for row in rows if row["leads"] or row["supports"] or row["programs"]],
        "idle": [row["agency"] for row in rows if not (row["leads"] or row["supports"] or row["programs"])],
    }
    part = place_part(place, "print/agencies.html", context, late=True)
    return cut(part, "agencies", weigh=lambda row: 2 + len(row["leads"]) + len(row["supports"]) // 2)


def _agency(plan: Lookup, key: str, agency: FrozenAgency) -> dict[str, Any]:
    return {
        "agency": agency,
        "leads": [initiative for initiative in plan.initiatives if initiative["lead_agency"] == key],
        "supports": [initiative for initiative in plan.initiatives if key in initiative["supporting_agencies"]],
        "programs": [program for program in plan.programs.values() if program["agency_id"] == key],
    }


def review(plan: Lookup, place: Place) -> list[Part]:
    """Links that are open or were rejected, what was waived or set aside and why, and what was said of all of it."""
    captions = place.captions
    groups = []
    for state, title, decision in (
        ("proposed", "Tautan yang masih diusulkan", "Catatan penelaah"),
        ("rejected", "Tautan yang ditolak", "Ditolak karena"),
    ):
        rows = [
            {"initiative": initiative, "link": link_row(plan, link)}
            for initiative in plan.initiatives
            for link in initiative["links"]
            if link["state"] == state
        ]
        if rows:
            group = {
                "caption": captions.table(title),
                "decision": decision,
                "decided": state == "rejected" or any(row["link"]["decision_reason"] for row in rows),
            }
            groups += [{**group, "rows": some, "goes_on": number > 0} for number, some in enumerate(portions(rows))]
    thread_tables = portions(threads.tables(plan, captions), weigh=threads.lines_of)
    waived = [initiative for initiative in plan.initiatives if initiative["waiver_reason"]]
    set_aside = plan.content.get("set_aside", [])
    context = {
        "aside_caption": captions.table("Temuan pemeriksaan yang dikesampingkan") if set_aside else None,
        "set_aside": set_aside,
        "groups": groups,
        "waived_caption": captions.table("Inisiatif yang dibebaskan dari tautan program RPJMD") if waived else None,
        "waived": waived,
        "thread_tables": thread_tables[0],
        "more": False,
    }
    parts = cut(place_part(place, "print/review.html", context), "groups", weigh=lambda group: len(group["rows"]))
    others = {
        **parts[-1].context,
        "first": False,
        "more": True,
        "groups": [],
        "waived_caption": None,
        "aside_caption": None,
    }
    more = (
        replace(parts[-1], key=f"{place.heading.anchor}-catatan-{number}", context={**others, "thread_tables": tables})
        for number, tables in enumerate(thread_tables[1:], 2)
    )
    return [*parts, *(replace(part, headings=(), captions=()) for part in more)]


def evidence(plan: Lookup, place: Place) -> list[Part]:
    """The evidence that was chosen for print."""
    captions = place.captions
    context = {
        "caption": captions.table("Bukti dukung inisiatif"),
        "rows": [row for initiative in plan.initiatives for row in _evidence_rows(initiative)],
    }
    return cut(place_part(place, "print/evidence.html", context), "rows")


def _evidence_rows(initiative: ListedInitiative) -> list[dict[str, Any]]:
    """The evidence of one initiative; a picture on its sheet is referred to by its number there."""
    rows, count = [], 0
    for row in figures.evidence_of(initiative):
        on_sheet = row["placement"] == "figure"
        count += on_sheet
        number = f"{initiative['code']}.{count}"
        figure = {"anchor": anchor("gambar", initiative["code"], str(count)), "label": f"Gambar {number}"}
        rows.append({"initiative": initiative, "figure": figure if on_sheet else None, **figures.facts(row)})
    return rows
