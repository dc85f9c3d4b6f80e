"""The transition tables: every state, and who may carry out which transition. Writes nothing.

`review.actions.reviews` and `editions.actions` carry a transition out; pages offer the transitions of
`available_transitions`; the tests hold the whole grid.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from agencies.access import can
from agencies.models import User
from agencies.roles import Permission
from masterplan.models import BookJob, Initiative, Snapshot
from masterplan.reference import BookFormat, EditionStatus, InitiativeStatus, LinkState, PlanKind
from masterplan.registry.completeness import missing_for_submission

S = InitiativeStatus
E = EditionStatus
T = TypeVar("T", Initiative, Snapshot)


def ready_to_submit(initiative: Initiative, user: User) -> str:
    """Sentence saying why it cannot be sent yet, or ""."""
    count = len(missing_for_submission(initiative))
    return f"Masih ada {count} isian yang perlu dilengkapi sebelum dikirim." if count else ""


def ready_to_approve(initiative: Initiative, user: User) -> str:
    """Every proposed link decided, one RPJMD program accepted or waived, and not by the person who sent it."""
    if initiative.submitted_by_id == user.pk:
        return "Anda yang mengirim inisiatif ini, jadi orang lain yang harus menyetujuinya."
    if undecided := undecided_links(initiative):
        return f"Masih ada {undecided} tautan yang belum diputuskan: terima atau tolak lebih dulu."
    if lacks_program(initiative):
        return "Belum ada program RPJMD yang diterima. Terima satu tautan, atau tulis alasan tanpa program."
    return ""


def undecided_links(initiative: Initiative) -> int:
    """How many links wait for a decision."""
    return sum(link.state == LinkState.PROPOSED for link in initiative.links.all())


def lacks_program(initiative: Initiative) -> bool:
    """Whether no RPJMD program is accepted, and none was waived."""
    accepted = (
        link.state == LinkState.ACCEPTED and link.element.plan.kind == PlanKind.RPJMD for link in initiative.links.all()
    )
    return initiative.waived_at is None and not any(accepted)


def ready_to_adopt(snapshot: Snapshot, user: User) -> str:
    """An adopted edition holds approved initiatives only."""
    open_codes = [i["code"] for i in snapshot.content["initiatives"] if i["status"] != S.APPROVED]
    if open_codes:
        return f"Edisi ini memuat {len(open_codes)} inisiatif yang belum disetujui, misalnya {open_codes[0]}."
    if not snapshot.content["initiatives"]:
        return "Edisi ini belum memuat satu pun inisiatif."
    return ""


def ready_to_unlock(snapshot: Snapshot, user: User) -> str:
    """The edition holds the plan."""
    return (
        "" if snapshot.master_plan.is_locked else "Rencana induk ini sudah terbuka, jadi tidak ada yang perlu dibuka."
    )


def always(obj: Initiative | Snapshot, user: User) -> str:
    """No further condition."""
    return ""


@dataclass(frozen=True)
class Transition(Generic[T]):
    """One permitted move. `guard` returns a sentence that says what is in the way, or ""."""

    name: str
    label: str
    sources: frozenset[str]
    target: str
    permission: Permission
    done: str
    needs_comment: bool = False
    guard: Callable[[T, User], str] = always


INITIATIVE_TRANSITIONS: tuple[Transition[Initiative], ...] = (
    Transition(
        "submit",
        "Kirim untuk ditinjau",
        frozenset({S.DRAFT, S.RETURNED}),
        S.SUBMITTED,
        Permission.SUBMIT_INITIATIVE,
        "Inisiatif dikirim. Diskominfo mendapat pemberitahuan.",
        guard=ready_to_submit,
    ),
    Transition(
        "start_review",
        "Mulai meninjau",
        frozenset({S.SUBMITTED}),
        S.IN_REVIEW,
        Permission.REVIEW_INITIATIVE,
        "Tinjauan dimulai.",
    ),
    Transition(
        "return",
        "Kembalikan dengan catatan",
        frozenset({S.SUBMITTED, S.IN_REVIEW, S.APPROVED}),
        S.RETURNED,
        Permission.REVIEW_INITIATIVE,
        "Inisiatif dikembalikan. Perangkat daerah mendapat pemberitahuan.",
        needs_comment=True,
    ),
    Transition(
        "approve",
        "Setujui inisiatif",
        frozenset({S.IN_REVIEW}),
        S.APPROVED,
        Permission.REVIEW_INITIATIVE,
        "Inisiatif disetujui. Perangkat daerah mendapat pemberitahuan.",
        guard=ready_to_approve,
    ),
    Transition(
        "withdraw",
        "Tarik inisiatif",
        frozenset({S.DRAFT, S.SUBMITTED, S.RETURNED}),
        S.WITHDRAWN,
        Permission.WITHDRAW_INITIATIVE,
        "Inisiatif ditarik. Anda dapat membukanya lagi kapan saja.",
    ),
    Transition(
        "reopen",
        "Buka lagi sebagai draf",
        frozenset({S.WITHDRAWN}),
        S.DRAFT,
        Permission.WITHDRAW_INITIATIVE,
        "Inisiatif dibuka lagi sebagai draf.",
    ),
)

EDITION_TRANSITIONS: tuple[Transition[Snapshot], ...] = (
    Transition(
        "review",
        "Tandai sudah ditinjau",
        frozenset({E.DRAFT}),
        E.REVIEWED,
        Permission.ISSUE_EDITION,
        "Edisi ditandai sudah ditinjau.",
    ),
    Transition(
        "adopt",
        "Tetapkan edisi",
        frozenset({E.REVIEWED}),
        E.ADOPTED,
        Permission.ADOPT_EDITION,
        "Edisi ditetapkan dan rencana induk terkunci. Tanda DRAF hilang dari buku yang disusun sesudah ini.",
        guard=ready_to_adopt,
    ),
    # The adopted edition stays what it is until another one is adopted; only the plan opens for what comes next.
    Transition(
        "unlock",
        "Buka kunci rencana induk",
        frozenset({E.ADOPTED}),
        E.ADOPTED,
        Permission.UNLOCK_PLAN,
        "Rencana induk terbuka. Isiannya dapat diubah untuk edisi berikutnya.",
        needs_comment=True,
        guard=ready_to_unlock,
    ),
    Transition(
        "supersede",
        "Tandai digantikan",
        frozenset({E.REVIEWED, E.DRAFT}),
        E.SUPERSEDED,
        Permission.ISSUE_EDITION,
        "Edisi ditandai digantikan.",
    ),
)


def find(table: tuple[Transition[T], ...], name: str) -> Transition[T] | None:
    """The transition of that name, or None."""
    return next((transition for transition in table if transition.name == name), None)


def is_permitted(transition: Transition[Initiative], initiative: Initiative, user: User) -> bool:
    """State and permission allow it and the plan is open; the guard may still have something to say."""
    allowed = can(user, transition.permission, initiative.regency, initiative.lead_agency_id)
    return allowed and initiative.status in transition.sources and not initiative.master_plan.is_locked


def available_transitions(initiative: Initiative, user: User) -> list[Transition[Initiative]]:
    """What `user` may do with `initiative` now, guards aside."""
    return [t for t in INITIATIVE_TRANSITIONS if is_permitted(t, initiative, user)]


def available_edition_transitions(snapshot: Snapshot, user: User) -> list[Transition[Snapshot]]:
    """What `user` may do with an edition now, guards aside; an open plan needs no unlocking."""
    return [
        t
        for t in EDITION_TRANSITIONS
        if snapshot.status in t.sources
        and can(user, t.permission, snapshot.regency)
        and (t.name != "unlock" or snapshot.master_plan.is_locked)
    ]


def asking_permission(format: str, chapter: str) -> Permission:
    """What asking for a file of an edition needs. One chapter to read is for everybody who may have its books."""
    return Permission.DOWNLOAD_BOOK if chapter and format == BookFormat.PDF else Permission.REQUEST_BOOK


def may_cancel(job: BookJob, user: User) -> bool:
    """A waiting or running book is called off by who asked for it, or by who issues editions, whoever asked."""
    if not job.is_open or not can(user, asking_permission(job.format, job.portion), job.regency):
        return False
    return can(user, Permission.ISSUE_EDITION, job.regency) or job.askers.filter(pk=user.pk).exists()


class TransitionRefused(Exception):
    """The move is not possible now; the sentence says why and what to do."""
