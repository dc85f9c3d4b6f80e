"""The eight short forms of an initiative: what is sent is what is stored, and nothing typed is lost."""

import pytest
from django.urls import reverse

from masterplan.discussion.actions import threads
from masterplan.initiatives.actions import initiatives
from masterplan.models import Initiative
from masterplan.registry import SECTIONS, Kind
from masterplan.registry.reading import read
from tests.factories import complete_answers, make_district, make_indicator, make_initiative, make_program
from tests.masterplan.page_form import form_of


@pytest.fixture
def initiative(plan, agency, agency_head):
    return make_initiative(plan, agency=agency, by=agency_head, complete=True)


def address(initiative, section="identitas"):
    return reverse("initiative_edit", args=[initiative.regency.slug, initiative.pk, section])


def fresh(initiative):
    return Initiative.objects.complete().get(pk=initiative.pk)


def full_answers(plan, agency, other_agency):
    """Something in every table, so that a page which loses a column is found."""
    aspects = [{"aspect": "innovation", "score": 4, "note": "Baru di daerah ini."}]
    return complete_answers(plan) | {
        "supporting_agencies": [other_agency.pk],
        "districts": [make_district(plan.regency).pk],
        "partners": [{"kind": "business", "name": "Bank daerah", "contribution": "Kode QR"}],
        "activities": [
            {"name": "Uji coba", "start": "2022-01-01", "end": "2022-06-30", "output": "Laporan"},
            {"name": "Peluncuran", "start": "2022-07-15", "end": None, "output": ""},
        ],
        "budgets": [
            {"source": "apbd_regency", "amounts": {"2022": 150_000_000, "2024": 0}},
            {"source": "csr", "amounts": {"2023": 75_000_000}},
        ],
        "quick_win": True,
        "worksheet": {"deliverable": "Tiga loket", "due_date": "2022-11-30", "aspects": aspects},
        "nomenclature_code": "3.26.02.2.01",
        "data_needs": "Baris satu\n\n- butir",
    }


@pytest.mark.parametrize("section", [section.key for section in SECTIONS])
def test_sending_a_page_unchanged_changes_nothing(client_of, plan, agency, other_agency, agency_head, section):
    answers = full_answers(plan, agency, other_agency)
    initiative = make_initiative(plan, agency=agency, by=agency_head, **answers)
    client = client_of(agency_head)

    response = client.post(address(initiative, section), form_of(client.get(address(initiative, section))))

    assert response.status_code == 302
    assert fresh(initiative).edit_version == initiative.edit_version
    assert read(fresh(initiative)) == read(initiative)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.key)
def test_a_page_asks_exactly_what_the_registry_says(client_of, drafter, initiative, section):
    sent = form_of(client_of(drafter).get(address(initiative, section.key)))
    html = client_of(drafter).get(address(initiative, section.key)).content.decode()
    tables = {Kind.PARTNERS, Kind.ACTIVITIES, Kind.INDICATORS, Kind.BUDGETS, Kind.WORKSHEET}
    ours = {"csrfmiddlewaretoken", "edit_version"}
    single = {field.key for field in section.fields if field.kind not in tables | {Kind.LINKS}}

    asked = {name for name in sent if "-" not in name} - ours
    table_prefixes = {name.partition("-")[0] for name in sent if "-" in name}

    assert asked <= single
    assert table_prefixes == {field.key for field in section.fields if field.kind in tables}
    assert all(f'id="id_{field.key}' in html for field in section.fields)


def test_saving_leads_to_the_next_section(client_of, drafter, initiative):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative, "manfaat"))) | {"benefit_citizens": "Tidak antre."}

    response = client.post(address(initiative, "manfaat"), data)

    assert response.url == address(initiative, "pelaksana")
    assert fresh(initiative).benefit_citizens == "Tidak antre."
    assert fresh(initiative).updated_by == drafter


def test_saving_for_later_leads_back_to_the_overview(client_of, drafter, initiative):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative))) | {"next": "later"}

    assert client.post(address(initiative), data).url == reverse(
        "initiative_detail", args=[initiative.regency.slug, initiative.pk]
    )


def test_the_last_section_leads_to_the_check(client_of, drafter, initiative):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative, "quick-win")))

    assert client.post(address(initiative, "quick-win"), data).url.endswith("/periksa/")


def test_what_was_saved_is_said_in_the_head(client_of, drafter, initiative):
    client = client_of(drafter)
    client.post(address(initiative), form_of(client.get(address(initiative))) | {"problem": "Antrean panjang."})

    assert "Tersimpan pukul" in client.get(address(initiative, "manfaat")).content.decode()


def test_a_page_with_errors_does_not_say_that_it_is_saved(client_of, drafter, initiative):
    """Somebody saved a moment ago; what is on this page now is not stored."""
    client = client_of(drafter)
    client.post(address(initiative), form_of(client.get(address(initiative))) | {"strategy": "Strategi."})
    wrong = form_of(client.get(address(initiative, "kegiatan"))) | {"start_year": "dua ribu"}

    html = client.post(address(initiative, "kegiatan"), wrong).content.decode()

    assert "Galat: " in html
    assert 'class="saved saved-saved"' not in html


# Errors ---------------------------------------------------------------------------------------------------------------


def test_an_error_keeps_everything_and_says_how_to_mend_it(client_of, drafter, initiative):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative, "kegiatan")))
    data |= {"start_year": "2026", "end_year": "2022", "activities-0-name": "Nama baru"}

    response = client.post(address(initiative, "kegiatan"), data)
    html = response.content.decode()

    assert response.status_code == 200
    assert "<title>Galat: " in html
    assert "Tahun selesai lebih awal dari tahun mulai. Tulis 2026 atau sesudahnya." in html
    assert 'href="#id_end_year"' in html
    assert form_of(response)["activities-0-name"] == ["Nama baru"]
    assert form_of(response)["edit_version"] == [str(fresh(initiative).edit_version)]
    assert fresh(initiative).end_year == initiative.end_year
    assert fresh(initiative).activities.first().name == "Nama baru"


def test_an_ambiguous_amount_is_asked_about_and_not_stored(client_of, drafter, initiative):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative, "anggaran"))) | {"budgets-0-amount_2023": "1,250"}

    response = client.post(address(initiative, "anggaran"), data)

    assert "1,250 kami baca sebagai Rp1.250. Betul?" in response.content.decode()
    assert 'href="#id_budgets-0-amount_2023"' in response.content.decode()
    assert form_of(response)["budgets-0-amount_2023"] == ["1,250"]
    assert read(fresh(initiative), ["budgets"]) == read(initiative, ["budgets"])


def test_money_is_read_as_it_is_written_here_and_echoed(client_of, drafter, initiative):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative, "anggaran")))
    data |= {"budgets-0-amount_2022": "450 jt", "budgets-0-amount_2023": "1,25 miliar"}
    client.post(address(initiative, "anggaran"), data)

    amounts = read(fresh(initiative), ["budgets"])["budgets"][0]["amounts"]
    assert amounts == {"2022": 450_000_000, "2023": 1_250_000_000}
    assert "Terbaca: <b>Rp1.700.000.000</b>" in client.get(address(initiative, "anggaran")).content.decode()


def test_too_long_a_text_is_refused_with_its_limit_and_kept(client_of, drafter, initiative):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative))) | {"problem": "a" * 1600}

    response = client.post(address(initiative), data)

    assert "Teks ini 1.600 karakter, batasnya 1.500." in response.content.decode()
    assert form_of(response)["problem"] == ["a" * 1600]


@pytest.mark.parametrize("value", ["999999", "x", "-1", "1e3"])
def test_an_id_from_elsewhere_is_no_choice(client_of, drafter, initiative, value):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative, "pelaksana"))) | {"districts": [value]}

    response = client.post(address(initiative, "pelaksana"), data)

    assert "Pilihan ini tidak ada." in response.content.decode()


def test_a_damaged_form_stores_nothing(client_of, drafter, initiative):
    data = {"edit_version": "1", "activities-TOTAL_FORMS": "x"}

    response = client_of(drafter).post(address(initiative, "kegiatan"), data)

    assert "Sebagian isian tidak ikut terkirim." in response.content.decode()
    assert read(fresh(initiative), ["activities"]) == read(initiative, ["activities"])


def test_answers_that_were_not_sent_are_left_alone(client_of, drafter, initiative):
    data = {"edit_version": str(initiative.edit_version), "beneficiaries": "Warga desa."}

    client_of(drafter).post(address(initiative, "manfaat"), data)

    assert fresh(initiative).beneficiaries == "Warga desa."
    assert fresh(initiative).benefit_citizens == initiative.benefit_citizens


# Rows -----------------------------------------------------------------------------------------------------------------


def test_a_row_can_be_added_without_a_script(client_of, drafter, initiative):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative, "kegiatan")))
    data |= {"start_year": "bukan tahun", "add_row": "activities"}

    response = client.post(address(initiative, "kegiatan"), data)
    grown = form_of(response)

    assert grown["activities-TOTAL_FORMS"] == ["2"]
    assert grown["activities-1-name"] == [""]
    assert grown["start_year"] == ["bukan tahun"]
    assert "Galat" not in response.content.decode()
    assert fresh(initiative).edit_version == initiative.edit_version

    filled = grown | {"start_year": "2022", "activities-1-name": "Baru", "activities-1-start": "Maret 2023"}
    assert client.post(address(initiative, "kegiatan"), filled).status_code == 302
    rows = read(fresh(initiative), ["activities"])["activities"]
    assert [row["name"] for row in rows] == ["Uji coba", "Baru"]
    assert rows[1]["start"] == "2023-03-01"


def test_a_meaning_can_be_chosen_without_a_script(client_of, drafter, initiative):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative, "anggaran")))
    data |= {"budgets-0-amount_2022": "450 jt", "budgets-0-amount_2023": "1,250", "budget_basis": "Harga satuan."}

    response = client.post(address(initiative, "anggaran"), data)
    asked, version = response.content.decode(), fresh(initiative).edit_version
    assert 'name="use_reading" value="budgets-0-amount_2023=Rp1.250"' in " ".join(asked.split())
    assert "Rp1.250 (seribu dua ratus lima puluh rupiah)" in asked
    assert "<b>Rp450.000.000</b>" in asked

    data = form_of(response) | {"use_reading": "budgets-0-amount_2023=Rp1.250"}
    response = client.post(address(initiative, "anggaran"), data)
    chosen = form_of(response)
    assert chosen["budgets-0-amount_2023"] == ["Rp1.250"]
    assert chosen["budget_basis"] == ["Harga satuan."]
    assert "Galat" not in response.content.decode()
    assert fresh(initiative).edit_version == version, "choosing stores nothing"

    assert client.post(address(initiative, "anggaran"), chosen).status_code == 302
    amounts = read(fresh(initiative), ["budgets"])["budgets"][0]["amounts"]
    assert amounts == {"2022": 450_000_000, "2023": 1250}


@pytest.mark.parametrize("choice", ["", "=", "edit_version=99", "tidak-ada=1", "budgets-TOTAL_FORMS=x"])
def test_an_odd_choice_harms_nothing(client_of, drafter, initiative, choice):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative, "anggaran"))) | {"use_reading": choice}

    assert client.post(address(initiative, "anggaran"), data).status_code == 200
    assert fresh(initiative).edit_version == initiative.edit_version


def test_stored_and_refused_pages_say_what_was_understood(client_of, plan, agency, agency_head):
    indicators = complete_answers(plan)["indicators"]
    indicators[0]["targets"]["2022"] = "70-75"
    initiative = make_initiative(plan, agency=agency, by=agency_head, indicators=indicators)
    client = client_of(agency_head)

    stored = client.get(address(initiative, "indikator"))
    sent = form_of(stored) | {"indicators-0-target_2023": "1.5", "indicators-0-target_2024": "\u2265 90"}
    refused = client.post(address(initiative, "indikator"), sent).content.decode()

    assert 'aria-describedby="id_indicators-0-target_2022_echo"' in stored.content.decode()
    for words in ("70 sampai 75", "minimal 90", "1.5 kami baca sebagai 1,5. Betul?", "1,5 (satu koma lima)"):
        assert words in refused


def test_a_source_of_money_can_be_removed_without_a_script(client_of, plan, agency, agency_head):
    budgets = [{"source": source, "amounts": {"2022": 5}} for source in ("apbn", "csr")]
    initiative = make_initiative(plan, agency=agency, by=agency_head, budgets=budgets)
    client = client_of(agency_head)

    client.post(
        address(initiative, "anggaran"),
        form_of(client.get(address(initiative, "anggaran"))) | {"budgets-0-DELETE": "on"},
    )

    assert read(fresh(initiative), ["budgets"])["budgets"] == [{"source": "csr", "amounts": {"2022": 5}}]


def test_rows_can_be_removed_and_put_in_order(client_of, plan, agency, agency_head):
    rows = [{"name": name, "start": None, "end": None, "output": ""} for name in ("A", "B", "C")]
    initiative = make_initiative(plan, agency=agency, by=agency_head, activities=rows)
    client = client_of(agency_head)
    data = form_of(client.get(address(initiative, "kegiatan")))
    data |= {"activities-0-DELETE": "on", "activities-1-ORDER": "3", "activities-2-ORDER": "2"}

    client.post(address(initiative, "kegiatan"), data)

    assert [row["name"] for row in read(fresh(initiative), ["activities"])["activities"]] == ["C", "B"]


# Who may --------------------------------------------------------------------------------------------------------------


def test_filling_in_for_another_agency_is_said_and_recorded(client_of, coordinator, agency, initiative):
    client = client_of(coordinator)
    page = client.get(address(initiative))
    client.post(address(initiative), form_of(page) | {"problem": "Diisi koordinator."})

    assert f"Anda mengisi atas nama <b>{agency.name}</b>" in page.content.decode()
    assert initiative.changes.first().on_behalf


def test_only_who_speaks_for_the_regency_hands_an_initiative_over(
    client_of, drafter, coordinator, other_agency, initiative
):
    for person, expected in ((drafter, initiative.lead_agency), (coordinator, other_agency)):
        client = client_of(person)
        data = form_of(client.get(address(initiative, "pelaksana"))) | {"lead_agency": str(other_agency.pk)}
        client.post(address(initiative, "pelaksana"), data)
        assert fresh(initiative).lead_agency == expected


# Somebody else was there first ----------------------------------------------------------------------------------------


@pytest.fixture
def conflict(client_of, drafter, agency_head, initiative):
    """The page of the drafter, opened before the head changed two answers, and sent after it."""
    client = client_of(drafter)
    data = form_of(client.get(address(initiative)))
    theirs = {"problem": "Masalah menurut kepala.", "strategy": "Strategi menurut kepala."}
    initiatives.save(initiative, by=agency_head, data=theirs, version=initiative.edit_version)
    data |= {"problem": "Masalah menurut staf.", "smart_city_target": "Sasaran menurut staf."}
    return client, client.post(address(initiative), data)


@pytest.mark.parametrize(
    ("choice", "problem"),
    [("mine", "Masalah menurut staf."), ("theirs", "Masalah menurut kepala."), ("merged", "Gabungan keduanya.")],
)
def test_the_choice_is_stored_and_nothing_else_is_lost(conflict, initiative, choice, problem):
    client, response = conflict
    data = form_of(response)
    data |= {"conflict-choice_problem": choice, "conflict-merged_problem": "Gabungan keduanya.", "next": "stay"}

    answer = client.post(address(initiative), data)

    assert answer.url == address(initiative)
    assert fresh(initiative).problem == problem
    assert fresh(initiative).smart_city_target == "Sasaran menurut staf."
    assert fresh(initiative).strategy == "Strategi menurut kepala."


def test_a_conflict_names_who_changed_that_question(conflict, client_of, drafter, agency_head, initiative):
    """Not whoever saved last: that may have been the person themselves, while they typed elsewhere on the page."""
    client, _ = conflict
    newer = fresh(initiative)
    initiatives.save(newer, by=drafter, data={"description": "Uraian baru."}, version=newer.edit_version)
    data = {"edit_version": "1", "problem": "Masalah menurut staf.", "tracked": "1", "changed": ["problem"]}

    html = client.post(address(initiative), form_of(client.get(address(initiative))) | data).content.decode()

    assert "Yang mengubah: Kepala perangkat daerah" in html


def test_a_second_conflict_shows_the_merged_text(conflict, agency_head, initiative):
    client, response = conflict
    data = form_of(response) | {"conflict-choice_problem": "merged", "conflict-merged_problem": "Gabungan."}
    newer = fresh(initiative)
    initiatives.save(newer, by=agency_head, data={"problem": "Sekali lagi."}, version=newer.edit_version)

    again = client.post(address(initiative), data)

    assert "Sekali lagi." in again.content.decode()
    assert form_of(again)["problem"] == ["Gabungan."]
    assert fresh(initiative).problem == "Sekali lagi."


def test_a_form_without_version_overwrites_nobody(client_of, drafter, initiative):
    data = form_of(client_of(drafter).get(address(initiative))) | {"problem": "Tanpa versi.", "edit_version": "x"}

    response = client_of(drafter).post(address(initiative), data)

    assert "Isian ini diubah orang lain" in response.content.decode()
    assert fresh(initiative).problem == initiative.problem


def test_tables_in_conflict_are_shown_in_words(client_of, drafter, agency_head, initiative):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative, "anggaran"))) | {"budgets-0-amount_2022": "200 jt"}
    theirs = {"budgets": [{"source": "apbn", "amounts": {"2022": 5_000_000}}]}
    initiatives.save(initiative, by=agency_head, data=theirs, version=initiative.edit_version)

    html = client.post(address(initiative, "anggaran"), data).content.decode()

    assert "APBN, 2022: Rp5.000.000" in html
    assert "Rp200.000.000" in html


# Sent meanwhile -------------------------------------------------------------------------------------------------------


def test_what_was_typed_too_late_can_be_copied(client_of, plan, agency, agency_head):
    initiative = make_initiative(plan, agency=agency, by=agency_head, status="submitted")
    data = {"edit_version": "1", "beneficiaries": "Ditulis terlambat.", "benefit_citizens": initiative.benefit_citizens}

    response = client_of(agency_head).post(address(initiative, "manfaat"), data)
    html = response.content.decode()

    assert "Isian ini tidak tersimpan: inisiatif sekarang diajukan." in html
    assert "Ditulis terlambat." in html
    assert 'id="tulisan-benefit_citizens"' not in html
    assert fresh(initiative).beneficiaries == initiative.beneficiaries


def test_a_sent_initiative_has_no_form(client_of, plan, agency, agency_head):
    initiative = make_initiative(plan, agency=agency, by=agency_head, status="submitted")

    response = client_of(agency_head).get(address(initiative))

    assert response.url == reverse("initiative_detail", args=[plan.regency.slug, initiative.pk])


# Around the questions -------------------------------------------------------------------------------------------------


def test_open_conversations_stand_at_their_question(client_of, drafter, coordinator, initiative):
    threads.open_thread(initiative, field="problem", body="Sebut angkanya.", by=coordinator)

    assert "Sebut angkanya." in client_of(drafter).get(address(initiative)).content.decode()
    assert "Sebut angkanya." not in client_of(drafter).get(address(initiative, "manfaat")).content.decode()


def test_programs_are_offered_by_mission_and_can_be_searched(client_of, drafter, plan, agency, initiative):
    own = make_program(plan.development_plan, agency, text="Program pemasaran pariwisata")
    make_indicator(own, "Kunjungan wisata")
    make_program(plan.development_plan, text="Program pengelolaan sampah")
    client = client_of(drafter)
    url = address(initiative, "keselarasan")

    everything, found = client.get(url).content.decode(), client.get(url, {"cari": "PEMASARAN"}).content.decode()

    assert f'<optgroup label="RPJMD, dipimpin {agency.name}">' in everything
    assert "Program pengelolaan sampah" in everything
    assert "Kunjungan wisata" in everything
    assert "1 program cocok" in found
    assert "Program pengelolaan sampah" not in found
    assert reverse("link_propose", args=[plan.regency.slug, initiative.pk]) in everything


# What a page with JavaScript says about itself ------------------------------------------------------------------------


def test_a_question_seen_at_an_older_version_is_judged_as_of_then(client_of, drafter, agency_head, initiative):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative))) | {
        "tracked": "1",
        "changed": ["strategy"],
        "strategy": "Dari staf.",
    }
    newer = initiatives.save(
        initiative, by=agency_head, data={"strategy": "Dari kepala."}, version=initiative.edit_version
    )
    data |= {"edit_version": str(newer.edit_version), "seen": [f"strategy:{initiative.edit_version}"]}

    assert "Isian ini diubah orang lain" in client.post(address(initiative), data).content.decode()
    assert fresh(initiative).strategy == "Dari kepala."


def test_a_page_that_comes_back_knows_what_was_changed(client_of, drafter, initiative):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative, "kegiatan")))
    data |= {"start_year": "dua ribu", "tracked": "1", "changed": ["start_year"], "seen": ["horizon:1"]}

    html = client.post(address(initiative, "kegiatan"), data).content.decode()

    assert 'data-changed="start_year"' in html
    assert 'data-seen="horizon:1"' in html


def test_years_that_two_people_made_contradict_each_other_are_said(client_of, drafter, agency_head, initiative):
    client = client_of(drafter)
    data = form_of(client.get(address(initiative, "kegiatan"))) | {"tracked": "1", "changed": ["start_year"]}
    initiatives.save(initiative, by=agency_head, data={"end_year": 2023}, version=initiative.edit_version)

    response = client.post(address(initiative, "kegiatan"), data | {"start_year": "2024", "end_year": "2026"})

    assert response.status_code == 200
    assert "salah satunya baru saja diubah orang lain" in response.content.decode()
    assert fresh(initiative).end_year == 2023
