"""Rounds of the programme: their deadlines, their clusters, and the regencies that take part."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import require_ministry
from agencies.actions import rounds
from agencies.models import ProgrammeRound
from agencies.regions import find_region
from agencies.views.requests import SignedIn
from masterplan.programme import listing
from masterplan.programme.forms.rounds import ParticipantsForm, RoundForm
from masterplan.programme.views.people import shown_grant
from smartcity.common.pages import confirm, posted, submit


@require_safe
def round_list(request: SignedIn) -> HttpResponse:
    """All rounds, the newest first."""
    require_ministry(request.user, manager=True)
    return render(request, "masterplan/programme/round/list.html", {"rounds": listing.rounds_with_counts()})


@require_http_methods(["GET", "HEAD", "POST"])
def round_create(request: SignedIn) -> HttpResponse:
    """Make a round."""
    require_ministry(request.user, manager=True)
    return _edit(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
def round_edit(request: SignedIn, pk: int) -> HttpResponse:
    """Change a round."""
    require_ministry(request.user, manager=True)
    return _edit(request, get_object_or_404(listing.rounds(), pk=pk))


def _edit(request: SignedIn, found: ProgrammeRound | None) -> HttpResponse:
    form = RoundForm.of(found, posted(request)) if found else RoundForm(posted(request))
    answer = submit(
        request,
        form,
        lambda: rounds.save_round(found, by=request.user, **form.terms),
        done=lambda saved: f"Putaran {saved} disimpan.",
        to=lambda saved: reverse("round_detail", args=[saved.pk]),
    )
    return answer or render(request, "masterplan/programme/round/edit.html", {"form": form, "round": found})


@require_http_methods(["GET", "HEAD", "POST"])
def round_detail(request: SignedIn, pk: int) -> HttpResponse:
    """A round with its deadlines, regencies and experts; regencies are added here."""
    require_ministry(request.user, manager=True)
    found = get_object_or_404(listing.rounds(), pk=pk)
    form = ParticipantsForm(posted(request))
    answer = submit(
        request,
        form,
        lambda: rounds.take_in(
            found, by=request.user, codes=form.cleaned_data["regions"], cluster=form.cleaned_data["cluster"]
        ),
        done=lambda added: f"{added} kabupaten/kota ditambahkan.",
        to=reverse("round_detail", args=[pk]),
    )
    taking_part = list(rounds.participants(found))
    context = {
        "round": found,
        "stages": list(found.stages.all()),
        "rows": [(each, find_region(each.region_code)) for each in taking_part],
        "clusters": list(found.clusters.annotate(regencies=Count("participations"))),
        "grants": [shown_grant(grant) for grant in listing.grants_in(found)],
        "form": form,
    }
    return answer or render(request, "masterplan/programme/round/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def participation_end(request: SignedIn, pk: int) -> HttpResponse:
    """Take a regency out of a round."""
    require_ministry(request.user, manager=True)
    found = get_object_or_404(listing.participations(), pk=pk)
    region = find_region(found.region_code)
    name = region.full_name if region else found.region_code
    there = reverse("round_detail", args=[found.round_id])
    return confirm(
        request,
        lambda: rounds.take_out(found, by=request.user),
        done=f"{name} dikeluarkan dari putaran.",
        to=there,
        question=f"Keluarkan {name} dari {found.round}?",
        consequence="Rencana wilayah itu tidak berubah. Tenaga ahli yang ditugaskan lewat putaran atau klaster ini "
        "tidak dapat membukanya lagi.",
        confirm_label="Keluarkan",
        cancel_url=there,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def cluster_remove(request: SignedIn, pk: int) -> HttpResponse:
    """Remove a cluster; its regencies stay in the round."""
    require_ministry(request.user, manager=True)
    found = get_object_or_404(listing.clusters(), pk=pk)
    there = reverse("round_detail", args=[found.round_id])
    return confirm(
        request,
        lambda: rounds.remove_cluster(found, by=request.user),
        done=f"Klaster {found} dihapus.",
        to=there,
        question=f"Hapus klaster {found}?",
        consequence="Wilayahnya tetap ikut putaran, tanpa klaster.",
        confirm_label="Hapus klaster",
        cancel_url=there,
    )
