"""Pages of the operator (pengelola): the regencies of this portal, opening another one, and inviting its first people.

Everybody else gets 404. An operator without a second factor is led to the page that turns it on.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import require_operator
from agencies.actions import ministry, regencies
from agencies.actions.regencies import FirstRole
from agencies.forms.regencies import FirstManagerForm, FirstPeopleForm, RegencyForm
from agencies.regions import Region, find_region, provinces, search_regions
from agencies.views.invitations import offer_of
from agencies.views.requests import SignedIn
from smartcity.common.pages import posted, submit
from smartcity.common.text import search_words

View = Callable[..., HttpResponse]


def _for_operators(view: View) -> View:
    """Only for operators who sign in with a second factor."""

    @wraps(view)
    def guarded(request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        require_operator(request.user)
        if not is_mfa_enabled(request.user, [Authenticator.Type.TOTP]):
            messages.warning(
                request, "Halaman pengelola memerlukan langkah kedua. Aktifkan aplikasi autentikator dulu."
            )
            return redirect("mfa_activate_totp")
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@_for_operators
def operator_home(request: SignedIn) -> HttpResponse:
    """The regencies of this portal with the state of their first roles."""
    return render(
        request,
        "agencies/operator/home.html",
        {"rows": regencies.opened_regencies(), "has_manager": ministry.managers().exists()},
    )


@require_safe
@_for_operators
def operator_regions(request: SignedIn) -> HttpResponse:
    """The catalogue, searched by words and province; those that are open already are marked."""
    words, province = search_words(request.GET.get("q", "")), request.GET.get("provinsi", "")
    known = {each.code for each in provinces()}
    province = province if province in known else ""
    found = search_regions(words, province) if words or province else []
    opened = {each.regency.code: each.regency for each in regencies.opened_regencies()}
    context = {
        "words": words,
        "province": province,
        "provinces": provinces(),
        "is_asked": bool(words or province),
        "rows": [(region, opened.get(region.code)) for region in found],
    }
    return render(request, "agencies/operator/regions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_operators
def operator_open(request: SignedIn, code: str) -> HttpResponse:
    """The form that opens one regency of the catalogue, filled in from there."""
    region = find_region(code)
    if region is None:
        raise Http404
    if code in regencies.opened_codes():
        messages.info(request, f"{region.full_name} sudah dibuka di portal ini.")
        return redirect(_search_of(region))
    form = RegencyForm.of(region, posted(request))
    answer = submit(
        request,
        form,
        lambda: regencies.open_regency(region, by=request.user, data=form.cleaned_data),
        done=lambda regency: f"{regency.full_name} dibuka dengan {len(region.districts)} kecamatan.",
        to=lambda regency: reverse("operator_regency", args=[regency.slug]),
    )
    context = {"form": form, "region": region, "cancel_url": _search_of(region)}
    return answer or render(request, "agencies/operator/open.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_for_operators
def operator_regency(request: SignedIn, slug: str) -> HttpResponse:
    """One regency: the links of the invitations the operator wrote, and a form for the roles that nobody holds yet."""
    opened = next(iter(regencies.opened_regencies(slug)), None)
    if opened is None:
        raise Http404
    form = FirstPeopleForm(posted(request) if opened.free_roles else None, roles=opened.free_roles)
    answer = submit(
        request,
        form,
        lambda: regencies.invite_first_people(opened.regency, by=request.user, addresses=form.addresses),
        done=lambda written: f"Undangan dikirim: {', '.join(each.email for each in written)}.",
        to=reverse("operator_regency", args=[slug]),
    )
    context = {
        "place": opened.regency,
        "roles": [_shown(role) for role in opened.roles],
        "form": form if opened.free_roles else None,
    }
    return answer or render(request, "agencies/operator/regency.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@_for_operators
def operator_ministry(request: SignedIn) -> HttpResponse:
    """Invite the first manager of the programme, who invites everybody else at the ministry."""
    is_held = ministry.managers().exists()
    form = FirstManagerForm(posted(request))
    answer = submit(
        request,
        form,
        lambda: ministry.invite_first_manager(by=request.user, **form.cleaned_data),
        done=lambda offer: f"Undangan untuk {offer.email} dikirim.",
        to=reverse("operator_ministry"),
    )
    context = {
        "ministry": ministry.get_ministry(),
        "is_held": is_held,
        "offers": [] if is_held else [offer_of(each) for each in ministry.open_offers().select_related("invited_by")],
        "form": None if is_held else form,
    }
    return answer or render(request, "agencies/operator/ministry.html", context)


def _search_of(region: Region) -> str:
    """The page of the catalogue that shows this one."""
    return f"{reverse('operator_regions')}?{urlencode({'q': region.full_name, 'provinsi': region.province.code})}"


def _shown(filled: FirstRole) -> dict[str, Any]:
    """A first role with its links; a link is shown only while nobody holds the role."""
    offers = [] if filled.is_held else [offer_of(invitation) for invitation in filled.invitations]
    return {"label": filled.role.label, "key": filled.role.value, "is_held": filled.is_held, "offers": offers}
