"""The way to the organisation's identity provider (OpenID Connect) and back; 404 where the portal has none.

The exchange is allauth's. What is added: one provider, named by the settings; a post to begin; the issuer, the mark of
the person and the two answers about them compared, as OpenID Connect Core 1.0 asks (3.1.3.7, 5.3.4). Who gets in is
decided by `agencies.actions.identity`.
"""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.internal.flows.login import AuthProcess
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from smartcity.common.rate_limits import is_within_limit


class ProviderAdapter(OpenIDConnectOAuth2Adapter):
    """The provider of the settings, whose answers must fit together."""

    def __init__(self, request: HttpRequest, provider_id: str = "") -> None:
        super().__init__(request, provider_id or settings.IDENTITY_PROVIDER["issuer"])

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider publishes about itself.

        Raises OAuth2Error where it calls itself other than OIDC_ISSUER does, or is no such document.
        """
        try:
            found: dict[str, Any] = super().openid_config
            issuer = str(found["issuer"]).rstrip("/")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise OAuth2Error("the provider publishes no configuration") from error
        if issuer != self.provider_id:
            raise OAuth2Error(f"the provider calls itself {issuer[:200]!r}")
        return found

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """Where the provider sends people back, at the portal's own address whatever the request claimed it to be."""
        return settings.BASE_URL + reverse("identity_callback")

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        """Whom the provider vouches for. Only the mark and the address are used, and only the mark is kept.

        Raises OAuth2Error where an answer is missing or speaks of somebody else.
        """
        try:
            found = super().complete_login(request, app, token, **kwargs)
            told = found.account.extra_data
            if told["id_token"]["sub"] != told["userinfo"]["sub"]:
                raise OAuth2Error("the two answers speak of two persons")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise OAuth2Error("the provider's answer is incomplete") from error
        found.account.extra_data = {}
        # As it was told: allauth has put it into lower case, in which other letters than ours become ours.
        email, is_verified = told["userinfo"].get("email"), told["userinfo"].get("email_verified") is True
        found.email_addresses = [EmailAddress(email=email, verified=is_verified)] if isinstance(email, str) else []
        return found


@login_not_required
@never_cache
@require_POST
def identity_login(request: HttpRequest) -> HttpResponse:
    """Send somebody to the provider; they come back to the page they wanted."""
    provider = _adapter_or_404(request).get_provider()
    # The provider asks its own class of adapter where to send people, and that one believes whatever issuer answers.
    provider.oauth2_adapter_class = ProviderAdapter
    if not is_within_limit(request, "identity"):  # each press asks the provider something
        messages.error(request, "Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi.")
        return redirect("account_login")
    wanted = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        wanted = ""
    try:
        answer: HttpResponse = provider.redirect(request, process=AuthProcess.LOGIN, next_url=wanted or None)
    except (OAuth2Error, RequestException):
        messages.error(request, "Penyedia identitas sedang tidak dapat dihubungi. Coba lagi, atau pakai kata sandi.")
        return redirect("account_login")
    return answer


@login_not_required
@never_cache
@require_safe
def identity_callback(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer."""
    view = OAuth2CallbackView.adapter_view(_adapter_or_404(request))
    answer: HttpResponse = view(request)
    return answer


def _adapter_or_404(request: HttpRequest) -> ProviderAdapter:
    if not settings.IDENTITY_PROVIDER:
        raise Http404
    return ProviderAdapter(request)
