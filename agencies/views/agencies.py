"""The regency's agencies (perangkat daerah): the list, founding one, renaming and ending one."""

from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import enter_regency
from agencies.actions import agencies
from agencies.forms.agencies import AgencyForm
from agencies.models import Agency, AgencyKind, Regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from smartcity.common.pages import posted, submit
from smartcity.common.text import search_words


@require_safe
def agency_list(request: SignedIn, slug: str) -> HttpResponse:
    """All agencies, ended ones included; the search covers former names too."""
    regency = enter_regency(request.user, slug, Permission.MANAGE_AGENCIES)
    today = timezone.localdate()
    words, kind = search_words(request.GET.get("q", "")), request.GET.get("jenis", "")
    rows = found_agencies(regency, words, kind)
    context = {
        "rows": [(agency, agency.valid_to is not None and agency.valid_to < today) for agency in rows],
        "words": words,
        "kind": kind,
        "kinds": AgencyKind.choices,
        "total": 0 if rows else regency.agencies.count(),
        "query": urlencode({key: value for key, value in (("q", words), ("jenis", kind)) if value}),
    }
    return render(request, "agencies/agency/list.html", context)


def found_agencies(regency: Regency, words: str, kind: str) -> list[Agency]:
    """The agencies that are searched for, each with its `members` of today."""
    today = timezone.localdate()
    active = Q(memberships__suspended_at=None, memberships__valid_from__lte=today) & (
        Q(memberships__valid_to=None) | Q(memberships__valid_to__gte=today)
    )
    everything = regency.agencies.select_related("successor", "parent").annotate(
        members=Count("memberships", filter=active)
    )
    return [agency for agency in _of_kind(everything, kind) if _matches(agency, words)]


def _of_kind(rows: QuerySet[Agency], kind: str) -> QuerySet[Agency]:
    return rows.filter(kind=kind) if kind in AgencyKind.values else rows


def _matches(agency: Agency, words: str) -> bool:
    """In Python, because former names are stored as JSON, which databases search differently."""
    return any(
        words.casefold() in name.casefold() for name in (agency.name, agency.short_name, agency.code, *agency.aliases)
    )


@require_http_methods(["GET", "HEAD", "POST"])
def agency_create(request: SignedIn, slug: str) -> HttpResponse:
    """Create an agency."""
    regency = enter_regency(request.user, slug, Permission.MANAGE_AGENCIES)
    form = AgencyForm(posted(request), regency=regency)
    answer = submit(
        request,
        form,
        lambda: agencies.create_agency(regency, by=request.user, data=form.cleaned_data),
        done=lambda agency: f"{agency.name} ditambahkan.",
        to=reverse("agency_list", args=[slug]),
    )
    return answer or render(request, "agencies/agency/create.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def agency_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Rename, move or end an agency."""
    regency = enter_regency(request.user, slug, Permission.MANAGE_AGENCIES)
    agency = get_object_or_404(regency.agencies.select_related("regency"), pk=pk)
    form = AgencyForm.of(agency, posted(request))
    answer = submit(
        request,
        form,
        lambda: agencies.change_agency(agency, by=request.user, data=form.cleaned_data),
        done=lambda changed: f"{changed.name} disimpan.",
        to=reverse("agency_list", args=[slug]),
    )
    return answer or render(request, "agencies/agency/edit.html", {"form": form, "agency": agency})
