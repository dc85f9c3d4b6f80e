"""What was understood is said where it says more than the text; what can mean several things is offered as a choice."""

import pytest
from django.http import QueryDict

from smartcity.common.forms import (
    DayField,
    MoneyField,
    MonthField,
    NumberField,
    PortalForm,
    TargetField,
    YearField,
    choices_of,
    control_of,
    echo_of,
    span_text,
    value_of,
)
from smartcity.common.numbers import parse_date


@pytest.mark.parametrize(
    ("field", "text", "words"),
    [
        (MoneyField(), "450 jt", "Rp450.000.000"),
        (MoneyField(), "1250000", "Rp1.250.000"),
        (MoneyField(), "Rp 1.250.000,00", "Rp1.250.000"),
        (MoneyField(), "450.000.000", ""),
        (MoneyField(), "Rp 450.000.000", ""),
        (MoneyField(), "empat ratus", ""),
        (MoneyField(), "1,250", ""),
        (MoneyField(), "-", ""),
        (NumberField(), "1.500", "seribu lima ratus"),
        (NumberField(), "1500", "1.500"),
        (NumberField(), "1,2 juta", "1.200.000"),
        (NumberField(), "99,25 %", ""),
        (YearField(), "2022", ""),
        (YearField(), "TA 2022", "2022"),
        (DayField(), "31/12/2027", "31 Desember 2027"),
        (DayField(), "31 Desember 2027", ""),
        (MonthField(), "06/2022", "Juni 2022"),
        (MonthField(end=True), "feb 2024", "Februari 2024"),
        (TargetField(limit=40), "70-75", "70 sampai 75"),
        (TargetField(limit=40), "\u2265 90", "minimal 90"),
        (TargetField(limit=40), "minimal 90", ""),
        (TargetField(limit=40), "< 5", "kurang dari 5"),
        (TargetField(limit=40), "1.500", "seribu lima ratus"),
        (TargetField(limit=40), "WTP", ""),
        (TargetField(limit=40), "75", ""),
        (TargetField(limit=40), "1,20", ""),
    ],
)
def test_what_was_understood(field, text, words):
    assert field.echo(text) == words


class Asked(PortalForm):
    offers_choices = True

    money = MoneyField(required=False)
    growth = NumberField(required=False)
    target = TargetField(limit=40, required=False)
    day = DayField(required=False)
    plain = TargetField(limit=40, required=False)


def test_the_meanings_are_offered_in_figures_and_words():
    form = Asked({"money": "1,250 M", "growth": "1.5", "target": "1,250", "day": "31/12/27", "plain": "75"})

    assert {name: [choice["label"] for choice in choices_of(form[name])] for name in form.fields} == {
        "money": ["Rp1.250.000.000 (satu miliar dua ratus lima puluh juta rupiah)", "Rp1.250.000.000.000 (satu triliun dua ratus lima puluh miliar rupiah)"],
        "growth": ["1,5 (satu koma lima)"],
        "target": ["1,25 (satu koma dua lima)", "1.250 (seribu dua ratus lima puluh)"],
        "day": ["31 Desember 2027"],
        "plain": [],
    }  # fmt: skip
    assert [choice["spelling"] for choice in choices_of(form["target"])] == ["1,25", "1.250"]


def test_a_page_that_cannot_answer_offers_no_choice():
    class Silent(Asked):
        offers_choices = False

    assert choices_of(Silent({"growth": "1.5"})["growth"]) == []


def test_a_stored_value_and_an_empty_control_say_nothing():
    form = Asked(initial={"money": 450_000_000})

    assert echo_of(form["money"]) == echo_of(form["day"]) == ""
    assert value_of(form["money"]) == 450_000_000
    assert value_of(form["target"]) is None


def test_a_control_is_described_by_its_errors_and_its_echo():
    form = Asked(QueryDict("money=450+jt&growth=sepuluh"))

    assert 'aria-describedby="id_money_echo"' in control_of(form["money"], "Rp450.000.000")
    assert 'aria-describedby="id_growth_error"' in control_of(form["growth"])
    assert "aria-describedby" not in control_of(form["day"])


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("Januari 2022", "Juni 2022", "Januari 2022 sampai Juni 2022"),
        ("Juni 2022", "Juni 2022", "Juni 2022"),
        ("Januari 2022", "", "mulai Januari 2022"),
        ("", "Juni 2022", "sampai Juni 2022"),
        ("", "", ""),
    ],
)
def test_two_months_in_words(start, end, words):
    assert span_text(parse_date(start), parse_date(end, end=True)) == words
