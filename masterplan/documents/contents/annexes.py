"""The annexes: alignment both ways, the index by agency and district, and what the review decided."""

from itertools import groupby
from typing import Any

from masterplan.documents.contents import figures, matrix, money
from masterplan.documents.contents.lookup import Lookup, Row
from masterplan.documents.contents.numbering import Numbering, anchor
from masterplan.documents.contents.sheet import link_row
from masterplan.documents.parts import Heading, Part

_SHOWN = matrix.SHOWN_STATES


def annexes(plan: Lookup) -> list[Part]:
    """All annexes in book order; the list of evidence only where there is some."""
    always = [_matrix(plan), _programs(plan), _strategic_plans(plan), _agencies(plan), _review(plan)]
    return [*always, *([_evidence(plan)] if any(map(figures.evidence_of, plan.initiatives)) else [])]


def _heading(number: int, title: str) -> Heading:
    return Heading(1, f"lampiran-{number}", f"Lampiran {number}", title)


def _part(
    heading: Heading, template: str, context: dict[str, Any], captions: Numbering, running: str = "", **more: Any
) -> Part:
    """An annex; `running` is a shorter title for the head of its pages."""
    return Part(
        key=heading.anchor,
        template=template,
        context={"heading": heading, **context},
        chapter=f"{heading.number} {running or heading.title}",
        headings=(heading,),
        captions=captions.taken(),
        **more,
    )


def _matrix(plan: Lookup) -> Part:
    captions = Numbering("L1")
    caption = captions.table(f"Program {plan.content['development_plan']['title']} dan inisiatif smart city")
    matrices = matrix.pages(plan)
    context = {"caption": caption, "matrices": matrices, "several": len(matrices) > 1}
    return _part(_heading(1, "Matriks keselarasan"), "print/matrix.html", context, captions, page="wide")


def _programs(plan: Lookup) -> Part:
    captions = Numbering("L2")
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
        "empty": [{"program": program, "agency": plan.agencies.get(program["agency_id"])} for program in empty],
        "unlinked_caption": captions.table("Inisiatif tanpa program RPJMD") if unlinked else None,
        "unlinked": [{"initiative": row, "lead": plan.agencies.get(row["lead_agency"])} for row in unlinked],
    }
    return _part(_heading(2, "Program RPJMD dan inisiatifnya"), "print/programs.html", context, captions, page="wide")


def _aims(plan: Lookup, programs: list[Row], years: list[int]) -> list[dict[str, Any]]:
    """Programs under their objective; a goal is named once, where it begins."""
    aims: list[dict[str, Any]] = []
    last = ""
    for (goal, objective), group in groupby(programs, key=lambda program: (program["goal"], program["objective"])):
        named = [_program(plan, program, years) for program in group]
        aims.append({"goal": goal if goal != last else "", "objective": objective, "programs": named})
        last = goal
    return aims


def _program(plan: Lookup, program: Row, years: list[int]) -> dict[str, Any]:
    ceilings = {int(year): amount for year, amount in program["ceilings"].items()}
    unit = money.unit(ceilings.values())
    return {
        "program": program,
        "agency": plan.agencies.get(program["agency_id"]),
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


def _answers(plan: Lookup, initiative: Row) -> bool:
    return any(link["element_id"] in plan.programs and link["state"] in _SHOWN for link in initiative["links"])


def _strategic_plans(plan: Lookup) -> Part:
    captions = Numbering("L3")
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
    return _part(_heading(3, "Program Renstra perangkat daerah"), "print/strategic_plans.html", context, captions)


def _strategic_row(plan: Lookup, program: Row) -> dict[str, Any]:
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


def _agencies(plan: Lookup) -> Part:
    captions = Numbering("L4")
    rows = [_agency(plan, key, agency) for key, agency in plan.agencies.items()]
    context = {
        "caption": captions.table("Inisiatif menurut perangkat daerah"),
        "agencies": [row for row in rows if row["leads"] or row["supports"] or row["programs"]],
        "idle": [row["agency"] for row in rows if not (row["leads"] or row["supports"] or row["programs"])],
        "districts_caption": captions.table("Inisiatif menurut kecamatan") if plan.districts else None,
        "districts": [
            {"district": district, "initiatives": [row for row in plan.initiatives if key in row["districts"]]}
            for key, district in plan.districts.items()
        ],
        "everywhere": [initiative for initiative in plan.initiatives if initiative["whole_regency"]],
    }
    heading = _heading(4, "Indeks perangkat daerah dan kecamatan")
    return _part(heading, "print/agencies.html", context, captions, running="Indeks", late=True)


def _agency(plan: Lookup, key: str, agency: Row) -> dict[str, Any]:
    return {
        "agency": agency,
        "leads": [initiative for initiative in plan.initiatives if initiative["lead_agency"] == key],
        "supports": [initiative for initiative in plan.initiatives if key in initiative["supporting_agencies"]],
        "programs": [program for program in plan.programs.values() if program["agency_id"] == key],
    }


def _review(plan: Lookup) -> Part:
    captions = Numbering("L5")
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
            decided = state == "rejected" or any(row["link"]["decision_reason"] for row in rows)
            groups.append(
                {
                    "caption": captions.table(title),
                    "rows": rows,
                    "decision": decision,
                    "decided": decided,
                }
            )
    waived = [initiative for initiative in plan.initiatives if initiative["waiver_reason"]]
    context = {
        "groups": groups,
        "waived_caption": captions.table("Inisiatif yang dibebaskan dari tautan program RPJMD") if waived else None,
        "waived": waived,
    }
    return _part(_heading(5, "Catatan penelaahan keselarasan"), "print/review.html", context, captions)


def _evidence(plan: Lookup) -> Part:
    captions = Numbering("L6")
    context = {
        "caption": captions.table("Bukti dukung inisiatif"),
        "rows": [row for initiative in plan.initiatives for row in _evidence_rows(initiative)],
    }
    return _part(_heading(6, "Bukti dukung"), "print/evidence.html", context, captions)


def _evidence_rows(initiative: Row) -> list[dict[str, Any]]:
    """The evidence of one initiative; a picture on its sheet is referred to by its number there."""
    rows, count = [], 0
    for row in figures.evidence_of(initiative):
        on_sheet = row["placement"] == "figure"
        count += on_sheet
        number = f"{initiative['code']}.{count}"
        figure = {"anchor": anchor("gambar", initiative["code"], str(count)), "label": f"Gambar {number}"}
        rows.append({"initiative": initiative, "figure": figure if on_sheet else None, **figures.facts(row)})
    return rows
