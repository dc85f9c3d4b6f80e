"""The access log: time, page, status and duration of a request; never who asked.

Network addresses are personal data. Limits per address are counted in the cache, under keys that nobody can read
(decided 2026-11-28).
"""

from datetime import timedelta
from typing import Any

from gunicorn.glogging import Logger

from smartcity.logs import LineFormatter, without_marks_of_people


class WebLog(Logger):
    """Gunicorn's log without addresses, browsers, where people came from and what stands behind the question mark."""

    def setup(self, cfg: Any) -> None:
        """Write errors as the rest of the portal does."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(LineFormatter(self.error_fmt, self.datefmt))

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta) -> None:
        """One line a request; the reference number is the one that error pages show."""
        if not self.access_log_enabled:
            return
        reference = next((value for name, value in resp.headers if name.lower() == "x-reference"), "-")
        path = without_marks_of_people(environ["PATH_INFO"])
        self.access_log.info(
            "%s [%s] %s %s %s %d ms",
            self.now(),
            reference,
            environ["REQUEST_METHOD"],
            path.encode("unicode_escape").decode("ascii"),
            resp.status.split(" ", 1)[0],
            request_time // timedelta(milliseconds=1),
        )
