"""Default deny. Apart from the other middleware, which is wanted before the apps are loaded that this needs."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase, JsonResponse

from smartcity.middleware import wants_json


class LoginRequired(LoginRequiredMiddleware):
    """Django's default deny: people are led to the login page, scripts of an open page are told in JSON."""

    def handle_no_permission(  # type: ignore[override]  # Django only ever redirects
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """What somebody gets who is not, or no longer, signed in."""
        if wants_json(request):
            return JsonResponse({"state": "signed_out"}, status=401)
        return super().handle_no_permission(request, view_func)
