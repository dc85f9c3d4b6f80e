"""Tables of the initiative's form: what is typed becomes plain registry values, what cannot be is explained."""

import pytest
from django.http import QueryDict

from masterplan.editing.forms.rows import MAX_ROWS, PartnerForm, PartnerRows, data_to_redraw, open_rows
from masterplan.initiatives.forms.activities import ActivityForm, ActivityRows
from masterplan.initiatives.forms.budgets import BudgetForm, BudgetRows
from masterplan.initiatives.forms.indicators import IndicatorForm, IndicatorRows
from masterplan.initiatives.forms.worksheet import WorksheetForm
from masterplan.reference import QuickWinAspect

NO_SUCH_CHOICE = "Pilihan ini tidak ada. Muat ulang halaman, lalu pilih lagi."
YEARS = range(2022, 2025)
FORMS = {
    "partners": (PartnerForm, PartnerRows),
    "activities": (ActivityForm, ActivityRows),
    "indicators": (IndicatorForm, IndicatorRows),
    "budgets": (BudgetForm, BudgetRows),
}


def opened(key, *rows, stored=(), quiet=False, initial=0, **more):
    form, row_set = FORMS[key]
    data = QueryDict(mutable=True)
    data.update({f"{key}-TOTAL_FORMS": str(len(rows)), f"{key}-INITIAL_FORMS": str(initial)})
    for number, row in enumerate(rows):
        data.update({f"{key}-{number}-{name}": value for name, value in row.items()})
    return open_rows(
        form, row_set, key=key, stored=list(stored), years=YEARS, data=data, quiet=quiet, order=key != "budgets", **more
    )


def sentences(table):
    table.is_valid()
    return [text for _, text in table.error_links]


def test_blank_rows_are_no_rows():
    blank = {"kind": "output", "direction": "up"}

    rows = {"partners": {}, "activities": {"name": "  "}, "indicators": blank, "budgets": {"source": "dak"}}
    for key, row in rows.items():
        table = opened(key, row, initial=1)
        assert table.is_valid(), table.errors
        assert table.value() == []


def test_partners():
    table = opened("partners", {"kind": "campus", "name": " Universitas\nnegeri ", "contribution": "Kajian"})

    assert table.is_valid()
    assert table.value() == [{"kind": "campus", "name": "Universitas negeri", "contribution": "Kajian"}]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"name": "Universitas"}, ["Mitra 1, Jenis mitra: Pilih jenis mitra."]),
        ({"kind": "campus"}, ["Mitra 1, Nama mitra: Tulis nama mitra, misalnya Bank pembangunan daerah."]),
        (
            {"kind": "x", "name": "A"},
            ["Mitra 1, Jenis mitra: " + NO_SUCH_CHOICE],
        ),
    ],
)
def test_a_partner_has_kind_and_name(row, expected):
    assert sentences(opened("partners", row)) == expected


def test_activities_are_stored_as_days():
    row = {"name": "Uji coba", "start": "Jan 2022", "end": "Juni 2022", "output": ""}
    table = opened("activities", row, {"name": "Lain", "start": "", "end": "15/7/2023"})

    assert table.is_valid()
    assert table.value() == [
        {"name": "Uji coba", "start": "2022-01-01", "end": "2022-06-30", "output": ""},
        {"name": "Lain", "start": None, "end": "2023-07-15", "output": ""},
    ]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (
            {"name": "A", "start": "Maret 2023", "end": "Januari 2023"},
            "Kegiatan 1, Bulan selesai: Selesai lebih awal dari mulai. Tulis Maret 2023 atau sesudahnya.",
        ),
        (
            {"start": "Maret 2023"},
            "Kegiatan 1, Kegiatan: Tulis nama kegiatan, misalnya",
        ),
        ({"name": "A", "start": "tahun depan"}, "Kegiatan 1, Bulan mulai: Tulis tanggal, bulan, tahun"),
        ({"name": "x" * 201}, "Kegiatan 1, Kegiatan: Teks ini 201 karakter, batasnya 200."),
    ],
)
def test_activities_say_how_to_mend(row, expected):
    found = sentences(opened("activities", row))

    assert len(found) == 1
    assert found[0].startswith(expected)


def test_indicators_have_a_target_a_year():
    row = {
        "kind": "outcome",
        "name": "Kepuasan",
        "unit": "persen",
        "direction": "up",
        "baseline": "-",
        "target_2022": "70-75",
        "target_2023": "-",
        "target_2024": "minimal 90",
        "end_condition": "WTP",
    }
    table = opened("indicators", row)

    assert table.is_valid(), table.errors
    assert table.value() == [
        {
            "kind": "outcome",
            "name": "Kepuasan",
            "unit": "persen",
            "direction": "up",
            "baseline": "-",
            "targets": {"2022": "70-75", "2024": "minimal 90"},
            "end_condition": "WTP",
        }
    ]


def test_an_ambiguous_target_is_asked_about():
    row = {"kind": "output", "direction": "up", "name": "Loket", "target_2022": "1.5"}

    assert sentences(opened("indicators", row)) == [
        "Indikator 1, Target 2022: 1.5 kami baca sebagai 1,5. Betul? Kalau ya, tulis 1,5."
    ]


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        ({"baseline": "abc", "target_2022": "70"}, "Kondisi awal (abc) bukan angka"),
        ({"baseline": "12", "target_2023": "banyak", "end_condition": "90"}, "Target 2023 (banyak) bukan angka"),
        ({"baseline": "sedang", "target_2022": "70", "direction": "down"}, "Kondisi awal (sedang) bukan angka"),
        ({"baseline": "belum ada", "target_2022": "70", "end_condition": "-"}, ""),
        ({"baseline": "B", "target_2022": "BB", "end_condition": "A"}, ""),
        ({"baseline": "WTP", "target_2022": "1", "direction": "stable"}, ""),
        ({"baseline": "abc", "target_2022": "7.0"}, ""),  # asked about first at the cell itself
    ],
)
def test_a_word_among_numbers_is_asked_about_and_kept(row, asked):
    table = opened("indicators", {"kind": "output", "direction": "up", "name": "Loket"} | row)

    assert table.forms[0].note.startswith(asked)
    assert bool(table.forms[0].note) == bool(asked)
    assert table.forms[0].is_valid() == (row.get("target_2022") != "7.0")


def test_years_outside_the_plan_are_kept():
    stored = [{"source": "dak", "amounts": {"2030": 5}}]
    form, row_set = FORMS["budgets"]
    table = open_rows(form, row_set, key="budgets", stored=stored, years=YEARS, order=False)

    assert table.years == ["2022", "2023", "2024", "2030"]


def test_an_empty_indicator_table_is_ready_for_output_and_outcome():
    form, row_set = FORMS["indicators"]
    table = open_rows(form, row_set, key="indicators", stored=[], years=YEARS)

    assert [row["kind"].value() for row in table.forms] == ["output", "outcome"]


def test_rows_are_ordered_and_removed():
    rows = [{"name": name, "ORDER": order} for name, order in (("A", "2"), ("B", "1"), ("C", ""))]
    table = opened("activities", *rows, {"name": "D", "DELETE": "on", "start": "omong kosong"})

    assert table.is_valid(), table.errors
    assert [row["name"] for row in table.value()] == ["B", "A", "C"]


def test_a_removed_row_is_not_judged():
    table = opened("activities", {"name": "A", "start": "kapan"}, {"start": "kapan", "DELETE": "on"})

    assert sentences(table) == [
        "Kegiatan 1, Bulan mulai: Tulis tanggal, bulan, tahun, misalnya 31/12/2027 atau 31 Desember 2027."
    ]


def test_rows_that_were_removed_take_no_place():
    rows = [{"name": f"Kegiatan {n}", **({"DELETE": "on"} if n % 2 else {})} for n in range(2 * MAX_ROWS)]
    table = opened("activities", *rows)

    assert table.is_valid(), table.non_form_errors()
    assert len(table.value()) == MAX_ROWS


def test_too_many_rows_are_refused():
    rows = [{"name": f"Kegiatan {n}"} for n in range(MAX_ROWS + 1)]

    assert sentences(opened("activities", *rows)) == ["Paling banyak 60 baris. Gabungkan baris yang serupa."]


def test_a_table_grows_by_a_row_up_to_its_limit():
    data = QueryDict("add_row=activities&activities-TOTAL_FORMS=1")

    assert data_to_redraw(data)["activities-TOTAL_FORMS"] == "2"
    for odd in ("add_row=other&other-TOTAL_FORMS=x", "add_row=missing", f"add_row=a&a-TOTAL_FORMS={MAX_ROWS}"):
        assert data_to_redraw(QueryDict(odd)) == QueryDict(odd)
    assert data_to_redraw(QueryDict("activities-TOTAL_FORMS=1")) is None


@pytest.mark.parametrize(
    ("choice", "value"),
    [("start_year=2022", "2022"), ("start_year=", ""), ("start_year", "22"), ("status=approved", "22"), ("", "22")],
)
def test_a_chosen_spelling_is_written_into_its_control(choice, value):
    data = QueryDict(mutable=True)
    data.update({"start_year": "22", "use_reading": choice})

    assert data_to_redraw(data)["start_year"] == value
    assert "status" not in data_to_redraw(data)


def test_a_quiet_table_keeps_what_was_typed():
    table = opened("activities", {"start": "omong kosong"}, quiet=True)

    assert table.error_links == []
    assert table.forms[0]["start"].value() == "omong kosong"
    assert table.typed() == "omong kosong"


# The grid -------------------------------------------------------------------------------------------------------------


def test_budgets_are_read_and_added_up():
    table = opened(
        "budgets",
        {"source": "dak", "amount_2022": "450 jt", "amount_2024": "0"},
        {"source": "csr", "amount_2022": "Rp 50.000.000,00"},
    )

    assert table.is_valid(), table.errors
    assert table.value() == [
        {"source": "dak", "amounts": {"2022": 450_000_000, "2024": 0}},
        {"source": "csr", "amounts": {"2022": 50_000_000}},
    ]
    assert table.year_totals == [("2022", 500_000_000), ("2023", 0), ("2024", 0)]
    assert table.grand_total == 500_000_000


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([{"amount_2022": "5"}], ["Baris 1: Pilih sumber dananya."]),
        (
            [{"source": "dak", "amount_2022": "5"}, {"source": "dak", "amount_2023": "5"}],
            ["DAK: Sumber dana ini sudah ada di baris lain. Gabungkan angkanya di satu baris."],
        ),
        (
            [{"source": "dak", "amount_2022": "-5"}],
            ["Anggaran 2022 dari DAK: Jumlah rupiah tidak boleh kurang dari nol. Tulis misalnya 1.250.000."],
        ),
        (
            [{"source": "x", "amount_2022": "5"}],
            ["Baris 1: " + NO_SUCH_CHOICE],
        ),
    ],
)
def test_budgets_say_how_to_mend(rows, expected):
    assert sentences(opened("budgets", *rows)) == expected


def test_amounts_beside_a_wrong_one_still_count():
    table = opened("budgets", {"source": "dak", "amount_2022": "empat", "amount_2023": "7"})
    table.is_valid()

    assert table.grand_total == 7
    assert table.typed() == "DAK, 2022: empat; 2023: 7"


def test_a_source_can_be_removed_and_named_again():
    rows = [{"source": "dak", "amount_2022": "5", "DELETE": "on"}, {"source": "dak", "amount_2023": "7"}]
    table = opened("budgets", *rows)

    assert table.is_valid(), table.errors
    assert table.value() == [{"source": "dak", "amounts": {"2023": 7}}]
    assert (table.grand_total, table.extent) == (7, "1 tahun, 1 sumber dana")


@pytest.mark.parametrize("quiet", [False, True])
def test_totals_are_those_of_what_was_typed(quiet):
    rows = [{"source": "dak", "amount_2022": "450 jt", "amount_2023": "1,250"}, {"source": "csr", "amount_2024": "5"}]
    table = opened("budgets", *rows, quiet=quiet)
    table.is_valid()

    assert [form.total for form in table.forms] == [450_000_000, 5]
    assert (table.grand_total, table.extent) == (450_000_005, "2 tahun, 2 sumber dana")
    assert opened("budgets", {"source": "dak"}).extent == ""


# The worksheet --------------------------------------------------------------------------------------------------------


def worksheet(**answers):
    data = QueryDict(mutable=True)
    data.update({f"worksheet-{name}": value for name, value in answers.items()})
    return WorksheetForm(key="worksheet", stored=None, data=data)


def test_an_empty_worksheet_does_not_exist():
    form = worksheet(deliverable=" ")

    assert form.is_valid()
    assert form.value() is None


def test_a_worksheet_holds_the_aspects_that_were_answered():
    form = worksheet(deliverable="Tiga loket", due_date="30/11/2022", score_benefit="5", note_risk="Jaringan")

    assert form.is_valid(), form.errors
    assert form.value() == {
        "deliverable": "Tiga loket",
        "due_date": "2022-11-30",
        "aspects": [
            {"aspect": "benefit", "score": 5, "note": ""},
            {"aspect": "risk", "score": None, "note": "Jaringan"},
        ],
    }


def test_a_worksheet_asks_for_all_ten_aspects():
    form = worksheet(score_benefit="6")

    assert [aspect.label for aspect, _, _ in form.aspects] == QuickWinAspect.labels
    assert not form.is_valid()
    assert form.is_open
