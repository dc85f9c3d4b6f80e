"""Lists of a regency as Excel files: its people, its agencies, its RPJMD and Renstra, narrowed as on their pages."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from agencies.access import get_regency_or_404, require
from agencies.actions.import_preview import HEADS, addresses_by_agency
from agencies.forms.agency_rows import EXAMPLE
from agencies.forms.team import TeamFilter
from agencies.models import AgencyKind, Membership, Regency
from agencies.roles import Permission, Role
from agencies.views.agencies import found_agencies
from agencies.views.requests import SignedIn
from agencies.views.team import found_members, in_order, membership_state
from masterplan.books.formats.lists import list_workbook
from masterplan.books.formats.table import SEPARATOR, Table, Values, column
from masterplan.models import DevelopmentPlan
from masterplan.plans.views.plans import is_shown, listed_plans
from smartcity.common.text import search_words
from smartcity.common.workbooks.cells import CellKind, SheetColumn
from smartcity.common.workbooks.download import file_name, workbook_response

_TEXT, _COUNT, _DAY, _YEAR = CellKind.TEXT, CellKind.SCORE, CellKind.DATE, CellKind.YEAR


@require_safe
def team_export(request: SignedIn, slug: str) -> HttpResponse:
    """Everybody with a role here."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.MANAGE_TEAM, regency)
    narrowing = TeamFilter(request.GET, regency=regency)
    columns = (
        column("Nama"), column("Surel"), column("Peran"), column("Boleh mengirim"), column("Perangkat daerah", _TEXT),
        column("Keadaan"), column("Sejak", _DAY), column("Sampai", _DAY), column("Alasan dinonaktifkan", _TEXT),
    )  # fmt: skip
    rows = [_member(row) for row in in_order(found_members(regency, narrowing), narrowing)]
    table = Table("Tim", "Satu baris satu keanggotaan.", columns, rows)
    narrowed = any(narrowing.value(name) for name in ("q", "opd", "peran", "keadaan"))
    return _answer(request, regency, "Tim", [table], narrowed=narrowed)


def _member(row: Membership) -> Values:
    return [
        row.user.name,
        row.user.email,
        row.get_role_display(),
        "ya" if row.may_submit else None,
        row.agency.name if row.agency else "Seluruh wilayah",
        membership_state(row)[1],
        row.valid_from.isoformat(),
        row.valid_to.isoformat() if row.valid_to else None,
        row.suspended_reason,
    ]


@require_safe
def agency_export(request: SignedIn, slug: str) -> HttpResponse:
    """All agencies, also those that ended, under the heads that the import of agencies reads."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.MANAGE_AGENCIES, regency)
    words, kind = search_words(request.GET.get("q", "")), request.GET.get("jenis", "")
    columns = (
        *_heads(), column("Nama lain", _TEXT),
        column("Anggota", _COUNT), column("Sejak", _DAY), column("Sampai", _DAY), column("Pengganti", _TEXT),
    )  # fmt: skip
    addresses = addresses_by_agency(regency)
    rows: list[Values] = [
        [
            agency.name,
            agency.short_name,
            agency.get_kind_display(),
            agency.code,
            agency.parent.name if agency.parent else None,
            SEPARATOR.join(addresses[agency.pk, Role.AGENCY_HEAD]),
            SEPARATOR.join(addresses[agency.pk, Role.AGENCY_STAFF]),
            SEPARATOR.join(agency.aliases),
            agency.members,  # type: ignore[attr-defined]  # counted by the query
            agency.valid_from.isoformat() if agency.valid_from else None,
            agency.valid_to.isoformat() if agency.valid_to else None,
            agency.successor.name if agency.successor else None,
        ]
        for agency in found_agencies(regency, words, kind)
    ]
    table = Table("Perangkat daerah", "Satu baris satu perangkat daerah.", columns, rows)
    return _answer(request, regency, "Perangkat daerah", [table], narrowed=bool(words) or kind in AgencyKind.values)


@require_safe
def agency_template(request: SignedIn, slug: str) -> HttpResponse:
    """A workbook to fill in for the import of agencies: the heads, a row that shows how, and the kinds."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.MANAGE_AGENCIES, regency)
    example: Values = [
        f"{EXAMPLE} Dinas Pariwisata", "DISPAR", AgencyKind.OFFICE.label, "3.26.01", None, "kepala.dispar@contoh.test",
        SEPARATOR.join(("staf1@contoh.test", "staf2@contoh.test")),
    ]  # fmt: skip
    what = f"Satu baris satu perangkat daerah; hanya {HEADS['name']} yang wajib. Baris {EXAMPLE} tidak dibaca."
    tables = [
        Table("Perangkat daerah", what, _heads(), [example]),
        Table(
            "Pilihan jenis",
            "Yang dapat ditulis di kolom Jenis.",
            (column("Pilihan"),),
            [[k] for k in AgencyKind.labels],
        ),
    ]
    lines = (
        "Isi lembar Perangkat daerah, simpan, lalu unggah di halaman Impor perangkat daerah.",
        "Kode ditulis sebagai teks. Beberapa alamat surel dipisahkan titik koma.",
        "Jenis yang kosong ditebak dari nama. Unit induk ialah nama, singkatan, atau kode baris lain.",
    )
    return _answer(request, regency, "Templat perangkat daerah", tables, lines=lines)


def _heads() -> tuple[SheetColumn, ...]:
    """The columns of the import of agencies."""
    short = ("short_name", "kind", "code")
    return tuple(column(head, CellKind.LINE if key in short else _TEXT) for key, head in HEADS.items())


@require_safe
def development_plan_export(request: SignedIn, slug: str) -> HttpResponse:
    """The RPJMD, and the Renstra agency by agency."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.VIEW_REGENCY, regency)
    rpjmd, rows = listed_plans(regency)
    search, show = search_words(request.GET.get("cari", "")), request.GET.get("tampil", "")
    shared = (
        column("Dokumen", _TEXT), column("Tahun awal", _YEAR), column("Tahun akhir", _YEAR), column("Keadaan"),
        column("Dasar hukum", _TEXT), column("Pendahulu", _TEXT), column("Program", _COUNT),
        column("Indikator", _COUNT),
    )  # fmt: skip
    own = (column("Perangkat daerah", _TEXT), column("Singkatan"), *shared, column("Melaksanakan RPJMD", _COUNT))
    shown = [row for row in rows if is_shown(row, search, show)]
    tables = [
        Table("RPJMD", "Satu baris satu periode.", shared, [_plan(plan) for plan in rpjmd]),
        Table(
            "Renstra",
            "Satu baris satu Renstra, juga perangkat daerah yang belum punya.",
            own,
            [values for row in shown for values in _renstra(row, len(own))],
        ),
    ]
    return _answer(request, regency, "RPJMD dan Renstra", tables, narrowed=len(shown) < len(rows))


def _renstra(row: dict[str, Any], width: int) -> list[Values]:
    names: Values = [row["agency"].name, row["agency"].short_name]
    rows: list[Values] = [[*names, *_plan(plan), plan.carried] for plan in row["plans"]]
    missing: Values = [*names, "Belum ada Renstra"]
    return rows or [missing + [None] * (width - len(missing))]


def _plan(plan: DevelopmentPlan) -> Values:
    return [
        plan.title,
        plan.start_year,
        plan.end_year,
        plan.get_status_display(),
        plan.legal_basis,
        plan.predecessor.title if plan.predecessor else None,
        plan.programs,  # type: ignore[attr-defined]  # counted by the query
        plan.measures,  # type: ignore[attr-defined]
    ]


def _answer(
    request: SignedIn,
    regency: Regency,
    what: str,
    tables: Sequence[Table],
    *,
    narrowed: bool = False,
    lines: Sequence[str] = (),
) -> HttpResponse:
    """The file; its first sheet says `lines`, and when the list is not whole."""
    about = [*lines, *(["Disaring: tidak memuat seluruh daftar."] if narrowed else [])]
    data = list_workbook(tables, regency, title=f"{what} {regency.full_name}", now=timezone.now(), lines=about)
    return workbook_response(request, data, file_name(what.replace(" ", "-"), regency.full_name, "xlsx"))
