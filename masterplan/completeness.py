"""What an initiative still lacks before it can be sent: sentences with the field each belongs to.

The form, the check page, the guard of "Kirim", and the coordinator's lists all ask here and nowhere else.
"""

from dataclasses import dataclass

from masterplan.models import Initiative
from masterplan.reference import IndicatorKind, LinkState, PlanKind, QuickWinAspect
from masterplan.registry import FIELDS, SECTION_OF_FIELD, SECTIONS, Content, Field, FormSection, Kind, is_empty, read


@dataclass(frozen=True)
class Missing:
    """One sentence about one field."""

    field: str
    sentence: str

    @property
    def section(self) -> FormSection:
        """The page of the form where it can be mended."""
        return SECTION_OF_FIELD[self.field]


def _rpjmd_proposed(initiative: Initiative) -> bool:
    if initiative.waived_at:
        return True
    return any(
        link.state != LinkState.REJECTED and link.element.plan.kind == PlanKind.RPJMD for link in initiative.links.all()
    )


def _indicators_filled(content: Content) -> bool:
    complete = {row["kind"] for row in content["indicators"] if row["name"] and row["unit"] and row["targets"]}
    return {IndicatorKind.OUTPUT.value, IndicatorKind.OUTCOME.value} <= complete


def _worksheet_filled(content: Content) -> bool:
    sheet = content["worksheet"]
    if not content["quick_win"]:
        return True
    if not sheet or not sheet["deliverable"] or not sheet["due_date"]:
        return False
    scored = {row["aspect"] for row in sheet["aspects"] if row["score"]}
    return scored == set(QuickWinAspect.values)


def _is_filled(field: Field, content: Content, rpjmd_proposed: bool) -> bool:
    if field.kind is Kind.LINKS:
        return rpjmd_proposed
    if field.kind is Kind.INDICATORS:
        return _indicators_filled(content)
    if field.kind is Kind.WORKSHEET:
        return _worksheet_filled(content)
    if field.kind is Kind.DISTRICTS:
        return bool(content["districts"]) or content["whole_regency"]
    if field.kind is Kind.ACTIVITIES:
        rows = content["activities"]
        return bool(rows) and all(row["start"] and row["end"] for row in rows)
    return not is_empty(content[field.key])


def _contradictions(initiative: Initiative, content: Content) -> list[Missing]:
    """Answers that are filled in but do not fit each other."""
    plan, found = initiative.master_plan, []
    start, end = content["start_year"], content["end_year"]
    if start and not plan.start_year <= start <= plan.end_year:
        found.append(
            Missing("start_year", f"Tahun mulai {start} di luar masa rencana {plan.start_year}–{plan.end_year}.")
        )
    if start and end:
        outside = sorted(
            {int(year) for row in content["budgets"] for year in row["amounts"] if not start <= int(year) <= end}
        )
        if outside:
            years = ", ".join(str(year) for year in outside)
            found.append(Missing("budgets", f"Ada anggaran pada {years}, di luar tahun mulai dan selesai."))
    return found


def _content(initiative: Initiative) -> Content:
    """The answers that are looked at; evidence is never needed, and asking for it costs a question of its own."""
    return read(initiative, [key for key, field in FIELDS.items() if field.kind is not Kind.EVIDENCE])


def missing_for_submission(initiative: Initiative) -> list[Missing]:
    """What must be mended before sending, in the order of the form. Empty means ready."""
    content, proposed = _content(initiative), _rpjmd_proposed(initiative)
    gaps = [
        Missing(field.key, field.sentence)
        for field in FIELDS.values()
        if field.required and not _is_filled(field, content, proposed)
    ]
    return gaps + _contradictions(initiative, content)


@dataclass(frozen=True)
class SectionState:
    """How far one page of the form is."""

    section: FormSection
    missing: tuple[Missing, ...]
    touched: bool

    @property
    def is_done(self) -> bool:
        """Nothing required is missing here."""
        return not self.missing


def section_states(initiative: Initiative) -> list[SectionState]:
    """The pages with what each lacks, in order, without those that may stay empty."""
    content = _content(initiative)
    missing = missing_for_submission(initiative)
    given = {"name", "sub_dimension", "lead_agency", "whole_regency", "quick_win"}
    return [
        SectionState(
            section,
            tuple(m for m in missing if m.section is section),
            any(not is_empty(content[f.key]) for f in section.fields if f.key not in given),
        )
        for section in SECTIONS
        if not section.is_optional
    ]


def completeness(initiative: Initiative) -> int:
    """Weighted share of required fields that are filled in, in whole percent."""
    return share_filled(_content(initiative), rpjmd_proposed=_rpjmd_proposed(initiative))


def share_filled(content: Content, *, rpjmd_proposed: bool) -> int:
    """The same for answers that were read without their initiative, which holds what is required and no more."""
    required = [field for field in FIELDS.values() if field.required]
    filled = sum(field.weight for field in required if _is_filled(field, content, rpjmd_proposed))
    return round(100 * filled / sum(field.weight for field in required))
