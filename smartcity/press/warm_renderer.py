"""A render process that stays warm between jobs: loading WeasyPrint takes longer than printing two pages."""

from pathlib import Path

from smartcity.press.assets import Assets
from smartcity.press.workers import RenderServer


class WarmRenderer:
    """Keeps one render process per worker process, for as long as what it has loaded is what is wanted.

    For use from one thread, the one that lives as long as the worker: the kernel ends the render process with it.
    """

    def __init__(self) -> None:
        self._server: RenderServer | None = None
        self._loaded: tuple[str, ...] = ()

    def server(self, assets: Assets, cache_dir: Path, workers: int) -> RenderServer:
        """The warm process; another one when style sheet, fonts or folders are not those it loaded, or when it died."""
        wanted = (str(assets.static), assets.digest(), str(cache_dir), str(workers))
        if self._server is None or self._loaded != wanted or not self._server.is_running:
            self.end()
            self._server, self._loaded = RenderServer(assets, cache_dir, workers=workers), wanted
            self._server.start()
        return self._server

    def end(self) -> None:
        """End the process; the next job starts another. Call it after a failure, whose cause may be the process."""
        if self._server is not None:
            self._server.close()
            self._server = None
