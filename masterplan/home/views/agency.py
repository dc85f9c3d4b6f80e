"""The first page of people who fill in for an agency: what to mend, what to go on with, what was sent."""

from functools import partial
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.timezone import localdate

from agencies.access import can, memberships
from agencies.roles import AGENCY_ROLES, Permission
from masterplan.home.views.print_problems import print_problem_tasks, report_subquery
from masterplan.home.views.progress import reports_due
from masterplan.home.views.tasks import SHOWN, HomeContent, HomeContext, Task, group, initiative_task
from masterplan.home.views.threads import about_books
from masterplan.models import AlignmentLink, Initiative, MasterPlan, Partner, indicators_by_target
from masterplan.models.thread import open_thread_count
from masterplan.pages.loading import visible_initiatives
from masterplan.reference import SENT_STATUSES, InitiativeStatus
from masterplan.registry.completeness import section_states
from smartcity.common.formatting import format_age, format_date

S = InitiativeStatus
NUMERALS = ("", "Satu", "Dua", "Tiga", "Empat", "Lima", "Enam", "Tujuh", "Delapan", "Sembilan")


def agency_home(home: HomeContext) -> HomeContent:
    """The initiatives of the person's own agency (or agencies)."""
    agencies = {m.agency for m in memberships(home.user, home.regency) if m.role in AGENCY_ROLES and m.agency}
    rows = _initiatives(home, home.plan, {agency.pk for agency in agencies}) if home.plan else []
    returned = [row for row in rows if row.status == S.RETURNED]
    drafts = [row for row in rows if row.status == S.DRAFT]
    unconfirmed = [row for row in rows if row.awaits_confirmation]
    sent = [row for row in rows if row.status in SENT_STATUSES]
    _load_answers(home, drafts[:SHOWN])
    everything = home.url("initiative_list")
    idle = "inisiatif, tidak ada yang perlu Anda lakukan"
    return HomeContent(
        _lead(" dan ".join(sorted(agency.name for agency in agencies)), len(rows), len(returned)),
        [
            group("Perlu diperbaiki", returned, lambda row: _to_revise(home, row), more=everything),
            print_problem_tasks(home, rows),
            group("Diisi atas nama Anda", unconfirmed, partial(_to_confirm, home)),
            about_books(home, page="section_detail", agencies={agency.pk for agency in agencies}),
            reports_due(home, rows),
            group("Lanjutkan mengisi", drafts, lambda row: _to_fill_in(home, row), more=everything),
            group("Sudah dikirim", sent, lambda row: _to_watch(home, row), unit=idle, more=everything),
        ],
        ("Tambah inisiatif", home.url("initiative_create"), "plus-lg") if home.may_begin else None,
        ("Belum ada inisiatif", "Mulai dari satu, isi sedikit demi sedikit." if home.may_begin else ""),
    )


def _initiatives(home: HomeContext, plan: MasterPlan, agency_ids: set[int]) -> list[Any]:
    return list(
        visible_initiatives(home.user, plan)
        .filter(lead_agency__in=agency_ids)
        .exclude(status=S.WITHDRAWN)
        .select_related("sub_dimension__dimension", "worksheet")
        .annotate(open_threads=open_thread_count(agency_ids), press_report=report_subquery(plan))
        .order_by("-updated_at", "pk")
    )


def _load_answers(home: HomeContext, shown: list[Initiative]) -> None:
    """What the sections of `shown` wait for, in six queries instead of the fourteen of `complete()`: links come
    joined, and supporters and partners, which no section waits for, not at all.
    """
    for initiative in shown:
        initiative.master_plan = home.plan  # type: ignore[assignment]
    prefetch_related_objects(
        shown,
        "districts",
        "activities",
        "budgets",
        indicators_by_target(),
        "worksheet__aspects",
        Prefetch("links", QuerySet(AlignmentLink).select_related("element__plan")),
        Prefetch("supporting_agencies", home.regency.agencies.none()),
        Prefetch("partners", QuerySet(Partner).none()),
    )


def _lead(names: str, count: int, returned: int) -> str:
    if not count:
        return f"{names} belum punya inisiatif."
    told = f"{names} punya {count} inisiatif."
    if not returned:
        return told
    numeral = NUMERALS[returned] if returned < len(NUMERALS) else str(returned)
    which = "Inisiatif itu" if returned == count == 1 else f"{numeral} di antaranya"
    return f"{told} {which} menunggu perbaikan dari Anda."


def _to_revise(home: HomeContext, row: Any) -> Task:
    notes = {"strong": f"{row.open_threads} catatan", "why": "belum selesai"} if row.open_threads else {}
    return initiative_task(
        row,
        home.url("initiative_next_correction", row.pk),
        f"Perbaiki: {row.name}",
        note=f"dikembalikan {format_age(row.returned_at)}",
        **({"why": "Baca pesan pengembaliannya"} | notes),
    )


def _to_confirm(home: HomeContext, row: Any) -> Task:
    return initiative_task(
        row,
        home.url("initiative_confirm", row.pk),
        f"Benarkan: {row.name}",
        strong=row.behalf_as,
        why="mengisi atas nama perangkat daerah Anda",
        note=f"diisi {format_age(row.behalf_at)}",
        status="queued",
        label="Belum dibenarkan",
    )


def _to_fill_in(home: HomeContext, row: Any) -> Task:
    states = section_states(row)
    open_sections = [state.section for state in states if not state.is_done]
    strong = f"{len(states) - len(open_sections)} dari {len(states)} bagian"
    note = f"diubah {format_age(row.updated_at)}"
    if open_sections:
        url = home.url("initiative_edit", row.pk, open_sections[0].key)
        why = f"selesai. Berikutnya: {open_sections[0].title}"
        return initiative_task(row, url, f"Lanjutkan: {row.name}", strong=strong, why=why, note=note)
    may_send = can(home.user, Permission.SUBMIT_INITIATIVE, home.regency, row.lead_agency_id)
    title, why = ("Kirim", "Periksa, lalu kirim") if may_send else ("Siap dikirim", "Menunggu dikirim kepala")
    url = home.url("initiative_check", row.pk)
    return initiative_task(row, url, f"{title}: {row.name}", strong=strong, why=f"selesai. {why}", note=note)


def _to_watch(home: HomeContext, row: Any) -> Task:
    why = {
        S.SUBMITTED: "Menunggu tinjauan koordinator",
        S.IN_REVIEW: "Sedang dibaca koordinator",
        S.APPROVED: "Masuk edisi buku berikutnya",
    }[row.status]
    note = (
        f"disetujui {format_date(localdate(row.approved_at))}"
        if row.approved_at
        else f"dikirim {format_age(row.submitted_at)}"
    )
    return initiative_task(row, home.url("initiative_detail", row.pk), f"Lihat: {row.name}", why=why, note=note)
