"""Pages that belong to no app: health for machines, error pages for people."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from smartcity import health
from smartcity.middleware import current_reference

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
    """Whether the portal does all it promises: each part with its figure, 503 when one is at fault."""
    parts = health.parts()
    ready = all(part["ok"] for part in parts.values())
    return JsonResponse({"ready": ready, **parts}, status=200 if ready else 503)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read."""
    return _error_page(request, 400, "400.html")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: known here, but not allowed this."""
    return _error_page(request, 403, "403.html")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: not there, or not there for this person; the page does not tell which."""
    return _error_page(request, 404, "404.html")


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault; the number leads to the line in the log.

    Rendered without the request: asking who is logged in may be the very thing that fails.
    """
    page = loader.render_to_string("500.html", {"reference": current_reference()})
    return HttpResponse(page, status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token is no longer valid, mostly after logging in again in another tab."""
    logger.warning("form refused: %s", reason)
    return _error_page(request, 403, "400.html")


def _error_page(request: HttpRequest, status: int, template: str) -> HttpResponse:
    return render(request, template, {"reference": current_reference()}, status=status)
