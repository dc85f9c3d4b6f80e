"""The repository's own files, for the architecture tests: what was written here, not what was installed or produced."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE_FOLDERS = ("agencies", "masterplan", "smartcity")
TEXT_SUFFIXES = frozenset(
    {".css", ".csv", ".html", ".js", ".json", ".md", ".po", ".py", ".svg", ".toml", ".txt", ".yaml", ".yml"}
)
_ROOT_FILES = (
    "Dockerfile",
    "README.md",
    "docker-compose.yml",
    "manage.py",
    "pyproject.toml",
    ".ci/run",
    ".env.example",
    ".gitignore",
    ".pre-commit-config.yaml",
)


def name_of(path: Path) -> str:
    """The path as people write it, relative to the repository."""
    return path.relative_to(ROOT).as_posix()


def files_below(folder: str, *suffixes: str) -> list[Path]:
    """Files below a folder of the repository, in a fixed order; caches left out."""
    found = (ROOT / folder).rglob("*")
    return sorted(
        path for path in found if path.suffix in suffixes and "__pycache__" not in path.parts and path.is_file()
    )


def python_source() -> list[Path]:
    """Python that runs in production, migrations left out: they are made by Django."""
    found = [path for folder in SOURCE_FOLDERS for path in files_below(folder, ".py") if "migrations" not in path.parts]
    return [ROOT / "manage.py", *found]


def python_tests() -> list[Path]:
    """Python of the tests."""
    return files_below("tests", ".py")


def is_among(kind: str, path: Path) -> bool:
    """Whether a module is one of the `views`, `actions`, ... of a subject: a file of that name, or one in such a folder."""
    return path.stem == kind or kind in path.parent.parts


def page_templates() -> list[Path]:
    """HTML that a browser shows under the content security policy."""
    return [
        path for path in files_below("templates", ".html") if path.parts[len(ROOT.parts) + 1] not in {"print", "emails"}
    ]


def own_assets(*suffixes: str) -> list[Path]:
    """Style sheets, scripts and pictures written here."""
    return [path for path in files_below("static", *suffixes) if "vendor" not in path.parts]


def committed_texts() -> list[Path]:
    """Every text file that a reader of the repository can open, vendored ones and licences left out."""
    folders = (*SOURCE_FOLDERS, "templates", "tests")
    found = [path for folder in folders for path in files_below(folder, *TEXT_SUFFIXES)]
    found += own_assets(".css", ".js", ".svg")
    return found + [ROOT / name for name in _ROOT_FILES if (ROOT / name).is_file()]
