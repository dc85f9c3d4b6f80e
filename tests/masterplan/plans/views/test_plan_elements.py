"""Adding, changing and removing single nodes of a development plan, page by page."""

import pytest
from django.urls import reverse

from masterplan.models import DevelopmentPlan, PlanElement
from masterplan.plans.actions.plan_elements import save_element
from masterplan.reference import Level, PlanKind
from tests.factories import make_element, make_indicator, make_initiative, make_program, make_rpjmd
from tests.masterplan.page_text import text_of

# Session, person, membership with its regency, the node with its plan, then what the form offers.
EDIT_QUERIES = 9


@pytest.fixture
def rpjmd(plan) -> DevelopmentPlan:
    return plan.development_plan


@pytest.fixture
def program(rpjmd, agency) -> PlanElement:
    return make_program(rpjmd, agency, code="2.11.11", text="Program Pengelolaan Persampahan")


@pytest.fixture
def page(client_of, coordinator):
    return client_of(coordinator)


def url(name, element):
    return reverse(f"plan_element_{name}", args=[element.plan.regency.slug, element.pk])


def adding(plan, parent=None):
    address = reverse("plan_element_create", args=[plan.regency.slug, plan.pk])
    return f"{address}?induk={parent.pk}" if parent else address


def rows(*indicators, **more):
    """What the browser sends for the rows."""
    data = {
        "indikator-TOTAL_FORMS": str(len(indicators)),
        "indikator-INITIAL_FORMS": "0",
        "indikator-MIN_NUM_FORMS": "0",
        "indikator-MAX_NUM_FORMS": "20",
    }
    for number, row in enumerate(indicators):
        values = {
            "id": "",
            "name": "",
            "unit": "",
            "direction": "up",
            "baseline": "",
            "end_condition": "",
            "agency": "",
        }
        data |= {f"indikator-{number}-{key}": value for key, value in (values | row).items()}
    return data | more


def sent(element, *indicators, **more):
    """What the browser sends for a stored node."""
    data = {
        "version": str(element.edit_version),
        "parent": str(element.parent_id or ""),
        "code": element.code,
        "text": element.text,
        "agency": str(element.agency_id or ""),
    }
    return rows(*indicators, **(data | more))


# Who may come in -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", ["drafter", "agency_head", "executive", "expert", "administrator"])
def test_readers_may_not(request, client_of, program, person):
    client = client_of(request.getfixturevalue(person))

    for address in (adding(program.plan), url("edit", program), url("delete", program)):
        assert client.get(address).status_code == 403
        assert client.post(address, {}).status_code == 403


def test_outsiders_and_suspended_find_nothing(client_of, outsider, suspended, program):
    for person in (outsider, suspended):
        for address in (adding(program.plan), url("edit", program), url("delete", program)):
            assert client_of(person).get(address).status_code == 404


def test_a_node_of_another_regency_is_not_found(page, regency, rpjmd, outsider):
    foreign = make_program(make_rpjmd(outsider.memberships.get().regency))

    for name in ("edit", "delete"):
        assert page.get(reverse(f"plan_element_{name}", args=[regency.slug, foreign.pk])).status_code == 404
    assert page.get(reverse("plan_element_create", args=[regency.slug, foreign.plan_id])).status_code == 404
    assert page.get(f"{adding(rpjmd)}?induk={foreign.pk}").status_code == 404


@pytest.mark.parametrize("parent", ["0", "x", "-1", "99999999999999999999", "%00"])
def test_a_parent_that_does_not_exist_is_not_found(page, rpjmd, parent):
    assert page.get(f"{adding(rpjmd)}?induk={parent}").status_code == 404


def test_nothing_stands_below_an_rpjmd_program(page, rpjmd, program):
    assert page.get(adding(rpjmd, program)).status_code == 404
    assert "Tambah unsur di bawahnya" not in text_of(page.get(url("edit", program)))
    assert "Tambah unsur di bawahnya" in text_of(page.get(url("edit", program.parent)))


# Adding --------------------------------------------------------------------------------------------------------------


def test_a_program_is_added_below_an_objective(page, rpjmd, program, agency):
    indicator = {"name": "Sampah terkelola", "unit": "persen", "baseline": "-", "target_2022": "62,5"}
    data = {"level": "program", "code": "2.11.03", "text": "Program Air Bersih", "agency": str(agency.pk)}

    response = page.post(adding(rpjmd, program.parent), rows(indicator, **data, **{"pagu-tahun_2022": "1,5 miliar"}))

    made = rpjmd.elements.get(code="2.11.03")
    assert made.parent == program.parent
    assert made.ceilings.get().amount == 1_500_000_000
    assert made.indicators.get().targets.get().text == "62,5"
    place = reverse("development_plan_detail", args=[rpjmd.regency.slug, rpjmd.pk])
    assert response.headers["Location"] == f"{place}?cabang={made.pk}#el-{made.pk}"


def test_a_double_click_adds_one(page, rpjmd):
    for _ in range(2):
        assert page.post(adding(rpjmd), rows(level="mission", code="1", text="Misi pertama")).status_code == 302

    assert rpjmd.elements.count() == 1


def test_the_levels_on_offer_fit_the_place(page, rpjmd, program):
    def levels(response):
        return [value for value, _ in response.context["forms"].main.fields["level"].choices]

    assert levels(page.get(adding(rpjmd, program.parent))) == ["strategy", "program"]
    assert "Tambah sasaran" in text_of(page.get(adding(rpjmd, program.parent.parent)))


def test_a_taken_code_is_told_at_the_field_and_the_text_stays(page, rpjmd, program):
    response = page.post(adding(rpjmd, program.parent), rows(level="program", code="2.11.11", text="Program kedua"))

    text = text_of(response)
    assert "<title>Galat: Tambah unsur rencana" in text
    assert 'href="#id_code">Kode: Kode 2.11.11 sudah dipakai program lain' in text
    assert "Program kedua</textarea>" in text
    assert rpjmd.elements.filter(text="Program kedua").count() == 0


def test_money_above_the_program_is_refused_and_kept(page, rpjmd, program):
    data = rows(level="strategy", text="Mengurangi sampah", **{"pagu-tahun_2022": "5.000"})

    text = text_of(page.post(adding(rpjmd, program.parent), data))

    assert "Pagu ditulis mulai dari jenjang program." in text
    assert 'value="5.000"' in text


# Changing ------------------------------------------------------------------------------------------------------------


def test_what_is_stored_stands_in_the_form(page, program):
    indicator = make_indicator(program)
    program.ceilings.create(year=2022, amount=1_250_000_000)

    text = text_of(page.get(url("edit", program)))

    assert f'name="indikator-0-id" value="{indicator.pk}"' in text
    assert 'value="1.250.000.000"' in text
    assert "Terbaca:<b>Rp1.250.000.000</b>" in text
    assert 'name="version" value="1"' in text


def test_a_change_is_stored(page, program, other_agency):
    indicator = make_indicator(program)
    row = {"id": str(indicator.pk), "name": "Sampah", "target_2023": "70-75", "agency": str(other_agency.pk)}

    response = page.post(url("edit", program), sent(program, row, agency="", **{"pagu-tahun_2026": "450 jt"}))

    assert response.status_code == 302
    program.refresh_from_db()
    assert (program.agency, program.edit_version) == (None, 2)
    assert program.ceilings.get().amount == 450_000_000
    indicator.refresh_from_db()
    assert (indicator.name, indicator.agency) == ("Sampah", other_agency)
    assert list(indicator.targets.values_list("year", "text")) == [(2023, "70-75")]


def test_a_row_taken_out_goes(page, program):
    first, second = make_indicator(program, "Satu"), make_indicator(program, "Dua")
    kept = {"id": str(first.pk), "name": "Satu"}

    page.post(url("edit", program), sent(program, kept, {"id": str(second.pk), "name": "Dua", "DELETE": "on"}))

    assert list(program.indicators.all()) == [first]


def test_a_row_is_added_without_script_and_nothing_is_judged(page, program):
    data = sent(program, {"name": "Belum selesai", "target_2022": "1.5"}, text="", add_row="indikator")

    response = page.post(url("edit", program), data)

    text = text_of(response)
    assert len(response.context["forms"].indicators.forms) == 2
    assert 'value="Belum selesai"' in text
    assert 'value="1.5"' in text
    assert "error-summary" not in text
    program.refresh_from_db()
    assert program.edit_version == 1


def test_what_is_ambiguous_is_asked_about(page, program):
    row = {"name": "Nilai", "target_2022": "99.25"}

    text = text_of(page.post(url("edit", program), sent(program, row, **{"pagu-tahun_2023": "1,250"})))

    assert 'href="#id_indikator-0-target_2022">Indikator 1, Target 2022: 99.25 kami baca sebagai 99,25. Betul?' in text
    assert 'href="#id_pagu-tahun_2023">Pagu 2023: 1,250 ' in text
    assert 'aria-describedby="id_pagu-tahun_2023_error"' in text
    assert 'value="1,250"' in text
    assert program.indicators.count() == 0


def test_a_meaning_is_chosen_without_script_and_nothing_is_judged(page, program):
    row = {"name": "", "target_2022": "99.25"}
    data = sent(program, row, **{"pagu-tahun_2023": "1,250", "use_reading": "pagu-tahun_2023=Rp1.250"})

    text = text_of(page.post(url("edit", program), data))

    assert 'value="Rp1.250"' in text
    assert 'value="99.25"' in text
    assert "error-summary" not in text
    assert program.indicators.count() == program.ceilings.count() == 0


def test_an_unfinished_row_asks_for_its_name(page, program):
    text = text_of(page.post(url("edit", program), sent(program, {"unit": "persen"})))

    assert "Tulis nama indikator" in text


def test_two_rows_of_one_name_are_told_apart(page, program):
    text = text_of(page.post(url("edit", program), sent(program, {"name": "Satu"}, {"name": "Satu"})))

    assert "Indikator ini sudah ada di baris lain." in text


def test_a_stale_page_shows_both_texts_and_saves_after_that(page, coordinator, program):
    before = sent(program, text="Naskah saya", **{"pagu-tahun_2022": "7.000.000"})
    save_element(program, by=coordinator, data={"text": "Naskah orang lain"}, version=1)

    response = page.post(url("edit", program), before)

    text = text_of(response)
    assert "Unsur ini diubah orang lain setelah Anda membukanya." in text
    assert [row["label"] for row in response.context["conflict"]] == ["Uraian", "Pagu indikatif"]
    assert "Naskah orang lain</p>" in text
    assert "2022: Rp7.000.000" in text
    assert "Naskah saya</textarea>" in text
    assert 'name="version" value="2"' in text
    program.refresh_from_db()
    assert program.text == "Naskah orang lain"

    assert page.post(url("edit", program), before | {"version": "2"}).status_code == 302
    program.refresh_from_db()
    assert program.text == "Naskah saya"


@pytest.mark.parametrize("version", ["", "x", "-1", "99999999999"])
def test_a_version_that_makes_no_sense_is_a_conflict(page, program, version):
    response = page.post(url("edit", program), sent(program, text="Lain", version=version))

    assert response.context["conflict"]
    program.refresh_from_db()
    assert program.edit_version == 1


def test_an_indicator_of_another_node_is_left_alone(page, rpjmd, program):
    elsewhere = make_indicator(make_program(rpjmd), "Milik program lain")

    page.post(url("edit", program), sent(program, {"id": str(elsewhere.pk), "name": "Diambil"}))

    elsewhere.refresh_from_db()
    assert elsewhere.name == "Milik program lain"
    assert program.indicators.get().name == "Diambil"


def test_an_indicator_with_a_link_is_not_lost(page, plan, program, agency, agency_head):
    indicator = make_indicator(program, "Sampah")
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    initiative.links.create(element=program, indicator=indicator, proposed_by=agency_head)

    text = text_of(page.post(url("edit", program), sent(program)))

    assert "Indikator Sampah dirujuk 1 inisiatif, jadi tidak dapat dihapus." in text


@pytest.mark.parametrize("field", ["agency", "parent"])
def test_choices_from_elsewhere_are_refused(page, program, outsider, field):
    foreign = make_program(make_rpjmd(outsider.memberships.get().regency))

    text = text_of(page.post(url("edit", program), sent(program, **{field: str(foreign.pk)})))

    assert "Pilihan ini tidak ada." in text
    program.refresh_from_db()
    assert program.edit_version == 1


def test_a_sample_becomes_real(page, program):
    program.is_sample = True
    program.save()

    assert "Isi ini masih contoh" in text_of(page.get(url("edit", program)))
    page.post(url("edit", program), sent(program))
    program.refresh_from_db()
    assert program.is_sample is False


def test_a_renstra_program_is_tied_to_the_rpjmd(page, regency, agency, program):
    renstra = DevelopmentPlan.objects.create(
        regency=regency, kind=PlanKind.RENSTRA, agency=agency, title="Renstra uji", start_year=2021, end_year=2026
    )
    planned = make_element(renstra, Level.PROGRAM)

    page.post(url("edit", planned), sent(planned, carries_out=str(program.pk)))

    planned.refresh_from_db()
    assert planned.carries_out == program
    assert "Melaksanakan program RPJMD" not in text_of(page.get(url("edit", program)))


def test_a_mission_has_neither_indicators_nor_money(page, program):
    mission = program.parent.parent.parent

    forms = page.get(url("edit", mission)).context["forms"]

    assert (forms.indicators, forms.ceilings) == (None, None)
    assert "parent" not in forms.main.fields
    assert page.post(url("edit", mission), sent(mission, text="Misi baru")).status_code == 302


@pytest.mark.parametrize("count", [1, 3])
def test_the_form_asks_as_much_for_one_as_for_three(page, rpjmd, program, count, django_assert_num_queries):
    for n in range(count):
        make_indicator(program, f"Indikator {n}")
        make_program(rpjmd)
    page.get(url("edit", program))  # the first page of a session also notes when it began

    with django_assert_num_queries(EDIT_QUERIES):
        page.get(url("edit", program))


# Removing ------------------------------------------------------------------------------------------------------------


def test_a_node_is_removed_after_a_question(page, rpjmd, program):
    question = page.get(url("delete", program)).content.decode()

    assert "Hapus program 2.11.11?" in question
    assert "Ini tidak dapat dibatalkan." in question
    response = page.post(url("delete", program))
    assert response.headers["Location"] == reverse("development_plan_detail", args=[rpjmd.regency.slug, rpjmd.pk])
    assert not PlanElement.objects.filter(pk=program.pk).exists()
    assert page.post(url("delete", program)).status_code == 404


def test_what_hangs_on_a_node_is_told_and_nothing_goes(page, program):
    objective = program.parent

    assert "Masih ada 1 unsur di bawahnya." in text_of(page.get(url("delete", objective)))
    assert "Masih ada 1 unsur di bawahnya." in text_of(page.post(url("delete", objective)))
    assert PlanElement.objects.filter(pk=objective.pk).exists()
