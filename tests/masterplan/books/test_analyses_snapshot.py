"""What an edition freezes of the analyses: all that is written, and no initiative that its readers may not know."""

from datetime import date

import pytest

from masterplan.analyses import actions as analyses
from masterplan.books.chapters.analysis.gaps import gaps
from masterplan.books.chapters.analysis.readiness import readiness
from masterplan.books.chapters.analysis.swot import swot
from masterplan.books.chapters.lookup import index
from masterplan.editions.numbering import Numbering
from masterplan.editions.snapshot import compose, compose_sheet
from masterplan.models import ReadinessCell
from tests.factories import make_gap, make_initiative, make_swot_item, make_swot_strategy


def frozen(plan):
    return compose(plan, number=1, label="Uji", day=date(2026, 11, 27), scope="submitted")


@pytest.fixture
def written(plan, coordinator):
    """Something in each of the three."""
    cell = ReadinessCell(master_plan=plan, aspect="digital")
    analyses.save(cell, by=coordinator, data={"condition": "Jaringan ada.", "score": "Baik"}, version=1)
    make_gap(plan, coordinator, cause="Berkas berulang.")
    items = [make_swot_item(plan, coordinator, kind, f"Butir {kind}") for kind in "TWOS"]
    make_swot_strategy(plan, coordinator, "WT", [items[0], items[1]])
    return plan


def test_all_nine_cells_are_frozen_also_those_nobody_wrote(written):
    content = frozen(written)["readiness"]

    assert content["scale"] == ["Baik", "Sedang", "Kurang"]
    assert [cell["aspect"] for cell in content["cells"]][:4] == ["people", "budget", "governance", "physical"]
    digital = next(cell for cell in content["cells"] if cell["aspect"] == "digital")
    assert (digital["group_label"], digital["label"], digital["score"]) == ("Infrastruktur", "Digital", "Baik")
    assert content["cells"][0]["condition"] == ""


def test_a_gap_names_what_is_in_the_edition_and_counts_the_rest(plan, agency, coordinator):
    sent = make_initiative(plan, agency=agency, status="submitted", coordinator=coordinator)
    draft = make_initiative(plan, agency=agency, name="Rahasia sebelum dikirim")
    make_gap(plan, coordinator, initiatives=[sent.pk, draft.pk])

    content = frozen(plan)

    assert (content["gaps"][0]["initiatives"], content["gaps"][0]["unsent"]) == ([f"in-{sent.code}"], 1)
    assert "Rahasia" not in str(content)
    assert draft.code not in str(content)


def test_items_are_numbered_in_the_order_of_the_letters(written):
    content = frozen(written)["swot"]

    assert [item["number"] for item in content["items"]] == ["S1", "W1", "O1", "T1"]
    assert content["strategies"][0]["number"] == "WT1"
    assert content["strategies"][0]["items"] == ["W1", "T1"]


def test_what_is_frozen_can_be_printed(written):
    plan, captions = index(frozen(written)), Numbering("3")

    assert readiness(plan, captions)["readiness"]["groups"][1]["cells"][1]["score"] == "Baik"
    assert gaps(plan, captions)["gaps"]["dimensions"][0]["subs"][0]["rows"][0]["unanswered"]
    assert swot(plan, captions)["swot"]["groups"][0]["rows"][0]["links"] == [("swot-w1", "W1"), ("swot-t1", "T1")]
    assert [caption.label for caption in captions.taken()] == [
        "Gambar 3.1", "Tabel 3.1", "Tabel 3.2", "Tabel 3.3", "Tabel 3.4", "Tabel 3.5", "Tabel 3.6",
    ]  # fmt: skip


def test_a_plan_without_analyses_freezes_them_empty(plan):
    content, captions = frozen(plan), Numbering("3")

    assert content["gaps"] == []
    assert gaps(index(content), captions) == {"gaps": None}
    assert swot(index(content), captions) == {"swot": None}
    assert len(readiness(index(content), captions)["readiness"]["groups"]) == 3


def test_a_sheet_holds_none_of_them(written, agency):
    content = compose_sheet(make_initiative(written, agency=agency), day=date(2026, 11, 27))

    assert not {"readiness", "gaps", "swot"} & content.keys()
