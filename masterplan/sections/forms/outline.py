"""Forms that change the tree of a book: adding a place, moving it to another chapter."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from masterplan.models import SECTION_TITLE_LIMIT, Section
from smartcity.common.forms import LineField, PortalForm

_CHAPTER, _ANNEX = "bab", "lampiran"


class AddSectionForm(PortalForm):
    """A title, and where it stands: as a chapter, as an annex or below another place."""

    title = LineField(label="Judul bagian baru", limit=SECTION_TITLE_LIMIT)
    place = forms.ChoiceField(label="Letak", help_text="Bagian baru berdiri paling akhir di tempat itu.")

    def __init__(self, parents: Sequence[tuple[Section, str]], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self._parents = {str(section.pk): section for section, _ in parents}
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (_CHAPTER, "Bab baru"),
            (_ANNEX, "Lampiran baru"),
            ("Di bawah", [(str(section.pk), label) for section, label in parents]),
        ]

    def clean(self) -> dict[str, Any]:
        """The arguments of `outline.add_section`."""
        cleaned: dict[str, Any] = super().clean() or {}
        place = cleaned.pop("place", "")
        return {**cleaned, "parent": self._parents.get(place), "annex": place == _ANNEX}


class MoveSectionForm(PortalForm):
    """Which chapter a section goes to."""

    parent = forms.ChoiceField(label="Bab tujuan")

    def __init__(self, chapters: Sequence[Section], data: QueryDict | None = None) -> None:
        super().__init__(data)
        self._chapters = {str(chapter.pk): chapter for chapter in chapters}
        self.fields["parent"].choices = [(pk, chapter.title) for pk, chapter in self._chapters.items()]  # type: ignore[attr-defined]

    def clean_parent(self) -> Section:
        """The chapter itself."""
        return self._chapters[self.cleaned_data["parent"]]
