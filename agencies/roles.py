"""The declarations of the roles and their permissions. `models` holds who has a role, `access` where it applies.

A role is held either in a regency (`Membership`) or at the ministry (`MinistryMember`), never both.

Add a role:

1. Give it a member in `Role` (code of at most 16 characters, label) and an entry in `ROLES`. `RoleSpec` says what each
   value means; a value without a default has to be given. Put the role into `grants` of whoever may give it.
2. Run `manage.py makemigrations agencies --name role_<code>`: the tables refuse codes that are not in `Role`.
3. Run `manage.py check`. It names what an entry lacks (`agencies.checks`) and a home without a page
   (`masterplan.checks`). A home of a new kind is a member of `Home` and a function in `masterplan.home.views.roles`.

4. Write what its people do into `templates/agencies/guide/show.html`, under its label (a test asks for it).
5. Give it a person in `PEOPLE` of `tests/sweep/side.py`, and name that person in the groups at the head of
   `tests/sweep/addresses.py` that it belongs to: the sweep then visits every page as that person. That table is written
   by hand on purpose; it says what the portal promises.

Invitations, the team page, menu, access, news, masthead and home follow. Other code asks for a permission
(`access.can`, `roles_with`) or for a property of the declaration, never whether somebody holds one particular role.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import TextChoices

from agencies.notice_kinds import NoticeKind


class Role(TextChoices):
    """A person's role, in one regency or at the ministry; the stored code is short, the label is what people read."""

    AGENCY_STAFF = "agency_staff", "Staf perangkat daerah"
    AGENCY_HEAD = "agency_head", "Kepala perangkat daerah"
    COORDINATOR = "coordinator", "Koordinator"
    EXECUTIVE = "executive", "Pimpinan daerah"
    EXPERT = "expert", "Tenaga ahli"
    ADMINISTRATOR = "administrator", "Administrator"
    PROGRAMME_MANAGER = "manager", "Pengelola program"


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


class Home(StrEnum):
    """A kind of first page, named by what a person comes for; `masterplan.home.views.roles` has the page of each."""

    AGENCY = "agency"
    REVIEW = "review"
    ADOPTION = "adoption"
    READING = "reading"
    PEOPLE = "people"


@dataclass(frozen=True, kw_only=True)
class RoleSpec:
    """What a role is and may do.

    `description` is one sentence for the pages that offer the role. `rank` orders the roles one person holds: 1 counts
    first, in the masthead, in bylines and for the home. `notices` are the kinds of news that can reach the role.
    `grants` are the roles it may give and take away. A role that `needs_agency` applies to one agency; all others speak
    for the whole regency. `delegable` are the permissions that a membership of this role gains where its head lets it
    send in their place (`Membership.may_submit`).

    A role `of_the_ministry` is held there, and granted by its managers alone. It reads the regencies that a grant
    names, or all of them where it `reaches_every_regency`.

    `opening_place` is its place in the form that opens a regency, 0 where that form does not ask for it: the operator
    invites these roles, and they invite all others. `sits_in_secretariat` says that it is then invited for the agency
    that runs the regency's secretariat. `outlasts_changes` says that the team page refuses to take away the last
    holder.
    """

    description: str
    rank: int
    home: Home
    permissions: frozenset[Permission]
    notices: frozenset[NoticeKind]
    grants: frozenset[Role] = frozenset()
    needs_agency: bool = False
    of_the_ministry: bool = False
    reaches_every_regency: bool = False
    delegable: frozenset[Permission] = frozenset()
    opening_place: int = 0
    sits_in_secretariat: bool = False
    outlasts_changes: bool = False

    def permissions_with(self, delegated: bool) -> frozenset[Permission]:
        """What a membership of this role may do, `delegated` where its head lets it send in their place."""
        return self.permissions | self.delegable if delegated else self.permissions

    @property
    def heads_agency(self) -> bool:
        """Whether it answers for one agency: sends in its name without anybody's delegation."""
        return self.needs_agency and Permission.SUBMIT_INITIATIVE in self.permissions


P = Permission
N = NoticeKind

_AGENCY_NOTICES = frozenset(NoticeKind) - {N.SUBMITTED}

ROLES: dict[Role, RoleSpec] = {
    Role.AGENCY_STAFF: RoleSpec(
        description="Mengisi inisiatif untuk satu perangkat daerah.",
        rank=6,
        home=Home.AGENCY,
        needs_agency=True,
        permissions=frozenset({P.VIEW_REGENCY, P.VIEW_DRAFTS, P.EDIT_INITIATIVE, P.COMMENT, P.DOWNLOAD_BOOK}),
        delegable=frozenset({P.SUBMIT_INITIATIVE, P.WITHDRAW_INITIATIVE}),
        notices=_AGENCY_NOTICES,
    ),
    Role.AGENCY_HEAD: RoleSpec(
        description="Mengisi dan mengirim inisiatif satu perangkat daerah untuk ditinjau.",
        rank=5,
        home=Home.AGENCY,
        needs_agency=True,
        permissions=frozenset(
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
        notices=_AGENCY_NOTICES,
    ),
    Role.COORDINATOR: RoleSpec(
        description="Meninjau, menyelaraskan, dan menerbitkan edisi buku; dapat mengisi atas nama perangkat daerah.",
        rank=1,
        home=Home.REVIEW,
        permissions=frozenset(
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
        notices=frozenset({N.ASSIGNED, N.BOOK, N.SUBMITTED, N.COMMENTED}),
        grants=frozenset({Role.AGENCY_STAFF, Role.AGENCY_HEAD}),
        opening_place=2,
        sits_in_secretariat=True,
    ),
    Role.EXECUTIVE: RoleSpec(
        description="Membaca semua isian dan menetapkan edisi.",
        rank=2,
        home=Home.ADOPTION,
        permissions=frozenset(
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
        notices=frozenset({N.BOOK}),
    ),
    Role.EXPERT: RoleSpec(
        description="Membaca isian yang sudah dikirim, memberi catatan, dan mengunduh buku.",
        rank=3,
        home=Home.READING,
        of_the_ministry=True,
        permissions=frozenset({P.VIEW_REGENCY, P.COMMENT, P.REQUEST_BOOK, P.DOWNLOAD_BOOK}),
        notices=frozenset({N.ASSIGNED, N.BOOK, N.COMMENTED}),
    ),
    Role.PROGRAMME_MANAGER: RoleSpec(
        description="Membuka putaran, menugaskan tenaga ahli, dan membaca semua yang sudah dikirim atau diterbitkan.",
        rank=7,
        home=Home.READING,
        of_the_ministry=True,
        reaches_every_regency=True,
        permissions=frozenset({P.VIEW_REGENCY, P.COMMENT, P.REQUEST_BOOK, P.DOWNLOAD_BOOK}),
        notices=frozenset({N.ASSIGNED, N.BOOK, N.COMMENTED}),
        grants=frozenset({Role.EXPERT, Role.PROGRAMME_MANAGER}),
    ),
    Role.ADMINISTRATOR: RoleSpec(
        description="Mengelola orang, data acuan, dan jadwal bimtek.",
        rank=4,
        home=Home.PEOPLE,
        permissions=frozenset({P.VIEW_REGENCY, P.MANAGE_TEAM, P.MANAGE_AGENCIES, P.MANAGE_WORKSHOPS}),
        notices=frozenset(),
        grants=frozenset({Role.AGENCY_STAFF, Role.AGENCY_HEAD, Role.COORDINATOR, Role.EXECUTIVE, Role.ADMINISTRATOR}),
        opening_place=1,
        outlasts_changes=True,
    ),
}

# Roles that apply to one agency; all others speak for the whole regency.
AGENCY_ROLES = frozenset(role for role, spec in ROLES.items() if spec.needs_agency)

# Where a role is held: at the ministry, or in a regency.
MINISTRY_ROLES = tuple(role for role, spec in ROLES.items() if spec.of_the_ministry)
REGENCY_ROLES = tuple(role for role, spec in ROLES.items() if not spec.of_the_ministry)

# The roles that a regency begins with, in the order in which they are asked for.
FIRST_ROLES = tuple(
    sorted((role for role in ROLES if ROLES[role].opening_place), key=lambda role: ROLES[role].opening_place)
)


def roles_with(permission: Permission) -> list[Role]:
    """The roles that hold `permission` by themselves, in the order of their declaration; delegation does not count."""
    return [role for role, spec in ROLES.items() if permission in spec.permissions]
