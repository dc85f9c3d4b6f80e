"""What is missing before sending is told by its real cause: the row that is begun, and what it lacks."""

import pytest

from masterplan.models import Initiative
from masterplan.reference import QuickWinAspect
from masterplan.registry.completeness import missing_for_submission
from tests.factories import complete_answers, make_initiative

OUTPUT, OUTCOME = 0, 1


def indicators(plan, **changed):
    """Two complete rows, the output's with `changed`."""
    rows = complete_answers(plan)["indicators"]
    return [rows[OUTPUT] | changed, rows[OUTCOME]]


def worksheet(**changed):
    aspects = [{"aspect": aspect.value, "score": 4, "note": ""} for aspect in QuickWinAspect]
    return {"deliverable": "Tiga loket", "due_date": "2027-05-01", "aspects": aspects} | changed


CAUSES = {
    "a unit": (
        lambda plan: {"indicators": indicators(plan, unit="")},
        ["Indikator keluaran “Loket terhubung”: satuan masih kosong."],
    ),
    "unit and targets": (
        lambda plan: {"indicators": indicators(plan, unit="", targets={})},
        ["Indikator keluaran “Loket terhubung”: satuan masih kosong, belum ada target satu tahun pun."],
    ),
    "a kind": (
        lambda plan: {"indicators": indicators(plan, kind="outcome")},
        ["Belum ada indikator keluaran: tulis sedikitnya satu, dengan satuan dan targetnya."],
    ),
    "all indicators": (
        lambda plan: {"indicators": []},
        ["Indikator belum lengkap: tulis sedikitnya satu keluaran dan satu hasil beserta targetnya."],
    ),
    "a month": (
        lambda plan: {"activities": [complete_answers(plan)["activities"][0] | {"end": None}]},
        ["Kegiatan “Uji coba”: bulan selesai masih kosong."],
    ),
    "part of the worksheet": (
        lambda plan: {"quick_win": True, "worksheet": worksheet(due_date=None, aspects=worksheet()["aspects"][1:])},
        [
            "Lembar quick win: tanggal selesai masih kosong.",
            "Lembar quick win: nilai belum dipilih untuk Rumusan inovasi.",
        ],
    ),
    "nothing, as another row of the kind is whole": (
        lambda plan: {"indicators": [*indicators(plan), indicators(plan, unit="")[OUTPUT]]},
        [],
    ),
}


@pytest.mark.parametrize("cause", CAUSES)
def test_the_row_that_is_begun_is_named_with_what_it_lacks(plan, agency, agency_head, cause):
    answers, sentences = CAUSES[cause]
    made = make_initiative(plan, agency=agency, by=agency_head, complete=True, **answers(plan))

    found = missing_for_submission(Initiative.objects.complete().get(pk=made.pk))

    assert [gap.sentence for gap in found] == sentences
