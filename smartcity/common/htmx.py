"""One way to answer a page: whole, or only the part that htmx asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers


def render_page(
    request: HttpRequest, template: str, context: Mapping[str, Any], partial: str | None = None, status: int = 200
) -> HttpResponse:
    """Render `template`; when htmx asks and `partial` is given, only that template partial of it.

    A boosted link or a restored history entry needs the whole page although htmx asks for it.
    """
    htmx = request.htmx  # type: ignore[attr-defined]
    only_part = partial and htmx and not htmx.boosted and not htmx.history_restore_request
    response = render(request, f"{template}#{partial}" if only_part else template, context, status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response
