"""The form of a transition: a message, if the transition needs one."""

from collections.abc import Mapping
from typing import Any

from django import forms

from masterplan.models import COMMENT_LIMIT
from smartcity.common.forms import PortalForm, TextField


def return_comment(help_text: str) -> TextField:
    """The message to the agency that a return carries."""
    return TextField(
        label="Pesan untuk perangkat daerah",
        help_text=help_text,
        limit=COMMENT_LIMIT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Tulis apa yang perlu diperbaiki."},
    )


class StepForm(PortalForm):
    """Empty for most steps; a return carries a message for the agency."""

    def __init__(self, needs_comment: bool, data: Mapping[str, Any] | None = None, *, quiet: bool = False) -> None:
        super().__init__(data, quiet=quiet)
        if needs_comment:
            self.fields["comment"] = return_comment("Apa yang perlu diperbaiki, dan di bagian mana.")
