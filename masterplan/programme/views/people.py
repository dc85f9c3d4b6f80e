"""The people of the ministry, their invitations, and what each expert looks after."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import require_ministry
from agencies.actions import grants, ministry
from agencies.forms.team import SuspensionForm
from agencies.models import Grant, Invitation, MinistryMember
from agencies.roles import MINISTRY_ROLES, ROLES
from agencies.views.invitations import offer_of
from agencies.views.requests import SignedIn
from agencies.views.team import membership_state
from masterplan.programme import listing
from masterplan.programme.forms.people import GrantForm, MemberForm, MemberInvitationForm, MinistryForm
from masterplan.reference import DIMENSIONS
from smartcity.common.pages import confirm, posted, submit

_NAMES = {kind.code: kind.name for kind in DIMENSIONS}
EVENTS_SHOWN = 12


@require_safe
@never_cache
def member_list(request: SignedIn) -> HttpResponse:
    """Everybody at the ministry with what they look after, and open invitations."""
    require_ministry(request.user, manager=True)
    context = {
        "ministry": ministry.get_ministry(),
        "rows": [_row(member, request) for member in listing.members_with_grants()],
        "invitations": [offer_of(each) for each in ministry.open_offers().select_related("invited_by")],
        "roles": [(role, ROLES[role].description) for role in MINISTRY_ROLES],
    }
    return render(request, "masterplan/programme/member/list.html", context)


def _row(member: Any, request: SignedIn) -> dict[str, Any]:
    status, label = membership_state(member)
    return {
        "member": member,
        "status": status,
        "label": label,
        "is_mine": member.user_id == request.user.pk,
        "grants": [shown_grant(grant) for grant in member.active_grants],
    }


def shown_grant(grant: Grant) -> dict[str, Any]:
    """A grant in words: its scope, and its dimensions by name."""
    return {
        "grant": grant,
        "scope": str(grants.scope_of(grant)),
        "dimensions": ", ".join(_NAMES.get(code, code) for code in grant.dimensions) or "semua dimensi",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def member_invite(request: SignedIn) -> HttpResponse:
    """Invite somebody to the ministry."""
    require_ministry(request.user, manager=True)
    form = MemberInvitationForm(posted(request))
    answer = submit(
        request,
        form,
        lambda: ministry.invite_member(by=request.user, **form.cleaned_data),
        done=lambda offer: f"Undangan untuk {offer.email} dikirim.",
        to=lambda offer: reverse("member_invitation", args=[offer.pk]),
    )
    return answer or render(request, "masterplan/programme/member/invite.html", {"form": form})


@require_safe
@never_cache
def member_invitation(request: SignedIn, pk: int) -> HttpResponse:
    """The link to hand on, and how the invitation stands."""
    require_ministry(request.user, manager=True)
    return render(request, "masterplan/programme/member/invitation.html", offer_of(_offer_or_404(pk)))


@require_POST
def member_invitation_revoke(request: SignedIn, pk: int) -> HttpResponse:
    """Make the link useless."""
    require_ministry(request.user, manager=True)
    offer = _offer_or_404(pk)
    return confirm(
        request,
        lambda: ministry.revoke_member_invitation(offer, by=request.user),
        done=f"Undangan untuk {offer.email} dibatalkan. Tautannya tidak berlaku lagi.",
        to=reverse("member_list"),
        question=f"Batalkan undangan untuk {offer.email}?",
        confirm_label="Batalkan undangan",
        cancel_url=reverse("member_list"),
    )


def _offer_or_404(pk: int) -> Invitation:
    return get_object_or_404(listing.offers(), pk=pk)


def _member_or_404(request: SignedIn, pk: int) -> MinistryMember:
    """Somebody of the ministry, for a manager who is somebody else; nobody acts on their own role."""
    require_ministry(request.user, manager=True)
    return get_object_or_404(listing.members(), pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def member_edit(request: SignedIn, pk: int) -> HttpResponse:
    """Somebody's role and last day, all their grants, and the record of their access."""
    member = _member_or_404(request, pk)
    form = MemberForm.of(member, posted(request))
    answer = submit(
        request,
        form,
        lambda: ministry.change_member(member, by=request.user, **form.cleaned_data),
        done=f"Peran {member.user} disimpan.",
        to=reverse("member_edit", args=[pk]),
    )
    given = member.grants.select_related("round", "cluster__round").order_by("-given_at", "-pk")
    context = {
        "member": member,
        "form": form,
        "is_mine": member.user_id == request.user.pk,
        "grants": [shown_grant(grant) for grant in given],
        "today": timezone.localdate(),
        "events": [
            {"title": each.get_kind_display(), "when": each.at, "by": each.actor, "note": each.detail}
            for each in listing.events_about(member)[:EVENTS_SHOWN]
        ],
    }
    return answer or render(request, "masterplan/programme/member/edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def member_suspend(request: SignedIn, pk: int) -> HttpResponse:
    """Ask for the reason, then take the access away."""
    member = _member_or_404(request, pk)
    form, listed = SuspensionForm(posted(request)), reverse("member_list")
    answer = submit(
        request,
        form,
        lambda: ministry.suspend_member(member, by=request.user, **form.cleaned_data),
        done=f"Akses {member.user} dinonaktifkan.",
        to=listed,
    )
    context = {
        "question": f"Nonaktifkan akses {member.user}?",
        "consequence": f"{member.get_role_display()}. Aksesnya berhenti saat ini juga, juga di semua wilayah yang "
        "ditugaskan. Catatannya tetap ada. Anda dapat mengaktifkannya kembali.",
        "confirm_label": "Nonaktifkan akses",
        "cancel_url": listed,
        "danger": True,
        "form": form,
        "items": [("Orang", listed)],
    }
    return answer or render(request, "components/confirm.html", context)


@require_POST
def member_reinstate(request: SignedIn, pk: int) -> HttpResponse:
    """Give somebody access again."""
    member = _member_or_404(request, pk)
    return confirm(
        request,
        lambda: ministry.reinstate_member(member, by=request.user),
        done=f"Akses {member.user} diaktifkan kembali.",
        to=reverse("member_list"),
        question=f"Aktifkan lagi akses {member.user}?",
        confirm_label="Aktifkan",
        cancel_url=reverse("member_list"),
        danger=False,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def grant_create(request: SignedIn, pk: int) -> HttpResponse:
    """Assign an expert to a round, a cluster or one regency."""
    member = _member_or_404(request, pk)
    form = GrantForm(posted(request))
    answer = submit(
        request,
        form,
        lambda: grants.assign(member, by=request.user, **form.terms),
        done=lambda grant: f"{member.user} ditugaskan: {grants.scope_of(grant)}.",
        to=reverse("member_edit", args=[pk]),
    )
    return answer or render(request, "masterplan/programme/grant/create.html", {"member": member, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def grant_end(request: SignedIn, pk: int) -> HttpResponse:
    """End a grant."""
    require_ministry(request.user, manager=True)
    grant = get_object_or_404(listing.grants(), pk=pk)
    if grant.ended_at is not None and request.method != "POST":
        return redirect("member_edit", grant.member_id)
    person = reverse("member_edit", args=[grant.member_id])
    return confirm(
        request,
        lambda: grants.end_grant(grant, by=request.user),
        done=f"Penugasan {grant.member.user} dicabut.",
        to=person,
        question=f"Cabut penugasan {grant.member.user} untuk {grants.scope_of(grant)}?",
        consequence="Wilayah dalam penugasan ini tidak dapat dibukanya lagi. Catatan dan tandanya tetap ada.",
        confirm_label="Cabut penugasan",
        cancel_url=person,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ministry_edit(request: SignedIn) -> HttpResponse:
    """What the ministry is called."""
    require_ministry(request.user, manager=True)
    found = ministry.get_ministry()
    form = MinistryForm(posted(request), initial={"name": found.name, "unit": found.unit})
    answer = submit(
        request,
        form,
        lambda: ministry.name_ministry(by=request.user, **form.cleaned_data),
        done="Nama kementerian disimpan.",
        to=reverse("member_list"),
    )
    return answer or render(request, "masterplan/programme/ministry/edit.html", {"form": form})
