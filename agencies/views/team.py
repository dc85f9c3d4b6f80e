"""The people of a regency: who they are, what they may do, and taking that away. Inviting is in `invitations`."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import can, enter_regency, experts_of, get_regency_or_404, require
from agencies.actions import invitations, team
from agencies.forms.team import MembershipForm, SuspensionForm, TeamFilter
from agencies.models import Invitation, Membership, Regency, SecurityEvent, SecurityEventKind, User
from agencies.roles import REGENCY_ROLES, ROLES, Permission, Role
from agencies.views.invitations import offer_of
from agencies.views.requests import SignedIn
from smartcity.common.pages import posted, submit

PER_PAGE = 50
EVENTS_SHOWN = 12
REFUSED_DAYS = 30
ORDERS = {
    "opd": ("agency__order", "role", "user__name", "pk"),
    "nama": ("user__name", "pk"),
    "peran": ("role", "agency__order", "user__name", "pk"),
}


@require_safe
@never_cache
def team_list(request: SignedIn, slug: str) -> HttpResponse:
    """Everybody with a role here, open invitations, and the agencies without members."""
    regency = enter_regency(request.user, slug, Permission.MANAGE_TEAM)
    chosen = TeamFilter(request.GET, regency=regency)
    found = found_members(regency, chosen)
    counts = _counts(found)
    page = Paginator(in_order(found, chosen), PER_PAGE).get_page(request.GET.get("page"))
    roles = team.grantable_roles(request.user, regency)
    context = {
        "page": page,
        "rows": [_row(membership, request.user) for membership in page],
        "chosen": chosen,
        "pills": _pills(chosen, counts),
        "counts": counts,
        "invitations": [_offer(invitation, roles) for invitation in _open_invitations(regency)],
        "agencies_without_members": list(team.agencies_without_members(regency)),
        "agencies": list(regency.agencies.all()),
        "roles": [(role, ROLES[role].description) for role in REGENCY_ROLES],
        "experts": experts_of(regency),
        "may_manage_agencies": can(request.user, Permission.MANAGE_AGENCIES, regency),
        "query": _query(chosen),
        "offered_role": Role.AGENCY_STAFF,
        "refused": _refused(regency) if roles == frozenset(REGENCY_ROLES) else [],
    }
    return render(request, "agencies/team/list.html", context)


def _refused(regency: Regency) -> list[SecurityEvent]:
    """The latest attempts of people without a role here to open its pages, of the last REFUSED_DAYS days."""
    since = timezone.now() - timedelta(days=REFUSED_DAYS)
    events = regency.security_events.filter(kind=SecurityEventKind.ACCESS_REFUSED, at__gt=since)
    return list(events[:EVENTS_SHOWN])


def found_members(regency: Regency, chosen: TeamFilter) -> QuerySet[Membership]:
    """Narrowed by search, agency and role; the state is left to the pills."""
    rows: QuerySet[Membership] = regency.memberships.all()
    if words := chosen.value("q"):
        rows = rows.filter(Q(user__name__icontains=words) | Q(user__email__icontains=words))
    if agency := chosen.value("opd"):
        rows = rows.filter(agency=agency)
    if role := chosen.value("peran"):
        rows = rows.filter(role=role)
    return rows


def _states() -> dict[str, Q]:
    """Each state as a condition; every membership is in exactly one."""
    suspended = Q(suspended_at__isnull=False)
    ended = Q(valid_to__lt=timezone.localdate())
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate())
    return {"aktif": ~suspended & lasting, "nonaktif": suspended, "berakhir": ~suspended & ended}


def _counts(rows: QuerySet[Membership]) -> dict[str, int]:
    counts: dict[str, int] = rows.aggregate(
        **{name: Count("pk", filter=condition) for name, condition in _states().items()}
    )
    return counts


def in_order(found: QuerySet[Membership], chosen: TeamFilter) -> QuerySet[Membership]:
    """The members in the chosen state, in the chosen order."""
    state = chosen.value("keadaan")
    rows = found.filter(_states()[state]) if state else found
    return rows.order_by(*ORDERS[chosen.value("urut") or "opd"]).select_related("user", "agency", "regency")


def _query(chosen: TeamFilter, **other: str) -> str:
    agency = chosen.value("opd")
    given = {name: chosen.value(name) for name in ("q", "peran", "keadaan", "urut")}
    given = given | {"opd": str(agency.pk) if agency else ""} | other
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{query}&" if query else ""


def _pills(chosen: TeamFilter, counts: dict[str, int]) -> list[dict[str, Any]]:
    current = chosen.value("keadaan")
    pills = [("", "Semua", sum(counts.values()))]
    pills += [(state, label, counts[state]) for state, label in TeamFilter.STATES]
    return [
        {
            "label": label,
            "url": f"?{_query(chosen, keadaan=state)}".rstrip("&"),
            "count": count,
            "current": state == current,
        }
        for state, label, count in pills
        if count or state in ("", current)
    ]


def _row(membership: Membership, user: User) -> dict[str, Any]:
    """A membership as the table shows it."""
    status, label = membership_state(membership)
    return {
        "membership": membership,
        "status": status,
        "label": label,
        "is_mine": membership.user_id == user.pk,
        "may_manage": team.may_manage(user, membership),
    }


def membership_state(membership: Membership) -> tuple[str, str]:
    """The style of the badge and the word on it: whether the membership counts today."""
    if membership.suspended_at:
        return "withdrawn", "Dinonaktifkan"
    if membership.valid_to and membership.valid_to < timezone.localdate():
        return "ended", "Berakhir"
    if membership.valid_from > timezone.localdate():
        return "ended", "Belum berlaku"
    return "accepted", "Aktif"


def _open_invitations(regency: Regency) -> QuerySet[Invitation]:
    return invitations.open_invitations(regency).select_related("agency", "invited_by").order_by("-invited_at")


def _offer(invitation: Invitation, roles: frozenset[Role]) -> dict[str, Any]:
    """An open invitation; its link is shown only to people who may give its role, because it opens that role."""
    mine = invitation.role in roles
    return {**offer_of(invitation, with_link=mine), "may_manage": mine}


@require_http_methods(["GET", "HEAD", "POST"])
def membership_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Change somebody's role, agency, delegation or last day."""
    regency = get_regency_or_404(request.user, slug)
    membership = _membership(request, regency, pk)
    roles = team.grantable_roles(request.user, regency)
    form = MembershipForm.of(membership, posted(request), roles=roles)
    answer = submit(
        request,
        form,
        lambda: team.change_membership(membership, by=request.user, **form.cleaned_data),
        done=f"Peran {membership.user} disimpan.",
        to=reverse("team_list", args=[slug]),
    )
    if answer:
        return answer
    events = regency.security_events.filter(subject=membership.user.email).select_related("actor")
    context = {"membership": membership, "form": form, "events": [_event(event) for event in events[:EVENTS_SHOWN]]}
    return render(request, "agencies/membership/edit.html", context)


def _event(event: Any) -> dict[str, Any]:
    return {"title": event.get_kind_display(), "when": event.at, "by": event.actor.name, "note": event.detail}


@require_http_methods(["GET", "HEAD", "POST"])
def membership_suspend(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask for the reason, then take the access away."""
    regency = get_regency_or_404(request.user, slug)
    membership = _membership(request, regency, pk)
    form, listed = SuspensionForm(posted(request)), reverse("team_list", args=[slug])
    answer = submit(
        request,
        form,
        lambda: team.suspend_membership(membership, by=request.user, **form.cleaned_data),
        done=f"Akses {membership.user} dinonaktifkan.",
        to=listed,
    )
    role = invitations.describe(membership.role, membership.agency)
    context = {
        "question": f"Nonaktifkan akses {membership.user}?",
        "consequence": f"{role}. Aksesnya berhenti saat ini juga, dan undangan yang ia kirim dan belum diterima ikut "
        "dibatalkan. Isian dan catatannya tetap ada. Anda dapat mengaktifkannya kembali.",
        "confirm_label": "Nonaktifkan akses",
        "cancel_url": listed,
        "danger": True,
        "form": form,
        "items": [("Tim", listed)],
    }
    return answer or render(request, "components/confirm.html", context)


@require_POST
def membership_reinstate(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Give a suspended person access again."""
    regency = get_regency_or_404(request.user, slug)
    membership = _membership(request, regency, pk)
    try:
        team.reinstate_membership(membership, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"Akses {membership.user} diaktifkan kembali.")
    return redirect("team_list", slug)


def _membership(request: SignedIn, regency: Regency, pk: int) -> Membership:
    """One membership of the regency that the person may manage."""
    require(request.user, Permission.MANAGE_TEAM, regency)
    membership = get_object_or_404(regency.memberships.select_related("user", "agency", "regency"), pk=pk)
    if not team.may_manage(request.user, membership):
        raise PermissionDenied
    return membership
