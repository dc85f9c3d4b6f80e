"""The base form and the fields that read what people write."""

from datetime import date
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from django import forms
from django.core.exceptions import ValidationError

from smartcity.common.forms import (
    DayField,
    LineField,
    MoneyField,
    MonthField,
    NumberField,
    PortalForm,
    TargetField,
    TextField,
    TextInput,
    YearField,
    month_text,
)


class ExampleForm(PortalForm):
    name = LineField(label="Nama", limit=10)
    kind = forms.ChoiceField(label="Jenis", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    tags = forms.MultipleChoiceField(label="Tanda", choices=[("x", "X")], required=False)


def test_errors_are_said_in_plain_words():
    form = ExampleForm({"tags": ["y"]})

    assert form.errors == {
        "name": ["Isian ini masih kosong."],
        "kind": ["Belum dipilih: pilih salah satu."],
        "tags": ["Pilihan ini tidak ada. Muat ulang halaman, lalu pilih lagi."],
    }


def test_a_message_of_the_form_itself_is_kept():
    class OwnWords(PortalForm):
        name = LineField(limit=10, error_messages={"required": "Tulis nama."})

    assert OwnWords({}).errors == {"name": ["Tulis nama."]}


def test_error_links_lead_to_the_first_control():
    form = ExampleForm({})
    form.add_error(None, "Sudah ditutup.")

    assert form.error_links == [
        ("", "Sudah ditutup."),
        ("id_name", "Nama: Isian ini masih kosong."),
        ("id_kind_0", "Jenis: Belum dipilih: pilih salah satu."),
    ]


def test_a_quiet_form_keeps_and_does_not_judge():
    form = ExampleForm({"name": "x" * 20}, quiet=True)

    assert form.errors == {}
    assert form["name"].value() == "x" * 20


def test_crispy_draws_no_form_tag():
    assert ExampleForm().helper.form_tag is False
    assert ExampleForm().helper.disable_csrf is True


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (TextField(limit=20), " baris\r\n\r\nlain\x00 ", "baris\n\nlain"),
        (LineField(limit=20), " dua\n kata\u00a0di  sini", "dua kata di sini"),
        (NumberField(), "1.500,25", Decimal("1500.25")),
        (MoneyField(), "450 jt", 450_000_000),
        (YearField(), "2027", 2027),
        (DayField(), "31 Des 2027", date(2027, 12, 31)),
        (MonthField(), "Februari 2024", date(2024, 2, 1)),
        (MonthField(end=True), "Februari 2024", date(2024, 2, 29)),
        (MonthField(), "15 Februari 2024", date(2024, 2, 15)),
        (TargetField(limit=20), " 70 - 75 ", "70 - 75"),
        (TargetField(limit=20), "WTP", "WTP"),
        (TargetField(limit=20, required=False), "-", ""),
        (TargetField(limit=20, required=False, keep_none=True), "-", "-"),
        (MoneyField(required=False), "", None),
        (MoneyField(required=False), "tidak ada", None),
    ],
)
def test_fields_read_what_people_write(field, text, value):
    assert field.clean(text) == value


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        (TextField(limit=5), "panjang", "Teks ini 7 karakter, batasnya 5. Ringkas sedikitnya 2 karakter."),
        (LineField(limit=5), "panjang", "Teks ini 7 karakter, batasnya 5. Ringkas sedikitnya 2 karakter."),
        (MoneyField(), "1,250", "1,250 kami baca sebagai Rp1.250. Betul? Kalau ya, tulis Rp1.250."),
        (NumberField(), "99.25", "99.25 kami baca sebagai 99,25. Betul? Kalau ya, tulis 99,25."),
        (YearField(), "27", "27 kami baca sebagai 2027. Betul? Kalau ya, tulis 2027."),
        (TargetField(limit=20), "99.25", "99.25 kami baca sebagai 99,25. Betul? Kalau ya, tulis 99,25."),
        (TargetField(limit=20), "12 dokumen", "Tulis angkanya saja, misalnya 12. Satuannya ditulis di kolom satuan."),
        (TargetField(limit=5), "sangat baik", "Teks ini 11 karakter, batasnya 5. Ringkas sedikitnya 6 karakter."),
        (MonthField(), "2022", "Tulis juga bulannya, misalnya Desember 2027."),
        (DayField(), "31 Feb 2022", "Tanggal 31 Februari 2022 tidak ada"),
    ],
)
def test_fields_say_how_to_mend(field, text, sentence):
    with pytest.raises(ValidationError) as error:
        field.clean(text)

    assert error.value.messages[0].startswith(sentence)


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        (MoneyField(), 1_250_000, "1.250.000"),
        (NumberField(), Decimal("99.25"), "99,25"),
        (DayField(), date(2027, 12, 31), "31 Desember 2027"),
        (MonthField(), date(2027, 12, 1), "Desember 2027"),
        (MonthField(end=True), date(2027, 12, 31), "Desember 2027"),
        (MoneyField(), "empat ratus", "empat ratus"),
        (MoneyField(), None, None),
    ],
)
def test_what_stands_in_the_control(field, value, shown):
    assert field.prepare_value(value) == shown


@pytest.mark.parametrize(
    ("day", "end", "text"),
    [
        (date(2024, 2, 1), False, "Februari 2024"),
        (date(2024, 2, 29), True, "Februari 2024"),
        (date(2024, 2, 28), True, "28 Februari 2024"),
        (date(2024, 2, 2), False, "2 Februari 2024"),
    ],
)
def test_months_in_words(day, end, text):
    assert month_text(day, end=end) == text


@pytest.mark.parametrize("value", [None, "", "70-75", '"><script>', "a'b & c", 5])
def test_an_input_is_drawn_as_djangos_own(value):
    attrs = {"class": "num", "data-x": True, "hidden": False, "aria-describedby": "a b"}
    own, theirs = (
        widget(attrs=attrs).render("nama", value, {"id": "id_nama"}) for widget in (TextInput, forms.TextInput)
    )

    assert attributes(own) == attributes(theirs)


def attributes(html):
    """The attributes of the one tag in `html`."""
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, dict(attrs)))

    Reader().feed(html)
    (only,) = found
    return only
