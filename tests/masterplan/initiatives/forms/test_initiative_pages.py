"""What a page of the form says beside its controls: what was understood, what is asked, the schedule, gentle notes."""

import pytest
from django.http import QueryDict

from masterplan.initiatives.forms.pages import SectionPage
from masterplan.registry import SECTION_BY_KEY
from tests.factories import make_initiative


@pytest.fixture
def open_page(plan, agency, agency_head):
    """A page of an initiative, as stored or with what was sent."""
    initiative = make_initiative(plan, agency=agency, by=agency_head, complete=True)

    def opened(section, sent=None, *, rows="", quiet=False):
        data = None
        if sent is not None:
            data = QueryDict(mutable=True)
            prefix, _, count = rows.partition(":")
            if prefix:
                data.update({f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": "0"})
            data.update(sent)
        page = SectionPage(SECTION_BY_KEY[section], initiative, agency_head, data, quiet)
        if data is not None and not quiet:
            page.is_valid()
        return page

    return opened


def test_money_is_echoed_and_asked_about(open_page):
    sent = {"budgets-0-source": "dak", "budgets-0-amount_2022": "450 jt", "budgets-0-amount_2023": "1,250"}
    page = open_page("anggaran", sent, rows="budgets:1")

    assert page.echoes() == {"id_budgets-0-amount_2022": "Rp450.000.000"}
    assert page.asks() == {
        "id_budgets-0-amount_2023": [
            {"spelling": "Rp1.250", "label": "Rp1.250 (seribu dua ratus lima puluh rupiah)"},
        ]
    }


def test_years_months_and_days_are_echoed_and_asked_about(open_page):
    sent = {"start_year": "22", "activities-0-name": "A", "activities-0-start": "1/2022", "activities-0-end": "Jan-22"}
    page = open_page("kegiatan", sent, rows="activities:1")

    assert page.echoes() == {"id_activities-0-start": "Januari 2022"}
    assert page.asks() == {
        "id_start_year": [{"spelling": "2022", "label": "2022"}],
        "id_activities-0-end": [{"spelling": "Januari 2022", "label": "Januari 2022"}],
    }
    worksheet = open_page("quick-win", {"worksheet-due_date": "30/11/2022"})
    assert worksheet.echoes() == {"id_worksheet-due_date": "30 November 2022"}


def test_a_stored_page_says_what_its_targets_mean(open_page):
    assert open_page("indikator").echoes() == {}
    sent = {"indicators-0-name": "A", "indicators-0-target_2022": "70-75", "indicators-0-baseline": "1.500"}

    for quiet in (False, True):
        assert open_page("indikator", sent, rows="indicators:1", quiet=quiet).echoes() == {
            "id_indicators-0-target_2022": "70 sampai 75",
            "id_indicators-0-baseline": "seribu lima ratus",
        }


# The schedule ---------------------------------------------------------------------------------------------------------


def bars(page):
    (table,) = [block.table for block in page.blocks if block.field.key == "activities"]
    return [(bar.name, bar.words, bar.start, bar.length) for bar in table.schedule.bars]


def test_the_schedule_of_what_is_stored(open_page):
    assert bars(open_page("kegiatan")) == [("Uji coba", "Januari 2022 sampai Juni 2022", 0, 6)]


@pytest.mark.parametrize("quiet", [False, True])
def test_the_schedule_of_what_was_typed_in_its_order(open_page, quiet):
    rows = [
        {"name": "B", "start": "Juli 2023", "end": "12/2023", "ORDER": "2"},
        {"name": "A", "start": "2022-03", "end": "Maret 2022", "ORDER": "1"},
        {"name": "Lama", "start": "Jan 2015", "end": "Des 2015", "ORDER": "3"},
        {"name": "Entah", "start": "kapan-kapan", "end": "", "ORDER": "4"},
        {"name": "Buang", "start": "Jan 2022", "end": "Des 2022", "ORDER": "5", "DELETE": "on"},
        {"name": "", "start": "", "end": "", "ORDER": ""},
    ]
    sent = {f"activities-{n}-{key}": value for n, row in enumerate(rows) for key, value in row.items()}
    page = open_page("kegiatan", sent, rows=f"activities:{len(rows)}", quiet=quiet)

    first, last = bars(page)[2][1].split("di luar ")[1].split("\u2013")
    assert bars(page) == [
        ("A", "Maret 2022", 2, 1),
        ("B", "Juli 2023 sampai Desember 2023", 18, 6),
        ("Lama", f"Januari 2015 sampai Desember 2015, di luar {first}\u2013{last}", None, None),
        ("Entah", "", None, None),
    ]


def test_the_schedule_is_a_piece_of_the_page(open_page):
    sent = {"activities-0-name": "<b>Uji</b>", "activities-0-start": "Jan 2022", "activities-0-end": "Juni 2022"}
    fragments = open_page("kegiatan", sent, rows="activities:1").fragments()

    assert list(fragments) == ["activities-schedule"]
    assert '<rect x="0.00" y="0" width="6.00" height="10"' in fragments["activities-schedule"]
    assert "&lt;b&gt;Uji&lt;/b&gt;" in fragments["activities-schedule"]
    empty = open_page("kegiatan", {"activities-0-name": "A"}, rows="activities:1").fragments()["activities-schedule"]
    assert "Jadwal muncul di sini" in empty


def test_what_was_not_sent_along_is_left_as_it_is(open_page):
    page = open_page("kegiatan", {"start_year": "TA 2022"})

    assert page.echoes() == {"id_start_year": "2022"}
    assert page.fragments() == open_page("indikator", {}).fragments() == {}


# Notes ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("direction", "targets", "note"),
    [
        ("up", ("10", "20", "60"), ""),
        ("up", ("10", "60", "20"), "Arahnya naik, tetapi Target 2023 (20) lebih rendah dari Target 2022 (60)."),
        ("up", ("30", "20", ""), "Arahnya naik, tetapi Target 2022 (20) lebih rendah dari Kondisi awal (30)."),
        ("up", ("70-75", "72", "WTP"), "Target 2023 (WTP) bukan angka, sedangkan isian lain di baris ini angka."),
        ("up", ("-", "minimal 80", "90"), ""),
        ("up", ("", "minimal 80", "70"), "Arahnya naik, tetapi Target 2023 (70) lebih rendah dari Target 2022 (minimal 80)."),
        ("down", ("60", "20", "10"), ""),
        ("down", ("60", "20", "30-35"), "Arahnya turun, tetapi Target 2023 (30-35) lebih tinggi dari Target 2022 (20)."),
        ("stable", ("60", "60", "60"), ""),
        ("stable", ("60", "", "61"), "Arahnya tetap, tetapi Target 2023 (61) berbeda dari Kondisi awal (60)."),
        ("up", ("60", "1.5", "70"), ""),
    ],
)  # fmt: skip
def test_targets_that_go_against_the_direction_are_noted_and_kept(open_page, direction, targets, note):
    baseline, first, second = targets
    sent = {"name": "A", "kind": "output", "direction": direction, "baseline": baseline}
    sent |= {"target_2022": first, "target_2023": second}
    page = open_page("indikator", {f"indicators-0-{key}": value for key, value in sent.items()}, rows="indicators:1")

    fragments = page.fragments()
    assert list(fragments) == ["indicators-0-note"]
    assert (note in fragments["indicators-0-note"]) if note else fragments["indicators-0-note"] == ""
    assert all("Arahnya" not in text for _, text in page.error_links)


def test_a_removed_indicator_has_no_note(open_page):
    sent = {"name": "A", "direction": "up", "baseline": "9", "target_2022": "1", "DELETE": "on"}
    page = open_page("indikator", {f"indicators-0-{key}": value for key, value in sent.items()}, rows="indicators:1")

    assert page.fragments() == {"indicators-0-note": ""}
