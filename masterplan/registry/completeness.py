"""What an initiative still lacks before it can be sent: sentences with the field each belongs to.

The form, the check page, the guard of "Kirim", and the coordinator's lists all ask here and nowhere else.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from masterplan.models import Initiative
from masterplan.reference import IndicatorKind, LinkState, PlanKind, QuickWinAspect
from masterplan.registry import (
    ASPECTS,
    FIELDS,
    SECTION_OF_FIELD,
    SECTIONS,
    Content,
    Field,
    FormSection,
    Kind,
    is_empty,
)
from masterplan.registry.reading import read

# A longer name of a row is cut in a sentence about it.
_LONGEST_NAME = 60


@dataclass(frozen=True)
class Missing:
    """One sentence about one field."""

    field: str
    sentence: str

    @property
    def section(self) -> FormSection:
        """The page of the form where it can be corrected."""
        return SECTION_OF_FIELD[self.field]


def _rpjmd_proposed(initiative: Initiative) -> bool:
    if initiative.waived_at:
        return True
    return any(
        link.state != LinkState.REJECTED and link.element.plan.kind == PlanKind.RPJMD for link in initiative.links.all()
    )


# What a row of these tables needs, in the words of a sentence about the row.
_INDICATOR_PARTS = {
    "name": "nama masih kosong",
    "unit": "satuan masih kosong",
    "targets": "belum ada target satu tahun pun",
}
_ACTIVITY_PARTS = {"start": "bulan mulai masih kosong", "end": "bulan selesai masih kosong"}


def _indicators_filled(content: Content) -> bool:
    complete = {row["kind"] for row in content["indicators"] if all(row[part] for part in _INDICATOR_PARTS)}
    return {IndicatorKind.OUTPUT.value, IndicatorKind.OUTCOME.value} <= complete


def _indicator_gaps(content: Content) -> Iterator[str]:
    """What each kind of indicator lacks: its rows that are begun, or that there is none."""
    for kind in (IndicatorKind.OUTPUT, IndicatorKind.OUTCOME):
        rows = [row for row in content["indicators"] if row["kind"] == kind]
        word = kind.label.lower()
        if not rows:
            yield f"Belum ada indikator {word}: tulis sedikitnya satu, dengan satuan dan targetnya."
        elif not any(all(row[part] for part in _INDICATOR_PARTS) for row in rows):
            yield from _row_gaps(f"Indikator {word}", rows, _INDICATOR_PARTS)


def _row_gaps(title: str, rows: Iterable[Content], parts: dict[str, str]) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        empty = [words for part, words in parts.items() if not row[part]]
        name = row["name"] if len(row["name"]) <= _LONGEST_NAME else f"{row['name'][:_LONGEST_NAME]}…"
        if empty:
            yield f"{title} {f'“{name}”' if name else f'baris {number}'}: {', '.join(empty)}."


def _worksheet_gaps(content: Content) -> Iterator[str]:
    sheet = content["worksheet"]
    if not sheet["deliverable"]:
        yield "Lembar quick win: yang diserahkan masih kosong."
    if not sheet["due_date"]:
        yield "Lembar quick win: tanggal selesai masih kosong."
    scored = {row["aspect"] for row in sheet["aspects"] if row["score"]}
    if unscored := [aspect.label for aspect in ASPECTS if aspect.key not in scored]:
        yield f"Lembar quick win: nilai belum dipilih untuk {', '.join(unscored)}."


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


def _sentences(field: Field, content: Content) -> list[str]:
    """Why `field` does not count as filled in: the rows that are begun and what they lack, else that it is empty."""
    if is_empty(content.get(field.key)):
        return [field.sentence]
    if field.kind is Kind.INDICATORS:
        return list(_indicator_gaps(content))
    if field.kind is Kind.ACTIVITIES:
        return list(_row_gaps("Kegiatan", content["activities"], _ACTIVITY_PARTS))
    if field.kind is Kind.WORKSHEET:
        return list(_worksheet_gaps(content))
    return [field.sentence]


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
    """What must be corrected before sending, in the order of the form. Empty means ready."""
    content, proposed = _content(initiative), _rpjmd_proposed(initiative)
    gaps = [
        Missing(field.key, sentence)
        for field in FIELDS.values()
        if field.required and not _is_filled(field, content, proposed)
        for sentence in _sentences(field, content)
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
    return [
        SectionState(
            section,
            tuple(m for m in missing if m.section is section),
            any(not is_empty(content[field.key]) for field in section.fields if not _is_given(field)),
        )
        for section in SECTIONS
        if not section.is_optional
    ]


def _is_given(field: Field) -> bool:
    """Whether there is an answer before anybody gave one."""
    return field.always_needed or field.kind is Kind.YES_NO


def completeness(initiative: Initiative) -> int:
    """Weighted share of required fields that are filled in, in whole percent."""
    return share_filled(_content(initiative), rpjmd_proposed=_rpjmd_proposed(initiative))


def share_filled(content: Content, *, rpjmd_proposed: bool) -> int:
    """The same for answers that were read without their initiative, which holds what is required and no more."""
    required = [field for field in FIELDS.values() if field.required]
    filled = sum(field.weight for field in required if _is_filled(field, content, rpjmd_proposed))
    return round(100 * filled / sum(field.weight for field in required))
