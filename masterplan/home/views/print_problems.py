"""What an agency's first page says of the printed books: its initiatives that were not printed as they were written."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from masterplan.books.views.problems import initiative_of, initiative_url
from masterplan.home.views.tasks import HomeContext, Task, TaskGroup, group, initiative_task
from masterplan.models import MasterPlan, newest_books
from smartcity.common.jobs import JobState


def report_subquery(plan: MasterPlan) -> Subquery:
    """For rows of initiatives: the report of the last ended book of the newest edition that names the initiative.

    As part of the question for the initiatives, so that a first page asks no more for it.
    """
    jobs = newest_books(plan).filter(state__in=(JobState.DONE, JobState.FAILED))
    told = jobs.annotate(told=Cast("report", TextField()))
    part = Concat(Value('"in-'), OuterRef("code"), Value('"'))
    place = Concat(Value("initiatives["), OuterRef("code"), Value("]"))
    naming = told.filter(Q(told__contains=part) | Q(told__contains=place))
    return Subquery(naming.order_by("-finished_at", "-pk").values("report")[:1])


def print_problem_tasks(home: HomeContext, rows: Iterable[Any]) -> TaskGroup:
    """The initiatives among `rows` (with `press_report`) that the newest edition's books do not show as written."""
    found = [(row, problems) for row in rows if (problems := _own_problems(row))]
    return group("Belum tercetak seperti yang ditulis", found, lambda each: _task(home, *each))


def _own_problems(row: Any) -> list[dict[str, str]]:
    problems = (row.press_report or {}).get("problems", [])
    return [problem for problem in problems if initiative_of(problem.get("key", ""))[0] == row.code]


def _task(home: HomeContext, row: Any, problems: list[dict[str, str]]) -> Task:
    more = f" Dan {len(problems) - 1} hal lain." if len(problems) > 1 else ""
    return initiative_task(
        row,
        initiative_url(home.user, home.regency, row, initiative_of(problems[0]["key"])[1]),
        f"Periksa cetakan: {row.name}",
        why=problems[0]["sentence"] + more,
    )
