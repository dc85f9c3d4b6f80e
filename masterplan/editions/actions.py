"""Freezing editions, moving them along, adopting one by decree, opening the plan again, and who has read which.

Books are asked for in `documents`; what an adoption locks is said in `models.lock`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from agencies.access import byline, can, require
from agencies.models import User
from agencies.roles import Permission
from masterplan import workflow
from masterplan.editions import snapshot as freezing
from masterplan.editions.figures import files_named
from masterplan.models import (
    COMMENT_LIMIT,
    DECREE_LIMIT,
    REASON_LIMIT,
    EditionReading,
    EvidenceFile,
    MasterPlan,
    Snapshot,
    StatusChange,
)
from masterplan.reference import EditionScope, EditionStatus
from masterplan.workflow import TransitionRefused
from smartcity.common.formatting import format_date
from smartcity.common.text import clean_text

LABEL_LIMIT = 160


@dataclass(frozen=True)
class AdoptionDecree:
    """The decision that adopts an edition. `is_earlier` says that it is meant to be older than the frozen content."""

    number: str
    day: date
    is_earlier: bool = False


@transaction.atomic
def take_snapshot(
    plan: MasterPlan, *, by: User, label: str = "", reason: str = "", scope: str = EditionScope.SUBMITTED
) -> Snapshot:
    """Freeze the plan as the next edition; asking again for the very same draft gives the one there is.

    Raises PermissionDenied, and ValidationError for an unknown scope or when no initiative falls into it.
    """
    require(by, Permission.ISSUE_EDITION, plan.regency)
    if scope not in EditionScope.values:
        raise ValidationError("Cakupan edisi tidak dikenal. Pilih salah satu yang tersedia.")
    MasterPlan.objects.select_for_update().get(pk=plan.pk)
    number = (plan.snapshots.aggregate(last=Max("number"))["last"] or 0) + 1
    now = timezone.now()
    text, why = clean_text(label, LABEL_LIMIT), clean_text(reason, REASON_LIMIT)
    content = freezing.compose(plan, number=number, label=text, day=timezone.localdate(now), scope=scope)
    if not content["initiatives"]:
        raise ValidationError("Belum ada inisiatif yang dapat dimuat. Tunggu sampai ada yang dikirim atau disetujui.")
    newest = plan.snapshots.first()
    asked_again = newest and newest.status == EditionStatus.DRAFT and newest.reason == why
    if newest and asked_again and _same_edition(newest.content, content):
        return newest
    snapshot = Snapshot.objects.create(
        master_plan=plan,
        number=number,
        label=text,
        reason=why,
        scope=scope,
        content=content,
        sha256=freezing.fingerprint(content),
        predecessor=plan.snapshots.filter(status=EditionStatus.ADOPTED).first() or newest,
        taken_at=now,
        taken_by=by,
    )
    snapshot.evidence_files.set(EvidenceFile.objects.filter(sha256__in=files_named(content)))
    return snapshot


def _same_edition(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two contents differ in nothing but the number and day of the edition."""

    def essence(content: Mapping[str, Any]) -> bytes:
        edition = {key: content["edition"][key] for key in ("label", "scope")}
        return freezing.canonical({**content, "edition": edition})

    return essence(one) == essence(other)


@transaction.atomic
def change_edition(
    snapshot: Snapshot, *, name: str, by: User, comment: str = "", decree: AdoptionDecree | None = None
) -> StatusChange:
    """Carry out the edition transition `name`.

    Adopting one needs its decree, locks the plan and supersedes the adopted edition before it; unlocking needs a reason
    and leaves the edition adopted. Raises TransitionRefused with a sentence, and PermissionDenied.
    """
    move = workflow.find(workflow.EDITION_TRANSITIONS, name)
    if move is None:
        raise TransitionRefused("Langkah ini tidak dikenal. Muat ulang halaman.")
    # The plan before the edition, as in `take_snapshot`; writers that are under way are waited for.
    plan = MasterPlan.objects.select_for_update(of=("self",)).select_related("regency").get(pk=snapshot.master_plan_id)
    locked = Snapshot.objects.select_for_update(of=("self",)).get(pk=snapshot.pk)
    locked.master_plan = plan
    if not can(by, move.permission, plan.regency):
        raise PermissionDenied
    if locked.status not in move.sources:
        raise TransitionRefused(f"Edisi ini sekarang {locked.get_status_display().lower()}. Muat ulang halaman.")
    if move.needs_comment and not comment.strip():
        raise TransitionRefused("Tulis alasannya: mengapa rencana induk dibuka lagi.")
    if sentence := move.guard(locked, by):
        raise TransitionRefused(sentence)
    text = clean_text(comment, COMMENT_LIMIT)
    if name == "adopt":
        return _adopt(locked, decree=decree, by=by, comment=text)
    if name == "unlock":
        MasterPlan.objects.filter(pk=plan.pk).update(locked_edition=None)
    return _enter(locked, move.target, transition=name, by=by, comment=text)


def _adopt(snapshot: Snapshot, *, decree: AdoptionDecree | None, by: User, comment: str) -> StatusChange:
    number = clean_text(" ".join(decree.number.split()), DECREE_LIMIT) if decree else ""
    if decree is None or not number:
        raise TransitionRefused("Tulis nomor dan tanggal keputusan yang menetapkan edisi ini.")
    if sentence := obstacle_in_date(snapshot, decree):
        raise TransitionRefused(sentence)
    for earlier in snapshot.master_plan.snapshots.filter(status=EditionStatus.ADOPTED):
        _enter(earlier, EditionStatus.SUPERSEDED, transition="supersede", by=by)
    columns = {"adopted_by": by, "decree_number": number, "decree_date": decree.day}
    change = _enter(snapshot, EditionStatus.ADOPTED, transition="adopt", by=by, comment=comment, **columns)
    MasterPlan.objects.filter(pk=snapshot.master_plan_id).update(locked_edition=snapshot)
    return change


def obstacle_in_date(snapshot: Snapshot, decree: AdoptionDecree) -> str:
    """What is wrong with the day of the decree, in a sentence, or "".

    It adopts what is frozen already, so it is not older than that; but a regency that brings in a plan which was
    adopted on paper may say so.
    """
    taken = timezone.localdate(snapshot.taken_at)
    if decree.day > timezone.localdate():
        return f"Tanggal {format_date(decree.day)} belum tiba. Tetapkan edisi setelah keputusannya berlaku."
    if decree.day < taken and not decree.is_earlier:
        return (
            f"Keputusan tanggal {format_date(decree.day)} lebih awal dari pembekuan edisi ini, {format_date(taken)}. "
            "Perbaiki tanggalnya, atau tandai bahwa keputusan itu memang sudah terbit sebelumnya."
        )
    return ""


def _enter(
    snapshot: Snapshot, status: str, *, transition: str, by: User, comment: str = "", **columns: Any
) -> StatusChange:
    """State and moment together with their row; a state that is not left keeps its moment."""
    now = timezone.now()
    if status != snapshot.status:
        columns |= {"status": status, f"{status}_at": now}
        Snapshot.objects.filter(pk=snapshot.pk, status=snapshot.status).update(**columns)
    return StatusChange.objects.create(
        snapshot=snapshot,
        transition=transition,
        from_status=snapshot.status,
        to_status=status,
        comment=comment,
        by=by,
        by_role=byline(by, snapshot.regency),
        at=now,
    )


@transaction.atomic
def note_reading(snapshot: Snapshot, *, by: User) -> None:
    """Remember that `by` has read this edition now. Raises PermissionDenied."""
    require(by, Permission.DOWNLOAD_BOOK, snapshot.regency)
    EditionReading.objects.update_or_create(snapshot=snapshot, user=by, defaults={"at": timezone.now()})
