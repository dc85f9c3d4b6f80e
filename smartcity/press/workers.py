"""Controls the render process: starts it without the machine's fonts and secrets, sends jobs, retries, ends it.

What happens inside is `child`; what is worth rendering is decided in `fragments`.
"""

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from smartcity.press.assets import Assets
from smartcity.press.cache import press_folder

# A child takes as many letters as keep it small, fewer towards the end of a book, so that all children end together.
_MOST_LETTERS, _FEWEST_LETTERS, _CHUNKS_EACH = 240_000, 20_000, 3
_GRACE_SECONDS = 30
_PROJECT = Path(__file__).resolve().parents[2]
_FONTS_CONF = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig></fontconfig>'
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "VIRTUAL_ENV")
# GLib and FreeType abort when they get no memory; Python raises MemoryError, which `child` reports itself.
_DEATHS = {
    signal.SIGALRM: "time",
    signal.SIGXCPU: "time",
    signal.SIGKILL: "killed",
    signal.SIGABRT: "memory",
    signal.SIGTRAP: "memory",
}


class RenderUnavailable(OSError):
    """The render process cannot start, died or does not answer: worth another try. Ends with what it said last."""


@dataclass(frozen=True)
class Limits:
    """What one part may use. `memory_mb` is address space on top of the loaded process, about 100 MB resident."""

    memory_mb: int = 280
    cpu_seconds: int = 60
    wall_seconds: int = 90


@dataclass(frozen=True)
class Job:
    """One part to be rendered; `digest` is its name in the cache, `images` the folder of the content's images."""

    key: str
    html: str
    digest: str
    images: str | None = None


@dataclass
class RenderOutcome:
    """What became of some jobs: reasons by digest of those that failed, number rendered, what the children used."""

    failures: dict[str, str] = field(default_factory=dict)
    rendered: int = 0
    peak_memory_mb: int = 0
    cpu_seconds: list[float] = field(default_factory=list)


class RenderServer:
    """The warm render process, from the first job to `close` or the end of the `with` block. For use from one thread.

    The kernel kills it when the thread that started it ends, however that happens, and its children with it.
    """

    def __init__(self, assets: Assets, cache_dir: Path, *, workers: int = 2, limits: Limits | None = None) -> None:
        self._assets, self._cache_dir = assets, cache_dir
        self._workers, self._limits = workers, limits or Limits()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._buffer = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Begin to load what rendering needs, without waiting for it; `render` would do it at the first job."""
        if self._process is None:
            self._start()

    @property
    def is_running(self) -> bool:
        """Whether the process is there to take jobs."""
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """End the process and clear up after it."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        if self._folder is not None:
            self._folder.cleanup()

    def render(
        self, jobs: Iterable[Job], on_done: Callable[[], None], meanwhile: Callable[[], None] = lambda: None
    ) -> RenderOutcome:
        """Render into the cache. A part that fails is tried once more, alone; then the outcome names it.

        `meanwhile` is called once, as soon as children are at work. Raises RenderUnavailable when the process itself
        cannot be used.
        """
        outcome = RenderOutcome()
        suspects = self._round(_chunks(jobs, self._workers), outcome, on_done, meanwhile)
        outcome.failures.clear()
        self._round([[job] for job in suspects], outcome, on_done)
        return outcome

    def _round(
        self,
        chunks: Iterable[list[Job]],
        outcome: RenderOutcome,
        on_done: Callable[[], None],
        meanwhile: Callable[[], None] | None = None,
    ) -> list[Job]:
        """Give every chunk to a child, `workers` at a time; returns the jobs that failed, with reasons in `outcome`."""
        waiting, sent, failed = deque(chunks), deque[list[Job]](), list[Job]()
        running: dict[int, list[Job]] = {}
        while waiting or sent or running:
            while waiting and len(sent) + len(running) < self._workers:
                sent.append(waiting.popleft())
                self._send(sent[-1])
            if meanwhile is not None:
                meanwhile()
                meanwhile = None
            message = self._receive()
            pid = message["pid"]
            reason = message.get("reason")
            if "started" in message:
                running[pid] = sent.popleft()
            elif "ended" in message:
                outcome.peak_memory_mb = max(outcome.peak_memory_mb, message["rss_mb"])
                outcome.cpu_seconds.append(message["cpu_seconds"])
                reason = _DEATHS.get(message["signal"], "crash")
                left = running.pop(pid)
                # The child died over the first part it had not reported; the others were only in its company.
                waiting.extend([job] for job in left[1:])
                if left:
                    failed.append(left[0])
                    outcome.failures[left[0].digest] = reason
            elif reason:
                failed.append(running[pid].pop(0))
                outcome.failures[failed[-1].digest] = reason
            else:
                running[pid].pop(0)
                outcome.rendered += 1
                on_done()
        return failed

    def _send(self, jobs: list[Job]) -> None:
        process = self._process or self._start()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps([asdict(job) for job in jobs]).encode() + b"\n")
            process.stdin.flush()
        except BrokenPipeError:
            raise self._unavailable() from None

    def _receive(self) -> dict[str, Any]:
        """The next message. Children time themselves out, so a longer silence means that the process is stuck."""
        process = self._process
        assert process is not None
        assert process.stdout is not None
        limit = time.monotonic() + self._limits.wall_seconds + _GRACE_SECONDS
        while b"\n" not in self._buffer:
            ready, _, _ = select.select([process.stdout], [], [], max(0.0, limit - time.monotonic()))
            data = os.read(process.stdout.fileno(), 1 << 16) if ready else b""
            if not data:
                raise self._unavailable()
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        message: dict[str, Any] = json.loads(line)
        return message

    def _start(self) -> subprocess.Popen[bytes]:
        run = press_folder(self._cache_dir) / "run"
        run.mkdir(parents=True, exist_ok=True)
        self._folder = tempfile.TemporaryDirectory(dir=run)
        folder = Path(self._folder.name)
        (folder / "fonts.conf").write_text(_FONTS_CONF)
        with (folder / "errors").open("wb") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "smartcity.press.child"],
                cwd=_PROJECT,
                env=self._environment(folder),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        return self._process

    def _environment(self, folder: Path) -> dict[str, str]:
        """Nothing of ours but what it needs: no addresses, no passwords, no fonts of the machine."""
        settings = {
            "parent": os.getpid(),
            "static": str(self._assets.static.resolve()),
            "stylesheet": self._assets.stylesheet,
            "cache_dir": str(self._cache_dir.resolve()),
            "limits": asdict(self._limits),
        }
        return {name: os.environ[name] for name in _INHERITED if name in os.environ} | {
            "FONTCONFIG_FILE": str(folder / "fonts.conf"),
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "PYTHONHASHSEED": "0",
            "RENDER_SETTINGS": json.dumps(settings),
            "TMPDIR": str(folder),
        }

    def _unavailable(self) -> RenderUnavailable:
        assert self._process is not None
        assert self._folder is not None
        self._process.kill()
        said = (Path(self._folder.name) / "errors").read_text(errors="replace")
        return RenderUnavailable(f"Proses cetak terhenti ({self._process.wait()}). {said[-600:]}".strip())


def _chunks(jobs: Iterable[Job], workers: int) -> list[list[Job]]:
    """Long parts first and alone, short ones together, in chunks that become smaller."""
    ordered = sorted(jobs, key=lambda job: (-len(job.html), job.key))
    left = sum(len(job.html) for job in ordered)
    chunks: list[list[Job]] = []
    room = 0
    for job in ordered:
        if not chunks or len(job.html) > room:
            chunks.append([])
            room = min(_MOST_LETTERS, max(_FEWEST_LETTERS, left // (_CHUNKS_EACH * workers)))
        chunks[-1].append(job)
        room -= len(job.html)
        left -= len(job.html)
    return chunks
