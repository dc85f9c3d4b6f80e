"""More time for one agency: who may give it, what it must be, who hears of it, and that it is taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from agencies.models import Notice
from masterplan.models import DeadlineExtension, Workshop
from masterplan.overview.actions import deadlines
from tests.factories import make_agency, make_regency


@pytest.fixture
def second(regency):
    return Workshop.objects.create(regency=regency, stage="II", title="II", deadline=timezone.now() + timedelta(days=2))


def extend(workshop, agency, by, days=9, reason="Pindah kantor."):
    return deadlines.extend(
        workshop, agency=agency, deadline=timezone.now() + timedelta(days=days), reason=reason, by=by
    )


def test_the_agency_gets_longer_and_hears_of_it(second, agency, agency_head, drafter, coordinator):
    regency = second.regency
    regency.time_zone = "Asia/Makassar"
    regency.save()
    second = Workshop.objects.get()
    extend(second, agency, coordinator, days=3, reason="Yang pertama.")
    given = extend(second, agency, coordinator)

    assert DeadlineExtension.objects.get() == given
    assert (given.reason, given.granted_by) == ("Pindah kantor.", coordinator)
    told = Notice.objects.filter(text__contains="Pindah kantor.")
    assert {notice.user for notice in told} == {agency_head, drafter}
    assert f"pukul {regency.local(given.deadline):%H.%M} WITA" in told[0].text

    deadlines.withdraw(given, by=coordinator)
    assert not DeadlineExtension.objects.exists()


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"days": 1}, "day", "Tulis waktu sesudahnya."),
        ({"reason": " \n"}, "reason", "Tulis alasan perpanjangan"),
    ],
)
def test_what_does_not_give_more_time_is_refused(second, agency, coordinator, change, field, sentence):
    with pytest.raises(ValidationError) as refused:
        extend(second, agency, coordinator, **change)
    assert sentence in refused.value.message_dict[field][0]
    assert not DeadlineExtension.objects.exists()


def test_the_past_gives_no_time(second, agency, coordinator):
    second.deadline = timezone.now() - timedelta(days=9)
    with pytest.raises(ValidationError, match="sudah lewat"):
        extend(second, agency, coordinator, days=-1)


def test_a_stage_without_deadline_and_a_foreign_agency_are_refused(second, agency, coordinator):
    with pytest.raises(ValidationError, match="dari daftar"):
        extend(second, make_agency(make_regency()), coordinator)
    second.deadline = None
    with pytest.raises(ValidationError, match="belum punya batas kirim"):
        extend(second, agency, coordinator)


def test_only_coordinators_give_and_take_back(second, agency, agency_head, executive, expert, coordinator):
    given = extend(second, agency, coordinator)
    for person in (agency_head, executive, expert):
        with pytest.raises(PermissionDenied):
            extend(second, agency, person)
        with pytest.raises(PermissionDenied):
            deadlines.withdraw(given, by=person)
