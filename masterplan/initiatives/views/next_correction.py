"""Leads whoever corrects an initiative from one conversation to the next. Shows no page of its own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from agencies.access import own_agency_ids
from agencies.views.requests import SignedIn
from masterplan.discussion.cards import ON_FORM, form_position, in_form_order
from masterplan.discussion.views.threads import thread_url
from masterplan.models import Thread
from masterplan.models.thread import conversations
from masterplan.pages.initiative_frame import Frame, open_frame
from masterplan.registry.completeness import missing_for_submission


@require_safe
def initiative_next_correction(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """To the first open conversation on the form, with `?sesudah=` the one after that; else to what is still empty."""
    frame = open_frame(request, slug, pk)
    if not frame.may_edit:
        return redirect("initiative_detail", slug, pk)
    threads = conversations(frame.initiative, own_agency_ids(frame.user, frame.regency))
    last = next((thread for thread in threads if str(thread.pk) == request.GET.get("sesudah")), None)
    coming = _coming(threads, last)
    return redirect(thread_url(coming, ON_FORM) if coming else _rest(frame))


def _coming(threads: list[Thread], last: Thread | None) -> Thread | None:
    waiting = in_form_order(threads)
    if last is not None:
        waiting = [thread for thread in waiting if form_position(thread) > form_position(last)]
    return next(iter(waiting), None)


def _rest(frame: Frame) -> str:
    """Where the first missing answer is given, or where one checks before sending."""
    arguments: list[Any] = [frame.regency.slug, frame.initiative.pk]
    for gap in missing_for_submission(frame.initiative):
        return reverse("initiative_edit", args=[*arguments, gap.section.key]) + f"#id_{gap.field}"
    return reverse("initiative_check", args=arguments)
