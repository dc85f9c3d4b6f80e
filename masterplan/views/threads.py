"""Conversations at the fields of an initiative: begin one, answer, mark as finished, take up again."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from agencies.access import get_regency_or_404, require
from agencies.roles import AGENCY_ROLES, Permission
from agencies.views.requests import SignedIn
from masterplan.actions import threads
from masterplan.forms.threads import CommentForm
from masterplan.models import Thread
from masterplan.registry import FIELDS
from masterplan.views.loading import get_bare_initiative_or_404, get_thread_or_404
from smartcity.common.formatting import format_moment
from smartcity.common.htmx import render_page

_AGENCY_BYLINES = tuple(role.label for role in AGENCY_ROLES)


def shown(thread: Thread, number: int, addressee: str) -> dict[str, Any]:
    """A conversation as components/thread.html wants it; what the agency itself began is addressed to nobody."""
    comments = thread.said
    by_agency = bool(comments) and comments[0].author_role.startswith(_AGENCY_BYLINES)
    return {
        "id": thread.pk,
        "number": number,
        "addressee": "" if by_agency else addressee,
        "is_open": thread.resolved_at is None,
        "comments": [{"by": c.author_role, "when": format_moment(c.created_at), "body": c.body} for c in comments],
    }


def _back_to(thread: Thread, slug: str) -> HttpResponse:
    """The conversation in its place on the review page."""
    return redirect(reverse("initiative_review", args=[slug, thread.initiative_id]) + f"#catatan-{thread.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def thread_create(request: SignedIn, slug: str, pk: int, field: str) -> HttpResponse:
    """Begin a conversation at one field."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    initiative = get_bare_initiative_or_404(user, regency, pk)
    if field not in FIELDS:
        raise Http404
    require(user, Permission.COMMENT, regency, initiative.lead_agency_id)
    form = CommentForm(request.POST if request.method == "POST" else None, auto_id=f"id_{field}_%s")
    if form.is_bound and form.is_valid():
        try:
            thread = threads.open_thread(initiative, field=field, body=form.cleaned_data["body"], by=user)
        except ValidationError as error:
            form.add_error("body", error)
        else:
            return _back_to(thread, slug)
    if request.htmx:  # type: ignore[attr-defined]
        form.fields["body"].widget.attrs["autofocus"] = True
    context = {"initiative": initiative, "field": FIELDS[field], "form": form}
    return render_page(request, "masterplan/thread/create.html", context, partial="form")


@require_http_methods(["GET", "HEAD", "POST"])
def comment_create(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Answer in a conversation."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    thread = get_thread_or_404(user, regency, pk)
    initiative = thread.initiative
    require(user, Permission.COMMENT, regency, initiative.lead_agency_id)
    form = CommentForm(request.POST if request.method == "POST" else None, label="Balasan")
    if form.is_bound and form.is_valid():
        try:
            threads.reply(thread, body=form.cleaned_data["body"], by=user)
        except ValidationError as error:
            form.add_error("body", error)
        else:
            return _back_to(thread, slug)
    number = 1 + initiative.threads.filter(pk__lt=thread.pk).count()
    context = {
        "initiative": initiative,
        "field": FIELDS.get(thread.field),
        "thread": shown(thread, number, initiative.lead_agency.name),
        "form": form,
    }
    return render_page(request, "masterplan/comment/create.html", context)


@require_POST
def thread_resolve(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Mark a conversation as finished."""
    user = request.user
    thread = get_thread_or_404(user, get_regency_or_404(user, slug), pk)
    threads.resolve(thread, by=user)
    return _back_to(thread, slug)


@require_POST
def thread_reopen(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Take a finished conversation up again."""
    user = request.user
    thread = get_thread_or_404(user, get_regency_or_404(user, slug), pk)
    threads.reopen(thread, by=user)
    return _back_to(thread, slug)
