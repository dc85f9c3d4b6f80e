"""Pages of the bimtek as a whole: the stages in order, beginning a round, adding, changing, ordering, removing a stage.

One stage with all that belongs to it is shown by `workshop_page`.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Field
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import can, get_regency_or_404, own_agency_ids, require
from agencies.models import Regency, User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.models import Workshop
from masterplan.pages.loading import get_workshop_or_404
from masterplan.pages.rows import STEPS, ask_before
from masterplan.templatetags.crumb_tags import trail
from masterplan.workshops.actions import workshops as actions
from masterplan.workshops.actions.workshops import WorkshopConflict, closing_of, content_of, mark_of
from masterplan.workshops.forms.workshops import RoundForm, StageForm, tell
from masterplan.workshops.rounds import rounds
from masterplan.workshops.stages import Stage
from smartcity.common.formatting import format_date, format_moment


@require_safe
def workshop_list(request: SignedIn, slug: str) -> HttpResponse:
    """The stages in order, for everybody of the regency."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.VIEW_REGENCY, regency)
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


def enter(request: SignedIn, slug: str) -> tuple[Regency, User]:
    """The regency of the address and who asks; 404 to outsiders, 403 to whoever does not run the workshops."""
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.MANAGE_WORKSHOPS, regency)
    return regency, request.user


def enter_stage(request: SignedIn, slug: str, pk: int) -> tuple[Workshop, User]:
    """One stage, for whoever runs the workshops."""
    regency, by = enter(request, slug)
    return get_workshop_or_404(regency, pk), by


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_begin(request: SignedIn, slug: str) -> HttpResponse:
    """Choose a round and begin from its stages."""
    regency, by = enter(request, slug)
    form = RoundForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            made = actions.begin_round(regency, by=by, round=rounds()[form.cleaned_data["round"]])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, f"{len(made)} tahap ditambahkan. Atur tanggal dan tempatnya.")
            return redirect("workshop_list", slug)
    there = list(regency.workshops.values_list("stage", flat=True))
    context = {"form": form, "rounds": rounds().values(), "there": there}
    return render(request, "masterplan/workshops/workshop/begin.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_create(request: SignedIn, slug: str) -> HttpResponse:
    """A stage behind the others."""
    regency, by = enter(request, slug)
    form = StageForm(regency, data=request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            workshop = actions.create_stage(regency, by=by, data=form.value())
        except ValidationError as error:
            tell(form, error)
        else:
            messages.success(request, f"Tahap {workshop.stage} ditambahkan.")
            return redirect("workshop_detail", slug, workshop.pk)
    return render(request, "masterplan/workshops/workshop/create.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """What a stage is, when and where; what somebody else saved meanwhile is shown beside, and nothing is lost."""
    workshop, by = enter_stage(request, slug, pk)
    stored = content_of(workshop, "facts")
    form = StageForm(workshop.regency, stored, request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"seen": request.POST.get("seen", "") or mark_of(stored), "conflict": []}
    if form.is_bound and form.is_valid():
        done = save_part(request, workshop, by, "facts", form.value(), context, form, _facts_in_words)
        if done:
            return redirect("workshop_detail", slug, pk)
    context |= {"workshop": workshop, "form": form, "errors": form.error_links}
    return render(request, "masterplan/workshops/workshop/edit.html", context)


def save_part(
    request: SignedIn,
    workshop: Workshop,
    by: User,
    part: str,
    data: Any,
    context: dict[str, Any],
    form: Any,
    in_words: Callable[[Any], dict[str, str]],
) -> bool:
    """Save a part of a stage; False when it was not, and then `context` or `form` say why.

    `in_words` gives the rows that a conflict compares: what is stored beside what was typed.
    """
    try:
        actions.save_part(workshop, by=by, part=part, data=data, seen=context["seen"])
    except WorkshopConflict as conflict:
        theirs, mine = in_words(conflict.current), in_words(data)
        context["seen"] = mark_of(conflict.current)
        context["conflict"] = [
            {"label": label, "theirs": theirs[label], "mine": mine[label]}
            for label in theirs
            if theirs[label] != mine[label]
        ]
        return False
    except ValidationError as error:
        tell(form, error)
        return False
    messages.success(request, f"Tahap {workshop.stage} disimpan.")
    return True


_LABELS = {
    name: str(cast("Field[Any, Any]", Workshop._meta.get_field(name)).verbose_name).capitalize()
    for name in actions.FACTS
}


def _facts_in_words(data: Any) -> dict[str, str]:
    return {label: _say(data[name]) for name, label in _LABELS.items()}


def _say(value: Any) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, datetime):
        return format_moment(value)
    return format_date(value) if isinstance(value, date) else str(value or "")


@require_POST
def workshop_move(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """One place up or down among the stages."""
    workshop, by = enter_stage(request, slug, pk)
    actions.move(workshop, by=by, step=STEPS.get(request.POST.get("arah", ""), 0))
    return redirect(f"{reverse('workshop_list', args=[slug])}#tahap-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask before a stage goes, and say what keeps it."""
    workshop, by = enter_stage(request, slug, pk)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            actions.remove(workshop, by=by)
        except ValidationError as error:
            errors = [("", sentence) for sentence in error.messages]
        else:
            messages.success(request, f"Tahap {workshop.stage} dihapus.")
            return redirect("workshop_list", slug)
    obstacles = actions.obstacles_to_removal(workshop)
    lost = "Agenda, hasil yang diminta, dan batas kirimnya ikut dihapus. Ini tidak dapat dibatalkan."
    return ask_before(
        request,
        question=f"Hapus tahap {workshop.stage}?",
        consequence="Tahap ini belum dapat dihapus:" if obstacles else lost,
        warnings=[] if errors else obstacles,
        errors=errors,
        confirm_label="Hapus tahap",
        cancel_url=reverse("workshop_detail", args=[slug, pk]),
        items=trail(slug, workshop),
    )
