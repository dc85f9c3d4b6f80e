"""One page of the initiative's form: the single questions and the tables of a section, validated and read together.

The registry says which section holds which question; `initiatives.actions.initiatives` saves.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict

from agencies.models import User
from masterplan.editing.forms.conflict import Disputed
from masterplan.editing.forms.rows import PartnerForm, PartnerRows, RowForm, RowSet, open_rows
from masterplan.initiatives.forms.activities import ActivityForm, ActivityRows
from masterplan.initiatives.forms.budgets import BudgetForm, BudgetRows
from masterplan.initiatives.forms.indicators import IndicatorForm, IndicatorRows
from masterplan.initiatives.forms.initiatives import SectionForm
from masterplan.initiatives.forms.worksheet import WorksheetForm
from masterplan.models import Initiative
from masterplan.registry import FIELDS, STORED_APART, Content, Field, FormSection, Kind
from masterplan.registry.reading import read, read_field
from masterplan.templatetags.registry_tags import ValueNames, display_text
from smartcity.common.forms import ErrorLink, choices_of, echo_of, first_control
from smartcity.common.interpretation import Choice

# A control of these kinds sends nothing when nothing is ticked.
_SILENT = (Kind.YES_NO, Kind.AGENCIES, Kind.DISTRICTS)


FormTable = RowSet | WorksheetForm


@dataclass(frozen=True)
class QuestionBlock:
    """One question as the page shows it: a single control, or a table."""

    field: Field
    bound: forms.BoundField | None = None
    table: FormTable | None = None

    @property
    def is_group(self) -> bool:
        """Whether it is a group of controls, which has no control of its own to link to."""
        return self.bound is not None and isinstance(self.bound.field.widget, forms.RadioSelect)

    @property
    def is_long(self) -> bool:
        """Whether the group is so long that the page shows it folded, with what was chosen."""
        return self.field.kind is Kind.AGENCIES

    @property
    def error_links(self) -> list[ErrorLink]:
        """Its errors for the summary."""
        if self.bound is None:
            return self.table.error_links if self.table else []
        return [(first_control(self.bound), f"{self.bound.label}: {error}") for error in self.bound.errors]

    @property
    def control_errors(self) -> dict[str, list[str]]:
        """Its errors by the id of their control, in the words shown beside it."""
        if self.bound is not None:
            errors = [str(error) for error in self.bound.errors]
            return {first_control(self.bound): errors} if errors else {}
        found = self.table.control_errors if self.table else {}
        return {control or f"id_{self.field.key}": errors for control, errors in found.items()}

    def typed(self) -> str:
        """Its answer as it was typed."""
        if self.bound is None:
            return self.table.typed() if self.table else ""
        widget = self.bound.field.widget
        if isinstance(widget, forms.CheckboxInput):
            return "Ya" if self.bound.value() else "Tidak"
        if isinstance(widget, forms.Select | forms.RadioSelect):
            return ", ".join(str(option.data["label"]) for option in self.bound.subwidgets if option.data["selected"])
        value = self.bound.value()
        return "" if value is None else str(value).strip()


class SectionPage:
    """The page of `section` as stored, or as sent in `data`; with `quiet` what was sent is kept and not validated."""

    def __init__(
        self,
        section: FormSection,
        initiative: Initiative,
        user: User,
        data: QueryDict | None = None,
        quiet: bool = False,
    ) -> None:
        self.section, self.initiative = section, initiative
        self.data = data
        self.form = SectionForm(section, initiative, user, data, quiet)
        self.blocks = [
            QuestionBlock(field, bound=self.form[field.key])
            if field.key in self.form.fields
            else QuestionBlock(field, table=TABLES[field.kind](field, initiative, data, quiet))
            for field in section.fields
            if field.kind not in STORED_APART
        ]

    @property
    def groups(self) -> list[list[QuestionBlock]]:
        """The questions in order; years that follow each other stand side by side."""
        groups: list[list[QuestionBlock]] = []
        for block in self.blocks:
            beside = groups and block.field.kind is Kind.YEAR and groups[-1][0].field.kind is Kind.YEAR
            if beside:
                groups[-1].append(block)
            else:
                groups.append([block])
        return groups

    @property
    def keys(self) -> list[str]:
        """The questions it holds."""
        return [block.field.key for block in self.blocks]

    @property
    def has_marks(self) -> bool:
        """Whether the page needs the editor of rich text."""
        return any(block.field.kind is Kind.RICH for block in self.blocks)

    @property
    def has_rows(self) -> bool:
        """Whether a question of the page has rows to add and to move; those of the worksheet are fixed."""
        return any(block.table and block.field.kind is not Kind.WORKSHEET for block in self.blocks)

    def is_valid(self) -> bool:
        """Whether everything on the page was understood."""
        return all([self.form.is_valid(), *(block.table.is_valid() for block in self.blocks if block.table)])

    @property
    def error_links(self) -> list[ErrorLink]:
        """All errors in the order of the page, for the summary."""
        return [link for block in self.blocks for link in block.error_links]

    @property
    def control_errors(self) -> dict[str, list[str]]:
        """All errors by the id of their control, for a page that is open in a browser."""
        return {control: errors for block in self.blocks for control, errors in block.control_errors.items()}

    def echoes(self) -> dict[str, str]:
        """What was understood, by the id of the control, where that says more than what was typed."""
        return {bound.id_for_label: words for bound in self._controls() if (words := echo_of(bound))}

    def asks(self) -> dict[str, list[Choice]]:
        """The meanings to choose from, by the id of the control, where a text can mean several things."""
        return {bound.id_for_label: found for bound in self._controls() if (found := choices_of(bound))}

    def fragments(self) -> dict[str, str]:
        """Parts of the page that follow from the rows: HTML by the id of its element."""
        found: dict[str, str] = {}
        for block in self.blocks:
            found |= block.table.fragments() if block.table else {}
        return found

    def _controls(self) -> Iterator[forms.BoundField]:
        for block in self.blocks:
            yield from block.table.controls if block.table else filter(None, [block.bound])

    def content(self) -> Content:
        """The registry values of what was sent and understood; a question that was not sent is left alone.

        Of a table everything that can be read is in it: one cell holds back neither its row nor the others.
        """
        return {
            block.field.key: block.table.value() if block.table else self.form.value(block.field)
            for block in self.blocks
            if self._was_sent(block) and (block.table.is_storable if block.table else self._was_understood(block))
        }

    @property
    def unread(self) -> list[str]:
        """The questions of which not everything was sent and understood, in the order of the page."""
        whole = (block for block in self.blocks if self._was_sent(block) and self._was_understood(block))
        understood = {block.field.key for block in whole}
        return [key for key in self.keys if key not in understood]

    def _was_sent(self, block: QuestionBlock) -> bool:
        return bool(block.table) or block.field.kind in _SILENT or block.field.key in (self.data or {})

    def _was_understood(self, block: QuestionBlock) -> bool:
        return block.table.is_valid() if block.table else block.field.key in self.form.cleaned_data

    @property
    def disputable(self) -> dict[str, Disputed]:
        """The questions as the conflict page asks them."""
        return {block.field.key: Disputed.of(block.field) for block in self.blocks}

    def stored_values(self) -> Content:
        """The answers as they are stored."""
        return read(self.initiative, self.keys)

    def shown(self, key: str, value: Any) -> str:
        """A plain value in words."""
        return display_text(value, FIELDS[key], self._names)

    @cached_property
    def _names(self) -> ValueNames:
        return ValueNames(self.initiative.regency)

    def typed(self) -> dict[str, str]:
        """Each answer as it was typed, whether it was understood or not."""
        return {block.field.key: block.typed() for block in self.blocks}


def _rows(form: type[RowForm], rows: type[RowSet], *, order: bool = True) -> Callable[..., FormTable]:
    def opened(field: Field, initiative: Initiative, data: Mapping[str, Any] | None, quiet: bool) -> RowSet:
        years: Iterable[int] = initiative.master_plan.years
        stored = read_field(initiative, field)
        return open_rows(form, rows, key=field.key, stored=stored, years=years, data=data, quiet=quiet, order=order)

    return opened


def _worksheet(field: Field, initiative: Initiative, data: Mapping[str, Any] | None, quiet: bool) -> WorksheetForm:
    return WorksheetForm(key=field.key, stored=read_field(initiative, field), data=data, quiet=quiet)


TABLES: dict[Kind, Callable[..., FormTable]] = {
    Kind.PARTNERS: _rows(PartnerForm, PartnerRows),
    Kind.ACTIVITIES: _rows(ActivityForm, ActivityRows),
    Kind.INDICATORS: _rows(IndicatorForm, IndicatorRows),
    Kind.BUDGETS: _rows(BudgetForm, BudgetRows, order=False),
    Kind.WORKSHEET: _worksheet,
}
