"""Records who requested pages of a regency in which they hold no role.

The one thing that reading a page may write. It happens after the answer is made, which is the same whether or not there
is such a regency and whether or not anything was written.
"""

import logging
import re

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from agencies.access import holds_role_in
from agencies.actions.accounts import record_refused_access
from agencies.models import User
from smartcity.middleware import Handler

_PLACE = re.compile(r"/wilayah/([^/]+)/")

logger = logging.getLogger(__name__)


def record_refusals(get_response: Handler) -> Handler:
    """Middleware: record each 404 below the address of a regency to which the person does not belong."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        place = _PLACE.match(request.path)
        if response.status_code == 404 and place:
            _record(request, place[1])
        return response

    return middleware


def _record(request: HttpRequest, slug: str) -> None:
    user = request.user
    if not isinstance(user, User) or holds_role_in(user, slug):
        return
    try:
        record_refused_access(by=user, slug=slug, path=request.path)
    except DatabaseError:
        logger.exception("a refused attempt was not recorded")
