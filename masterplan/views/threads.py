"""Conversations at the fields of an initiative: begin one, answer, hand on, mark as finished, take up again.

A conversation is worked on in its place, on the review page or on the form; `dari` says on which. What htmx asks for is
answered with the conversation alone, everything else with the page it stands on.
"""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import can, get_regency_or_404, own_agency_ids, require
from agencies.models import User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.actions import threads
from masterplan.forms.threads import AssignForm, CommentForm
from masterplan.models import QUOTE_LIMIT, Thread
from masterplan.registry import FIELDS, SECTION_OF_FIELD
from masterplan.views.loading import get_bare_initiative_or_404, get_thread_or_404
from masterplan.views.thread_cards import ON_FORM, ON_REVIEW, QUOTABLE, Card, open_talk
from smartcity.common.forms import PortalForm
from smartcity.common.htmx import render_page

# What takes a conversation's buttons away, on a page that has one of its own.
_SHOWN_ONLY: Card = dict.fromkeys(("resolve_url", "reopen_url", "reply_url", "assign_url"), "")


def page_of(thread: Thread, user: User) -> str:
    """Where this person works on a conversation: on the form of their own agency's initiative, else on the review."""
    initiative, regency = thread.initiative, thread.regency
    own = initiative.lead_agency_id in own_agency_ids(user, regency)
    fills_in = own and can(user, Permission.EDIT_INITIATIVE, regency, initiative.lead_agency_id)
    is_open = initiative.is_open and thread.field in SECTION_OF_FIELD
    return ON_FORM if fills_in and is_open else ON_REVIEW


def place_of(thread: Thread, page: str, spot: str = "") -> str:
    """The address of a conversation on that page, unfolded, with the focus on it or on `spot` in it."""
    arguments: list[Any] = [thread.regency.slug, thread.initiative_id]
    if page == ON_FORM and thread.field in SECTION_OF_FIELD:
        url = reverse("initiative_edit", args=[*arguments, SECTION_OF_FIELD[thread.field].key])
    else:
        url = reverse("initiative_review", args=arguments)
    return f"{url}?catatan={thread.pk}#{spot or f'catatan-{thread.pk}'}"


def _asked_page(request: SignedIn) -> str:
    """The page an act comes from and returns to."""
    return ON_FORM if (request.POST.get("dari") or request.GET.get("dari")) == ON_FORM else ON_REVIEW


def _done(request: SignedIn, slug: str, pk: int, **more: Any) -> HttpResponse:
    """The conversation as it is now: alone for htmx, else in its place on the page."""
    user, page = request.user, _asked_page(request)
    thread = get_thread_or_404(user, get_regency_or_404(user, slug), pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(place_of(thread, page))
    return render(request, "components/thread.html", {"thread": _card(thread, user, page, **more)})


def _card(thread: Thread, user: User, page: str, **more: Any) -> Card:
    talk = open_talk(thread.initiative, user, page=page, keys=[thread.field])
    found = next(row for row in talk.threads if row.pk == thread.pk)
    return talk.card(found, **more)


@require_safe
def thread_detail(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """The lasting address of a conversation, `?tanggapan=` one contribution to it: leads to where one works on it."""
    thread = get_thread_or_404(request.user, get_regency_or_404(request.user, slug), pk)
    wanted = request.GET.get("tanggapan", "")
    spot = f"tanggapan-{wanted}" if wanted in {str(comment.pk) for comment in thread.said} else ""
    return redirect(place_of(thread, page_of(thread, request.user), spot))


@require_http_methods(["GET", "HEAD", "POST"])
def thread_create(request: SignedIn, slug: str, pk: int, field: str) -> HttpResponse:
    """Begin a conversation at one field; `?kutipan=` is a passage of the answer to begin with."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    initiative = get_bare_initiative_or_404(user, regency, pk)
    if field not in FIELDS:
        raise Http404
    require(user, Permission.COMMENT, regency, initiative.lead_agency_id)
    form = CommentForm(
        request.POST if request.method == "POST" else None,
        auto_id=f"id_{field}_%s",
        initial={"quote": request.GET.get("kutipan", "").replace("\x00", "")[:QUOTE_LIMIT]},
        may_quote=FIELDS[field].kind in QUOTABLE,
        may_keep_private=threads.may_keep_private(initiative, user),
    )
    if form.is_bound and form.is_valid():
        try:
            thread = threads.open_thread(
                initiative,
                field=field,
                body=form.cleaned_data["body"],
                quote=form.quote_text,
                private=form.is_private,
                by=user,
            )
        except ValidationError as error:
            form.add_error("body", error)
        else:
            return redirect(place_of(thread, _asked_page(request)))
    if request.htmx:  # type: ignore[attr-defined]
        form.fields["body"].widget.attrs["autofocus"] = True
    page = _asked_page(request)
    back = reverse("initiative_review", args=[slug, pk]) + f"#isian-{field}"
    if page == ON_FORM:
        back = reverse("initiative_edit", args=[slug, pk, SECTION_OF_FIELD[field].key]) + f"#id_{field}"
    context = {"initiative": initiative, "field": FIELDS[field], "form": form, "page": page, "back": back}
    return render_page(request, "masterplan/thread/create.html", context, partial="form")


@require_http_methods(["GET", "HEAD", "POST"])
def comment_create(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Answer in a conversation, in its place or on a page of its own."""
    user, thread = _enter(request, slug, pk)
    may_quote = thread.field in FIELDS and FIELDS[thread.field].kind in QUOTABLE
    form = CommentForm(request.POST if request.method == "POST" else None, label="Balasan", may_quote=may_quote)
    if form.is_bound and form.is_valid():
        try:
            threads.reply(thread, body=form.cleaned_data["body"], quote=form.quote_text, by=user)
        except ValidationError as error:
            form.add_error("body", error)
        else:
            return _done(request, slug, pk)
    page = _asked_page(request)
    if request.htmx:  # type: ignore[attr-defined]
        errors = [str(error) for error in form.errors.get("body", [])]
        return _done(request, slug, pk, reply_errors=errors, reply_text=request.POST.get("body", ""))
    return render_page(request, "masterplan/comment/create.html", _about(thread, user, page, form))


@require_http_methods(["GET", "HEAD", "POST"])
def thread_assign(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask a person to deal with a conversation, and say by when."""
    user, thread = _enter(request, slug, pk)
    form = AssignForm(thread, threads.assignable(thread), request.POST if request.method == "POST" else None)
    page = _asked_page(request)
    if form.is_bound and form.is_valid():
        try:
            threads.assign(thread, to=form.chosen, due=form.cleaned_data["due_date"], by=user)
        except ValidationError as error:
            form.add_error("person", error)
        else:
            done = "Catatan ditugaskan. Orangnya mendapat surel." if form.chosen else "Catatan tidak lagi ditugaskan."
            messages.success(request, done)
            return redirect(place_of(thread, page))
    return render(request, "masterplan/thread/assign.html", _about(thread, user, page, form))


def _about(thread: Thread, user: User, page: str, form: PortalForm) -> dict[str, Any]:
    """What a page needs that asks something about one conversation."""
    return {
        "initiative": thread.initiative,
        "field": FIELDS.get(thread.field),
        "thread": _card(thread, user, page, is_opened=True) | _SHOWN_ONLY,
        "form": form,
        "page": page,
        "back": place_of(thread, page),
    }


@require_POST
def thread_resolve(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Mark a conversation as finished."""
    threads.resolve(get_thread_or_404(request.user, get_regency_or_404(request.user, slug), pk), by=request.user)
    return _done(request, slug, pk)


@require_POST
def thread_reopen(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Take a finished conversation up again."""
    threads.reopen(get_thread_or_404(request.user, get_regency_or_404(request.user, slug), pk), by=request.user)
    return _done(request, slug, pk)


def _enter(request: SignedIn, slug: str, pk: int) -> tuple[User, Thread]:
    """Whoever takes part in conversations of the initiative, and this one."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    thread = get_thread_or_404(user, regency, pk)
    require(user, Permission.COMMENT, regency, thread.initiative.lead_agency_id)
    return user, thread
