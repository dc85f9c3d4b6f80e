"""What the first page says of conversations: those somebody handed to this person, and open ones about the books."""

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.utils import timezone

from agencies.access import own_agency_ids
from masterplan.home.views.tasks import HomeContext, Task, TaskGroup, group
from masterplan.models import Thread
from masterplan.models.thread import open_thread_count, readable
from masterplan.pages.loading import visible_initiatives, visible_sections
from masterplan.topics import field_label, subject_name
from smartcity.common.formatting import format_age, format_date

TITLE = "Catatan ditugaskan kepada Anda"
OF_BOOKS = "Naskah dengan catatan terbuka"


def assigned(home: HomeContext) -> TaskGroup:
    """The open conversations handed to the person, the most urgent first. One query."""
    if home.plan is None:
        return TaskGroup(TITLE, "", [])
    rows = (
        home.user.assigned_threads.filter(
            readable(own_agency_ids(home.user, home.regency)),
            Q(initiative__in=visible_initiatives(home.user, home.plan))
            | Q(section__in=visible_sections(home.user, home.plan)),
            resolved_at=None,
        )
        .select_related("initiative__sub_dimension__dimension", "section")
        .order_by("due_date", "opened_at", "pk")
    )
    dated_first = sorted(rows, key=lambda row: row.due_date is None)
    return group(TITLE, dated_first, lambda row: _to_answer(home, row), unit="catatan")


def _to_answer(home: HomeContext, thread: Thread) -> Task:
    dimension = thread.initiative.sub_dimension.dimension if thread.initiative else None
    state: dict[str, Any] = {"status": "open", "label": "Terbuka"}
    if thread.is_overdue(timezone.localdate()):
        state = {"status": "late", "label": "Terlambat"}
    return Task(
        home.url("thread_detail", thread.pk),
        f"Tanggapi: {field_label(thread)}",
        dimension.code if dimension else "",
        dimension.name if dimension else "",
        why=thread.initiative.name if thread.initiative else subject_name(thread.subject),
        note=f"paling lambat {format_date(thread.due_date)}"
        if thread.due_date
        else f"ditugaskan {format_age(thread.assigned_at or thread.opened_at)}",
        **state,
    )


def about_books(home: HomeContext, *, page: str, agencies: Collection[int] | None = None) -> TaskGroup:
    """The sections about which a conversation is open, of all or of these agencies; `page` is where each leads to.

    One query.
    """
    if home.plan is None:
        return TaskGroup(OF_BOOKS, "", [])
    count = open_thread_count(own_agency_ids(home.user, home.regency))
    rows = visible_sections(home.user, home.plan).annotate(talk=count).filter(talk__gt=0)
    if agencies is not None:
        rows = rows.filter(owner_agency__in=agencies)
    found = list(rows.order_by("book", "order", "pk"))
    return group(
        OF_BOOKS, found, lambda row: _to_discuss(home, row, page), unit="bagian", more=home.url("section_list")
    )


def _to_discuss(home: HomeContext, section: Any, page: str) -> Task:
    return Task(
        home.url(page, section.pk),
        f"Tanggapi: {section.title}",
        strong=f"{section.talk} catatan",
        why=f"belum selesai pada naskah {section.get_book_display()}",
        status="open",
        label="Terbuka",
    )
