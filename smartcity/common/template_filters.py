"""Template filters, built in to every template: values as Indonesians write them, plain text as safe HTML.

An empty value gives an empty text, so `{{ amount|rupiah|default:"-" }}` says "-". The wording lives in `formatting`.
"""

from datetime import date, datetime
from decimal import Decimal

from django import forms, template
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from smartcity.common import formatting, text
from smartcity.common.forms import choices_of, control_of, echo_of
from smartcity.common.interpretation import Choice
from smartcity.common.rich_text.markup import rich_html, to_html

register = template.Library()


@register.filter
def rupiah(amount: int | Decimal | str | None) -> str:
    """Whole rupiah: `Rp1.234.567`. PostgreSQL sums them up to a Decimal."""
    return "" if amount is None or isinstance(amount, str) else formatting.format_money(int(amount))


@register.filter
def jutaan(amount: int | Decimal | str | None) -> str:
    """Whole rupiah in millions: `1.470`, `12,5`."""
    return "" if amount is None or isinstance(amount, str) else formatting.format_millions(int(amount))


@register.filter
def angka(number: Decimal | float | str | None, places: int | None = None) -> str:
    """A number, with at most `places` decimals: `1.234,5`. A text such as "70-75" or "WTP" is left as written."""
    if number is None or isinstance(number, str):
        return number or ""
    return formatting.format_number(Decimal(str(number)), places)


@register.filter
def ukuran(size: int | str | None) -> str:
    """Bytes: `840 KB`, `1,2 MB`; number and unit stay on one line."""
    return formatting.format_size(size).replace(" ", "\xa0") if isinstance(size, int) else ""


@register.filter
def tanggal(day: date | str | None) -> str:
    """A date, or the ISO text of one from a snapshot: `6 September 2021`."""
    found = _as_date(day)
    return formatting.format_date(found) if found else ""


@register.filter
def bulan(day: date | str | None) -> str:
    """The month of a date, or of the ISO text of one from a snapshot: `September 2021`."""
    found = _as_date(day)
    return formatting.format_month(found) if found else ""


@register.filter
def waktu(moment: datetime | str | None) -> str:
    """A moment in the current time zone: `6 September 2021 pukul 10.42`."""
    return formatting.format_moment(moment) if isinstance(moment, datetime) else ""


@register.filter
def umur(moment: datetime | str | None) -> str:
    """How long ago: `3 hari lalu`."""
    return formatting.format_age(moment) if isinstance(moment, datetime) else ""


@register.filter
def paragraf(body: str | None) -> SafeString:
    """Plain text as escaped HTML paragraphs and lists."""
    return to_html(body or "")


@register.filter
def naskah(body: str | None) -> SafeString:
    """Text with light marks as escaped HTML: paragraphs, lists, tables, bold and links."""
    return rich_html(body or "")


@register.filter
def word_diff(old: str | None, new: str | None) -> SafeString:
    """`new` with what left `old` in `<del>` and what came in `<ins>`, escaped."""
    marks = {"same": "{}", "del": "<del>{}</del>", "ins": "<ins>{}</ins>"}
    parts = (format_html(marks[change], words) for change, words in text.word_diff(old or "", new or ""))
    return format_html_join("", "{}", ((part,) for part in parts))


@register.filter
def terbaca(bound: forms.BoundField) -> str:
    """What the text in a control was understood as, where that says more than the text itself."""
    return echo_of(bound)


@register.filter
def kendali(bound: forms.BoundField, understood: str = "") -> SafeString:
    """The control of a cell in a grid, described by its errors and by what was understood."""
    return control_of(bound, understood)


@register.filter
def pilihan_baca(bound: forms.BoundField) -> list[Choice]:
    """The meanings to choose from where the text in a control can mean several things."""
    return choices_of(bound)


def _as_date(day: date | str | None) -> date | None:
    if isinstance(day, str):
        return date.fromisoformat(day) if day else None
    return timezone.localtime(day).date() if isinstance(day, datetime) else day


@register.filter
def sandi_orang(pk: int) -> str:
    """A word that differs for each account and tells nothing about it: whose copies of a form a browser holds."""
    return salted_hmac("smartcity.kept-forms", str(pk)).hexdigest()[:16]
