"""The render process: loads WeasyPrint once, then forks a limited child for each handful of parts.

Started by `fragments` as `python -m smartcity.press.child`; speaks JSON lines on stdin and stdout. It
needs no Django, no database and no network, and opens none. Who is asked to render what, and what happens to
failures, is decided in `fragments`.
"""

import gc
import json
import os
import selectors
import sys
from pathlib import Path
from typing import Any, NoReturn

from smartcity.common.confinement import die_with_parent, forbid_network, limit_memory, start_clock
from smartcity.press import cache
from smartcity.press.assets import Assets
from smartcity.press.pdf import Renderer
from smartcity.press.typefaces.faces import load_faces

_LARGEST_FILE = 256 * 1024 * 1024
# Deep nesting is legal HTML and the layout is recursive: Python's own limit of 1000 is reached at 150 nested blocks.
_RECURSION = 6000


def main() -> None:
    """Read the settings, load everything, then serve until stdin ends."""
    settings = json.loads(os.environ["RENDER_SETTINGS"])
    die_with_parent(settings["parent"])
    assets = Assets(Path(settings["static"]), settings["stylesheet"])
    cache_dir = Path(settings["cache_dir"])
    sys.setrecursionlimit(_RECURSION)
    renderer = Renderer(assets, load_faces(assets, cache_dir))
    forbid_network()
    _Server(renderer, cache_dir, settings["limits"]).serve()


class _Server:
    def __init__(self, renderer: Renderer, cache_dir: Path, limits: dict[str, int]) -> None:
        self._renderer, self._cache_dir, self._limits = renderer, cache_dir, limits
        self._selector = selectors.DefaultSelector()
        self._buffers: dict[int, bytes] = {}

    def serve(self) -> None:
        """Fork on request, pass on what the children say, report how each one ended."""
        # Unbuffered: a line that Python had read ahead would never wake the selector.
        self._selector.register(0, selectors.EVENT_READ)
        self._buffers[0] = b""
        while True:
            for key, _ in self._selector.select():
                pid: int = key.data
                data = os.read(key.fd, 1 << 20)
                *lines, self._buffers[key.fd] = (self._buffers[key.fd] + data).split(b"\n")
                for line in lines:
                    if key.fd == 0:
                        self._fork(json.loads(line))
                    else:
                        _say(json.loads(line) | {"pid": pid})
                if not data:
                    if key.fd == 0:
                        return
                    self._bury(key.fd, pid)

    def _fork(self, jobs: list[dict[str, str]]) -> None:
        reader, writer = os.pipe()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            self._work(jobs, writer, parent)
        os.close(writer)
        self._buffers[reader] = b""
        self._selector.register(reader, selectors.EVENT_READ, pid)
        _say({"started": True, "pid": pid})

    def _bury(self, reader: int, pid: int) -> None:
        self._selector.unregister(reader)
        os.close(reader)
        del self._buffers[reader]
        _, status, usage = os.wait4(pid, 0)
        killed_by = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        used = {"rss_mb": usage.ru_maxrss // 1024, "cpu_seconds": round(usage.ru_utime + usage.ru_stime, 3)}
        _say({"ended": True, "pid": pid, "signal": killed_by, **used})

    def _work(self, jobs: list[dict[str, str]], writer: int, parent: int) -> NoReturn:
        """In the child: one part after the other, each under its own clock. Leaves the shared files alone."""
        code = 1
        try:
            die_with_parent(parent)
            gc.disable()
            limit_memory(self._limits["memory_mb"], largest_file=_LARGEST_FILE)
            for job in jobs:
                start_clock(cpu_seconds=self._limits["cpu_seconds"], wall_seconds=self._limits["wall_seconds"])
                _tell(writer, self._render(job))
            code = 0
        finally:
            os._exit(code)

    def _render(self, job: dict[str, str]) -> dict[str, Any]:
        try:
            images = Path(job["images"]) if job["images"] else None
            fragment = self._renderer.render(job["html"], images)
            cache.store(self._cache_dir, job["digest"], fragment)
        # This process exists to be the place where anything may go wrong in a renderer we did not write. The parent is
        # told what it was, and tells the person whose text it is.
        except Exception as error:  # noqa: BLE001
            # SystemError is Python's answer when a library got no memory and did not say so.
            no_memory = isinstance(error, MemoryError | SystemError)
            return {"reason": "memory" if no_memory else f"{type(error).__name__}: {error}"[:500]}
        return {"done": True}


def _say(message: dict[str, Any]) -> None:
    _tell(1, message)


def _tell(handle: int, message: dict[str, Any]) -> None:
    os.write(handle, json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    main()
