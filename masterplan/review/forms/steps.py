"""What is asked before a step of the workflow: a message, where the step needs one."""

from collections.abc import Mapping
from typing import Any

from django import forms

from masterplan.models import COMMENT_LIMIT
from smartcity.common.forms import PortalForm, TextField


class StepForm(PortalForm):
    """Empty for most steps; a return carries a message for the agency."""

    def __init__(self, needs_comment: bool, data: Mapping[str, Any] | None = None, *, quiet: bool = False) -> None:
        super().__init__(data, quiet=quiet)
        if needs_comment:
            self.fields["comment"] = TextField(
                label="Pesan untuk perangkat daerah",
                help_text="Apa yang perlu diperbaiki, dan di bagian mana.",
                limit=COMMENT_LIMIT,
                widget=forms.Textarea(attrs={"rows": 5}),
                error_messages={"required": "Tulis apa yang perlu diperbaiki."},
            )
