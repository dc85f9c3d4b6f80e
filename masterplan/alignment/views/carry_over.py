"""The way to the next RPJMD and Renstra in two pages: what becomes of old programs, then a walk through the links."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from agencies.models import User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.alignment.actions import carry_over as actions
from masterplan.alignment.actions.carry_over import Result
from masterplan.alignment.carry_over import (
    TODO_LABELS,
    CarriedLink,
    CarriedProgram,
    Todo,
    add_proposals,
    carried_links,
    carried_programs,
    outside_sentences,
    successor_of,
)
from masterplan.models import DevelopmentPlan, MasterPlan
from masterplan.pages.rows import enter
from masterplan.pages.selection import unknown_among
from smartcity.common.text import whole_number

PER_PAGE = 25
ENDED = "tidak"
_AFFECTED, _UNDECIDED, _ALL = "", "belum", "semua"
_SHOWS = {
    _AFFECTED: ("Terdampak", lambda program: program.links > 0),
    _UNDECIDED: ("Belum diputuskan", lambda program: not program.is_decided),
    _ALL: ("Semua program", lambda program: True),
}
_UNKNOWN_TICK = (
    "Pilihan nomor {number} bukan program {plan}. Baris ini tidak diubah; centang lagi programnya, lalu simpan."
)
_UNKNOWN = "Kode {code} tidak ada di {plan}. Tulis kode programnya, misalnya {example}."


def _enter(request: SignedIn, slug: str) -> tuple[MasterPlan, User, DevelopmentPlan | None]:
    """The plan, who asks, and the RPJMD that follows; 403 to whoever does not decide about alignment."""
    plan, user = enter(request, slug, Permission.DECIDE_ALIGNMENT)
    return plan, user, successor_of(plan)


def _frame(plan: MasterPlan, new: DevelopmentPlan | None) -> dict[str, Any]:
    return {"plan": plan, "old": plan.development_plan, "new": new}


# What becomes of the programs -----------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def carry_over_map(request: SignedIn, slug: str) -> HttpResponse:
    """Old programs with the new ones that may carry them on; POST stores what is ticked on this page, row by row."""
    plan, by, new = _enter(request, slug)
    if new is None:
        return render(request, "masterplan/alignment/carry_over/map.html", _frame(plan, None))
    programs = carried_programs(plan, new)
    results: dict[int, Result] = {}
    if request.method == "POST":
        results = _store_decisions(plan, programs, request.POST, by)
        programs = carried_programs(plan, new)
    show = request.GET.get("tampil", _AFFECTED)
    show = show if show in _SHOWS else _AFFECTED
    shown = [program for program in programs if _SHOWS[show][1](program) or program.old.pk in results]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    add_proposals(page)
    affected = [program for program in programs if program.links]
    context = {
        **_frame(plan, new),
        "page": page,
        "rows": [_row(program, results.get(program.old.pk), request.POST) for program in page],
        "offers": {program.transition.new: program.offers for program in page},
        "pills": [
            {
                "label": label,
                "count": sum(map(fits, programs)),
                "url": f"?{urlencode({'tampil': key})}" if key else "?",
                "current": key == show,
            }
            for key, (label, fits) in _SHOWS.items()
        ],
        "query": f"tampil={show}&" if show else "",
        "decided": sum(program.is_decided for program in affected),
        "affected": len(affected),
        "changed": sum(result.done for result in results.values()),
        "refused": sum(not result.done and result.sentence != "Tidak berubah." for result in results.values()),
        "has_results": bool(results),
        "unknown": unknown_among(request.POST.getlist("lama"), {program.old.pk for program in programs}),
    }
    return render(request, "masterplan/alignment/carry_over/map.html", context)


def _store_decisions(
    plan: MasterPlan, programs: Sequence[CarriedProgram], data: QueryDict, by: User
) -> dict[int, Result]:
    """What became of each row of the page that was sent."""
    sent = {whole_number(pk) for pk in data.getlist("lama")}
    results = {}
    for program in programs:
        if program.old.pk not in sent:
            continue
        by_pk = {str(element.pk): element for element in program.offers}
        by_code = {element.code.casefold(): element for element in program.offers if element.code}
        ticked = data.getlist(f"padanan-{program.old.pk}")
        foreign = [pk[:20] for pk in ticked if pk not in by_pk and pk != ENDED]
        codes = [code.strip() for code in data.get(f"lain-{program.old.pk}", "").split(",") if code.strip()]
        strange = [code for code in codes if code.casefold() not in by_code]
        successors = {element.pk: element for pk, element in by_pk.items() if pk in ticked}
        successors |= {by_code[code.casefold()].pk: by_code[code.casefold()] for code in codes if code not in strange}
        try:
            if foreign:
                raise ValidationError(_UNKNOWN_TICK.format(number=foreign[0], plan=program.transition.new.title))
            if strange:
                example = next(iter(by_code.values())).code if by_code else "2.16.03"
                raise ValidationError(
                    _UNKNOWN.format(code=strange[0], plan=program.transition.new.title, example=example)
                )
            results[program.old.pk] = actions.decide_succession(
                program.old, plan=plan, successors=list(successors.values()), ended=ENDED in ticked, by=by
            )
        except ValidationError as error:
            results[program.old.pk] = Result(done=False, sentence=error.messages[0])
    return results


def _row(program: CarriedProgram, result: Result | None, sent: Mapping[str, str]) -> dict[str, Any]:
    """A program with its choices: what is decided and what is proposed, ticked as it stands or as it was sent."""
    chosen = {element.pk for element in program.successors}
    choices = [
        {"element": element, "reason": "sudah dipilih", "is_ticked": True}
        for element in program.successors
        if element.pk not in {candidate.pk for candidate, _ in program.proposals}
    ]
    choices += [
        {
            "element": element,
            "reason": proposal.reason,
            "is_ticked": element.pk in chosen or (proposal.likely and not program.is_decided),
        }
        for element, proposal in program.proposals
    ]
    failed = result is not None and not result.done and result.sentence != "Tidak berubah."
    return {
        "program": program,
        "choices": choices,
        "result": result,
        "failed": failed,
        "typed": sent.get(f"lain-{program.old.pk}", "") if failed else "",
    }


# The walk -------------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
def carry_over_walk(request: SignedIn, slug: str) -> HttpResponse:
    """The links of running initiatives to old programs; POST proposes the new links of those that are ticked."""
    plan, by, new = _enter(request, slug)
    if new is None:
        return render(request, "masterplan/alignment/carry_over/walk.html", _frame(plan, None))
    steps = carried_links(plan, new)
    results: dict[int, Result] = {}
    if request.method == "POST":
        wanted = {whole_number(pk) for pk in request.POST.getlist("pilih")}
        results = {step.link.pk: actions.propose_successors(step, by=by) for step in steps if step.link.pk in wanted}
        steps = carried_links(plan, new)
    counts = {todo: sum(step.todo is todo for step in steps) for todo in Todo}
    first = next((todo for todo in Todo if counts[todo]), Todo.PROPOSE)
    asked = request.GET.get("tampil", "")
    show = Todo(asked) if asked in list(Todo) else first
    shown = [step for step in steps if step.todo is show or step.link.pk in results]
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    walked, total = counts[Todo.DONE] + counts[Todo.ENDED], len(steps) - counts[Todo.OUTSIDE]
    context = {
        **_frame(plan, new),
        "page": page,
        "rows": [_step(slug, step, results.get(step.link.pk)) for step in page],
        "pills": [
            {"label": TODO_LABELS[todo], "count": count, "url": f"?tampil={todo.value}", "current": todo is show}
            for todo, count in counts.items()
            if count or todo is show
        ],
        "query": f"tampil={show.value}&",
        "may_pick": show is Todo.PROPOSE and counts[Todo.PROPOSE] > 0,
        "walked": walked,
        "total": total,
        "progress_label": f"{walked} dari {total} tautan sudah ditindaklanjuti",
        "outside": outside_sentences(plan, new, steps),
        "has_results": bool(results),
        "carried": sum(result.done for result in results.values()),
        "unknown": unknown_among(request.POST.getlist("pilih"), {step.link.pk for step in steps}),
        "nothing_picked": request.method == "POST" and not results,
    }
    return render(request, "masterplan/alignment/carry_over/walk.html", context)


def _step(slug: str, step: CarriedLink, result: Result | None) -> dict[str, Any]:
    initiative = step.link.initiative
    return {
        "step": step,
        "initiative": initiative,
        "url": reverse("initiative_review", args=[slug, initiative.pk]),
        "result": result,
        "is_ready": step.todo is Todo.PROPOSE,
    }
