"""The form of a saved reply, and putting one into a text without JavaScript."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from masterplan.models import COMMENT_LIMIT, SNIPPET_TITLE_LIMIT, ReplySnippet
from smartcity.common.forms import LineField, PortalForm, TextField

# The button that inserts the selected reply, and the list it is selected from.
INSERT, CHOICE = "sisipkan", "balasan"


class SnippetForm(PortalForm):
    """The title and the text of a saved reply."""

    title = LineField(
        label="Judul",
        limit=SNIPPET_TITLE_LIMIT,
        help_text="Hanya terlihat di meja koordinator.",
        error_messages={"required": "Beri judul singkat, misalnya: Indikator belum terukur."},
    )
    text = TextField(
        label="Isi balasan",
        limit=COMMENT_LIMIT,
        help_text="Disisipkan ke dalam pesan atau catatan, lalu masih dapat diubah sebelum dikirim.",
        error_messages={"required": "Tulis isi balasannya."},
    )
    title.example = "Indikator belum terukur"  # type: ignore[attr-defined]
    text.example = "Mohon lengkapi satuan, kondisi awal, dan target tiap tahun pada setiap indikator."  # type: ignore[attr-defined]

    def __init__(self, data: Any = None, *, snippet: ReplySnippet | None = None) -> None:
        super().__init__(data, initial={"title": snippet.title, "text": snippet.text} if snippet else {})
        self.fields["text"].widget.attrs["rows"] = 6


def inserted(sent: QueryDict, key: str, snippets: Iterable[ReplySnippet]) -> QueryDict | None:
    """The data with which the page is shown again when the button inserts a reply after the text of `key`; None when
    the form is submitted.
    """
    if INSERT not in sent:
        return None
    data = sent.copy()
    selected = next((snippet for snippet in snippets if str(snippet.pk) == sent.get(CHOICE)), None)
    if selected is not None:
        data[key] = "\n\n".join(filter(None, [sent.get(key, "").rstrip(), selected.text]))
    return data
