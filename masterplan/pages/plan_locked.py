"""The answer to whoever sends a form or presses a button of a plan that was adopted meanwhile.

Forms that can show the sentence beside what was typed do so themselves; this is for all others.

A locked plan answers only here, with 409, wherever a form does not show the sentence itself.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from masterplan.editing.actions.locking import PlanLocked
from smartcity.middleware import current_reference, wants_json


class PlanLockedMiddleware:
    """Middleware: 409 with the sentence of the lock, as a page or for a script that shows it itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Called by Django with every request; nothing is done with it here."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django with what a view did not catch."""
        if not isinstance(exception, PlanLocked):
            return None
        sentence = exception.messages[0]
        if wants_json(request):
            return JsonResponse({"state": "refused", "message": sentence}, status=409)
        context = {"sentence": sentence, "reference": current_reference()}
        return render(request, "409.html", context, status=409)
