"""The coordinator's queue and the page on which an initiative is reviewed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.roles import Role
from masterplan.alignment.actions import links
from masterplan.discussion.actions import threads
from masterplan.initiatives.actions import initiatives
from masterplan.models import Initiative
from masterplan.registry import FIELDS
from masterplan.review.actions import reviews
from tests.factories import make_district, make_initiative, make_person, make_program


@pytest.fixture
def submitted(plan, agency, agency_head):
    return make_initiative(plan, status="submitted", agency=agency, by=agency_head, name="Tiket wisata nontunai")


@pytest.fixture
def in_review(plan, agency, agency_head, coordinator):
    return make_initiative(plan, status="in_review", agency=agency, by=agency_head, coordinator=coordinator)


@pytest.fixture
def returned(plan, agency, agency_head, coordinator):
    return make_initiative(plan, status="returned", agency=agency, by=agency_head, coordinator=coordinator)


def queue(regency, query=""):
    return reverse("review_queue", args=[regency.slug]) + query


def page(initiative, query=""):
    return reverse("initiative_review", args=[initiative.regency.slug, initiative.pk]) + query


def fresh(initiative):
    return Initiative.objects.complete().select_related("master_plan__regency").get(pk=initiative.pk)


# The queue ------------------------------------------------------------------------------------------------------------


def test_the_queue_shows_what_waits_the_oldest_first_with_what_is_open(
    client_of, coordinator, plan, regency, submitted
):
    younger = make_initiative(plan, status="submitted", name="Papan petunjuk")
    Initiative.objects.filter(pk=submitted.pk).update(submitted_at=timezone.now() - timezone.timedelta(days=3))
    threads.open_thread(submitted, field="risk", body="Risiko mana yang paling besar?", by=coordinator)
    threads.open_thread(submitted, field="strategy", body="Baik.", by=coordinator)
    threads.resolve(submitted.threads.get(field="strategy"), by=coordinator)

    response = client_of(coordinator).get(queue(regency))

    text, first = response.content.decode(), response.context["rows"][0]["initiative"]
    assert text.index(submitted.name) < text.index(younger.name)
    assert "3 hari lalu" in text
    assert page(submitted) in text
    assert (first.open_threads, first.undecided) == (1, 1)
    assert 'name="peninjau"' not in text, "a single coordinator is not asked whose turn it is"


def test_the_queue_has_a_tab_for_each_state(
    client_of, coordinator, agency_head, regency, submitted, in_review, returned
):
    client = client_of(coordinator)

    counts = {pill["label"]: pill["count"] for pill in client.get(queue(regency)).context["pills"]}
    found = client.get(queue(regency, "?keadaan=returned")).context["rows"]
    assert counts == {"Menunggu tinjauan": 1, "Sedang ditinjau": 1, "Dikembalikan": 1, "Disetujui": 0}
    assert [(row["initiative"].pk, row["completeness"]) for row in found] == [(returned.pk, 100)]

    initiatives.save(returned, by=agency_head, data={"risk": "", "indicators": []}, version=returned.edit_version)
    (row,) = client.get(queue(regency, "?keadaan=returned")).context["rows"]
    assert 0 < row["completeness"] < 100


def test_the_queue_is_searched_and_filtered(client_of, coordinator, plan, regency, agency, submitted):
    other = make_initiative(plan, status="submitted", name="Papan petunjuk")
    client = client_of(coordinator)

    def found(query):
        return [row["initiative"].pk for row in client.get(queue(regency, query)).context["rows"]]

    assert found("?q=TIKET") == [submitted.pk]
    assert found(f"?q={other.code.lower()}") == [other.pk]
    assert found(f"?opd={agency.pk}") == [submitted.pk]
    assert found("?opd=99999999999999999999999") == []
    assert "Tidak ada yang cocok" in client.get(queue(regency, "?q=zzz")).content.decode()
    Initiative.objects.update(status="draft")
    assert "Tidak ada yang menunggu" in client.get(queue(regency)).content.decode()


def test_the_queue_is_narrowed_to_ones_own(client_of, coordinator, plan, regency, submitted):
    second = make_person(regency, Role.COORDINATOR)
    mine = make_initiative(plan, status="submitted", name="Papan petunjuk")
    reviews.assign_reviewer(mine, to=second, by=coordinator)
    client = client_of(second)

    def found(query):
        return [row["initiative"].pk for row in client.get(queue(regency, query)).context["rows"]]

    assert found("?peninjau=saya") == [mine.pk]
    assert found("?peninjau=belum") == [submitted.pk]
    assert len(found("?peninjau=entah")) == 2
    act = reverse("initiative_desk", args=[regency.slug])
    selected = client.get(act, {"semua": "1", "status": "submitted", "peninjau": "saya"}).context["rows"]
    assert [row.pk for row in selected] == [mine.pk]
    home = client.get(reverse("regency_home", args=[regency.slug])).content.decode()
    assert home.index("Papan petunjuk") < home.index(submitted.name)
    assert "Ditugaskan kepada Anda" in home


def test_a_reviewer_is_named_only_where_there_is_a_choice(client_of, coordinator, drafter, regency, submitted):
    change = f"?pilih={submitted.pk}&amp;lakukan=reviewer&amp;lanjut=1"

    def offered(person):
        return change in client_of(person).get(page(submitted)).content.decode()

    assert not offered(coordinator)
    second = make_person(regency, Role.COORDINATOR)
    assert offered(coordinator)
    assert not offered(drafter)
    second.is_active = False
    second.save()
    assert not offered(coordinator)
    reviews.assign_reviewer(submitted, to=coordinator, by=coordinator)
    assert offered(coordinator), "the name can be taken away"


# Reading --------------------------------------------------------------------------------------------------------------


def test_a_review_shows_every_answer_and_what_the_decision_needs(client_of, coordinator, in_review):
    threads.open_thread(in_review, field="risk", body="Mengapa?", by=coordinator)

    response = client_of(coordinator).get(page(in_review, "?berubah=1"))

    text = response.content.decode()
    for words in (
        *("Nama inisiatif", "Manfaat bagi warga dan pelayanan publik", "Anggaran menurut sumber dana", "Mitigasi"),
        *("1 catatan masih terbuka", "1 tautan"),
    ):
        assert words in text
    assert text.count("summary-action") == len(FIELDS)
    assert "berubah sejak" not in text, "nothing is compared before the first return"
    assert set(response.context["moves"]) == {"approve", "return"}


@pytest.mark.parametrize("persona", ["expert", "executive", "administrator", "drafter"])
def test_others_read_without_deciding(persona, request, client_of, in_review):
    text = client_of(request.getfixturevalue(persona)).get(page(in_review)).content.decode()

    assert "Setujui inisiatif" not in text
    assert "Terima tautan" not in text
    assert ("Beri catatan" in text) is (persona != "administrator")


# What changed ---------------------------------------------------------------------------------------------------------


def test_changes_since_the_return_are_marked_word_by_word(client_of, coordinator, agency_head, returned):
    whole, saved = "Jaringan lemah di lokasi wisata.", "Jaringan lemah di lokasi."
    initiatives.save(returned, by=agency_head, data={"risk": saved}, version=returned.edit_version)
    reviews.transition(fresh(returned), name="submit", by=agency_head)
    client = client_of(coordinator)
    text = client.get(page(returned)).content.decode()

    assert whole not in text
    assert "1 isian berubah" in text
    assert text.count("is-changed") == 1
    assert "<del>" in text
    assert "<ins>" in text
    sections = client.get(page(returned, "?berubah=1")).context["sections"]
    assert [[row.field.key for row in part.rows] for part in sections] == [["risk"]]


def test_what_went_back_to_what_it_was_did_not_change(client_of, coordinator, agency_head, returned):
    before = returned.risk
    changed = initiatives.save(returned, by=agency_head, data={"risk": "Lain."}, version=returned.edit_version)
    initiatives.save(changed, by=agency_head, data={"risk": before}, version=changed.edit_version)

    text = client_of(coordinator).get(page(returned)).content.decode()

    assert "is-changed" not in text
    assert "Belum ada isian yang berubah" in text


def test_tables_places_and_programs_are_compared_in_words(client_of, coordinator, agency_head, plan, regency, returned):
    district = make_district(regency, "Bandungan")
    data = {
        "budgets": [{"source": "apbn", "amounts": {"2023": 450_000_000}}],
        "districts": [district.pk],
    }
    initiatives.save(returned, by=agency_head, data=data, version=returned.edit_version)
    links.propose(fresh(returned), element=make_program(plan.development_plan, code="3.26.02"), by=agency_head)

    text = client_of(coordinator).get(page(returned)).content.decode()

    assert "Rp450.000.000" in text
    assert "<ins>Bandungan</ins>" in text
    assert text.count('class="chip-changed">Berubah') == 3
    assert "3 isian berubah" in text
    assert text.count(">Baru<") == 1 + text.count("<dd>Baru</dd>")


# Deciding -------------------------------------------------------------------------------------------------------------


def test_what_stands_in_the_way_of_an_approval_is_said(client_of, coordinator, in_review):
    links.decide(in_review.links.get(), accept=False, reason="Bukan programnya.", by=coordinator)

    text = client_of(coordinator).get(page(in_review)).content.decode()

    assert "Belum ada program RPJMD yang diterima" in text
    assert "Tetapkan tanpa program RPJMD" in text


def test_links_are_decided_in_place(client_of, coordinator, in_review):
    link = in_review.links.get()
    address = reverse("link_decide", args=[in_review.regency.slug, link.pk])

    answer = client_of(coordinator).post(address, {"putusan": "terima", "dari": "tinjauan"})

    assert answer.url == page(in_review) + "#isian-links"
    link.refresh_from_db()
    assert link.state == "accepted"


def test_history_tells_every_step(client_of, coordinator, agency_head, returned):
    reviews.transition(fresh(returned), name="submit", by=agency_head)

    events = client_of(coordinator).get(page(returned)).context["events"]

    assert [event["title"] for event in events] == [
        "Diajukan kembali",
        "Dikembalikan dengan catatan",
        "Mulai ditinjau",
        "Diajukan",
    ]
    assert (events[1]["note"], events[1]["by"]) == ("Lengkapi target tahun terakhir.", "Koordinator")
