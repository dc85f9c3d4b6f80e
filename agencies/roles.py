"""Roles and what each may do. Pure: who holds a role lives in `models`, and whether it applies here in `access`."""

from enum import StrEnum

from django.db.models import TextChoices


class Role(TextChoices):
    """A person's role in one regency; the stored code is short, the label is what people read."""

    AGENCY_STAFF = "agency_staff", "Staf perangkat daerah"
    AGENCY_HEAD = "agency_head", "Kepala perangkat daerah"
    COORDINATOR = "coordinator", "Koordinator"
    EXECUTIVE = "executive", "Pimpinan daerah"
    EXPERT = "expert", "Tenaga ahli"
    ADMINISTRATOR = "administrator", "Administrator"


ROLE_DESCRIPTIONS: dict[Role, str] = {
    Role.AGENCY_STAFF: "Mengisi inisiatif untuk satu perangkat daerah.",
    Role.AGENCY_HEAD: "Mengisi dan mengirim inisiatif satu perangkat daerah untuk ditinjau.",
    Role.COORDINATOR: "Meninjau, menyelaraskan, dan menerbitkan edisi buku; dapat mengisi atas nama perangkat daerah.",
    Role.EXECUTIVE: "Membaca semua isian dan menetapkan edisi.",
    Role.EXPERT: "Membaca isian yang sudah dikirim, memberi catatan, dan mengunduh buku.",
    Role.ADMINISTRATOR: "Mengelola orang, data acuan, dan jadwal bimtek.",
}

AGENCY_ROLES = frozenset({Role.AGENCY_STAFF, Role.AGENCY_HEAD})


class Permission(StrEnum):
    """One thing a person may do in a regency."""

    VIEW_REGENCY = "view_regency"
    VIEW_DRAFTS = "view_drafts"
    EDIT_INITIATIVE = "edit_initiative"
    SUBMIT_INITIATIVE = "submit_initiative"
    WITHDRAW_INITIATIVE = "withdraw_initiative"
    REVIEW_INITIATIVE = "review_initiative"
    COMMENT = "comment"
    DECIDE_ALIGNMENT = "decide_alignment"
    EDIT_DEVELOPMENT_PLAN = "edit_development_plan"
    EDIT_SECTIONS = "edit_sections"
    ISSUE_EDITION = "issue_edition"
    ADOPT_EDITION = "adopt_edition"
    UNLOCK_PLAN = "unlock_plan"
    REQUEST_BOOK = "request_book"
    DOWNLOAD_BOOK = "download_book"
    MANAGE_TEAM = "manage_team"
    MANAGE_AGENCIES = "manage_agencies"
    MANAGE_WORKSHOPS = "manage_workshops"
    SEE_ATTENDEES = "see_attendees"


P = Permission

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.AGENCY_STAFF: frozenset(
        {P.VIEW_REGENCY, P.VIEW_DRAFTS, P.EDIT_INITIATIVE, P.COMMENT, P.DOWNLOAD_BOOK},
    ),
    Role.AGENCY_HEAD: frozenset(
        {
            P.VIEW_REGENCY,
            P.VIEW_DRAFTS,
            P.EDIT_INITIATIVE,
            P.SUBMIT_INITIATIVE,
            P.WITHDRAW_INITIATIVE,
            P.COMMENT,
            P.DOWNLOAD_BOOK,
        },
    ),
    Role.COORDINATOR: frozenset(
        {
            P.VIEW_REGENCY,
            P.VIEW_DRAFTS,
            P.EDIT_INITIATIVE,
            P.SUBMIT_INITIATIVE,
            P.WITHDRAW_INITIATIVE,
            P.REVIEW_INITIATIVE,
            P.COMMENT,
            P.DECIDE_ALIGNMENT,
            P.EDIT_DEVELOPMENT_PLAN,
            P.EDIT_SECTIONS,
            P.ISSUE_EDITION,
            P.UNLOCK_PLAN,
            P.REQUEST_BOOK,
            P.DOWNLOAD_BOOK,
            P.MANAGE_TEAM,
            P.MANAGE_AGENCIES,
            P.MANAGE_WORKSHOPS,
            P.SEE_ATTENDEES,
        },
    ),
    Role.EXECUTIVE: frozenset(
        {
            P.VIEW_REGENCY,
            P.VIEW_DRAFTS,
            P.COMMENT,
            P.ADOPT_EDITION,
            P.UNLOCK_PLAN,
            P.REQUEST_BOOK,
            P.DOWNLOAD_BOOK,
        },
    ),
    Role.EXPERT: frozenset({P.VIEW_REGENCY, P.COMMENT, P.DOWNLOAD_BOOK}),
    Role.ADMINISTRATOR: frozenset({P.VIEW_REGENCY, P.MANAGE_TEAM, P.MANAGE_AGENCIES, P.MANAGE_WORKSHOPS}),
}

# A head of agency may let one member of staff send in their place; the delegation is a column of the membership.
DELEGATED_PERMISSIONS = frozenset({P.SUBMIT_INITIATIVE, P.WITHDRAW_INITIATIVE})
