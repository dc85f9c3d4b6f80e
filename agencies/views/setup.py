"""Where the one-time set-up address leads: the account of whoever installed the portal."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from agencies.actions import setup
from agencies.forms.regencies import OperatorForm
from smartcity.common.pages import posted
from smartcity.common.rate_limits import is_within_limit


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def setup_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Make the operator's account, sign in, and go on to the second factor."""
    if setup.find_setup_link(token) is None:
        return _closed(request)
    form = OperatorForm(posted(request))
    if form.is_bound and form.is_valid():
        terms = {name: form.cleaned_data[name] for name in ("name", "email", "password")}
        try:
            operator = setup.use_setup_link(token, by=None, **terms)
        except setup.SetupLinkClosed:
            return _closed(request)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            login(request, operator)
            # The password was written a moment ago: the page of the second factor need not ask for it again.
            record_authentication(request, operator, method="password", reauthenticated=True)
            messages.success(request, "Akun pengelola dibuat. Aktifkan langkah kedua, lalu buka kabupaten/kota.")
            return redirect("mfa_activate_totp")
    return render(request, "agencies/setup/accept.html", {"form": form})


def _closed(request: HttpRequest) -> HttpResponse:
    """The same page for used, expired, replaced and forged addresses; whoever goes on trying has to wait."""
    status = 404 if is_within_limit(request, "unknown_code") else 429
    return render(request, "agencies/setup/accept.html", {"form": None, "must_wait": status == 429}, status=status)
