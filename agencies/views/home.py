"""The first address, which leads on to where whoever signs in works or lets them choose; and the guide."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from agencies.access import is_operator, main_membership, ministry_member, regencies
from agencies.actions.invitations import describe
from agencies.views.requests import SignedIn


@require_safe
def home(request: SignedIn) -> HttpResponse:
    """One regency: straight to it. Several: a list. None: the ministry's desk, the operator's pages, or what to do."""
    mine, member = regencies(request.user), ministry_member(request.user)
    if not mine and member:
        return redirect("national_desk")
    if not mine and is_operator(request.user):
        return redirect("operator_home")
    if len(mine) == 1 and not member:
        return redirect("regency_home", mine[0].slug)
    choices = []
    for regency in mine:
        membership = main_membership(request.user, regency)
        choices.append((regency, describe(membership.role, membership.agency) if membership else ""))
    return render(request, "agencies/home/show.html", {"choices": choices, "member": member})


@login_not_required
@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """What each role does where, the terms, and how numbers and dates are written."""
    return render(request, "agencies/guide/show.html")
