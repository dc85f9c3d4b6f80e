"""The page on which one question is answered for many initiatives: choose, look at what it would do, confirm."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from agencies.access import get_regency_or_404, require
from agencies.models import Regency
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.initiatives.actions.bulk import MOST, BulkOutcome, BulkProposal, bulk_questions, change_many, propose
from masterplan.initiatives.forms.bulk import AnswerForm, QuestionForm
from masterplan.pages.loading import current_plan_or_404
from masterplan.pages.selection import selected_initiatives, unknown_numbers
from masterplan.registry import Field
from masterplan.templatetags.registry_tags import ValueNames, display_text
from smartcity.common.text import whole_number


@require_http_methods(["GET", "HEAD", "POST"])
def initiative_bulk_edit(request: SignedIn, slug: str) -> HttpResponse:
    """Answer one question for many initiatives. Everything up to the confirmation is a GET and changes nothing."""
    regency = get_regency_or_404(request.user, slug)
    plan = current_plan_or_404(regency)
    require(request.user, Permission.EDIT_INITIATIVE, regency)
    asked = request.POST if request.method == "POST" else request.GET
    rows, left_out = selected_initiatives(request.user, plan, asked, MOST)
    unknown = unknown_numbers(request.user, plan, asked, rows, left_out)
    if not rows:
        return _show(request, {"rows": [], "unknown": unknown, "step": "nothing"})
    question = next((field for field in bulk_questions() if field.key == asked.get("isian")), None)
    context: dict[str, Any] = {
        "rows": rows,
        "left_out": left_out,
        "unknown": unknown,
        "most": MOST,
        "question": question,
    }
    if question is None:
        form = QuestionForm(asked if "isian" in asked or request.method == "POST" else None)
        return _show(request, context | {"form": form, "step": "question"})
    answer = AnswerForm(question, regency, asked if request.method == "POST" or "lihat" in asked else None)
    if not (answer.is_bound and answer.is_valid()):
        return _show(request, context | {"form": answer, "step": "answer"})
    if request.method == "POST":
        return _carry_out(request, regency, answer, context)
    proposals = propose(rows, by=request.user, field=question, value=answer.value(), way=answer.way())
    return _show(request, context | _preview(regency, question, proposals, answer, asked))


def _show(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    return render(request, "masterplan/initiatives/initiative/bulk_edit.html", context)


def _preview(
    regency: Regency, question: Field, proposals: list[BulkProposal], answer: AnswerForm, asked: QueryDict
) -> dict[str, Any]:
    names = ValueNames(regency)
    shown = [
        {
            "initiative": each.initiative,
            "old": display_text(each.old, question, names),
            "new": display_text(each.new, question, names),
            "obstacle": each.obstacle,
        }
        for each in proposals
    ]
    return {
        "step": "preview",
        "form": answer,
        "ready": [row for row in shown if not row["obstacle"]],
        "blocked": [row for row in shown if row["obstacle"]],
        "sent": [(name, value) for name in ("isian", "nilai", "cara") for value in asked.getlist(name)],
        "back": _back(asked),
    }


def _back(asked: QueryDict) -> str:
    """The address of the page before: the same without the request for a preview."""
    query = asked.copy()
    query.pop("lihat", None)
    return query.urlencode()


def _carry_out(request: SignedIn, regency: Regency, answer: AnswerForm, context: dict[str, Any]) -> HttpResponse:
    question: Field = context["question"]
    versions = {row.pk: whole_number(request.POST.get(f"versi-{row.pk}")) for row in context["rows"]}
    try:
        outcomes: list[BulkOutcome] = change_many(
            context["rows"],
            by=request.user,
            field=question,
            value=answer.value(),
            versions=versions,
            way=answer.way(),
        )
    except ValidationError as error:
        answer.add_error("nilai", error)
        return _show(request, context | {"form": answer, "step": "answer"})
    names = ValueNames(regency)
    return _show(
        request,
        context
        | {
            "step": "done",
            "form": None,
            "value": display_text(answer.value(), question, names),
            "changed": [each.initiative for each in outcomes if not each.obstacle],
            "blocked": [_blocked(each, question, names) for each in outcomes if each.obstacle],
        },
    )


def _blocked(outcome: BulkOutcome, question: Field, names: ValueNames) -> dict[str, Any]:
    """An initiative that was left as it is; with both answers in words where somebody else changed it."""
    row = {"initiative": outcome.initiative, "obstacle": outcome.obstacle, "theirs": "", "mine": ""}
    if outcome.mine is None:
        return row
    both = {"theirs": outcome.theirs, "mine": outcome.mine}
    return row | {key: display_text(value, question, names) or "(kosong)" for key, value in both.items()}
