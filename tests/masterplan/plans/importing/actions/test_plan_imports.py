"""A plan comes in as a whole or not at all, comes back unchanged, and never loses what others hang on."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from agencies.models import Agency, Regency, User
from masterplan.models import (
    AlignmentLink,
    ColumnProfile,
    DevelopmentPlan,
    MasterPlan,
    PlanImport,
)
from masterplan.plans.actions import plan_elements
from masterplan.plans.importing import tasks
from masterplan.plans.importing.actions import imports
from masterplan.plans.importing.compare.stored import stored_tree
from masterplan.plans.importing.export import plan_workbook
from masterplan.plans.importing.forms import as_kept
from masterplan.reference import Level
from smartcity.common.jobs import JobState
from tests.factories import make_element, make_indicator, make_initiative, make_program, make_rpjmd
from tests.masterplan.plans.importing.samples import SampleWorkbook, sample, samples, saved
from tests.masterplan.plans.importing.uploads import content, looked_at, read_upload, stored_upload, worked_on

NESTED = sample("basic/nested").data


@pytest.fixture
def rpjmd(regency: Regency) -> DevelopmentPlan:
    """A plan without nodes."""
    return make_rpjmd(regency)


def changed(data: bytes, **cells: Any) -> bytes:
    """The first sheet with some cells changed."""
    book = load_workbook(BytesIO(data))
    for place, value in cells.items():
        book.worksheets[0][place] = value
    return saved(book)


def lines(plan: DevelopmentPlan) -> str:
    """The nodes of a plan, set in by their depth."""

    def walk(node: Any, depth: int) -> list[str]:
        said = " ".join(part for part in (node.level, node.code, node.text) if part)
        return ["  " * depth + said, *(line for child in node.children for line in walk(child, depth + 1))]

    return "\n".join(line for top in stored_tree(plan) for line in walk(top, 0))


def test_a_nested_table_is_stored_with_all_it_says(rpjmd: DevelopmentPlan, coordinator: User, regency: Regency) -> None:
    school = Agency.objects.create(regency=regency, name="Dinas Pendidikan", short_name="DISDIKBUDPORA", kind="dinas")
    data = changed(NESTED, A1="Tabel 7.1 Program Perangkat Daerah")
    job = stored_upload(rpjmd, coordinator, data)
    assert job.is_stored and job.result["stored"] == {"added": 4, "changed": 0, "removed": 0}
    program = rpjmd.elements.get(level="program")
    assert (program.parent.parent.parent.code, program.agency) == ("1", school)
    assert program.sort_key == "000001.000001.000002"
    assert {each.year: each.amount for each in program.ceilings.all()} == {2022: 56_800_000_000, 2023: 57_900_000_000}
    measure = program.indicators.get(order=0)
    assert (measure.unit, measure.baseline, measure.agency) == ("persen", "96,40", school)
    assert [(each.year, each.text, float(each.value)) for each in measure.targets.all()] == [
        (2022, "96,80", 96.8),
        (2023, "97,20", 97.2),
    ]
    assert not read_upload(rpjmd, coordinator, data).result["counts"]["changed"]


@pytest.mark.parametrize(
    "book", [each for each in samples("basic") if each.plan.kind == "rpjmd"], ids=lambda each: each.name
)
def test_every_workbook_stores_and_comes_back_unchanged(
    book: SampleWorkbook, rpjmd: DevelopmentPlan, coordinator: User, regency: Regency
) -> None:
    Regency.objects.filter(pk=regency.pk).update(name="Semarang")
    rpjmd = DevelopmentPlan.objects.get(pk=rpjmd.pk)
    job = stored_upload(rpjmd, coordinator, book.data)
    assert job.is_stored, job.error
    wanted = "\n".join(
        line.partition(" @")[0] for line in book.tree.split("\n") if not line.strip().startswith(("*", "Rp"))
    )
    assert sorted(lines(rpjmd).split("\n")) == sorted(wanted.split("\n"))
    again = read_upload(rpjmd, coordinator, book.data).result["counts"]
    assert (again["added"], again["changed"], again["vanished"]) == (0, 0, 0)
    back = read_upload(rpjmd, coordinator, plan_workbook(rpjmd)).result["counts"]
    assert (back["added"], back["changed"], back["vanished"]) == (0, 0, 0)


def test_what_a_renstra_does_not_assign_is_its_agencys(regency: Regency, coordinator: User, agency: Agency) -> None:
    rpjmd = make_rpjmd(regency)
    carried = make_program(rpjmd, code="2.16.03", text="Program Aplikasi Informatika")
    plan = DevelopmentPlan.objects.create(
        regency=regency, kind="renstra", agency=agency, title="Renstra", start_year=2021, end_year=2026
    )
    book = sample("basic/set_in")
    assert stored_upload(plan, coordinator, book.data).is_stored
    assert {node.agency for node in plan.elements.select_related("agency")} == {agency}
    assert [node.carries_out for node in plan.elements.filter(level="program").order_by("pk")] == [carried, None]


def test_a_second_file_tells_what_is_new_changed_and_gone(rpjmd: DevelopmentPlan, coordinator: User) -> None:
    data = changed(NESTED, A1="Tabel 7.1")
    stored_upload(rpjmd, coordinator, data)
    kept = rpjmd.elements.get(code="1.01.02")
    data = changed(data, B13="Program Pengelolaan Sekolah", G13=60000000, A11="1.1.2", B11="Sasaran yang lain")
    job = read_upload(rpjmd, coordinator, data)
    assert job.result["counts"] | {"levels": 0} == {"added": 1, "changed": 1, "same": 2, "vanished": 1, "levels": 0}
    step = next(step for step in job.result["steps"] if step["state"] == "changed")
    said = {each["label"]: (each["old"], each["new"]) for each in step["says"]}
    assert said["Uraian"] == ("Program Pengelolaan Pendidikan", "Program Pengelolaan Sekolah")
    assert said["Pagu 2022"] == ("Rp56.800.000.000", "Rp60.000.000.000") and "Induk" in said
    gone = job.result["vanished"]
    assert [(each["code"], each["why"]) for each in gone] == [("1.1.1", "masih ada unsur di bawahnya")]
    assert imports.confirm_plan_import(job, by=coordinator, removed=[gone[0]["pk"]])
    assert worked_on(job).is_stored
    kept.refresh_from_db()
    assert (kept.parent.code, kept.text, rpjmd.elements.filter(code="1.1.1").count()) == ("1.1.2", step["text"], 1)


def test_what_vanished_goes_only_when_wanted_and_free(coordinator: User, plan: MasterPlan, agency: Agency) -> None:
    rpjmd = plan.development_plan
    objective = make_element(
        rpjmd, Level.OBJECTIVE, make_element(rpjmd, Level.GOAL, code="1", text="Tetap"), code="1.1", text="Tetap juga"
    )
    rows = [make_element(rpjmd, Level.PROGRAM, objective, code=f"2.16.0{n}", text=f"Program {n}") for n in (2, 3, 4)]
    data = plan_workbook(rpjmd)
    free, linked = [make_element(rpjmd, Level.PROGRAM, objective, code=f"2.17.0{n}", text=f"Lain {n}") for n in (1, 2)]
    initiative = make_initiative(plan, agency=agency, by=coordinator)
    AlignmentLink.objects.create(initiative=initiative, element=linked, proposed_by=coordinator)
    job = read_upload(rpjmd, coordinator, data)
    assert {each["pk"]: each["why"] for each in job.result["vanished"]} == {
        free.pk: "",
        linked.pk: "tertaut dengan inisiatif",
    }
    assert imports.confirm_plan_import(job, by=coordinator, removed=[free.pk, linked.pk, rows[0].pk])
    assert worked_on(job).result["stored"] == {"added": 0, "changed": 0, "removed": 1}
    assert set(rpjmd.elements.filter(level="program")) == {*rows, linked}


def test_an_indicator_under_a_better_name_keeps_its_links(rpjmd: DevelopmentPlan, coordinator: User) -> None:
    program = make_program(rpjmd, code="2.16.03")
    measure = make_indicator(program, "Persentase layanan yang daring")
    data = plan_workbook(rpjmd)
    place = next(row for row in range(5, 12) if "Persentase" in str(load_cell(data, f"E{row}")))
    job = stored_upload(rpjmd, coordinator, changed(data, **{f"E{place}": "Persentase layanan daring"}))
    assert job.result["stored"]["changed"] == 1
    measure.refresh_from_db()
    assert measure.name == "Persentase layanan daring" and measure.targets.count() == 1


def load_cell(data: bytes, place: str) -> Any:
    return load_workbook(BytesIO(data)).worksheets[0][place].value


def meanwhile_edited(plan: DevelopmentPlan, by: User) -> None:
    node = plan.elements.get(code="1.01.02")
    plan_elements.save_element(node, by=by, data={"text": "Program yang lain"}, version=node.edit_version)


def meanwhile_taken(plan: DevelopmentPlan, by: User) -> None:
    goal = plan.elements.get(level="objective")
    plan_elements.create_element(
        plan=plan, parent=goal, by=by, data={"level": "program", "code": "1.01.09", "text": "Sudah ada"}
    )


def meanwhile_deleted(plan: DevelopmentPlan, by: User) -> None:
    plan_elements.delete_element(plan.elements.get(code="1.01.02"), by=by)


def meanwhile_left(plan: DevelopmentPlan, by: User) -> None:
    by.memberships.all().delete()


@pytest.mark.parametrize(
    ("meanwhile", "said"),
    [
        (meanwhile_edited, "diubah orang lain"),
        (meanwhile_taken, "Kode 1.01.09 sudah dipakai"),
        (meanwhile_deleted, "sudah dihapus"),
        (meanwhile_left, "tidak lagi berwenang"),
    ],
)
def test_what_changed_meanwhile_stops_all_of_it(
    rpjmd: DevelopmentPlan, coordinator: User, meanwhile: Any, said: str
) -> None:
    data = changed(NESTED, A1="Tabel 7.1")
    stored_upload(rpjmd, coordinator, data)
    data = changed(data, B13="Program Pengelolaan Sekolah", A14="1.01.09", B14="Program Baru", G14=None, I14=None)
    job = read_upload(rpjmd, coordinator, data)
    assert (job.result["counts"]["added"], job.result["counts"]["changed"]) == (1, 1)
    assert imports.confirm_plan_import(job, by=coordinator)
    meanwhile(rpjmd, coordinator)
    before = content(rpjmd)
    assert worked_on(job).state == JobState.FAILED
    assert said in job.error and "Tidak ada yang disimpan" in job.error
    assert content(rpjmd) == before


def test_a_plan_of_another_place_waits_for_a_word(rpjmd: DevelopmentPlan, coordinator: User) -> None:
    data = changed(NESTED, A1="RPJMD Kota Semarang, Peraturan Daerah Nomor 6 Tahun 2021")
    job = read_upload(rpjmd, coordinator, data)
    with pytest.raises(ValidationError, match="Jawab dulu 1 pertanyaan"):
        imports.confirm_plan_import(job, by=coordinator)
    assert not rpjmd.elements.exists()
    key = job.result["doubts"][0]["key"]
    imports.answer_questions(job, by=coordinator, answers={key: "entah", "tidak ada": "go_on"})
    assert worked_on(job).result["unanswered"] == 1
    imports.answer_questions(job, by=coordinator, answers={key: "go_on"})
    assert worked_on(job).result["unanswered"] == 0
    assert imports.confirm_plan_import(job, by=coordinator)
    assert not imports.confirm_plan_import(job, by=coordinator)
    assert worked_on(job).is_stored and not tasks.run_plan(job.pk)


def test_answers_outlive_another_meaning_of_the_columns(rpjmd: DevelopmentPlan, coordinator: User) -> None:
    """Where a cell is asked something else its answer waits, and counts again when the question is as it was."""
    job = read_upload(rpjmd, coordinator, sample("basic/numbers_as_codes").data, answers={"Cetak!G16": "1.250"})
    found = {"Cetak!G16": "1.250"}

    def answers_with(roles: dict[int, str]) -> dict[str, str]:
        tables = as_kept(job.tables)
        tables["Cetak"]["roles"] |= roles
        imports.map_columns(job, by=coordinator, tables=tables)
        return {doubt["key"]: doubt["answer"] for doubt in worked_on(job).result["doubts"] if doubt["answer"]}

    was = as_kept(job.tables)["Cetak"]["roles"]
    assert answers_with({10: ""}) == found
    assert answers_with({7: ""}) == {}
    assert answers_with({7: was[9]}) == {}
    assert answers_with(was) == found


def test_what_was_said_of_the_columns_is_remembered(rpjmd: DevelopmentPlan, coordinator: User) -> None:
    job = looked_at(rpjmd, coordinator, NESTED)
    tables = as_kept(job.tables)
    tables["Tabel 7.1"]["roles"][12] = ""
    imports.map_columns(job, by=coordinator, tables=tables)
    again = looked_at(rpjmd, coordinator, NESTED)
    assert (again.tables[0]["from_profile"], again.tables[0]["columns"][11]["role"]) == (True, "")
    assert ColumnProfile.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"roles": {3: "target"}}, "tulis juga tahunnya"),
        ({"roles": {3: "objects"}}, "tulis juga tahunnya"),
        ({"first_row": 0}, "baris data yang pertama"),
        ({"money_unit": 7}, "satuan uangnya"),
        ({"is_read": False}, "sedikitnya satu lembar"),
    ],
)
def test_columns_that_cannot_be_are_refused(
    rpjmd: DevelopmentPlan, coordinator: User, wrong: dict[str, Any], said: str
) -> None:
    job = looked_at(rpjmd, coordinator, NESTED)
    tables = as_kept(job.tables)
    tables["Tabel 7.1"] |= wrong
    with pytest.raises(ValidationError, match=said):
        imports.map_columns(job, by=coordinator, tables=tables)
    job.refresh_from_db()
    assert job.is_looked_at


def test_only_who_may_change_plans_may_import(rpjmd: DevelopmentPlan, coordinator: User, agency_head: User) -> None:
    job = read_upload(rpjmd, coordinator, changed(NESTED, A1=None))
    for step in (
        lambda: imports.upload_plan(rpjmd, by=agency_head, data=b"x", filename="x.xlsx"),
        lambda: imports.map_columns(job, by=agency_head, tables={}),
        lambda: imports.answer_questions(job, by=agency_head, answers={}),
        lambda: imports.confirm_plan_import(job, by=agency_head),
    ):
        with pytest.raises(PermissionDenied):
            step()


def test_a_file_that_is_none_ends_with_a_sentence(rpjmd: DevelopmentPlan, coordinator: User) -> None:
    assert "bukan buku kerja Excel" in looked_at(rpjmd, coordinator, b"PK tidak").error
    assert "Tidak ada tabel rencana" in looked_at(rpjmd, coordinator, without_heads(NESTED)).error


def without_heads(data: bytes) -> bytes:
    """The workbook with only its first sentence left."""
    book = load_workbook(BytesIO(data))
    del book["Tabel 7.1"]
    book.create_sheet("Catatan")["A1"] = "Rapat hari Senin"
    return saved(book)


def test_questions_do_not_grow_with_the_plan(rpjmd: DevelopmentPlan, coordinator: User) -> None:
    def asked(count: int) -> int:
        for _ in range(count):
            make_indicator(make_program(rpjmd, code=""))
        with CaptureQueriesContext(connection) as queries:
            plan_workbook(rpjmd)
        return len(queries)

    assert asked(1) == asked(4)


def test_a_lost_message_is_rung_again_and_a_worn_out_upload_ends(
    rpjmd: DevelopmentPlan, coordinator: User, monkeypatch: Any, django_capture_on_commit_callbacks: Any
) -> None:
    job = imports.upload_plan(rpjmd, by=coordinator, data=NESTED, filename="rpjmd.xlsx")
    rung: list[int] = []
    monkeypatch.setattr(tasks.work_on_plan, "delay", rung.append)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.sweep_plans()
    assert rung == [job.pk]
    long_ago = timezone.now() - timedelta(hours=1)
    PlanImport.objects.filter(pk=job.pk).update(state="running", attempts=3, lease_until=long_ago, started_at=long_ago)
    tasks.sweep_plans()
    job.refresh_from_db()
    assert job.state == JobState.FAILED and "tiga kali" in job.error and not tasks.run_plan(job.pk)


def test_old_uploads_are_forgotten(rpjmd: DevelopmentPlan, coordinator: User) -> None:
    job = looked_at(rpjmd, coordinator, NESTED)
    assert PlanImport.forget_old() == 0
    PlanImport.objects.filter(pk=job.pk).update(requested_at=timezone.now() - timedelta(days=31))
    assert PlanImport.forget_old() == 1 and not PlanImport.objects.exists()
