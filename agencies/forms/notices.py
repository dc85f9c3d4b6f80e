"""The form in which people choose how notices are delivered."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from agencies.models import NEWS, Delivery, NoticeKind
from smartcity.common.forms import PortalForm


class NoticeChoicesForm(PortalForm):
    """One choice for each kind that can reach the person."""

    def __init__(self, data: Any = None, *, kinds: Iterable[NoticeKind], choices: Mapping[str, str]) -> None:
        super().__init__(data, initial=dict(choices))
        for kind in kinds:
            self.fields[kind.value] = forms.ChoiceField(
                label=kind.label,
                help_text=NEWS[kind].hint,
                choices=Delivery.choices,
                widget=forms.RadioSelect,
                error_messages={"required": "Pilih salah satu."},
            )
