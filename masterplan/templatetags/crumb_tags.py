"""The way back above a page. Every place knows what it lies below, so a page says only where it lies itself.

The pages of the masthead begin a way: they are one step from everywhere. templates/components/breadcrumbs.html draws
it, also for views that find the way themselves.

The way does not name the page itself, because its heading is directly below.
"""

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from masterplan.library import ModelInitiative
from masterplan.models import DevelopmentPlan, Initiative, Snapshot, Workshop

register = template.Library()

Step = tuple[str, str]  # label and address


class _NamedPage(NamedTuple):
    """A page there is once in a regency, or once for a person: what it is called and the page it lies below."""

    label: str
    below: str = ""
    is_of_regency: bool = True


class _RowsWithPages(NamedTuple):
    """Rows with a page of their own: the page they lie below, the name of theirs, what they are called, their key."""

    below: str
    page: str
    label: Callable[[Any], str]
    key: Callable[[Any], Any]


_PAGES = {
    "initiative_list": _NamedPage("Inisiatif"),
    "initiative_create": _NamedPage("Tambah inisiatif", below="initiative_list"),
    "initiative_library": _NamedPage("Contoh model", below="initiative_list"),
    "initiative_copy": _NamedPage("Salin dari inisiatif lain", below="initiative_list"),
    "workbook_import": _NamedPage("Unggah Excel", below="initiative_list"),
    "review_queue": _NamedPage("Tinjauan", below="initiative_list"),
    "snippet_list": _NamedPage("Balasan tersimpan", below="review_queue"),
    "alignment_matrix": _NamedPage("Keselarasan"),
    "development_plan_list": _NamedPage("RPJMD dan Renstra"),
    "master_plan_list": _NamedPage("Rencana induk"),
    "workshop_list": _NamedPage("Bimtek"),
    "edition_list": _NamedPage("Buku"),
    "section_list": _NamedPage("Naskah", below="edition_list"),
    "analysis_list": _NamedPage("Analisis", below="edition_list"),
    "readiness_list": _NamedPage("Kesiapan daerah", below="analysis_list"),
    "gap_list": _NamedPage("Kesenjangan", below="analysis_list"),
    "swot_list": _NamedPage("SWOT", below="analysis_list"),
    "regency_overview": _NamedPage("Ikhtisar"),
    "regency_reminders": _NamedPage("Pengingat", below="regency_overview"),
    "progress_list": _NamedPage("Kemajuan"),
    "team_list": _NamedPage("Tim"),
    "agency_list": _NamedPage("Perangkat daerah", below="team_list"),
    "notice_list": _NamedPage("Kabar", is_of_regency=False),
    "operator_home": _NamedPage("Pengelola", is_of_regency=False),
    "operator_regions": _NamedPage("Buka kabupaten/kota", below="operator_home", is_of_regency=False),
    "national_desk": _NamedPage("Wilayah", is_of_regency=False),
    "member_list": _NamedPage("Orang", is_of_regency=False),
    "round_list": _NamedPage("Putaran", is_of_regency=False),
    "mfa_index": _NamedPage("Keamanan akun", is_of_regency=False),
    "verification": _NamedPage("Periksa keaslian buku", is_of_regency=False),
}
_KINDS = {
    Initiative: _RowsWithPages("initiative_list", "initiative_detail", lambda row: row.name, lambda row: row.pk),
    ModelInitiative: _RowsWithPages("initiative_library", "model_detail", lambda row: row.name, lambda row: row.key),
    DevelopmentPlan: _RowsWithPages(
        "development_plan_list", "development_plan_detail", lambda row: row.title, lambda row: row.pk
    ),
    Workshop: _RowsWithPages("workshop_list", "workshop_detail", lambda row: f"Tahap {row.stage}", lambda row: row.pk),
    Snapshot: _RowsWithPages("edition_list", "edition_detail", str, lambda row: row.number),
}


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def crumbs(context: dict[str, Any], *steps: object, **query: object) -> dict[str, list[Step]]:
    """The way back, as `trail` finds it: `{% crumbs initiative "Riwayat"|to:url %}`."""
    regency = context.get("regency")
    return {"items": trail(regency.slug if regency else "", *steps, **query)}


@register.filter
def to(label: str, url: str) -> Step:
    """A step that no table knows: its label and address."""
    return str(label), url


def trail(slug: str, *steps: object, **query: object) -> list[Step]:
    """The way in a regency through `steps`: names of pages and rows, with all they lie below, or labels with addresses.

    `query` belongs to the address of the last one.
    """
    found = [each for step in steps for each in _down_to(slug, step)]
    label, url = found.pop()
    return [*found, (label, f"{url}?{urlencode(query)}" if query else url)]


def _down_to(slug: str, step: object) -> list[Step]:
    if isinstance(step, str):
        page = _PAGES[step]
        above = _down_to(slug, page.below) if page.below else []
        return [*above, (page.label, reverse(step, args=[slug] if page.is_of_regency else []))]
    if isinstance(step, tuple):
        return [step]
    kind = _KINDS[type(step)]
    return [*_down_to(slug, kind.below), (kind.label(step), reverse(kind.page, args=[slug, kind.key(step)]))]
