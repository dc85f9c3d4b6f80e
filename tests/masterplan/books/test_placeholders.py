"""Words that stand for figures of the plan."""

import json
from pathlib import Path

import pytest

from masterplan.editions.placeholders import PLACEHOLDERS, fill, labelled, unknown
from smartcity.common.rich_text.marks import parse, plain_lines

GOLDEN = json.loads((Path(__file__).parent / "golden_snapshot.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Ada {{jumlah_inisiatif}} inisiatif.", "Ada 3 inisiatif."),
        ("{{ jumlah_quick_win }} di {{nama_daerah}}", "1 di Kabupaten Semarang"),
        ("{{jumlah_anggaran}}", "Rp982.654.321"),
        ("{{jumlah_penanggung_jawab}} dari {{jumlah_perangkat_daerah}}", "3 dari 6"),
        ("{{jumlah_program_terjawab}} dari {{jumlah_program}}", "2 dari 4"),
        ("{{tahun_awal}}-{{tahun_akhir}}", "2022-2026"),
        (
            "{{tidak_ada}} {jumlah_inisiatif} {{ 7*7 }} {% now %}",
            "{{tidak_ada}} {jumlah_inisiatif} {{ 7*7 }} {% now %}",
        ),
    ],
)
def test_what_each_stands_for(text: str, filled: str) -> None:
    assert fill(text, GOLDEN) == filled


def test_what_is_filled_in_is_text_and_no_mark() -> None:
    content = GOLDEN | {
        "development_plan": GOLDEN["development_plan"] | {"vision": "**Maju** [a](https://a.id)\n\n- b"}
    }
    (line,) = plain_lines(parse(fill("{{visi_rpjmd}}", content)))
    assert line == "**Maju** [a](https://a.id) - b"


def test_every_one_has_a_value_in_any_plan() -> None:
    for placeholder in PLACEHOLDERS.values():
        assert fill(placeholder.chip, GOLDEN) not in {"", placeholder.chip}


def test_pages_show_the_label_and_name_what_is_unknown() -> None:
    assert labelled("Ada {{jumlah_inisiatif}}, {{apa}}") == "Ada \u2039Jumlah inisiatif\u203a, {{apa}}"
    assert unknown("{{jumlah_inisiatif}} {{apa}}") == ["{{apa}}"]
