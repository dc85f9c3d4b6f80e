"""Pages on which an initiative is created, and filled in by short forms whose questions are those of the registry."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agencies.access import get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.discussion.cards import ON_FORM, Card, load_discussion
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.forms.rows import data_to_redraw
from masterplan.editing.history import changed_by_others
from masterplan.editing.views.autosaving import saved_time
from masterplan.editing.views.creation import create_initiative_once
from masterplan.editing.views.editor import RowEditor, changed_answers
from masterplan.initiatives.actions.initiatives import create as create_initiative
from masterplan.initiatives.forms.initiatives import InitiativeForm
from masterplan.initiatives.forms.pages import SectionPage
from masterplan.initiatives.views.autosave import edited_initiative
from masterplan.initiatives.views.evidence_page import evidence_page
from masterplan.library import not_adapted
from masterplan.pages.initiative_frame import Frame, open_frame
from masterplan.pages.link_form import LinkForm
from masterplan.pages.loading import current_plan_or_404
from masterplan.pages.prerequisites import refuse_closed
from masterplan.reasoning.suggestions import suggest
from masterplan.registry import FIELDS, SECTION_BY_KEY, SECTIONS, FormSection, Kind
from masterplan.registry.completeness import section_states
from smartcity.common.forms import ErrorLink
from smartcity.common.text import search_words, whole_number


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_create(request: SignedIn, slug: str) -> HttpResponse:
    """Create an initiative; pressing twice creates one."""
    regency = get_regency_or_404(request.user, slug)
    plan = current_plan_or_404(regency)
    require(request.user, Permission.EDIT_INITIATIVE, regency)
    refuse_closed(request.user, plan)
    user = request.user
    form = InitiativeForm(
        plan,
        user,
        request.POST if request.method == "POST" else None,
        sub_dimension=whole_number(request.GET.get("sub")),
        dimension=whole_number(request.GET.get("dimensi")),
    )
    if form.is_bound and form.is_valid():
        answers = dict(form.cleaned_data)
        token = answers.pop("token")
        begin = partial(create_initiative, plan=plan, by=user, **answers)
        if begun := create_initiative_once(request, regency, token, begin, form):
            return begun
    context = {"form": form, "single": len(form.agencies) == 1, "plan": plan}
    return render(request, "masterplan/initiatives/initiative/create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_edit(request: SignedIn, slug: str, pk: int, section: str) -> HttpResponse:
    """One short page of the form."""
    frame = open_frame(request, slug, pk)
    found = SECTION_BY_KEY.get(section)
    if found is None:
        raise Http404
    require(frame.user, Permission.EDIT_INITIATIVE, frame.regency, frame.initiative.lead_agency_id)
    if request.method != "POST" and not frame.is_open:
        return redirect("initiative_detail", slug, pk)
    return _InitiativeEditor(request, frame, found).respond()


class _InitiativeEditor(RowEditor):
    """The editor of one section of the form."""

    def __init__(self, request: SignedIn, frame: Frame, section: FormSection) -> None:
        super().__init__(request, edited_initiative(frame), partial(SectionPage, section, frame.initiative, frame.user))
        self.frame, self.section = frame, section

    def respond(self) -> HttpResponse:
        """A button that adds a row or chooses a spelling saves nothing; of a frozen initiative nothing is saved."""
        data = data_to_redraw(self.request.POST)
        if data is not None:
            return self.show(self.make(data, quiet=True))
        if self.request.method == "POST" and not self.frame.is_open:
            return self.show_frozen(self.make(self.request.POST), "")
        return super().respond()

    def not_understood(self, page: SectionPage) -> HttpResponse:
        """Store what was understood and show the page again with what was not.

        Where somebody else changed the same question nothing is stored yet: which text counts is asked once everything
        is corrected. The page goes on from the version that it has stored, unless others changed questions of it that
        it does not show.
        """
        content, version = changed_answers(self.request.POST, page.content())
        own = uuid4().hex

        def store() -> HttpResponse:
            saved = self.edited.store(data=content, version=version, key=own)
            others = changed_by_others(saved, since=version, until=saved.edit_version, asked=page.keys, key=own)
            return self.show(page, stored=version if others else saved.edit_version)

        try:
            return self.attempt(page, store)
        except EditConflict:
            return self.show(page)

    def next_url(self) -> str:
        """The next section and at last the check, or where the person wanted to go."""
        wanted = self.request.POST.get("next", "")
        following = [each for each in SECTIONS[SECTIONS.index(self.section) + 1 :] if not each.is_optional]
        arguments: list[Any] = [self.frame.regency.slug, self.frame.initiative.pk]
        if wanted == "later":
            return reverse("initiative_detail", args=arguments)
        if wanted == "stay":
            return reverse("initiative_edit", args=[*arguments, self.section.key])
        if not following:
            return reverse("initiative_check", args=arguments)
        return reverse("initiative_edit", args=[*arguments, following[0].key])

    # What the page shows ----------------------------------------------------------------------------------------------

    def show(self, page: SectionPage, errors: Iterable[ErrorLink] = (), *, stored: int | None = None) -> HttpResponse:
        """The page; `stored` is the version at which it goes on where all of it that was understood has been stored."""
        initiative = self.frame.initiative
        errors = [*errors, *page.error_links]
        context = {"page": page, "errors": errors, "threads": self._threads(), **self.version_context(page)}
        if stored is not None:
            context |= {"edit_version": stored, "rest_is_stored": True}
        saved = saved_time(self.edited.user, self.edited.regency, initiative.updated_at, initiative.updated_by_id)
        context["saved_time"] = "" if errors else saved  # part of this page is not stored
        context["not_adapted"] = not_adapted(initiative)
        kinds = {field.kind for field in self.section.fields}
        if Kind.LINKS in kinds:
            context |= self._link_context()
        if Kind.EVIDENCE in kinds:
            context["evidence_page"] = evidence_page(initiative, self.frame.user)
        return self._render(context)

    def show_conflict(self, page: SectionPage, context: dict[str, Any]) -> HttpResponse:
        """Both texts in place of the questions."""
        cancel_url = reverse("initiative_detail", args=[self.frame.regency.slug, self.frame.initiative.pk])
        return self._render(context | {"cancel_url": cancel_url})

    def show_frozen(self, page: SectionPage, reason: str) -> HttpResponse:
        """The initiative was sent or the plan locked meanwhile: what was typed is shown to be copied."""
        self.frame.look_again()
        data, stored = self.request.POST, self.make().typed()
        asked = data.getlist("changed") if "tracked" in data else list(FIELDS)
        typed = [
            (FIELDS[key], text)
            for key, text in page.typed().items()
            if text and key in asked and text != stored.get(key, "")
        ]
        return self._render({"typed": typed, "frozen": True})

    def _render(self, context: dict[str, Any]) -> HttpResponse:
        """With what all variants of the page have in common."""
        optional = [each for each in SECTIONS if each.is_optional]
        frame = self.frame.context(
            section=self.section,
            number=SECTIONS.index(self.section) + 1,
            count=len(SECTIONS) - len(optional),
            optional_sections=optional,
            states=section_states(self.frame.initiative),
        )
        return render(self.request, "masterplan/initiatives/initiative/edit.html", frame | context)

    def _threads(self) -> dict[str, list[Card]]:
        """The conversations about the section by field, as the thread component shows them."""
        keys = [field.key for field in self.section.fields]
        opened = self.request.GET.get("catatan", "")
        return load_discussion(self.frame.initiative, self.frame.user, page=ON_FORM, keys=keys, opened=opened).cards(
            keys
        )

    def _link_context(self) -> dict[str, Any]:
        """The programs that the initiative is linked to, those on offer, and those that are suggested."""
        initiative, search = self.frame.initiative, search_words(self.request.GET.get("cari", ""))
        form = LinkForm(initiative, search=search, chosen=self.request.GET.get("element", ""))
        return {
            "search": search,
            "link_form": form,
            "links": list(initiative.links.all()),
            "suggestions": suggest(initiative, form.offer.programs, form.offer.elements),
        }
