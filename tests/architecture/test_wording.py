"""No text of the repository speaks of somebody's machine or of a real person."""

from pathlib import Path

import pytest

from tests.architecture import wording_rules as rules
from tests.architecture.source import committed_texts, name_of

# This file shows what is forbidden.
OWN_NAME = "tests/architecture/test_wording.py"


@pytest.mark.parametrize("rule", [rules.machine_paths, rules.persons])
def test_texts_keep_the_rule(rule):
    texts: list[Path] = [path for path in committed_texts() if name_of(path) != OWN_NAME]
    found = [f"{name_of(path)}: {match}" for path in texts for match in rule(path.read_text(encoding="utf-8"))]

    assert len(texts) > 100
    assert found == []


@pytest.mark.parametrize(
    "text",
    ["cd /home/budi/portal", 'open("/root/x.txt")', "lihat /Users/sari", r"C:\Users\sari"],
)
def test_machine_paths_are_found(text):
    assert rules.machine_paths(text)


@pytest.mark.parametrize(
    "text", ["/wilayah/x/inisiatif/", "templates/home/list.html", "/usr/bin/env", "var/home/x", "n/a"]
)
def test_other_paths_pass(text):
    assert rules.machine_paths(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Sutrisno",
        "Ir. Wibowo",
        "Sutrisno, S.Kom",
        "Wibowo, M.Si.",
        "Bapak Agus Wibowo",
        "tulis ke agus@semarangkab.go.id",
    ],
)
def test_persons_are_found(text):
    assert rules.persons(text)


@pytest.mark.parametrize(
    "text",
    [
        "petugas@contoh.test",
        "@media (max-width: 768px)",
        "Kepala Dinas",
        "Bapak dan Ibu Bupati",
        "a@example.com",
        "Ibu hamil",
    ],
)
def test_roles_and_examples_pass(text):
    assert rules.persons(text) == []
