"""Pages on which an initiative is filled in: beginning one, and short forms that ask what the registry says."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agencies.access import get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.discussion.cards import ON_FORM, Card, open_talk
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.editing.actions.locking import NotEditable
from masterplan.editing.forms.conflict import ConflictForm
from masterplan.editing.forms.rows import redrawn
from masterplan.editing.history import changed_by_others, last_change
from masterplan.editing.views.autosaving import as_sent, carried, changed_answers, saved_time
from masterplan.editing.views.beginning import begin_once
from masterplan.initiatives.actions.initiatives import create as create_initiative
from masterplan.initiatives.actions.initiatives import save as save_initiative
from masterplan.initiatives.forms.initiatives import InitiativeForm
from masterplan.initiatives.forms.pages import SectionPage
from masterplan.initiatives.views.evidence_page import evidence_page
from masterplan.library import not_adapted
from masterplan.pages.initiative_frame import Frame, open_frame
from masterplan.pages.link_form import LinkForm
from masterplan.pages.loading import current_plan_or_404
from masterplan.pages.prerequisites import refuse_closed
from masterplan.reasoning.suggestions import suggest
from masterplan.registry import FIELDS, SECTION_BY_KEY, SECTIONS, Content, FormSection, Kind
from masterplan.registry.completeness import section_states
from masterplan.registry.reading import read
from masterplan.templatetags.registry_tags import ValueNames, display_text
from smartcity.common.forms import ErrorLink
from smartcity.common.text import search_words, whole_number


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_create(request: SignedIn, slug: str) -> HttpResponse:
    """Begin an initiative; pressing twice begins one."""
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
        if begun := begin_once(request, regency, token, begin, form):
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
    if request.method != "POST":
        return (
            _show(request, frame, SectionPage(found, frame.initiative, frame.user))
            if frame.is_open
            else (redirect("initiative_detail", slug, pk))
        )
    data = redrawn(request.POST)
    if data is not None:
        return _show(request, frame, SectionPage(found, frame.initiative, frame.user, data, quiet=True))
    page = SectionPage(found, frame.initiative, frame.user, request.POST)
    if not frame.is_open:
        return _show_frozen(request, frame, page)
    if not page.is_valid():
        return _store_understood(request, frame, page)
    if "clash" in request.POST:
        return _settle(request, frame, page)
    return _store(request, frame, page, *changed_answers(request.POST, page.content()))


def _store(request: SignedIn, frame: Frame, page: SectionPage, content: Content, version: int) -> HttpResponse:
    try:
        save_initiative(frame.initiative, by=frame.user, data=content, version=version)
    except EditConflict as conflict:
        form = ConflictForm(conflict.current, mine=conflict.mine)
        return _show_conflict(request, frame, page, form, conflict)
    except NotEditable:
        return _show_frozen(request, frame, page)
    except ValidationError as error:
        return _show(request, frame, page, [("", sentence) for sentence in error.messages])
    return redirect(_next_url(request, frame, page.section))


def _store_understood(request: SignedIn, frame: Frame, page: SectionPage) -> HttpResponse:
    """Store what was understood and show the page again with what was not.

    Where somebody else changed the same question nothing is stored yet: which text counts is asked once all is mended.
    The page goes on from the version that it has stored, unless others changed questions of it that it does not show.
    """
    content, version = changed_answers(request.POST, page.content())
    own = uuid4().hex
    try:
        saved = save_initiative(frame.initiative, by=frame.user, data=content, version=version, key=own)
    except EditConflict:
        return _show(request, frame, page)
    except NotEditable:
        return _show_frozen(request, frame, page)
    except ValidationError as error:
        return _show(request, frame, page, [("", sentence) for sentence in error.messages])
    others = changed_by_others(saved, since=version, until=saved.edit_version, asked=page.keys, key=own)
    return _show(request, frame, page, stored=version if others else saved.edit_version)


def _next_url(request: SignedIn, frame: Frame, section: FormSection) -> str:
    """Where a saved page leads: the next section and at last the check, or where the person wanted to go."""
    wanted = request.POST.get("next", "")
    following = [each for each in SECTIONS[SECTIONS.index(section) + 1 :] if not each.is_optional]
    arguments: list[Any] = [frame.regency.slug, frame.initiative.pk]
    if wanted == "later":
        return reverse("initiative_detail", args=arguments)
    if wanted == "stay":
        return reverse("initiative_edit", args=[*arguments, section.key])
    if not following:
        return reverse("initiative_check", args=arguments)
    return reverse("initiative_edit", args=[*arguments, following[0].key])


# What the page shows --------------------------------------------------------------------------------------------------


def _show(
    request: SignedIn,
    frame: Frame,
    page: SectionPage,
    more_errors: Iterable[ErrorLink] = (),
    *,
    stored: int | None = None,
) -> HttpResponse:
    """The page; `stored` is the version at which it goes on where all of it that was understood has been stored."""
    initiative = frame.initiative
    errors = [*more_errors, *page.error_links]
    threads = _threads(request, frame, page.section)
    context = _context(frame, page.section, page=page, errors=errors, threads=threads)
    context |= as_sent(request.POST, page.keys) if request.POST else {"edit_version": initiative.edit_version}
    if stored is not None:
        context |= {"edit_version": stored, "rest_is_stored": True}
    saved = saved_time(frame.user, frame.regency, initiative.updated_at, initiative.updated_by_id)
    context["saved_time"] = "" if errors else saved  # part of this page is not stored
    context["not_adapted"] = not_adapted(initiative)
    if any(field.kind is Kind.LINKS for field in page.section.fields):
        context["search"] = search_words(request.GET.get("cari", ""))
        chosen = request.GET.get("element", "")
        context["link_form"] = LinkForm(initiative, search=context["search"], chosen=chosen)
        context["links"] = list(initiative.links.all())
        offer = context["link_form"].offer
        context["suggestions"] = suggest(initiative, offer.programs, offer.elements)
    if any(field.kind is Kind.EVIDENCE for field in page.section.fields):
        context["evidence_page"] = evidence_page(initiative, frame.user)
    return render(request, "masterplan/initiatives/initiative/edit.html", context)


def _context(frame: Frame, section: FormSection, **more: Any) -> dict[str, Any]:
    """What all faces of the page have in common."""
    states = section_states(frame.initiative)
    place = SECTIONS.index(section)
    optional = [each for each in SECTIONS if each.is_optional]
    more |= {"optional_sections": optional, "count": len(SECTIONS) - len(optional)}
    return frame.context(section=section, number=place + 1, states=states, **more)


def _threads(request: SignedIn, frame: Frame, section: FormSection) -> dict[str, list[Card]]:
    """The conversations about the section by field, as the thread component shows them."""
    keys = [field.key for field in section.fields]
    opened = request.GET.get("catatan", "")
    return open_talk(frame.initiative, frame.user, page=ON_FORM, keys=keys, opened=opened).cards(keys)


# Somebody else was there first ----------------------------------------------------------------------------------------


def _settle(request: SignedIn, frame: Frame, page: SectionPage) -> HttpResponse:
    """Store what the person chose; only what they had changed themselves, whatever else the page holds."""
    form = ConflictForm(request.POST.getlist("clash"), request.POST)
    changed = request.POST.getlist("mine")
    content = {key: value for key, value in page.content().items() if key in changed}
    version = whole_number(request.POST.get("seen_version"))
    if form.is_valid():
        return _store(request, frame, page, form.decide(content), version)
    current = read(frame.initiative, [key for key in form.keys if key in content])
    return _show_conflict(request, frame, page, form, EditConflict(current=current, mine=content, version=version))


def _show_conflict(
    request: SignedIn, frame: Frame, page: SectionPage, form: ConflictForm, conflict: EditConflict
) -> HttpResponse:
    names = ValueNames(frame.regency)
    clashes = [
        {
            "field": FIELDS[key],
            "mine": display_text(conflict.mine[key], FIELDS[key], names),
            "theirs": display_text(conflict.current[key], FIELDS[key], names),
            "choice": form[f"choice_{key}"],
            "merged": form[f"merged_{key}"] if f"merged_{key}" in form.fields else None,
        }
        for key in conflict.current
    ]
    change = last_change(frame.initiative, conflict.current)
    context = _context(
        frame,
        page.section,
        clashes=clashes,
        errors=form.error_links,
        carried=carried(request.POST, conflict),
        cancel_url=reverse("initiative_detail", args=[frame.regency.slug, frame.initiative.pk]),
        seen_version=conflict.version,
        when=frame.clock(change.at if change else frame.initiative.updated_at),
        by=change.by_role if change else "",
    )
    return render(request, "masterplan/initiatives/initiative/edit.html", context)


def _show_frozen(request: SignedIn, frame: Frame, page: SectionPage) -> HttpResponse:
    """The initiative was sent or the plan locked meanwhile: what was typed is shown to be copied, nothing is stored."""
    frame.look_again()
    stored = SectionPage(page.section, frame.initiative, frame.user).typed()
    asked = request.POST.getlist("changed") if "tracked" in request.POST else list(FIELDS)
    typed = [
        (FIELDS[key], text)
        for key, text in page.typed().items()
        if text and key in asked and text != stored.get(key, "")
    ]
    return render(
        request, "masterplan/initiatives/initiative/edit.html", _context(frame, page.section, typed=typed, frozen=True)
    )
