"""Limits guesses at passwords without locking the owner of an account out.

Browsers in which somebody has signed in to an account hold a signed cookie for it and are counted by themselves.
All others are counted per account and network, and per account in all. A reset by mail makes its browser known too.
"""

import hashlib

from allauth.core.internal.ratelimit import RateLimitUsage, consume, get_ip
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

KNOWN_DAYS = 180
SESSION_KEY = "known_after_reset"
_SALT = "agencies.known_devices"


def _account(email: str) -> str:
    return hashlib.sha256(email.lower().encode()).hexdigest()[:32]


def _cookie(email: str) -> str:
    return f"dikenal-{_account(email)[:12]}"


def remember_device(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Let `response` make this browser a known one for the account of `email`, for KNOWN_DAYS days."""
    device = known_device(request, email) or get_random_string(24)
    response.set_cookie(
        _cookie(email),
        signing.dumps([_account(email), device], salt=_SALT),
        max_age=KNOWN_DAYS * 86400,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def remember_reset(request: HttpRequest, email: str) -> None:
    """Make the browser of this session known, because it opened a link that was sent to `email`."""
    request.session[SESSION_KEY] = [_account(email), get_random_string(24)]


def known_device(request: HttpRequest, email: str) -> str:
    """The random name of this browser when it is known for the account of `email`, otherwise an empty string."""
    try:
        account, device = signing.loads(request.COOKIES.get(_cookie(email), ""), salt=_SALT, max_age=KNOWN_DAYS * 86400)
    except signing.BadSignature:
        account, device = request.session.get(SESSION_KEY, ["", ""])
    return str(device) if account == _account(email) else ""


def count_guess(request: HttpRequest, email: str) -> RateLimitUsage | None:
    """Count one attempt to sign in as `email`; None when it was one too many.

    Roll it back when the password was right.
    """
    account = _account(email)
    if device := known_device(request, email):
        return _consume(request, "known_device", f"{account}:{device}")
    near = _consume(request, "guess_from_network", f"{account}:{get_ip(request)}")
    overall = _consume(request, "guess_at_account", account) if near else None
    return RateLimitUsage(usage=[*near.usage, *overall.usage]) if near and overall else None


def _consume(request: HttpRequest, action: str, key: str) -> RateLimitUsage | None:
    return consume(request, app="smartcity", action=action, config=settings.RATE_LIMITS, key=key)
