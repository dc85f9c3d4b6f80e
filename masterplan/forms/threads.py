"""The form with which people write at a field of an initiative. Who may write is decided by the action."""

from typing import Any

from masterplan.models import COMMENT_LIMIT
from smartcity.common.forms import PortalForm, TextField


class CommentForm(PortalForm):
    """One contribution to a conversation; it begins one or answers in one."""

    body = TextField(
        label="Catatan",
        help_text="Sebut apa yang perlu dilengkapi atau diubah, dan mengapa.",
        limit=COMMENT_LIMIT,
        error_messages={"required": "Catatan masih kosong: tulis apa yang perlu diperhatikan."},
    )

    def __init__(self, *args: Any, label: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if label:
            self.fields["body"].label = label
