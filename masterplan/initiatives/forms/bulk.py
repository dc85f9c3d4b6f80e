"""The form of a change to many initiatives: which question, and the new answer, with a control that fits its kind."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils import timezone

from agencies.models import Regency
from masterplan.initiatives.actions.bulk import SEVERAL, Way, bulk_questions
from masterplan.registry import Field, Kind
from smartcity.common.forms import PortalForm, YearField, use_plain_messages

_YES, _NO = "ya", "tidak"


class QuestionForm(PortalForm):
    """Which question is answered anew."""

    isian = forms.ChoiceField(label="Isian yang diubah", widget=forms.RadioSelect)

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.fields["isian"].choices = [(field.key, field.label) for field in bulk_questions()]  # type: ignore[attr-defined]


class AnswerForm(PortalForm):
    """The new answer to `question`; names of agencies and districts are added, taken away or exchanged."""

    cara = forms.ChoiceField(label="Cara", choices=Way.choices, widget=forms.RadioSelect, initial=Way.ADD)

    def __init__(self, question: Field, regency: Regency, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        self.question = question
        if question.kind not in SEVERAL:
            del self.fields["cara"]
        answer = _control(question, regency)
        answer.label, answer.help_text = question.label, question.help
        answer.error_messages["required"] = "Pilih atau tulis jawaban yang baru."
        use_plain_messages(answer)
        self.fields["nilai"] = answer

    def value(self) -> Any:
        """The registry value of the answer."""
        answer = self.cleaned_data["nilai"]
        if self.question.kind in SEVERAL:
            return [int(pk) for pk in answer]
        return answer == _YES if self.question.kind is Kind.YES_NO else answer

    def way(self) -> str:
        """What becomes of the names that are there."""
        return str(self.cleaned_data.get("cara") or Way.REPLACE)


def _control(question: Field, regency: Regency) -> forms.Field:
    if question.kind is Kind.YEAR:
        return YearField()
    if question.kind in SEVERAL:
        built = forms.MultipleChoiceField(choices=_named(question, regency), widget=forms.CheckboxSelectMultiple)
        built.columns = True  # type: ignore[attr-defined]
        return built
    choices = [(_YES, "Ya"), (_NO, "Tidak")] if question.kind is Kind.YES_NO else question.choices
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect)


def _named(question: Field, regency: Regency) -> list[tuple[str, str]]:
    if question.kind is Kind.DISTRICTS:
        return [(str(pk), name) for pk, name in regency.districts.values_list("pk", "name")]
    today = timezone.localdate()
    return [(str(agency.pk), agency.name) for agency in regency.agencies.all() if agency.exists_on(today)]
