"""Pages of the bimtek as a whole: the stages in order, starting a round, adding, moving and removing a stage.

`page` shows one stage with all that belongs to it, `parts` holds the pages on which it is written.
"""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import can, enter_regency, own_agency_ids
from agencies.models import User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.models import Workshop
from masterplan.pages.loading import get_workshop_or_404
from masterplan.pages.rows import STEPS
from masterplan.templatetags.crumb_tags import trail
from masterplan.workshops.actions import workshops as actions
from masterplan.workshops.actions.workshops import closing_of
from masterplan.workshops.forms.workshops import StageForm, StartForm
from masterplan.workshops.rounds import rounds
from masterplan.workshops.stages import Stage
from smartcity.common.pages import confirm, posted, submit


@require_safe
def workshop_list(request: SignedIn, slug: str) -> HttpResponse:
    """The stages in order, for everybody of the regency."""
    regency = enter_regency(request.user, slug, Permission.VIEW_REGENCY)
    now, own = timezone.now(), own_agency_ids(request.user, regency)
    stages = [Stage(each, now, own) for each in regency.workshops.prefetch_related("closings", "extensions")]
    closed = {stage.workshop.pk for stage in stages if closing_of(stage.workshop)}
    waiting = next((stage for stage in stages if not stage.is_over), None)
    context = {
        "stages": stages,
        "closed": closed,
        "next": waiting,
        "may_manage": can(request.user, Permission.MANAGE_WORKSHOPS, regency),
    }
    return render(request, "masterplan/workshops/workshop/list.html", context)


def enter_stage(request: SignedIn, slug: str, pk: int) -> tuple[Workshop, User]:
    """One stage, for whoever runs the workshops."""
    return get_workshop_or_404(enter_regency(request.user, slug, Permission.MANAGE_WORKSHOPS), pk), request.user


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_begin(request: SignedIn, slug: str) -> HttpResponse:
    """Choose a round and begin from its stages."""
    regency = enter_regency(request.user, slug, Permission.MANAGE_WORKSHOPS)
    form = StartForm(posted(request))
    answer = submit(
        request,
        form,
        lambda: actions.begin_round(regency, by=request.user, round=rounds()[form.cleaned_data["round"]]),
        done=lambda made: f"{len(made)} tahap ditambahkan. Atur tanggal dan tempatnya.",
        to=reverse("workshop_list", args=[slug]),
    )
    there = list(regency.workshops.values_list("stage", flat=True))
    context = {"form": form, "rounds": rounds().values(), "there": there}
    return answer or render(request, "masterplan/workshops/workshop/begin.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_create(request: SignedIn, slug: str) -> HttpResponse:
    """A stage behind the others."""
    regency = enter_regency(request.user, slug, Permission.MANAGE_WORKSHOPS)
    form = StageForm(regency, data=posted(request))
    answer = submit(
        request,
        form,
        lambda: actions.create_stage(regency, by=request.user, data=form.value()),
        done=lambda workshop: f"Tahap {workshop.stage} ditambahkan.",
        to=lambda workshop: reverse("workshop_detail", args=[slug, workshop.pk]),
    )
    return answer or render(request, "masterplan/workshops/workshop/create.html", {"form": form})


@require_POST
def workshop_move(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One place up or down among the stages."""
    workshop, by = enter_stage(request, slug, pk)
    actions.move(workshop, by=by, step=STEPS.get(request.POST.get("arah", ""), 0))
    return redirect(f"{reverse('workshop_list', args=[slug])}#tahap-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask before a stage is removed, and say what prevents it."""
    workshop, by = enter_stage(request, slug, pk)
    obstacles = actions.obstacles_to_removal(workshop)
    lost = "Agenda, hasil yang diminta, dan batas kirimnya ikut dihapus. Ini tidak dapat dibatalkan."
    return confirm(
        request,
        lambda: actions.remove(workshop, by=by),
        done=f"Tahap {workshop.stage} dihapus.",
        to=reverse("workshop_list", args=[slug]),
        question=f"Hapus tahap {workshop.stage}?",
        consequence="Tahap ini belum dapat dihapus:" if obstacles else lost,
        warnings=obstacles if request.method != "POST" else [],
        confirm_label="Hapus tahap",
        cancel_url=reverse("workshop_detail", args=[slug, pk]),
        items=trail(slug, workshop),
    )
