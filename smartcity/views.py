"""Pages that belong to no app: health for machines, error pages for people."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from smartcity import health
from smartcity.middleware import Handler, current_reference, wants_json
from smartcity.typed_text import page_of_form, typed_texts

logger = logging.getLogger(__name__)


@login_not_required
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process can answer at all: it reads from the database, nothing else."""
    database = health.database_works()
    return JsonResponse({"database": database}, status=200 if database else 503)


@login_not_required
@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether the portal does all it promises: each part with its figure, 503 when one it needs is at fault."""
    parts = health.parts()
    ready = health.is_ready(parts)
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


# Scripts of an open page show these sentences beside what was typed, which they still have.
_TOO_LARGE = "Yang dikirim terlalu besar untuk diterima portal. Teks Anda masih ada di peramban ini."
_NOT_ALLOWED = "Anda tidak berwenang mengubah ini. Hubungi sekretariat di Diskominfo bila itu keliru."
_NOT_THERE = "Halaman ini tidak ada lagi, atau Anda tidak lagi dapat membukanya."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read; 413: there was too much of it."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return _error_page(request, 413, "413.html", _TOO_LARGE)
    return _error_page(request, 400, "400.html")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: known here, but not allowed this."""
    return _error_page(request, 403, "403.html", _NOT_ALLOWED)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not there for this person; the page does not tell which."""
    return _error_page(request, 404, "404.html", _NOT_THERE)


def explain_buttons(get_response: Handler) -> Handler:
    """Middleware: 405 as a page for who opens an address that only a button uses.

    One comes there by signing in again after the session ended, or by the history of the browser.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code != 405 or request.method != "GET" or wants_json(request):
            return response
        page = _error_page(request, 405, "405.html")
        page.headers["Allow"] = response.headers["Allow"]
        return page

    return middleware


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; the number leads to the line in the log.

    Rendered without the request: asking who is logged in may be the very thing that fails.
    """
    page = loader.render_to_string("500.html", {"reference": current_reference()})
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is no longer valid, mostly after logging in again in another tab.

    A script gets the valid token along and sends again by itself.
    """
    logger.warning("form refused: %s", reason)
    if wants_json(request):
        return JsonResponse({"state": "stale_token", "token": get_token(request)}, status=403)
    sign_in = "" if request.user.is_authenticated else redirect_to_login(page_of_form(request)).url
    return unsent_page(request, 403, sign_in) or _error_page(request, 403, "400.html")


def unsent_page(request: HttpRequest, status: int, sign_in_url: str) -> HttpResponse | None:
    """The page that shows what was typed into a form that was not accepted; None when there is no text to show.

    `sign_in_url` is empty for somebody who is signed in.
    """
    texts = typed_texts(request)
    if not texts:
        return None
    context = {
        "title": "Sesi Anda sudah berakhir" if sign_in_url else "Formulir ini perlu dikirim sekali lagi",
        "sentence": "Yang Anda kirim belum diterima. " + ("Masuk lagi" if sign_in_url else "Buka halamannya lagi")
        + ", lalu kirim sekali lagi.",
        "texts": texts,
        "page_url": page_of_form(request),
        "sign_in_url": sign_in_url,
        "reference": current_reference(),
    }  # fmt: skip
    return render(request, "unsent.html", context, status=status)


def _error_page(request: HttpRequest, status: int, template: str, sentence: str = "") -> HttpResponse:
    if sentence and wants_json(request):
        answer = {"state": "refused", "message": sentence, "reference": current_reference()}
        return JsonResponse(answer, status=status)
    return render(request, template, {"reference": current_reference()}, status=status)
