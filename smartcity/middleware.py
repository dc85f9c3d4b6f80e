"""Small middleware of the portal: reference number of a request, policy headers, session limits."""

import contextvars
import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from smartcity.common.codes import draw_code

Handler = Callable[[HttpRequest], HttpResponse]

_reference: contextvars.ContextVar[str] = contextvars.ContextVar("reference", default="-")

# Requests a page makes by itself (autosave, progress of a book) say so and do not count as use of the session.
BACKGROUND_HEADER = "X-Background"

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "microphone", "geolocation", "payment", "usb", "interest-cohort", "browsing-topics")
)


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, which cannot show a page to a person."""
    return "application/json" in request.headers.get("Accept", "")


def current_reference() -> str:
    """The reference number of the request being answered, or "-" outside of one."""
    return _reference.get()


class ReferenceFilter(logging.Filter):
    """Puts the reference number on every log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Never drops a record."""
        record.reference = current_reference()
        return True


def reference(get_response: Handler) -> Handler:
    """Give each request a short random number, shown on error pages and written in the log."""

    def middleware(request: HttpRequest) -> HttpResponse:
        token = _reference.set(draw_code(2))
        try:
            response = get_response(request)
            response.headers.setdefault("X-Reference", current_reference())
            return response
        finally:
            _reference.reset(token)

    return middleware


def time_zone_of_the_place(get_response: Handler) -> Handler:
    """Begin each request in the portal's own time zone, whichever the request before it in this thread activated."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with timezone.override(None):
            return get_response(request)

    return middleware


def policy_headers(get_response: Handler) -> Handler:
    """Add the headers Django has no setting for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.SESSION_COOKIE_NAME in request.COOKIES:  # a page for one person: not for a shared cache
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def session_limits(get_response: Handler) -> Handler:
    """End a session after idle time and, however busy it is, after SESSION_COOKIE_AGE."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            now = int(time.time())
            session = request.session
            begun, seen = session.get("begun_at"), session.get("seen_at", now)
            if begun is None:
                session["begun_at"] = session["seen_at"] = now
            elif now - begun > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
            elif now - seen >= 60 and BACKGROUND_HEADER not in request.headers:
                session["seen_at"] = now  # once a minute is exact enough and spares a write per request
        return get_response(request)

    return middleware
