"""The answer where the plan is locked, or where a page needs something that does not exist yet.

Forms that can show the sentence beside what was typed do so themselves; this middleware is for all others.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from masterplan.editing.actions.locking import PlanLocked
from masterplan.pages.prerequisites import PrerequisiteMissing
from smartcity.middleware import current_reference, wants_json


class RefusalMiddleware:
    """Answers PlanLocked with 409, PrerequisiteMissing with 200 to a GET and else 409; as a page or as JSON."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Called by Django with every request; nothing is done with it here."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django with what a view did not catch."""
        template, status = "409.html", 409
        if isinstance(exception, PlanLocked):
            context = {"sentence": exception.messages[0], "reference": current_reference()}
        elif isinstance(exception, PrerequisiteMissing):
            label, url = exception.way(request.user) or ("", "")
            context = {"title": exception.title, "sentence": exception.sentence(), "way_label": label, "way_url": url}
            template, status = "prerequisite.html", 200 if request.method in ("GET", "HEAD") else 409
        else:
            return None
        if wants_json(request):
            return JsonResponse({"state": "refused", "message": context["sentence"]}, status=409)
        return render(request, template, context, status=status)
