"""`export_workbook`, `import_workbook` and `import_plan`: the same file and the same job as behind the pages."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from agencies.models import Agency, Regency, User
from masterplan.models import Initiative, MasterPlan
from tests.factories import make_initiative, make_rpjmd
from tests.masterplan.initiatives.workbook.books import Book, exported
from tests.masterplan.plans.importing.samples import sample


@pytest.fixture
def draft(plan: MasterPlan, agency: Agency, agency_head: User) -> Initiative:
    """A draft of the agency."""
    return make_initiative(plan, agency=agency, by=agency_head, complete=True)


def run(capsys: Any, *arguments: str) -> str:
    """What a command says."""
    call_command(*arguments)
    return str(capsys.readouterr().out)


def test_export_of_all_of_an_agency_and_of_one(
    plan: MasterPlan, draft: Initiative, other_agency: Agency, tmp_path: Path, capsys: Any
) -> None:
    other = make_initiative(plan, agency=other_agency)
    out = tmp_path / "a.xlsx"
    for options, count in (((), 2), (("--agency", "dinkes"), 1), (("--initiative", draft.code), 1)):
        assert f"{count} inisiatif" in run(capsys, "export_workbook", plan.regency.slug, "--out", str(out), *options)
        assert Book(out.read_bytes()).count("Inisiatif") == count
    assert Book(out.read_bytes()).get("Inisiatif", 1, "Kode") == draft.code != other.code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("tidak-ada",), "Tidak ada kabupaten/kota"),
        (("kabupaten-semarang-uji", "--agency", "XYZ"), "Tidak ada perangkat daerah"),
        (("kabupaten-semarang-uji", "--initiative", "GO-77"), "Tidak ada inisiatif"),
    ],
)
def test_export_says_what_it_does_not_find(
    draft: Initiative, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        call_command("export_workbook", *arguments, "--out", str(tmp_path / "a.xlsx"))


def test_import_tells_and_stores_only_when_asked(
    plan: MasterPlan, draft: Initiative, agency_head: User, tmp_path: Path, capsys: Any
) -> None:
    file = tmp_path / "isian.xlsx"
    file.write_bytes(Book(exported(plan)).put("Inisiatif", 1, Risiko="Dari perintah").bytes)
    command = ("import_workbook", plan.regency.slug, str(file), "--as", agency_head.email)
    assert "berubah 1" in run(capsys, *command)
    assert Initiative.objects.get(pk=draft.pk).risk == draft.risk
    assert "1 inisiatif tersimpan" in run(capsys, *command, "--confirm")
    assert Initiative.objects.get(pk=draft.pk).risk == "Dari perintah"


def test_import_names_the_cells_in_the_wrong(
    plan: MasterPlan, draft: Initiative, agency_head: User, executive: User, tmp_path: Path, capsys: Any
) -> None:
    file = tmp_path / "isian.xlsx"
    file.write_bytes(Book(exported(plan)).put("Inisiatif", 1, Tahun_mulai="kapan").bytes)
    with pytest.raises(CommandError, match="Belum ada yang disimpan"):
        call_command("import_workbook", plan.regency.slug, str(file), "--as", agency_head.email, "--confirm")
    assert "empat angka" in capsys.readouterr().out
    for email, said in ((executive.email, "tidak berwenang"), ("siapa@contoh.test", "Tidak ada akun")):
        with pytest.raises(CommandError, match=said):
            call_command("import_workbook", plan.regency.slug, str(file), "--as", email)
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        call_command("import_workbook", plan.regency.slug, str(tmp_path / "x"), "--as", agency_head.email)


def test_a_plan_is_told_and_stored_only_when_asked(
    regency: Regency, coordinator: User, drafter: User, tmp_path: Path, capsys: Any
) -> None:
    Regency.objects.filter(pk=regency.pk).update(name="Semarang")
    rpjmd, file = make_rpjmd(regency), tmp_path / "rpjmd.xlsx"
    file.write_bytes(sample("basic/nested").data)
    command = ("import_plan", regency.slug, str(file), "--start", "2021", "--as")
    assert "Baru 4, berubah 0, tetap 0 unsur" in run(capsys, *command, coordinator.email)
    assert not rpjmd.elements.exists()
    said = run(capsys, *command, coordinator.email, "--confirm")
    assert "“DISDIKBUDPORA” tidak dikenal" in said and "4 unsur baru dan 0 berubah tersimpan" in said
    assert rpjmd.elements.count() == 4
    with pytest.raises(CommandError, match="tidak berwenang"):
        call_command(*command, drafter.email)
    with pytest.raises(CommandError, match="tidak punya Renstra DINPAR yang mulai 2021"):
        call_command(*command, coordinator.email, "--agency", "DINPAR")
    with pytest.raises(CommandError, match="sama dengan yang ada di portal"):
        call_command(*command, coordinator.email, "--confirm")
