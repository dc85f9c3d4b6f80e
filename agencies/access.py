"""Access: who may see and do what at this moment. It alone decides on 404 and 403.

An outsider gets 404, as if the thing did not exist; an insider without the permission gets 403. Being a superuser makes
somebody the portal's operator, who opens regencies and enters Django's admin; it opens nothing inside a regency.
"""

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from agencies.models import Agency, Membership, Regency, User
from agencies.models.membership import MembershipQuerySet
from agencies.roles import AGENCY_ROLES, Permission

AnyUser = User | AnonymousUser


def load_user(pk: int) -> User | None:
    """The person of that id with their memberships of today and the number of unread notices, in one query."""
    rows = list(_active().filter(user_id=pk).select_related("user", "regency__secretariat", "agency"))
    user = rows[0].user if rows else User.objects.filter(pk=pk).first()
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
    """The memberships of `user` in `regency` that count today."""
    return [membership for membership in _everywhere(user) if membership.regency_id == regency.pk]


def regencies(user: AnyUser) -> list[Regency]:
    """The regencies in which `user` holds any role today, in the order of their codes."""
    found = {membership.regency_id: membership.regency for membership in _everywhere(user)}
    return sorted(found.values(), key=lambda regency: regency.code)


def get_regency_or_404(user: AnyUser, slug: str) -> Regency:
    """The regency named in the URL, if `user` belongs to it; activates its time zone for the request.

    Raises Http404 for an unknown slug and for an outsider alike.
    """
    for regency in regencies(user):
        if regency.slug == slug:
            user.regency_entered = regency  # type: ignore[union-attr]  # only a User has regencies
            timezone.activate(regency.zone)  # until `smartcity.middleware.time_zone_of_the_place` ends the request
            return regency
    raise Http404


def is_operator(user: AnyUser) -> bool:
    """Whether `user` is an operator (pengelola) of the portal, who opens regencies and invites their first people."""
    return user.is_active and user.is_superuser


def require_operator(user: AnyUser) -> None:
    """Raise Http404 unless `user` is an operator: for all others those pages do not exist."""
    if not is_operator(user):
        raise Http404


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
