"""The repository looks as its design says, and everything vendored carries its licence."""

import re

import pytest

from tests.architecture.source import ROOT, SOURCE_FOLDERS, files_below, name_of, python_source

TOP_LEVEL = {
    "Dockerfile",
    "README.md",
    "agencies",
    "docker-compose.yml",
    "manage.py",
    "masterplan",
    "pyproject.toml",
    "requirements.txt",
    "smartcity",
    "static",
    "templates",
    "tests",
}
LONGEST_MARKUP = 400
MOST_MODULES = 25


def ignored() -> set[str]:
    """Top-level names that git never sees."""
    lines = (ROOT / ".gitignore").read_text().split()
    return {line.strip("/") for line in lines if "*" not in line}


def test_the_top_level_is_what_the_design_says():
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")} - ignored()

    assert visible == TOP_LEVEL


def test_every_source_folder_is_a_package():
    folders = {path.parent for folder in SOURCE_FOLDERS for path in files_below(folder, ".py")}

    assert [name_of(folder) for folder in sorted(folders) if not (folder / "__init__.py").is_file()] == []


def test_no_template_or_script_is_too_long_to_read():
    paths = files_below("templates", ".html", ".txt") + files_below("static/js", ".js")
    lengths = {name_of(path): path.read_text(encoding="utf-8").count("\n") for path in paths}

    assert {name: length for name, length in lengths.items() if length > LONGEST_MARKUP} == {}


def vendored() -> list[str]:
    return sorted(path.name for path in (ROOT / "static/vendor").iterdir() if path.is_dir())


def unlicensed(files: list[str]) -> bool:
    """Whether none of these file names is a licence text."""
    return not any(re.search(r"licen[cs]e|copying|ofl", name, re.IGNORECASE) for name in files)


def test_everything_vendored_has_a_licence():
    folders = {name: [path.name for path in (ROOT / "static/vendor" / name).rglob("*")] for name in vendored()}
    loose = [
        path.name for path in (ROOT / "static/vendor").iterdir() if path.is_file() and path.suffix in {".js", ".css"}
    ]

    assert folders
    assert [name for name, files in folders.items() if unlicensed(files)] == []
    assert loose == []


def fonts_without_licence(fonts: list[str], licences: list[str]) -> list[str]:
    """Font files whose family no licence text is named after."""
    families = [re.sub(r"-(?:OFL|LICEN[CS]E)$", "", name) for name in licences]
    return [font for font in fonts if not any(font.startswith(family) for family in families)]


def test_every_font_has_a_licence():
    fonts = [path.stem for path in files_below("static", ".woff2") if "vendor" not in path.parts]
    licences = [path.stem for path in files_below("static/fonts", ".txt")]

    assert fonts
    assert fonts_without_licence(fonts, licences) == []


def test_vendored_files_ask_for_no_source_map():
    files = files_below("static/vendor", ".css", ".js")

    assert [name_of(path) for path in files if "sourceMappingURL" in path.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize(("files", "expected"), [(["x.min.js"], True), (["x.min.js", "LICENSE"], False), ([], True)])
def test_a_missing_licence_is_found(files, expected):
    assert unlicensed(files) is expected


def test_a_font_without_licence_is_found():
    assert fonts_without_licence(["sans-400", "serif-700"], ["sans-OFL"]) == ["serif-700"]


def test_no_folder_holds_more_modules_than_one_can_look_over():
    folders = {path.parent for path in python_source() if "migrations" not in path.parts}
    counts = {
        name_of(folder): len([path for path in folder.glob("*.py") if path.stem != "__init__"]) for folder in folders
    }

    assert len(counts) > 50
    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}
