"""Static files without `collectstatic`: on one machine, with `manage.py run`.

In production their names hold a hash of their content (see STORAGES in the settings). Here the address does, as `?v=…`,
so that a browser on a slow line asks for a file once and never again until it changes.
"""

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse
from whitenoise.middleware import WhiteNoiseMiddleware

# Files that style sheets name too, without a version: under two addresses they would be fetched twice.
_NAMED_BY_STYLES = (".woff2",)
_FOR_GOOD = "max-age=31536000, public, immutable"


@cache
def _version(path: str, changed: int) -> str:
    """A short hash of the content; `changed` is the file's time, so that a file edited meanwhile is read again."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:10]


class VersionedFiles(StaticFilesStorage):
    """Addresses of static files with a version of their content."""

    def __init__(self, *args: Any, **options: Any) -> None:
        """Where a file lies is looked up once: a page names twenty."""
        super().__init__(*args, **options)
        self._found: dict[str, tuple[str, str]] = {}

    def url(self, name: str | None) -> str:
        """The address of `name`; without a version where there is no such file."""
        if not name or name.endswith(_NAMED_BY_STYLES):
            return super().url(name)
        if name not in self._found:
            path = finders.find(name)
            if not isinstance(path, str) or not Path(path).is_file():
                return super().url(name)
            self._found[name] = super().url(name), path
        address, path = self._found[name]
        try:
            changed = os.stat(path).st_mtime_ns
        except FileNotFoundError:  # it went, or lies elsewhere now
            del self._found[name]
            return self.url(name)
        return f"{address}?v={_version(path, changed)}"


class StaticFiles(WhiteNoiseMiddleware):
    """Serves them, so that what a browser holds already is not sent again."""

    @staticmethod
    def serve(static_file: object, request: HttpRequest) -> HttpResponse:
        """A versioned file may be kept for good. Compression makes a file's tag weak, and a weak tag counts as well."""
        tag = request.META.get("HTTP_IF_NONE_MATCH")
        if tag:
            request.META["HTTP_IF_NONE_MATCH"] = tag.removeprefix("W/")
        response: HttpResponse = WhiteNoiseMiddleware.serve(static_file, request)
        if "v" in request.GET:
            response["Cache-Control"] = _FOR_GOOD
        return response
