"""Editions on their pages: freezing with a reason, adopting by decree, the locked plan, reading and comparing."""

from copy import deepcopy
from datetime import timedelta
from time import process_time
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actions.agencies import change_agency
from agencies.models import Agency, User
from masterplan.analyses import actions as analyses
from masterplan.editions import actions as editions
from masterplan.initiatives.actions import initiatives
from masterplan.models import EditionReading, Initiative, MasterPlan, ReadinessCell, Snapshot, SubDimension
from masterplan.reference import EditionStatus
from masterplan.review.actions import reviews
from masterplan.sections.actions import outline, sections
from tests.factories import DECREE_NUMBER, make_edition, make_initiative, make_swot_item
from tests.masterplan.books.plan_content import generate_300
from tests.masterplan.page_text import text_of
from tests.sweep.watching import watching


@pytest.fixture
def approved(plan: MasterPlan, agency: Agency, agency_head: User, coordinator: User) -> Initiative:
    return make_initiative(plan, agency=agency, by=agency_head, coordinator=coordinator, status="approved")


def address(plan: MasterPlan, name: str, *args: Any) -> str:
    return reverse(name, args=[plan.regency.slug, *args])


def revise(initiative: Initiative, coordinator: User, **answers: Any) -> None:
    """Return, change and approve again."""
    by = initiative.submitted_by
    assert by is not None
    reviews.transition(initiative, name="return", by=coordinator, comment="Perbaiki.")
    fresh = Initiative.objects.get(pk=initiative.pk)
    initiatives.save(fresh, by=by, data=answers, version=fresh.edit_version)
    for name, who in (("submit", by), ("start_review", coordinator), ("approve", coordinator)):
        reviews.transition(Initiative.objects.complete().get(pk=initiative.pk), name=name, by=who)


# Freezing ------------------------------------------------------------------------------------------------------------


def test_the_reason_is_asked_and_shown(
    client_of: Any, plan: MasterPlan, approved: Initiative, coordinator: User
) -> None:
    client = client_of(coordinator)
    sent = {"label": "Untuk dewan", "reason": "Angka anggaran diperbaiki.", "scope": "approved"}
    response = client.post(address(plan, "edition_create"), sent, follow=True)
    assert "Angka anggaran diperbaiki." in text_of(response)
    assert "Angka anggaran diperbaiki." in text_of(client.get(address(plan, "edition_list")))


# Adopting ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def reviewed(plan: MasterPlan, approved: Initiative) -> Snapshot:
    return make_edition(plan, status="reviewed")


def adopt(client: Client, plan: MasterPlan, **sent: str) -> Any:
    values = {"decree_number": DECREE_NUMBER, "decree_date": f"{timezone.localdate():%d/%m/%Y}"} | sent
    return client.post(address(plan, "edition_transition", 1, "adopt"), values, follow=True)


def test_adopting_asks_for_the_decree(client_of: Any, plan: MasterPlan, reviewed: Snapshot, executive: User) -> None:
    client = client_of(executive)
    response = adopt(client, plan, decree_number="", decree_date="")
    assert "Tulis nama dan nomor keputusan" in text_of(response)
    assert "Tulis tanggal keputusan" in text_of(response)
    later = timezone.localdate() + timedelta(days=366)
    assert "belum tiba" in text_of(adopt(client, plan, decree_date=f"{later:%d/%m/%Y}"))
    reviewed.refresh_from_db()
    assert reviewed.status == EditionStatus.REVIEWED


def test_an_older_decree_is_asked_about(client_of: Any, plan: MasterPlan, reviewed: Snapshot, executive: User) -> None:
    client = client_of(executive)
    plain = client.get(address(plan, "edition_transition", 1, "adopt"))
    assert "memang sudah terbit" not in text_of(plain)
    asked = adopt(client, plan, decree_date="20/9/2021")
    assert "lebih awal dari pembekuan" in text_of(asked)
    assert "memang sudah terbit" in text_of(asked)
    assert DECREE_NUMBER in asked.content.decode()
    text = text_of(adopt(client, plan, decree_date="20/9/2021", is_earlier="on"))
    assert f"{DECREE_NUMBER}, 20 September 2021" in text


def test_the_decree_is_shown_and_the_plan_is_locked(
    client_of: Any, plan: MasterPlan, reviewed: Snapshot, executive: User
) -> None:
    text = text_of(adopt(client_of(executive), plan))
    assert f"Ditetapkan dengan<b>{DECREE_NUMBER}" in text
    assert "Rencana induk terkunci" in text
    assert "Buka kunci" in text


# The locked plan on the pages ----------------------------------------------------------------------------------------


@pytest.fixture
def draft(plan: MasterPlan, agency: Agency, agency_head: User) -> Initiative:
    return make_initiative(plan, agency=agency, by=agency_head, complete=True)


@pytest.fixture
def locked(plan: MasterPlan, approved: Initiative, draft: Initiative, coordinator: User) -> MasterPlan:
    outline.complete_outline(plan, bodies={}, by=coordinator)
    make_edition(plan, status="adopted")
    return plan


PAGES = ["regency_home", "initiative_list", "section_list", "edition_list", "edition_create", "alignment_matrix"]


@pytest.mark.parametrize("name", PAGES)
def test_those_who_would_write_see_the_strip(client_of: Any, locked: MasterPlan, coordinator: User, name: str) -> None:
    assert "Rencana induk terkunci: edisi 1 ditetapkan" in text_of(client_of(coordinator).get(address(locked, name)))


def test_who_writes_a_text_sees_the_strip_and_nobody_is_told_to_add(
    client_of: Any, locked: MasterPlan, coordinator: User, agency_head: User
) -> None:
    section = locked.sections.filter(parent=None).first()
    assert section is not None
    text = text_of(client_of(coordinator).get(address(locked, "section_edit", section.pk)))
    assert "Rencana induk terkunci: edisi 1 ditetapkan" in text
    assert "Tambah inisiatif" not in text_of(client_of(agency_head).get(address(locked, "regency_home")))


def test_whoever_only_reads_sees_no_strip(client_of: Any, locked: MasterPlan, expert: User) -> None:
    assert "Rencana induk terkunci" not in text_of(client_of(expert).get(address(locked, "edition_list")))


def test_the_strip_goes_with_the_lock(client_of: Any, locked: MasterPlan, coordinator: User) -> None:
    client = client_of(coordinator)
    unlock = address(locked, "edition_transition", 1, "unlock")
    assert "Tulis alasannya" in text_of(client.post(unlock, {"comment": " "}))
    response = client.post(unlock, {"comment": "RPJMD berubah."}, follow=True)
    assert "Rencana induk terbuka" in text_of(response)
    assert "RPJMD berubah." in text_of(response)
    assert "Rencana induk terkunci" not in text_of(client.get(address(locked, "initiative_list")))


def test_autosave_says_frozen_and_by_what(
    client_of: Any, locked: MasterPlan, draft: Initiative, agency_head: User
) -> None:
    url = address(locked, "initiative_autosave", draft.pk, "identitas")
    sent = {"problem": "Lain", "edit_version": draft.edit_version, "person": agency_head.pk}
    answer = client_of(agency_head).post(url, sent).json()
    assert answer["state"] == "frozen"
    assert "Rencana induk terkunci" in answer["message"]


def test_a_page_sent_too_late_comes_back_with_what_was_typed(
    client_of: Any, locked: MasterPlan, draft: Initiative, agency_head: User
) -> None:
    url = address(locked, "initiative_edit", draft.pk, "identitas")
    sent = {"name": draft.name, "problem": "Naskah yang hampir hilang", "edit_version": draft.edit_version}
    text = text_of(client_of(agency_head).post(url, sent))
    assert "Isian ini tidak tersimpan.</b>Rencana induk terkunci" in text
    assert "Naskah yang hampir hilang" in text


def test_a_section_comes_back_with_what_was_typed(client_of: Any, locked: MasterPlan, coordinator: User) -> None:
    section = locked.sections.get(key="visi.visi-misi")
    url = address(locked, "section_edit", section.pk)
    sent = {"title": section.title, "body": "Naskah yang lain.", "writing_state": "started"}
    response = client_of(coordinator).post(url, sent | {"edit_version": section.edit_version})
    assert "Rencana induk terkunci" in text_of(response)
    assert "Naskah yang lain." in response.content.decode()
    section.refresh_from_db()
    assert section.body != "Naskah yang lain."


def test_a_new_initiative_comes_back_with_what_was_typed(
    client_of: Any, locked: MasterPlan, agency: Agency, agency_head: User
) -> None:
    client = client_of(agency_head)
    page = client.get(address(locked, "initiative_create"))
    form = page.context["form"]
    sent = {
        "name": "Nama yang hampir hilang", "lead_agency": agency.pk, "token": form["token"].value(),
        "sub_dimension": SubDimension.objects.get(key="waste").pk,
    }  # fmt: skip
    response = client.post(address(locked, "initiative_create"), sent)
    assert "Rencana induk terkunci" in text_of(response)
    assert "Nama yang hampir hilang" in response.content.decode()


def test_other_doors_say_why(client_of: Any, locked: MasterPlan, draft: Initiative, agency_head: User) -> None:
    client = client_of(agency_head)
    for name, args in (
        ("initiative_transition", [draft.pk, "submit"]),
        ("initiative_edit", [draft.pk, "identitas"]),
        ("initiative_check", [draft.pk]),
        ("initiative_copy_from", [draft.pk]),
    ):
        assert "Rencana induk terkunci" in text_of(client.get(address(locked, name, *args), follow=True)), name


# Reading -------------------------------------------------------------------------------------------------------------


def test_reading_is_noted_with_and_without_javascript(
    client_of: Any, plan: MasterPlan, approved: Initiative, expert: User
) -> None:
    edition = make_edition(plan)
    client = client_of(expert)
    assert EditionReading.objects.count() == 0
    client.get(address(plan, "edition_detail", 1))
    assert EditionReading.objects.count() == 0, "a GET writes nothing"
    answer = client.post(address(plan, "edition_read", 1), headers={"HX-Request": "true"})
    assert "Anda sudah membaca edisi ini" in answer.content.decode()
    assert client.post(address(plan, "edition_read", 1)).status_code == 302
    assert EditionReading.objects.get().snapshot == edition


def test_what_changed_since_one_last_read_is_offered(
    client_of: Any, plan: MasterPlan, approved: Initiative, expert: User, coordinator: User
) -> None:
    first = make_edition(plan, label="Satu")
    make_edition(plan, label="Dua")
    client = client_of(expert)
    link = address(plan, "edition_compare", 1, 2)
    assert "Sejak terakhir Anda baca" not in text_of(client.get(address(plan, "edition_list")))
    editions.note_reading(first, by=expert)
    for page in (address(plan, "edition_list"), address(plan, "edition_detail", 2)):
        response = client.get(page)
        assert "Sejak terakhir Anda baca" in text_of(response)
        assert link in response.content.decode()
    assert "Sejak terakhir Anda baca" not in text_of(client_of(coordinator).get(address(plan, "edition_list")))


# Comparing -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def two(plan: MasterPlan, approved: Initiative, coordinator: User) -> MasterPlan:
    """Two editions between which an initiative was changed and another one came."""
    make_edition(plan, label="Satu")
    year = str(plan.start_year)
    budgets = [{"source": "apbd_regency", "amounts": {year: 200_000_000}}]
    revise(approved, coordinator, risk="Listrik padam di loket", budgets=budgets)
    make_initiative(plan, status="approved", name="Bank sampah", sub_dimension="waste")
    make_edition(plan, label="Dua")
    return plan


def test_the_newest_is_compared_with_the_one_before(client_of: Any, two: MasterPlan, expert: User) -> None:
    response = client_of(expert).get(address(two, "edition_compare_choice"), follow=True)
    assert response.redirect_chain[-1][0] == address(two, "edition_compare", 1, 2)
    text = text_of(response)
    assert "Ditambahkan<b>1</b>" in text
    assert "Bank sampah" in text
    assert "+Rp200.000.000" in text or "+Rp350.000.000" in text
    html = response.content.decode()
    assert "<ins>" in html
    assert "Rp150.000.000 menjadi Rp200.000.000" in html
    assert "(+Rp50.000.000)" in html


def test_chosen_editions_are_put_in_order(client_of: Any, two: MasterPlan, expert: User) -> None:
    client = client_of(expert)
    chosen = client.get(address(two, "edition_compare_choice"), {"dari": "2", "ke": "1"})
    assert chosen["Location"] == address(two, "edition_compare", 1, 2)
    assert client.get(address(two, "edition_compare", 2, 1))["Location"] == address(two, "edition_compare", 1, 2)
    assert "Isi kedua edisi sama." in text_of(client.get(address(two, "edition_compare", 2, 2)))
    assert client.get(address(two, "edition_compare", 1, 9)).status_code == 404


def test_one_edition_is_not_compared(client_of: Any, plan: MasterPlan, approved: Initiative, expert: User) -> None:
    make_edition(plan)
    response = client_of(expert).get(address(plan, "edition_compare_choice"), follow=True)
    assert "Baru ada satu edisi" in text_of(response)


def test_filters_by_dimension_and_agency(client_of: Any, two: MasterPlan, approved: Initiative, expert: User) -> None:
    client = client_of(expert)
    page = address(two, "edition_compare", 1, 2)
    environment = text_of(client.get(page, {"dimensi": "EN"}))
    assert "Bank sampah" in environment
    assert approved.name not in environment
    own = text_of(client.get(page, {"opd": f"ag-{approved.lead_agency_id}"}))
    assert approved.name in own
    assert "Bank sampah" not in own
    assert "Bank sampah" in text_of(client.get(page, {"dimensi": "XX", "opd": "ag-0"})), (
        "what is unknown filters nothing"
    )


def test_everything_that_is_frozen_is_told_on_the_page(
    client_of: Any, plan: MasterPlan, approved: Initiative, coordinator: User, administrator: User, agency: Agency,
    other_agency: Agency, expert: User,
) -> None:  # fmt: skip
    outline.complete_outline(plan, bodies={}, by=coordinator)
    cell = ReadinessCell(master_plan=plan, aspect="digital")
    cell = analyses.save(cell, by=coordinator, data={"score": "Kurang"}, version=1)
    make_edition(plan)
    fresh = ReadinessCell.objects.get(pk=cell.pk)
    analyses.save(fresh, by=coordinator, data={"score": "Baik"}, version=fresh.edit_version)
    make_swot_item(plan, coordinator, "O", "Jalan tol baru.")
    outline.move_section(plan.sections.get(key="pendahuluan.dasar-hukum"), by=coordinator, step=-1)
    outline.include_section(plan.sections.get(key="penutup.penutup"), by=coordinator, included=False)
    lead = plan.sections.get(key="visi")
    sections.save_section(lead, by=coordinator, data={"lead": "Arah bersama."}, version=lead.edit_version)
    values = {
        "short_name": agency.short_name,
        "kind": agency.kind,
        "order": agency.order,
        "code": "",
        "parent": None,
        "aliases": [],
        "valid_from": None,
    }
    ended = {"name": agency.name, "valid_to": timezone.localdate(), "successor": other_agency}
    change_agency(agency, by=administrator, data=values | ended)
    make_edition(plan)
    text = text_of(client_of(expert).get(address(plan, "edition_compare", 1, 2)))
    for words in (
        "Buku 1, Analisis Kesiapan Daerah", "Kesiapan infrastruktur: digital", "Kurang menjadi Baik", "(naik 2 tingkat)",
        "Peluang O1", "Jalan tol baru.", "Pendahuluan, urutan ke-4 menjadi Pendahuluan, urutan ke-3",
        "Buku 2, Penutup", "Pengantar pembuka bab", "Dilanjutkan oleh", other_agency.name,
        "Naskah dan kerangka buku<b>3</b>", "Analisis<b>2</b>", "Perangkat daerah dan kecamatan<b>1</b>",
    ):  # fmt: skip
        assert words in text, words


def test_300_initiatives_are_compared_in_a_second(client_of: Any, two: MasterPlan, executive: User) -> None:
    """Two large editions: as few questions as of small ones, and the page within its second of work."""
    before = generate_300()
    after = deepcopy(before)
    for row in after["initiatives"]:
        row["risk"] += " Lain."
        row["budgets"] = row["budgets"][1:]
        row["indicators"][0]["targets"] = dict.fromkeys(row["indicators"][0]["targets"], "999")
    for number, content in ((1, before), (2, after)):
        Snapshot.objects.filter(master_plan=two, number=number).update(content=content)
    client = client_of(executive)
    with watching() as seen:
        started = process_time()
        response = client.get(address(two, "edition_compare", 1, 2))
        took = process_time() - started
    assert "Diubah<b>300</b>" in text_of(response)
    assert len(seen.statements) <= 6
    assert took < 1


def test_the_comparison_asks_few_questions(client_of: Any, two: MasterPlan, executive: User) -> None:
    client = client_of(executive)
    with watching() as seen:
        assert client.get(address(two, "edition_compare", 1, 2)).status_code == 200
    assert len(seen.statements) <= 6
