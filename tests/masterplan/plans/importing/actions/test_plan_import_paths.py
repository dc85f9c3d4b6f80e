"""Workbooks of planning offices on the whole way: uploaded, columns as proposed, doubts answered, stored, and again."""

from typing import Any

import pytest

from agencies.models import Agency, Regency, User
from masterplan.models import DevelopmentPlan, PlanImport
from masterplan.plans.importing.actions import imports
from masterplan.plans.importing.compare.stored import stored_tree
from masterplan.plans.importing.export import plan_workbook
from masterplan.reference import Level
from tests.factories import make_element, make_rpjmd
from tests.masterplan.plans.importing.outlines import read
from tests.masterplan.plans.importing.samples import SampleWorkbook, Sheet, sample, workbook
from tests.masterplan.plans.importing.uploads import read_upload, stored_upload, worked_on

# Workbooks that raise questions, that name agencies and missions outside their rows, and whose periods differ.
WHOLE_WAY = [
    sample(name)
    for name in (
        "regulation/t_c_27",
        "regulation/missions_over_the_whole_width",
        "office/agencies_between",
        "office/dates_and_words",
        "office/lists_in_cells",
    )
]


def plan_for(book: SampleWorkbook, regency: Regency) -> DevelopmentPlan:
    """An empty plan such as the workbook is for, in a regency with its agencies."""
    Regency.objects.filter(pk=regency.pk).update(name=book.plan.place.removeprefix("Kabupaten "))
    agencies = [
        Agency.objects.create(regency=regency, name=unit.name, short_name=(*unit.names, unit.name)[0], kind="dinas")
        for unit in book.plan.agencies
    ]
    made = DevelopmentPlan.objects.create(
        regency=regency, kind=book.plan.kind, title="Rencana", start_year=book.plan.start_year,
        end_year=book.plan.end_year, agency=agencies[0] if book.plan.kind == "renstra" else None,
    )  # fmt: skip
    return DevelopmentPlan.objects.get(pk=made.pk)


def answered(plan: DevelopmentPlan, by: User, data: bytes) -> tuple[PlanImport, dict[str, str]]:
    """An upload with the first choice given to whatever must be answered, and these answers."""
    job = read_upload(plan, by, data)
    must = [doubt for doubt in job.result["doubts"] if not doubt["proposed"]]
    answers = {doubt["key"]: doubt["choices"][0][0] for doubt in must}
    if answers:
        assert job.result["unanswered"] == len(answers)
        imports.answer_questions(job, by=by, answers=answers)
        worked_on(job)
    assert job.result["unanswered"] == 0
    return job, answers


def told(node: Any, targets: dict[Any, str], name: str) -> tuple[Any, ...]:
    """What a node and one of its indicators say, wherever they are kept."""
    said = sorted((str(year), text) for year, text in targets.items())
    return node.level, node.code, node.text, sorted(node.ceilings.items()), name, said


@pytest.mark.parametrize("book", WHOLE_WAY, ids=lambda book: book.name)
def test_a_workbook_of_an_office_goes_the_whole_way(book: SampleWorkbook, regency: Regency, coordinator: User) -> None:
    plan, data = plan_for(book, regency), book.data
    job, answers = answered(plan, coordinator, data)
    assert imports.confirm_plan_import(job, by=coordinator)
    assert worked_on(job).is_stored, job.error
    document, _, _ = read(data, book.plan, answers)
    wanted = [told(node, each.targets, each.name) for node in document.walk() for each in node.indicators]
    stored = [node for top in stored_tree(plan) for node in top.walk()]
    assert len(stored) == len(list(document.walk()))
    kept = [told(node, each["targets"], each["name"]) for node in stored for each in node.indicators]
    assert sorted(kept) == sorted(wanted)
    for again in (data, plan_workbook(plan)):
        counts = answered(plan, coordinator, again)[0].result["counts"]
        assert (counts["added"], counts["changed"], counts["vanished"]) == (0, 0, 0)


def test_a_table_of_objectives_finds_its_goals_in_the_portal(regency: Regency, coordinator: User) -> None:
    plan = make_rpjmd(regency)
    mission = make_element(plan, Level.MISSION, code="1", text="Meningkatkan layanan")
    goal = make_element(plan, Level.GOAL, code="1.1", text="Terwujudnya layanan", parent=mission)
    objective = make_element(plan, Level.OBJECTIVE, code="1.1.1", text="Meningkatnya mutu", parent=goal)
    rows = [["Sasaran", "Program", "Indikator", "Satuan", "Target 2022"],
            ["Meningkatnya mutu", "Program Aplikasi", "Cakupan", "%", 80]]  # fmt: skip
    data = workbook(Sheet("Program", dict(enumerate(rows, 1))))
    job = stored_upload(plan, coordinator, data)
    assert job.is_stored and job.result["stored"] == {"added": 1, "changed": 0, "removed": 0}
    assert plan.elements.get(level=Level.PROGRAM).parent == objective
    lost = workbook(Sheet("Program", {1: rows[0], 2: ["Sasaran yang lain", *rows[1][1:]]}))
    found = read_upload(plan, coordinator, lost).result
    assert found["unanswered"] == 1 and "Impor dulu tabel yang memuat tujuan, atau" in found["doubts"][0]["sentence"]
