"""The pages that a gap, an item and a strategy have in common: editing, saving while one types, moving and removing."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from agencies.views.requests import SignedIn
from masterplan.analyses import actions
from masterplan.editing.forms.written import WrittenForm
from masterplan.editing.views.autosaving import EditedRow, autosave
from masterplan.editing.views.written import WrittenPage, written_page
from masterplan.models import MasterPlan
from masterplan.pages.rows import STEPS, ask_before, enter, row_or_404
from masterplan.templatetags.crumb_tags import trail


@dataclass(frozen=True)
class RowPages:
    """One kind of row. Its addresses and templates begin with `name`, `list_name` is the page that lists the rows.

    `context` is what the page of a row shows besides its form. Before a row, called a `noun`, is removed, a page shows
    its `text` and what else is lost (`losses`).
    """

    name: str
    list_name: str
    noun: str
    rows: Callable[[MasterPlan], QuerySet[Any]]
    form: type[WrittenForm]
    context: Callable[[Any], dict[str, Any]]
    text: Callable[[Any], str]
    losses: Callable[[Any], list[str]]

    def edit(self, request: SignedIn, slug: str, pk: int) -> HttpResponse:
        """The page of one row."""
        edited, list_url = self._edited(request, slug, pk), reverse(self.list_name, args=[slug])
        place = WrittenPage(
            template=f"masterplan/analyses/{self.name}/edit.html",
            name=f"{edited.row.master_plan_id}:{self.name.replace('_', '-')}:{pk}",
            url=reverse(f"{self.name}_edit", args=[slug, pk]),
            autosave_url=reverse(f"{self.name}_autosave", args=[slug, pk]),
            back_url=list_url,
            next_url=self._in_list(list_url, edited.row),
            context={"items": trail(slug, self.list_name), **self.context(edited.row)},
        )
        return written_page(request, edited, partial(self.form, edited.row), place)

    def autosave(self, request: SignedIn, slug: str, pk: int) -> JsonResponse:
        """Saving one row while one types."""
        edited = self._edited(request, slug, pk)
        return autosave(request, edited, partial(self.form, edited.row))

    def move(self, request: SignedIn, slug: str, pk: int) -> HttpResponse:
        """One place up or down, as the button says."""
        edited = self._edited(request, slug, pk)
        actions.move(edited.row, by=edited.user, step=STEPS.get(request.POST.get("arah", ""), 0))
        return redirect(self._in_list(reverse(self.list_name, args=[slug]), edited.row))

    def remove(self, request: SignedIn, slug: str, pk: int) -> HttpResponse:
        """Ask, showing the whole row and what else is lost, then remove it."""
        edited, list_url = self._edited(request, slug, pk), reverse(self.list_name, args=[slug])
        row = edited.row
        if request.method == "POST":
            actions.remove(row, by=edited.user)
            messages.success(request, f"{self.noun.capitalize()} “{row}” dihapus.")
            return redirect(list_url)
        return ask_before(
            request,
            question=f"Hapus {self.noun} ini?",
            consequence=self.text(row),
            warnings=[*self.losses(row), "Edisi buku yang sudah dibekukan tetap memuatnya."],
            confirm_label=f"Hapus {self.noun}",
            cancel_url=list_url,
            items=trail(slug, self.list_name),
        )

    def _edited(self, request: SignedIn, slug: str, pk: int) -> EditedRow:
        plan, by = enter(request, slug)
        row = row_or_404(plan, self.rows(plan), pk)
        return EditedRow(by, plan.regency, row, actions.KINDS[type(row)], self.form.labels())

    def _in_list(self, list_url: str, row: Any) -> str:
        return f"{list_url}#{row.writing_kind.value}-{row.pk}"
