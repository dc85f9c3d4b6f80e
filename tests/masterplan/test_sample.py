"""The sample regency as somebody finds it who signs in for the first time, and its plans as Excel and back."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from agencies.models import NoticeKind, Regency, User
from masterplan.management.sample.initiatives import InitiativeLoader
from masterplan.plans.importing.actions import imports
from masterplan.plans.importing.export import plan_workbook
from masterplan.registry import FIELDS
from smartcity.audit.sealing import seal_new
from smartcity.audit.verifying import Verification
from tests.masterplan.initiatives.workbook.books import Book, compared, exported
from tests.masterplan.plans.importing.uploads import content, read_upload


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: Any) -> Iterator[Regency]:
    """The regency of the sample with all that is loaded; gone after this module."""
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(DEMO=True):
        call_command("load_demo", "--no-book", verbosity=0)
        yield Regency.objects.get(slug="kabupaten-semarang")
        transaction.set_rollback(True)


def test_everybody_begins_with_the_handful_of_news_and_a_history_that_holds(sample: Regency, db: None) -> None:
    told = User.objects.filter(notices__isnull=False).distinct()
    unread = {user.email.partition("@")[0]: user.notices.unread() for user in told}

    assert len(unread) > 20
    assert all(1 <= news.count() <= 15 for news in unread.values())
    assert all(unread[who].count() >= 3 for who in ("petugas", "kepala", "koordinator"))
    desk = User.objects.get(email="koordinator@contoh.test")
    waiting = desk.memberships.get().regency.master_plans.get(is_current=True).initiatives.filter(status="submitted")
    sent = {notice.path.split("/")[-3] for notice in unread["koordinator"].filter(kind=NoticeKind.SUBMITTED)}
    assert sent == {str(pk) for pk in waiting.values_list("pk", flat=True)}
    assert desk.notices.count() > 90

    assert set(approved_by_page().values()) == {16}

    # Its deadlines lie around today: one just past, one soon, one later. What took place in 2021 stays there.
    regency = desk.memberships.get().regency
    dues = [(regency.local(day).date() - regency.today()).days for day in deadlines(regency)]
    assert [low <= days <= high for days, (low, high) in zip(dues, [(-9, -5), (8, 10), (40, 42)], strict=True)] == [
        True
    ] * 3
    assert regency.workshops.get(stage="I").start_date == date(2021, 9, 6)

    # All that brought it there is in the log, and can be sealed and found as it was.
    assert seal_new() > 300
    assert list(Verification().alterations()) == []


def test_its_initiatives_leave_as_excel_and_come_back_unchanged(sample: Regency, db: None) -> None:
    plan, coordinator = sample.master_plans.get(is_current=True), User.objects.get(email="koordinator@contoh.test")
    book = Book(exported(plan))
    assert book.count("Inisiatif") == plan.initiatives.count() > 40
    found = compared(plan, coordinator, book.bytes)
    assert [found.errors, [entry.code for entry in found.entries if entry.says_something], found.notes] == [[], [], []]


def test_its_development_plans_leave_as_excel_and_come_back_unchanged(sample: Regency, db: None) -> None:
    coordinator, plans = User.objects.get(email="koordinator@contoh.test"), sample.development_plans.all()
    assert plans.count() > 5
    for plan in plans:
        before = content(plan)
        job = read_upload(plan, coordinator, plan_workbook(plan))
        told = [step for step in job.result["steps"] if step["state"] != "same"]
        assert (told, job.result["vanished"], job.result["unanswered"]) == ([], [], 0), plan.title
        assert job.result["counts"]["same"] == len(before) > 0
        with pytest.raises(ValidationError, match="sama dengan yang ada di portal"):
            imports.confirm_plan_import(job, by=coordinator)
        assert content(plan) == before


@pytest.mark.parametrize(("state", "needed"), [("draft", ""), ("submitted", FIELDS["mitigation"].example)])
def test_a_question_the_files_do_not_know_is_empty_or_as_its_example_where_one_could_not_send(
    regency: Regency, state: str, needed: str
) -> None:
    place: Any = SimpleNamespace(regency=regency)
    loader = InitiativeLoader(place, None, {}, None, {})

    found = loader.answers({"target_state": state, "supporting_agencies": [], "districts": [], "risk": "Hujan."})

    assert (found["risk"], found["mitigation"], found["data_needs"]) == ("Hujan.", needed, "")
    assert (found["quick_win"], found["start_year"], found["activities"]) == (False, None, [])
    assert set(FIELDS) - set(found) == {"name", "sub_dimension", "lead_agency", "links", "evidence"}


def approved_by_page() -> dict[tuple[str, str], int]:
    """How many agencies have "Semua disetujui", by page and person: one who knows of drafts and one who does not."""
    found = {}
    for name in ("regency_home", "regency_overview", "regency_plenary"):
        for who in ("koordinator", "bupati"):
            client = Client()
            client.force_login(User.objects.get(email=f"{who}@contoh.test"))
            html = client.get(reverse(name, args=["kabupaten-semarang"])).content.decode()
            (number,) = re.findall(r"Semua disetujui\s*<b>(\d+)</b>", html)
            found[name, who] = int(number)
    return found


def deadlines(regency: Regency) -> list[datetime]:
    """When the stages of the sample are due, in order."""
    found = regency.workshops.exclude(deadline=None).order_by("order").values_list("deadline", flat=True)
    return [day for day in found if day]
