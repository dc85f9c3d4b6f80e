"""From a bare machine to the project's own environment: system libraries, .venv from the hash lock, and over into it.

Standard library only: it runs before anything is installed. What the portal then does is Django's business.
"""

import ctypes
import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCK = ROOT / "var" / "bootstrap.lock"

# What WeasyPrint opens when it is imported, and the Debian package that brings it (libpango brings GLib).
LIBRARIES = {
    "libgobject-2.0.so.0": "libpango-1.0-0",
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz.so.0": "libharfbuzz0b",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
    "libfontconfig.so.1": "libfontconfig1",
}


def enter(argv: Sequence[str]) -> None:
    """Return at once inside .venv; elsewhere make it ready and start the same command in it.

    PORTAL_NO_VENV=1 (the container image) says that the running Python has everything already.
    """
    if Path(sys.prefix) == VENV or os.environ.get("PORTAL_NO_VENV") == "1":
        return
    prepare(tests=list(argv[1:2]) == ["test"])
    os.execv(PYTHON, [str(PYTHON), *argv])


def prepare(*, tests: bool) -> None:
    """Install what is missing; two starts at once wait for each other. Ends the process with a sentence on failure."""
    packages = missing_packages()
    if packages:
        _install_packages(packages)
    wanted = fingerprints(tests=tests)
    if not _is_ready(wanted):
        with _alone():
            if not _is_ready(wanted):
                _install(wanted)


def missing_packages() -> list[str]:
    """Debian packages for the libraries that cannot be opened and for a Python that cannot make environments."""
    missing = {package for library, package in LIBRARIES.items() if not _opens(library)} if _is_linux() else set()
    if not PYTHON.exists() and importlib.util.find_spec("ensurepip") is None:
        missing.add(f"python3.{sys.version_info.minor}-venv")
    return sorted(missing)


def fingerprints(*, tests: bool) -> dict[str, str]:
    """Each lock file that must be installed, with the checksum of its content."""
    files = ["requirements.txt", *(["tests/requirements.txt"] if tests else [])]
    return {name: hashlib.sha256((ROOT / name).read_bytes()).hexdigest() for name in files}


def _is_linux() -> bool:
    return sys.platform.startswith("linux")


def _opens(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _install_packages(packages: Sequence[str]) -> None:
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    line = " ".join(command)
    if os.geteuid() != 0 or not shutil.which("apt-get") or os.environ.get("PORTAL_NO_APT") == "1":
        _stop(f"Pustaka sistem belum lengkap. Jalankan satu baris ini sebagai root, lalu ulangi:\n  {line}")
    _say(f"Memasang pustaka sistem yang belum ada: {' '.join(packages)}")
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "stdout": subprocess.DEVNULL}
    subprocess.run(["apt-get", "update", "-q"], check=False, **quiet)  # type: ignore[call-overload]
    done = subprocess.run(command, check=False, **quiet)  # type: ignore[call-overload]
    if done.returncode or missing_packages():
        _stop(f"Pustaka sistem gagal dipasang. Lihat pesan di atas, atau jalankan sendiri:\n  {line}")


def _marker() -> Path:
    return VENV / "portal-installed"


def _unfinished() -> Path:
    return VENV / "portal-installing"


def _interpreter() -> str:
    """The real Python behind .venv; a system upgrade that replaces it makes the environment useless."""
    return os.path.realpath(PYTHON)


def _recorded() -> dict[str, str]:
    try:
        lines = _marker().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _is_ready(wanted: dict[str, str]) -> bool:
    recorded = _recorded()
    return (
        PYTHON.exists()
        and not _unfinished().exists()
        and recorded.get("python") == _interpreter()
        and all(recorded.get(name) == checksum for name, checksum in wanted.items())
    )


def _install(wanted: dict[str, str]) -> None:
    recorded = _recorded()
    broken = not PYTHON.exists() or _unfinished().exists()
    if broken or recorded.get("python", _interpreter()) != _interpreter():
        if VENV.exists():
            _say("Lingkungan Python yang belum selesai dibuat dihapus dulu.")
            shutil.rmtree(VENV)
        recorded = {}
    VENV.mkdir(exist_ok=True)
    _unfinished().touch()
    _say("Menyiapkan lingkungan Python di .venv, sekali saja; ini dapat memakan beberapa menit.")
    if not PYTHON.exists():
        _run([sys.executable, "-m", "venv", str(VENV)])
    needed = [name for name, checksum in wanted.items() if recorded.get(name) != checksum]
    files = [part for name in needed for part in ("-r", str(ROOT / name))]
    # The locks name every package, so nothing is left to resolve; older pips also stumble over extras when they try.
    pip = [str(PYTHON), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    _run([*pip, "--no-deps", "--require-hashes", *files])
    state = {**recorded, **wanted, "python": _interpreter()}
    draft = _marker().with_suffix(".draft")
    draft.write_text("".join(f"{key}={value}\n" for key, value in state.items()), encoding="utf-8")
    draft.replace(_marker())
    _unfinished().unlink()


def _run(command: list[str]) -> None:
    # The environment of another virtual environment must not leak into ours.
    clean = {key: value for key, value in os.environ.items() if key not in {"PYTHONHOME", "VIRTUAL_ENV"}}
    if subprocess.run(command, check=False, env=clean).returncode:
        _stop(f"Gagal: {' '.join(command[:6])} …\nPerbaiki sebab di atas (sering kali jaringan), lalu jalankan lagi.")


@contextmanager
def _alone() -> Iterator[None]:
    LOCK.parent.mkdir(exist_ok=True)
    with LOCK.open("w", encoding="utf-8") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("Proses lain sedang menyiapkan lingkungan Python; menunggu.")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def _stop(sentence: str) -> NoReturn:
    sys.exit(sentence)
