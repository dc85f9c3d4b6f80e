"""A render process that stays warm between jobs, for workers whose jobs are short and waited for.

A book starts its own process and ends it; loading WeasyPrint costs it little. For a preview of two pages that would be
most of the time.
"""

from pathlib import Path

from masterplan.documents.press.assets import Assets
from masterplan.documents.press.workers import RenderServer


class StandingPress:
    """Keeps one render process per worker process, for as long as what it has loaded is what is wanted.

    For use from one thread, the one that lives as long as the worker: the kernel ends the render process with it.
    """

    def __init__(self) -> None:
        self._server: RenderServer | None = None
        self._loaded: tuple[str, ...] = ()

    def server(self, assets: Assets, cache_dir: Path, workers: int) -> RenderServer:
        """The warm process, started anew when style sheet, fonts, images or folders are no longer those it loaded."""
        wanted = (str(assets.static), str(assets.images), assets.digest(), str(cache_dir), str(workers))
        if self._server is None or self._loaded != wanted:
            self.end()
            self._server, self._loaded = RenderServer(assets, cache_dir, workers=workers), wanted
            self._server.start()
        return self._server

    def end(self) -> None:
        """End the process; the next job starts another. Call it after a failure, whose cause may be the process."""
        if self._server is not None:
            self._server.close()
            self._server = None
