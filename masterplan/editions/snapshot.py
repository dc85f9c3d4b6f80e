"""Freezes a master plan: with `said` the only reader of live models for documents.

`compose` gives plain, ordered JSON data (schema 2): ids are strings that serve as anchors, money is whole rupiah,
dates are ISO, enumerations come with the label people read. What a book prints is a pure function of this.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from agencies.models import Agency, Regency
from masterplan.editions import schema
from masterplan.editions.analyses import analyses_of, labelled
from masterplan.editions.files import file_facts
from masterplan.editions.monitoring import monitored_of
from masterplan.editions.placeholders import fill
from masterplan.editions.threads import threads_of
from masterplan.models import (
    AlignmentLink,
    CheckWaiver,
    DevelopmentPlan,
    Evidence,
    EvidenceFile,
    Initiative,
    MasterPlan,
    PlanElement,
    Section,
    SectionPicture,
    SubDimension,
    evidence_of,
    load_evidence,
)
from masterplan.reasoning.inspection import CHECK_BY_CODE
from masterplan.reference import (
    SENT_STATUSES,
    BookName,
    EditionScope,
    EvidencePlacement,
    FundingSource,
    IndicatorKind,
    InitiativeStatus,
    Level,
    PartnerKind,
    PlanKind,
    QuickWinAspect,
)
from masterplan.registry import FIELDS, Kind
from masterplan.registry.reading import read

SCHEMA_VERSION = 2
Data = dict[str, Any]

# Answers that a snapshot holds as the registry reads them.
_AS_READ = frozenset({Kind.LINE, Kind.TEXT, Kind.RICH, Kind.YEAR, Kind.YES_NO, Kind.ACTIVITIES})


def canonical(content: Mapping[str, Any]) -> bytes:
    """The one spelling of a snapshot, of which the fingerprint is taken."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def fingerprint(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical spelling, in hex."""
    return hashlib.sha256(canonical(content)).hexdigest()


def compose(plan: MasterPlan, *, number: int, label: str, day: date, scope: str) -> schema.FrozenPlan:
    """The whole plan as it is now, for edition `number` of `day`, with the initiatives that `scope` names."""
    statuses = [InitiativeStatus.APPROVED] if scope == EditionScope.APPROVED else sorted(SENT_STATUSES)
    initiatives = list(plan.initiatives.filter(status__in=statuses).complete())
    load_evidence(initiatives)
    content: schema.FrozenPlan = {
        **_frame(plan),
        "edition": {"number": number, "label": label, "date": day.isoformat(), "scope": scope},
        "initiatives": [_initiative(initiative) for initiative in initiatives],
        **analyses_of(plan, {initiative.pk for initiative in initiatives}),
        "set_aside": [_set_aside(waiver) for waiver in plan.check_waivers.all() if waiver.check_code in CHECK_BY_CODE],
        "threads": threads_of(plan, {initiative.pk for initiative in initiatives}),
        "monitoring": monitored_of(plan, initiatives, day),
    }
    for section in content["sections"].values():
        section["lead"], section["body"] = (fill(text, content) for text in (section.get("lead", ""), section["body"]))
    return content


def _set_aside(waiver: CheckWaiver) -> schema.FrozenWaiver:
    """A finding of the checks that a coordinator let stand, with the reason."""
    check = CHECK_BY_CODE[waiver.check_code]
    return {
        "check": check.code,
        "check_label": check.title,
        "subject": waiver.subject_id,
        "name": waiver.subject_name,
        "reason": waiver.reason,
    }


def compose_sheet(initiative: Initiative, *, day: date) -> schema.FrozenPlan:
    """The same data with `initiative` alone, in whatever state, and only the programs it is tied to."""
    frame = _frame(initiative.master_plan)
    linked = {f"el-{link.element_id}" for link in initiative.links.all()}
    answered = frame["development_plan"]
    answered["programs"] = [program for program in answered["programs"] if program["id"] in linked]
    for plan in frame["strategic_plans"]:
        plan["programs"] = [program for program in plan["programs"] if program["id"] in linked]
    return {
        **frame,
        "sections": {},
        "edition": {"number": 0, "label": "Pratinjau", "date": day.isoformat(), "scope": EditionScope.SUBMITTED.value},
        "initiatives": [_initiative(initiative)],
    }


def compose_letters(plan: MasterPlan, letters: list[Data], *, day: date) -> Data:
    """What the press needs to print `letters` under the regency's letterhead; of the plan only its title."""
    return {
        "schema_version": SCHEMA_VERSION,
        "regency": _regency(plan.regency),
        "plan": {"title": plan.title},
        "development_plan": {},
        "dimensions": [],
        "sections": {},
        "initiatives": [],
        "edition": {"number": 0, "label": "Surat", "date": day.isoformat(), "scope": EditionScope.SUBMITTED.value},
        "letters": letters,
    }


def _frame(plan: MasterPlan) -> schema.FrozenFrame:
    """All but the initiatives."""
    regency = plan.regency
    outline, sections = _outline(plan)
    return {
        "schema_version": SCHEMA_VERSION,
        "regency": _regency(regency),
        "plan": {
            "title": plan.title,
            "start_year": plan.start_year,
            "end_year": plan.end_year,
            "years": list(plan.years),
            "vision": plan.vision,
        },
        "development_plan": _rpjmd(plan.development_plan),
        "strategic_plans": _strategic_plans(regency, plan.development_plan),
        "dimensions": dimensions_of(regency),
        "agencies": [_agency(agency) for agency in regency.agencies.all()],
        "districts": [
            {"id": f"di-{d.pk}", "name": d.name, "column": d.tile_column, "row": d.tile_row}
            for d in regency.districts.all()
        ],
        "outline": outline,
        "sections": sections,
    }


def _outline(plan: MasterPlan) -> tuple[dict[str, list[schema.FrozenPlace]], dict[str, schema.FrozenSection]]:
    """The trees of the books, and the texts of their places by key."""
    below: dict[int | None, list[Section]] = {}
    sections = list(plan.sections.prefetch_related("pictures__file"))
    for section in sections:
        below.setdefault(section.parent_id, []).append(section)

    def tree(parent: int | None, book: str) -> list[schema.FrozenPlace]:
        return [
            {"key": section.key, "included": section.is_included, "children": tree(section.pk, book)}
            for section in below.get(parent, [])
            if section.book == book
        ]

    outline = {book: nodes for book in BookName.values if (nodes := tree(None, book))}
    return outline, {section.key: _section(section) for section in sections}


def _agency(agency: Agency) -> schema.FrozenAgency:
    """An agency; one that was joined to another says to which."""
    return {
        "id": f"ag-{agency.pk}",
        "name": agency.name,
        "short_name": agency.short_name,
        "successor": f"ag-{agency.successor_id}" if agency.successor_id else None,
    }


def _section(section: Section) -> schema.FrozenSection:
    """The texts of a place; its pictures where there are some."""
    found: schema.FrozenSection = {"title": section.title, "lead": section.lead, "body": section.body}
    if pictures := [_picture(row) for row in section.pictures.all()]:
        found["pictures"] = pictures
    return found


def _picture(row: SectionPicture) -> schema.FrozenPicture:
    return {
        "key": str(row.pk),
        "caption": row.caption,
        "alt": row.alt,
        "source": row.source,
        "sha256": row.file.sha256,
        "image": _image(row.file),
    }


def _image(file: EvidenceFile) -> schema.FrozenImage:
    """The name under which a print finds a picture, and its size in pixels."""
    return {"file": f"{file.sha256}.jpg", "width": file.width or 0, "height": file.height or 0}


def _regency(regency: Regency) -> schema.FrozenRegency:
    facts: list[schema.FrozenFact] = [
        {"label": f.label, "value": f.value, "unit": f.unit, "year": f.year, "source": f.source}
        for f in regency.facts.all()
    ]
    return {
        "full_name": regency.full_name,
        "government": regency.government,
        "province": regency.province,
        "capital": regency.capital,
        "code": regency.code,
        "strategic_area": regency.strategic_area,
        "programme_round": regency.programme_round,
        "programme_source": regency.programme_source,
        "letterhead": regency.letterhead,
        "is_sample": regency.is_sample,
        "facts": facts,
    }


def dimensions_of(regency: Regency) -> list[schema.FrozenDimension]:
    """Sub-dimensions the regency may use, under their dimensions, in order."""
    grouped: dict[str, schema.FrozenDimension] = {}
    for sub in SubDimension.objects.available_to(regency):
        dimension = grouped.setdefault(
            sub.dimension.code, {"code": sub.dimension.code, "name": sub.dimension.name, "sub_dimensions": []}
        )
        dimension["sub_dimensions"].append({"key": sub.key, "name": sub.name, "description": sub.description})
    return list(grouped.values())


def _indicators(element: PlanElement) -> list[schema.FrozenProgramIndicator]:
    return [
        {
            "id": f"ik-{i.pk}",
            "name": i.name,
            "unit": i.unit,
            "baseline": i.baseline,
            "targets": {str(t.year): t.text for t in i.targets.all()},
            "end_condition": i.end_condition,
        }
        for i in element.indicators.all()
    ]


def _rpjmd(plan: DevelopmentPlan) -> schema.FrozenDevelopmentPlan:
    elements = {e.pk: e for e in plan.elements.prefetch_related("indicators__targets", "ceilings")}
    programs = [e for e in elements.values() if e.level == Level.PROGRAM]
    return {
        "id": f"dp-{plan.pk}",
        "title": plan.title,
        "legal_basis": plan.legal_basis,
        "start_year": plan.start_year,
        "end_year": plan.end_year,
        "vision": plan.vision,
        "missions": [
            {"id": f"el-{e.pk}", "code": e.code, "text": e.text} for e in elements.values() if e.level == Level.MISSION
        ],
        "programs": [_program(e, elements) for e in programs],
    }


def _program(element: PlanElement, elements: dict[int, PlanElement]) -> schema.FrozenProgram:
    above: dict[str, PlanElement] = {}
    parent_id = element.parent_id
    while parent_id is not None:
        parent = elements[parent_id]
        above[parent.level] = parent
        parent_id = parent.parent_id
    mission = above.get(Level.MISSION)
    return {
        "id": f"el-{element.pk}",
        "code": element.code,
        "text": element.text,
        "mission_id": f"el-{mission.pk}" if mission else None,
        "goal": above[Level.GOAL].text if Level.GOAL in above else "",
        "objective": above[Level.OBJECTIVE].text if Level.OBJECTIVE in above else "",
        "agency_id": f"ag-{element.agency_id}" if element.agency_id else None,
        "is_sample": element.is_sample,
        "indicators": _indicators(element),
        "ceilings": {str(c.year): c.amount for c in element.ceilings.all()},
    }


def _strategic_plans(regency: Regency, rpjmd: DevelopmentPlan) -> list[schema.FrozenStrategicPlan]:
    """The agencies' Renstra of the same period, with their programs."""
    plans = regency.development_plans.filter(kind=PlanKind.RENSTRA, start_year=rpjmd.start_year)
    programs: dict[int, list[schema.FrozenStrategicProgram]] = {}
    for e in PlanElement.objects.filter(plan__in=plans, level=Level.PROGRAM):
        carried = f"el-{e.carries_out_id}" if e.carries_out_id else None
        programs.setdefault(e.plan_id, []).append(
            {"id": f"el-{e.pk}", "code": e.code, "text": e.text, "carries_out": carried}
        )
    return [
        {"id": f"dp-{p.pk}", "title": p.title, "agency_id": f"ag-{p.agency_id}", "programs": programs.get(p.pk, [])}
        for p in plans.order_by("agency__order")
    ]


def _initiative(initiative: Initiative) -> schema.FrozenInitiative:
    content = read(initiative)
    found: Data = {
        "id": f"in-{initiative.code}",
        "code": initiative.code,
        "dimension": initiative.sub_dimension.dimension.code,
        "status": initiative.status,
        "status_label": initiative.get_status_display(),
        "waiver_reason": initiative.waiver_reason if initiative.waived_at else "",
        **_simple(content),
        "sub_dimension": initiative.sub_dimension.key,
        "lead_agency": f"ag-{content['lead_agency']}",
        "supporting_agencies": [f"ag-{a.pk}" for a in initiative.supporting_agencies.all()],
        "districts": [f"di-{d.pk}" for d in initiative.districts.all()],
        "partners": [row | labelled("kind", row["kind"], PartnerKind) for row in content["partners"]],
        "indicators": [row | labelled("kind", row["kind"], IndicatorKind) for row in content["indicators"]],
        "budgets": [row | labelled("source", row["source"], FundingSource) for row in content["budgets"]],
        "worksheet": _worksheet(content["worksheet"]) if content["quick_win"] else None,
        "links": [_link(link) for link in initiative.links.all()],
        "evidence": [_evidence(row) for row in evidence_of(initiative) if row.placement != EvidencePlacement.NONE],
    }
    # The registry names the answers; a test holds the schema against it.
    return cast(schema.FrozenInitiative, found)


def _simple(content: Data) -> Data:
    """All answers that need no other table, so that a new question of the registry is in the snapshot at once."""
    data: Data = {}
    for key, field in FIELDS.items():
        if field.kind in _AS_READ:
            data[key] = content[key]
        elif field.kind is Kind.CHOICE:
            data |= {key: content[key], f"{key}_label": dict(field.choices).get(content[key], "")}
    return data


def _worksheet(sheet: Data | None) -> Data | None:
    if sheet is None:
        return None
    aspects = [row | {"label": QuickWinAspect(row["aspect"]).label} for row in sheet["aspects"]]
    return {**sheet, "aspects": aspects}


def _evidence(row: Evidence) -> schema.FrozenEvidence:
    """A file by its facts, of a picture also those of its print."""
    return {**file_facts(row), "placement": row.placement, "image": _image(row.file) if row.is_picture else None}


def _is_of_successor(link: AlignmentLink) -> bool:
    plan = link.element.plan
    if plan.kind == PlanKind.RENSTRA:
        return plan.predecessor_id is not None and plan.start_year > link.initiative.master_plan.start_year
    return plan.pk != link.initiative.master_plan.development_plan_id


def _named(plan: DevelopmentPlan) -> str:
    return f"{plan.get_kind_display()} {plan.start_year}–{plan.end_year}"


def _link(link: AlignmentLink) -> schema.FrozenLink:
    found: schema.FrozenLink = {
        "element_id": f"el-{link.element_id}",
        "element_code": link.element.code,
        "element_text": link.element.text,
        "plan_kind": link.element.plan.kind,
        "indicator_id": f"ik-{link.indicator_id}" if link.indicator_id else None,
        "indicator_name": link.indicator.name if link.indicator else "",
        "state": link.state,
        "state_label": link.state_in_words,
        "rationale": link.rationale,
        "decision_reason": link.decision_reason,
    }
    # Of a plan that follows: only such a link says of which plan its program is.
    if _is_of_successor(link):
        found["plan_kind_label"] = _named(link.element.plan)
    return found
