"""The stages of the bimtek: starting a round, writing a stage, its agenda, outputs and minutes, closing it.

Each part of a stage (`facts`, `agenda`, `outputs`, `minutes`) is saved by itself against the mark of what its page
showed: two people at different parts do not disturb each other, and nobody overwrites a text they have not seen.
`attendance` holds who took part, `materials` what is handed out.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from agencies.access import byline, require
from agencies.models import Regency, User
from agencies.roles import Permission
from masterplan import notifications
from masterplan.models import AgendaItem, Workshop, WorkshopClosing, WorkshopOutput
from masterplan.workshops.rounds import Round

Content = Any

FACTS = (
    *("stage", "title", "start_date", "end_date", "place", "is_hybrid", "online_link"),
    *("agenda", "expected_output", "deadline", "source", "is_sample"),
)
_AGENDA = ("day", "start", "end", "topic", "speaker")
CLOSED = "Tahap ini sudah ditutup. Buka lagi tahapnya bila ada yang perlu diubah."
_TAKEN = "Sudah ada tahap {}. Beri nama lain, misalnya {}a."


class WorkshopConflict(Exception):
    """Somebody else saved the same part meanwhile; `current` is what is stored now."""

    def __init__(self, current: Content) -> None:
        super().__init__("The stage was changed meanwhile.")
        self.current = current


def content_of(workshop: Workshop, part: str) -> Content:
    """What is stored of a part of a stage, as the forms take it."""
    if part == "facts":
        return {name: getattr(workshop, name) for name in FACTS}
    if part == "agenda":
        return [{name: getattr(item, name) for name in _AGENDA} for item in workshop.agenda_items.all()]
    if part == "outputs":
        return [{"id": row.pk, "title": row.title, "kind": row.kind} for row in workshop.outputs.all()]
    return workshop.minutes


def mark_of(content: Content) -> str:
    """A fingerprint of the content that a page showed."""
    spelled = json.dumps(content, default=_spelled, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(spelled.encode()).hexdigest()[:16]


def _spelled(value: Any) -> str:
    """Dates and times; a moment is the same in every zone."""
    return str(value.astimezone(UTC) if isinstance(value, datetime) else value)


def closing_of(workshop: Workshop) -> WorkshopClosing | None:
    """The closing that is in force, if the stage is closed."""
    return next((row for row in workshop.closings.all() if row.reopened_at is None), None)


def lock_open_stage(workshop: Workshop) -> Workshop:
    """The stage under its lock, inside a transaction. Raises ValidationError while it is closed."""
    held = Workshop.objects.select_for_update(of=("self",)).select_related("regency").get(pk=workshop.pk)
    if closing_of(held) is not None:
        raise ValidationError(CLOSED)
    return held


@transaction.atomic
def begin_round(regency: Regency, *, by: User, round: Round) -> list[Workshop]:
    """The stages of `round` that the regency does not have yet, without dates. Raises ValidationError if it has all."""
    require(by, Permission.MANAGE_WORKSHOPS, regency)
    Regency.objects.select_for_update(no_key=True).get(pk=regency.pk)
    there = set(regency.workshops.values_list("stage", flat=True))
    wanted = [stage for stage in round.stages if stage.stage not in there]
    if not wanted:
        raise ValidationError("Semua tahap putaran ini sudah ada. Ubah tahap yang ada, atau tambah satu tahap.")
    made = []
    for model in wanted:
        workshop = Workshop.objects.create(
            regency=regency,
            stage=model.stage,
            title=model.title,
            agenda=model.agenda,
            expected_output=model.expected_output,
            is_hybrid=True,
            order=_next_order(regency),
        )
        _write_agenda(workshop, list(model.agenda_items))
        _write_outputs(workshop, [row | {"id": None} for row in model.outputs])
        made.append(workshop)
    return made


@transaction.atomic
def create_stage(regency: Regency, *, by: User, data: Content) -> Workshop:
    """A stage behind the others. Raises ValidationError for a name that is taken."""
    require(by, Permission.MANAGE_WORKSHOPS, regency)
    Regency.objects.select_for_update(no_key=True).get(pk=regency.pk)
    _refuse_taken(regency, data["stage"])
    return Workshop.objects.create(regency=regency, order=_next_order(regency), **{name: data[name] for name in FACTS})


def _next_order(regency: Regency) -> int:
    last = regency.workshops.aggregate(last=Max("order"))["last"]
    return 0 if last is None else last + 1


def _refuse_taken(regency: Regency, stage: str, but: int = 0) -> None:
    if regency.workshops.filter(stage=stage).exclude(pk=but).exists():
        raise ValidationError({"stage": _TAKEN.format(stage, stage)})


@transaction.atomic
def save_part(workshop: Workshop, *, by: User, part: str, data: Content, seen: str) -> Workshop:
    """Store a part of a stage whose page showed the content with the mark `seen`; notify of a changed schedule.

    Raises WorkshopConflict when something else is stored now, unless it is what was sent; ValidationError while the
    stage is closed, for a name that is taken, or days that the agenda does not fit.
    """
    require(by, Permission.MANAGE_WORKSHOPS, workshop.regency)
    held = lock_open_stage(workshop)
    current = content_of(held, part)
    if mark_of(current) == mark_of(data):
        return held
    if mark_of(current) != seen:
        raise WorkshopConflict(current)
    before = held.schedule
    _WRITERS[part](held, data)
    if part in ("facts", "agenda"):
        Workshop.objects.filter(pk=held.pk).update(sequence=F("sequence") + 1, changed_at=timezone.now())
        stored = Workshop.objects.select_related("regency").get(pk=held.pk)
        notifications.workshop_changed(stored, before=before, by=by)
    return held


def _write_facts(workshop: Workshop, data: Content) -> None:
    _refuse_taken(workshop.regency, data["stage"], workshop.pk)
    days = len(Workshop(start_date=data["start_date"], end_date=data["end_date"]).days)
    last = workshop.agenda_items.aggregate(last=Max("day"))["last"] or 0
    if days and last > days:
        raise ValidationError(
            {
                "end_date": f"Agenda tahap ini {last} hari, sedangkan tanggalnya hanya {days} hari. "
                "Tulis tanggal selesai yang sesuai, atau ubah dulu agendanya."
            }
        )
    Workshop.objects.filter(pk=workshop.pk).update(**{name: data[name] for name in FACTS})


def _write_agenda(workshop: Workshop, data: Content) -> None:
    days = len(workshop.days)
    if days and any(row["day"] > days for row in data):
        raise ValidationError(f"Tahap ini {days} hari. Pindahkan acara sesudah hari ke-{days}, atau ubah tanggalnya.")
    workshop.agenda_items.all().delete()
    AgendaItem.objects.bulk_create(AgendaItem(workshop=workshop, **{k: row[k] for k in _AGENDA}) for row in data)


def _write_outputs(workshop: Workshop, data: Content) -> None:
    """A row that keeps its id keeps its deliveries."""
    stored = {row.pk: row for row in workshop.outputs.all()}
    workshop.outputs.exclude(pk__in=[row["id"] for row in data if row["id"]]).delete()
    # Titles are unique at a stage, and two of them may change places.
    for pk in stored.keys() & {row["id"] for row in data}:
        WorkshopOutput.objects.filter(pk=pk).update(title=f"\u2026{pk}")
    for order, row in enumerate(data):
        columns = {"title": row["title"], "kind": row["kind"], "order": order}
        if row["id"] in stored:
            WorkshopOutput.objects.filter(pk=row["id"]).update(**columns)
        else:
            WorkshopOutput.objects.create(workshop=workshop, **columns)


def _write_minutes(workshop: Workshop, data: Content) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(minutes=data)


_WRITERS: dict[str, Callable[[Workshop, Content], None]] = {
    "facts": _write_facts,
    "agenda": _write_agenda,
    "outputs": _write_outputs,
    "minutes": _write_minutes,
}


@transaction.atomic
def move(workshop: Workshop, *, by: User, step: int) -> None:
    """One place up (-1) or down (+1) among the stages; at the edge nothing happens."""
    require(by, Permission.MANAGE_WORKSHOPS, workshop.regency)
    Regency.objects.select_for_update(no_key=True).get(pk=workshop.regency_id)
    rows = list(workshop.regency.workshops.all())
    place = next(n for n, row in enumerate(rows) if row.pk == workshop.pk)
    if step not in (-1, 1) or not 0 <= place + step < len(rows):
        return
    rows[place], rows[place + step] = rows[place + step], rows[place]
    for order, row in enumerate(rows):
        Workshop.objects.filter(pk=row.pk).update(order=order)


def obstacles_to_removal(workshop: Workshop) -> list[str]:
    """Why a stage cannot be removed, in sentences: what people did at it would go with it."""
    found = []
    if workshop.attendances.exists():
        found.append("Sudah ada perangkat daerah yang diundang atau dicatat hadir.")
    if workshop.materials.exists():
        found.append("Sudah ada materi yang dibagikan.")
    if workshop.minutes or workshop.closings.exists():
        found.append("Sudah ada notulen atau catatan penutupan.")
    if workshop.sign_in_pages.exists():
        found.append("Halaman daftar hadirnya sudah pernah dibuka.")
    return found


@transaction.atomic
def remove(workshop: Workshop, *, by: User) -> None:
    """Take away a stage at which nothing has happened yet. Raises ValidationError with what keeps it."""
    require(by, Permission.MANAGE_WORKSHOPS, workshop.regency)
    held = lock_open_stage(workshop)
    if obstacles := obstacles_to_removal(held):
        raise ValidationError(obstacles)
    held.delete()


@transaction.atomic
def close(workshop: Workshop, *, by: User, note: str) -> WorkshopClosing:
    """Close a stage: from now on nothing of it changes. What is left open does not keep it from being closed.

    Raises ValidationError when it is closed already.
    """
    require(by, Permission.MANAGE_WORKSHOPS, workshop.regency)
    held = lock_open_stage(workshop)
    held.sign_in_pages.update(opened_at=None, opened_by=None)
    return WorkshopClosing.objects.create(workshop=held, note=note, closed_by=by, closed_as=byline(by, held.regency))


@transaction.atomic
def reopen(workshop: Workshop, *, by: User, reason: str) -> None:
    """Open a closed stage again. Raises ValidationError without a reason, or when it is open."""
    require(by, Permission.MANAGE_WORKSHOPS, workshop.regency)
    held = Workshop.objects.select_for_update(of=("self",)).select_related("regency").get(pk=workshop.pk)
    closing = closing_of(held)
    if closing is None:
        raise ValidationError("Tahap ini sedang terbuka.")
    if not reason:
        raise ValidationError("Tulis alasannya: mengapa tahap ini dibuka lagi.")
    WorkshopClosing.objects.filter(pk=closing.pk).update(
        reason=reason, reopened_at=timezone.now(), reopened_by=by, reopened_as=byline(by, held.regency)
    )
