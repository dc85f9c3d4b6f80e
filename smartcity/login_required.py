"""Default deny. Apart from the other middleware, which is wanted before the apps are loaded that this needs."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse

from smartcity.middleware import wants_json
from smartcity.typed_text import page_of_form
from smartcity.views import unsent_page


class LoginRequired(LoginRequiredMiddleware):
    """Django's default deny: people are led to the login page, scripts of an open page are told in JSON.

    Whoever has typed something gets it back first, and is led to the page of the form.
    """

    def handle_no_permission(  # type: ignore[override]  # Django only ever redirects
        self, request: HttpRequest, view_func: Callable[..., Any]
    ) -> HttpResponseBase:
        """What somebody gets who is not, or no longer, signed in."""
        if wants_json(request):
            return JsonResponse({"state": "signed_out"}, status=401)
        if request.method != "POST":
            return super().handle_no_permission(request, view_func)
        sign_in = redirect_to_login(page_of_form(request))
        if "HX-Request" in request.headers:  # the browser goes there itself; kept-forms.js has what was typed
            return HttpResponse(status=401, headers={"HX-Redirect": sign_in.url})
        return unsent_page(request, 401, sign_in.url) or sign_in
