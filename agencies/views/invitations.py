"""Inviting people, and taking an invitation up. The rules are in `agencies.actions.team`."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import enter_regency, get_regency_or_404, require
from agencies.actions import invitations, team
from agencies.forms.team import AccountForm, InvitationForm
from agencies.models import Invitation, Regency, User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from smartcity.common.formatting import format_date
from smartcity.common.pages import posted, submit


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_create(request: SignedIn, slug: str) -> HttpResponse:
    """Invite somebody; the roles on offer are those the person may give."""
    regency = enter_regency(request.user, slug, Permission.MANAGE_TEAM)
    roles = team.grantable_roles(request.user, regency)
    initial = {"agency": request.GET.get("opd"), "role": request.GET.get("peran")}
    form = InvitationForm(posted(request), initial=initial, regency=regency, roles=roles)
    answer = submit(
        request,
        form,
        lambda: team.invite(regency, by=request.user, **form.cleaned_data),
        done=lambda invitation: f"Undangan untuk {invitation.email} dikirim.",
        to=lambda invitation: reverse("invitation_detail", args=[slug, invitation.pk]),
    )
    return answer or render(request, "agencies/invitation/create.html", {"form": form})


@require_safe
@never_cache
def invitation_detail(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """The link to hand on, and how the invitation stands. Only for people who may give the role it carries."""
    regency = get_regency_or_404(request.user, slug)
    invitation = _invitation(request, regency, pk)
    return render(request, "agencies/invitation/detail.html", offer_of(invitation))


def offer_of(invitation: Invitation, *, with_link: bool = True) -> dict[str, Any]:
    """An invitation as pages show it: its role in words, and `with_link` its link and a message to hand on.

    The link of an invitation that is not open any more is never shown.
    """
    words = invitations.describe(invitation.role, invitation.agency, invitation.may_submit)
    url = invitations.invitation_url(invitation) if with_link and invitation.is_open else ""
    return {
        "invitation": invitation,
        "words": words,
        "url": url,
        "message": _message(invitation, words, url) if url else "",
        "has_run_out": not (invitation.is_open or invitation.accepted_at or invitation.revoked_at),
    }


def _message(invitation: Invitation, words: str, url: str) -> str:
    """The text to send by messenger, to the person alone."""
    return (
        "Yth. Bapak/Ibu,\n"
        f"Anda diundang ke portal Rencana Induk Smart City {invitation.inviter_name} sebagai {words}.\n"
        f"Buka tautan ini paling lambat {format_date(localdate(invitation.expires_at))}, lalu buat kata sandi Anda:\n"
        f"{url}\n"
        "Tautan ini untuk Bapak/Ibu sendiri, mohon tidak diteruskan."
    )


@require_POST
def invitation_revoke(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Make the link useless."""
    regency = get_regency_or_404(request.user, slug)
    invitation = _invitation(request, regency, pk)
    try:
        team.revoke_invitation(invitation, by=request.user)
    except ValidationError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"Undangan untuk {invitation.email} dibatalkan. Tautannya tidak berlaku lagi.")
    return redirect("team_list", slug)


def _invitation(request: SignedIn, regency: Regency, pk: int) -> Invitation:
    """One invitation of the regency; refused to those who may not give its role, because its link opens that role."""
    require(request.user, Permission.MANAGE_TEAM, regency)
    invitation = get_object_or_404(regency.invitations.select_related("regency", "agency", "invited_by"), pk=pk)
    if invitation.role not in team.grantable_roles(request.user, regency):
        raise PermissionDenied
    return invitation


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link leads. Whoever has an account signs in first; whoever has none makes it here."""
    invitation = invitations.find_invitation(token)
    if invitation is None:
        return _answer(request, "closed", status=404)
    account = invitations.account_of(invitation)
    me = request.user if isinstance(request.user, User) else None
    if account is None and me is None:
        return _register(request, invitation)
    if me is None or me != account:
        return _answer(request, "sign_in" if me is None else "other", invitation)
    if request.method == "POST":
        return _enter(request, invitation, by=me)
    return _answer(request, "confirm", invitation)


def _register(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    form = AccountForm(posted(request), email=invitation.email)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        return _enter(request, invitation, by=None, name=data["name"], password=data["password"])
    return _answer(request, "register", invitation, form)


def _enter(request: HttpRequest, invitation: Invitation, *, by: User | None, **account: str) -> HttpResponse:
    """Take the invitation up and go in; two clicks at the same moment are one acceptance."""
    there = redirect("regency_home", invitation.regency.slug) if invitation.regency else redirect("home")
    try:
        taken = invitations.accept_invitation(invitation, by=by, **account)
    except (invitations.InvitationClosed, PermissionDenied):
        return _answer(request, "closed", status=404)
    except ValidationError as error:
        messages.error(request, error.message)
        return there
    if by is None:
        login(request, taken.user)
    messages.success(request, f"Anda sekarang {taken.get_role_display()} di {invitation.inviter_name}.")
    return there


def _answer(
    request: HttpRequest,
    mode: str,
    invitation: Invitation | None = None,
    form: AccountForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page in one of its modes: closed, sign_in, other, confirm, register."""
    context = {
        "mode": mode,
        "invitation": invitation,
        "words": invitations.describe(invitation.role, invitation.agency, invitation.may_submit) if invitation else "",
        "form": form,
    }
    return render(request, "agencies/invitation/accept.html", context, status=status)
