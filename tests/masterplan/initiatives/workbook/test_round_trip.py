"""What was exported comes back as it was: ten times, through other programs, whatever the texts are."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agencies.models import Agency, User
from masterplan.initiatives.workbook.columns import is_in_workbook
from masterplan.models import Activity, Initiative, MasterPlan, Partner
from masterplan.registry import FIELDS
from masterplan.registry.reading import read
from tests.factories import make_district, make_initiative
from tests.masterplan.initiatives.workbook.books import Book, compared, exported, stored, uploaded

DANGEROUS = [
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1", "#REF!", "TRUE", "0012", "1.500", "1/2", "2026-01-01",
    "_x000D_", "a_x0041_b", "_x_x0041_", "<b>&amp;", "tab\tdi tengah", "dua\nbaris\n\n- satu", "🙂 ﷽ ꦗꦮ", " ",
]  # fmt: skip


def everything(initiative: Initiative) -> dict[str, Any]:
    """All answers that stand in the workbook."""
    fresh = Initiative.objects.complete().get(pk=initiative.pk)
    return read(fresh, [key for key, field in FIELDS.items() if is_in_workbook(field)])


def told(plan: MasterPlan, user: User, data: bytes) -> list[Any]:
    """Everything an upload would change or complain about."""
    found = compared(plan, user, data)
    return [found.errors, [(e.code, e.data, e.conflicts) for e in found.entries if e.says_something], found.notes]


@pytest.fixture
def draft(plan: MasterPlan, agency: Agency, agency_head: User) -> Initiative:
    """A draft with an answer to every question."""
    return make_initiative(
        plan, agency=agency, by=agency_head, complete=True,
        districts=[make_district(plan.regency).pk, make_district(plan.regency).pk],
        partners=[{"kind": "campus", "name": "Universitas Contoh", "contribution": "Pendampingan"}],
        quick_win=True,
        worksheet={"deliverable": "Loket", "due_date": "2022-11-30",
                   "aspects": [{"aspect": "benefit", "score": 4, "note": "Antrean berkurang."}]},
    )  # fmt: skip


def test_unchanged_file_changes_nothing(plan: MasterPlan, draft: Initiative, agency_head: User) -> None:
    assert told(plan, agency_head, exported(plan)) == [[], [], []]
    job = uploaded(plan, agency_head, exported(plan))
    assert not job.may_be_confirmed
    assert job.result["counts"]["unchanged"] == 1


def test_dangerous_text_stays_text(plan: MasterPlan, draft: Initiative, agency_head: User) -> None:
    for text in DANGEROUS:
        Initiative.objects.filter(pk=draft.pk).update(problem=text, name=text)
        Partner.objects.filter(initiative=draft).update(name=text[:160])
        data = exported(plan)
        assert told(plan, agency_head, data) == [[], [], []], text
        cells = [cell for sheet in Book(data).book for row in sheet.iter_rows() for cell in row]
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == [], text


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=60),
        min_size=4,
        max_size=4,
    )
)
def test_any_text_comes_back(plan: MasterPlan, draft: Initiative, agency_head: User, texts: list[str]) -> None:
    """Also what no form would let in: it is shown as far as a workbook can, and stays as it is."""
    Initiative.objects.filter(pk=draft.pk).update(problem=texts[0], risk=texts[1])
    Activity.objects.filter(initiative=draft).update(name=texts[2][:200], output=texts[3])
    assert told(plan, agency_head, exported(plan)) == [[], [], []]


def test_text_too_long_for_a_cell_is_kept(plan: MasterPlan, draft: Initiative, agency_head: User) -> None:
    Initiative.objects.filter(pk=draft.pk).update(problem="a" * 40_000, strategy="b" * 32_767)
    data = exported(plan)
    assert "terlalu panjang" in Book(data).get("Inisiatif", 1, "Masalah yang dijawab")
    assert told(plan, agency_head, data) == [[], [], []]


def retyped(data: bytes, turn: int) -> bytes:
    """Saved again by another program: another library, and for one answer a person."""
    book = Book(data)
    book.put("Inisiatif", 1, Risiko=f"Risiko ke-{turn}")
    return book.bytes


def test_ten_round_trips_change_one_answer_each(plan: MasterPlan, draft: Initiative, agency_head: User) -> None:
    before = everything(draft)
    for turn in range(10):
        job = stored(plan, agency_head, retyped(exported(plan), turn))
        assert job.is_stored, job.error
        assert told(plan, agency_head, exported(plan)) == [[], [], []]
    after = everything(draft)
    assert {key for key in after if after[key] != before[key]} == {"risk"}
    assert draft.changes.count() == Initiative.objects.get(pk=draft.pk).edit_version


@pytest.mark.needs("libreoffice")
def test_libreoffice_changes_nothing(
    plan: MasterPlan, draft: Initiative, agency_head: User, agency: Agency, tmp_path: Path
) -> None:
    """Opened and saved by the other office program: nothing computed, nothing lost, nothing to store."""
    drafts = [make_initiative(plan, agency=agency, by=agency_head, problem="x") for _ in DANGEROUS]
    for row, text in zip(drafts, DANGEROUS, strict=True):
        Initiative.objects.filter(pk=row.pk).update(problem=text, risk=text, name=text)
    (tmp_path / "isian.xlsx").write_bytes(exported(plan))
    saved = tmp_path / "lagi"
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profil", "--headless"]
    for kind in ("xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"):
        subprocess.run(
            [*office, "--convert-to", kind, "--outdir", str(saved), str(tmp_path / "isian.xlsx")],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    assert told(plan, agency_head, (saved / "isian.xlsx").read_bytes()) == [[], [], []]
    shown = next(saved.glob("*Inisiatif*.csv")).read_text(encoding="utf-8")
    assert all(re.search(re.escape(text), shown) for text in ("=1+1", "=cmd|", "@SUM(A1)")), "a formula was computed"
