"""Access: who may see and do what at this moment. It alone decides on 404 and 403.

An outsider gets 404, as if the thing did not exist; an insider without the permission gets 403. Being a superuser makes
somebody the portal's operator, who opens regencies and enters Django's admin; it opens nothing inside a regency.

Somebody of the ministry enters a regency that a grant of theirs reaches, or any where their role reaches all. There
they stand for the request as a membership that is never stored, so that the questions below have one answer for
both. What it costs does not grow with the number of regencies: entering is one query, whatever the grant holds.
"""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from agencies.models import Agency, Grant, Membership, MinistryMember, Regency, User
from agencies.models.membership import MembershipQuerySet
from agencies.roles import AGENCY_ROLES, Permission, Role

AnyUser = User | AnonymousUser


def load_user(pk: int) -> User | None:
    """The person of that id with their memberships of today and their role at the ministry; one query for whoever has
    a membership, two for all others.
    """
    rows = list(_active().filter(user_id=pk).select_related("user__ministry_member", "regency__secretariat", "agency"))
    user = rows[0].user if rows else User.objects.select_related("ministry_member").filter(pk=pk).first()
    if user is not None:
        user.memberships_today = rows
    return user


def _active() -> MembershipQuerySet:
    return Membership.objects.active_on(timezone.localdate()).with_unread_news()


def _everywhere(user: AnyUser) -> list[Membership]:
    """The memberships of `user` that count today, in every regency; asked of the database once per request.

    The answer is kept on the user object, which lives for one request, so a suspension holds from the next one.
    """
    if not isinstance(user, User) or not user.is_active:
        return []
    if user.memberships_today is None:
        user.memberships_today = list(_active().filter(user=user).select_related("regency__secretariat", "agency"))
    return user.memberships_today


def memberships(user: AnyUser, regency: Regency) -> list[Membership]:
    """The memberships of `user` in `regency` that count today, with the one that a grant of the ministry stands for."""
    mine = [membership for membership in _everywhere(user) if membership.regency_id == regency.pk]
    granted = _granted(user, regency)
    return [*mine, granted] if granted else mine


def regencies(user: AnyUser) -> list[Regency]:
    """The regencies in which `user` is a member today, in the order of their codes; grants are not asked."""
    found = {membership.regency_id: membership.regency for membership in _everywhere(user)}
    return sorted(found.values(), key=lambda regency: regency.code)


def get_regency_or_404(user: AnyUser, slug: str) -> Regency:
    """The regency named in the URL, if `user` belongs to it or a grant reaches it; activates its time zone.

    Raises Http404 for an unknown slug and for an outsider alike.
    """
    regency = next((each for each in regencies(user) if each.slug == slug), None) or _reached_regency(user, slug)
    if regency is None:
        raise Http404
    user.regency_entered = regency  # type: ignore[union-attr]  # only a User has regencies
    timezone.activate(regency.zone)  # until `smartcity.middleware.time_zone_of_the_place` ends the request
    return regency


# The ministry -------------------------------------------------------------------------------------------------------


def ministry_member(user: AnyUser) -> MinistryMember | None:
    """The role that `user` holds at the ministry today, or None; makes no query for a person of `load_user`."""
    if not isinstance(user, User) or not user.is_active:
        return None
    member: MinistryMember | None = getattr(user, "ministry_member", None)
    return member if member is not None and member.is_active_on(timezone.localdate()) else None


def is_manager(user: AnyUser) -> bool:
    """Whether `user` is a manager of the programme (pengelola program) today."""
    member = ministry_member(user)
    return member is not None and member.role == Role.PROGRAMME_MANAGER


def require_ministry(user: AnyUser, *, manager: bool = False) -> MinistryMember:
    """The role of `user` at the ministry; with `manager`, that of a manager of the programme.

    Raises Http404 for everybody outside the ministry, and PermissionDenied for an expert where a manager is asked for.
    """
    member = ministry_member(user)
    if member is None:
        raise Http404
    if manager and not is_manager(user):
        raise PermissionDenied
    return member


def experts_of(regency: Regency) -> list[Membership]:
    """The experts whose grants reach `regency` today, the leads first, as memberships that are never stored."""
    today = timezone.localdate()
    grants = Grant.objects.active_on(today).reaching(regency.code).select_related("member__user")
    found: dict[int, Membership] = {}
    for grant in grants.order_by("-is_lead", "member__user__name", "pk"):
        member = grant.member
        if member.is_active_on(today) and member.user.is_active:
            found.setdefault(member.user_id, _standing_for(member, member.user, regency))
    return list(found.values())


def _reached_regency(user: AnyUser, slug: str) -> Regency | None:
    """The regency with that slug, if the ministry's grants let `user` read it."""
    member = ministry_member(user)
    if member is None or not isinstance(user, User):
        return None
    reached = member.reached(timezone.localdate())
    regency = Regency.objects.select_related("secretariat").filter(reached, slug=slug).first()
    if regency is not None:
        user.granted_today[regency.pk] = _standing_for(member, user, regency)
    return regency


def _granted(user: AnyUser, regency: Regency) -> Membership | None:
    """The membership that a grant stands for in `regency`; asked of the database once per request and regency."""
    member = ministry_member(user)
    if member is None or not isinstance(user, User):
        return None
    if regency.pk not in user.granted_today:
        is_reached = (
            member.spec.reaches_every_regency
            or Regency.objects.filter(member.reached(timezone.localdate()), pk=regency.pk).exists()
        )
        user.granted_today[regency.pk] = _standing_for(member, user, regency) if is_reached else None
    return user.granted_today[regency.pk]


def _standing_for(member: MinistryMember, user: User, regency: Regency) -> Membership:
    """A role of the ministry as a membership in `regency`, for one request and never stored."""
    standing = Membership(user=user, regency=regency, role=member.role, valid_from=member.valid_from)
    standing.unread_news = 0  # counted for the ministry as a whole, by `agencies.notices.unread_news`
    return standing


# What a person may do -----------------------------------------------------------------------------------------------


def is_operator(user: AnyUser) -> bool:
    """Whether `user` is an operator (pengelola) of the portal, who opens regencies and invites their first people."""
    return user.is_active and user.is_superuser


def require_operator(user: AnyUser) -> None:
    """Raise Http404 unless `user` is an operator: for all others those pages do not exist."""
    if not is_operator(user):
        raise Http404


def holds_role_in(user: AnyUser, slug: str) -> bool:
    """Whether `user` is a member of the regency named in the URL, or a grant reaches it; no query once entered."""
    entered = entered_regency(user)
    if entered is not None and entered.slug == slug:
        return True
    return any(regency.slug == slug for regency in regencies(user)) or _reached_regency(user, slug) is not None


def entered_regency(user: AnyUser) -> Regency | None:
    """The regency this request entered through `get_regency_or_404`, for the masthead; asks the database nothing."""
    return user.regency_entered if isinstance(user, User) else None


def can(user: AnyUser, permission: Permission, regency: Regency, agency: Agency | int | None = None) -> bool:
    """Whether `user` has `permission` in `regency`.

    A role held for one agency counts there only: for a question about `agency` (an object or its id) it must be that
    agency; a question that names none is answered "in at least one agency".
    """
    agency_id = agency.pk if isinstance(agency, Agency) else agency
    for membership in memberships(user, regency):
        if permission not in membership.permissions:
            continue
        if membership.role not in AGENCY_ROLES or agency_id is None or membership.agency_id == agency_id:
            return True
    return False


def require(user: AnyUser, permission: Permission, regency: Regency, agency: Agency | int | None = None) -> None:
    """Raise PermissionDenied (403) unless `can(...)`."""
    if not can(user, permission, regency, agency):
        raise PermissionDenied


def enter_regency(user: AnyUser, slug: str, permission: Permission) -> Regency:
    """The regency named in the URL, for somebody with `permission` there.

    Raises Http404 for outsiders, and PermissionDenied without the permission. Every page of a regency begins with it.
    """
    regency = get_regency_or_404(user, slug)
    require(user, permission, regency)
    return regency


def own_agency_ids(user: AnyUser, regency: Regency) -> set[int]:
    """Ids of the agencies `user` works for; empty for roles that speak for the whole regency."""
    return {m.agency_id for m in memberships(user, regency) if m.role in AGENCY_ROLES and m.agency_id}


def is_regency_wide(user: AnyUser, permission: Permission, regency: Regency) -> bool:
    """Whether `permission` comes from a role that is not bound to one agency."""
    return any(permission in m.permissions for m in memberships(user, regency) if m.role not in AGENCY_ROLES)


def main_membership(user: AnyUser, regency: Regency) -> Membership | None:
    """The membership shown in the masthead and in bylines: the widest role first."""
    return min(memberships(user, regency), key=lambda m: m.spec.rank, default=None)


def byline(user: AnyUser, regency: Regency) -> str:
    """Role and agency as shown beside what a person wrote: "Staf perangkat daerah, Dinas Pariwisata"."""
    membership = main_membership(user, regency)
    if membership is None:
        return ""
    agency = membership.agency.name if membership.agency else ""
    return ", ".join(filter(None, [membership.get_role_display(), agency]))
