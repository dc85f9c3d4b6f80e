"""News: who is told how, when mails are made of it, that each is made once, and what is forgotten."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from agencies import notices
from agencies.access import load_user
from agencies.actions.notices import choose, stop, stopped_by
from agencies.models import NEWS, Delivery, Digest, Membership, Notice, NoticeKind, OutgoingMail
from agencies.notices import (
    LONGEST_WAIT,
    MOST_IN_A_MAIL,
    QUIET,
    forget_old_news,
    mail_waiting,
    notices_of,
    notify,
    unread_news,
)
from agencies.roles import ROLES, Role
from tests.at_once import in_threads
from tests.factories import make_agency, make_person, make_regency

MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
NIGHT = MONDAY.replace(hour=21)
PATH = "/wilayah/uji/inisiatif/1/"

pytestmark = pytest.mark.usefixtures("on_a_sunday")


def say(user, kind=NoticeKind.COMMENTED, subject="GO-01 Tiket: catatan", **more):
    """Tell one person, in their first role, something that the template of a reminder of nothing can say."""
    membership = user.memberships.select_related("user").order_by("pk").first()
    context = {"by_role": more.pop("by_role", "Koordinator")}
    notify([membership], kind, subject, "filled_in_on_behalf", context, path=more.pop("path", PATH))
    return Notice.objects.order_by("-pk").first()


def later(moment=None):
    return (moment or timezone.now()) + QUIET


def letters(user=None):
    rows = OutgoingMail.objects.order_by("pk")
    return list(rows.filter(recipient=user) if user else rows)


def test_every_kind_says_how_it_comes_and_whom_it_reaches():
    assert set(NEWS) == set(NoticeKind)
    assert all(news.hint.endswith(".") for news in NEWS.values())
    assert {kind for spec in ROLES.values() for kind in spec.notices} == set(NEWS)
    assert {kind for kind, news in NEWS.items() if news.usual == Delivery.NOW} == {
        NoticeKind.RETURNED, NoticeKind.ASSIGNED, NoticeKind.REMINDED, NoticeKind.EXTENDED, NoticeKind.INVITED,
        NoticeKind.BOOK,
    }  # fmt: skip


def test_a_person_is_told_once_however_many_roles_they_hold(regency, agency, drafter):
    Membership.objects.create(user=drafter, regency=regency, agency=agency, role=Role.AGENCY_HEAD)
    people = Membership.objects.filter(user=drafter).select_related("user")
    notify(people, NoticeKind.COMMENTED, "Dua\nbaris", "filled_in_on_behalf", {"by_role": "x"}, path=PATH)

    notice = Notice.objects.get()
    assert (notice.subject, notice.user, notice.agency, notice.waits) == ("Dua baris", drafter, agency, "digest")


# At once --------------------------------------------------------------------------------------------------------------


def test_what_comes_at_once_is_mailed_when_it_has_been_quiet(drafter):
    say(drafter, NoticeKind.RETURNED, "GO-01 Tiket: perlu perbaikan")
    assert mail_waiting(timezone.now()) == 0

    assert mail_waiting(later()) == 1
    assert mail_waiting(later()) == 0
    (letter,) = letters()
    assert (letter.to, letter.subject, letter.news) == (drafter.email, "GO-01 Tiket: perlu perbaikan", "returned")
    assert f"Buka halamannya: http://127.0.0.1:8000{PATH}\n" in letter.body
    assert f"/kabar/berhenti/{letter.stop_token}/" in letter.body
    assert Notice.objects.get().mail == letter


def test_an_act_on_many_rows_is_one_mail(drafter):
    for number in range(3):
        say(drafter, NoticeKind.RETURNED, f"GO-0{number} Tiket: perlu perbaikan")
    say(drafter, NoticeKind.ASSIGNED, "Catatan untuk Anda")

    assert mail_waiting(later()) == 1
    (letter,) = letters()
    assert (letter.subject, letter.news) == ("4 kabar untuk Anda", "now")
    order = [letter.body.index(words) for words in ("Inisiatif dikembalikan", "GO-00", "GO-02", "Ditugaskan kepada")]
    assert order == sorted(order)


def test_nobody_waits_for_ever_while_more_comes(drafter):
    first = say(drafter, NoticeKind.RETURNED)
    Notice.objects.filter(pk=first.pk).update(created_at=timezone.now() - LONGEST_WAIT)
    say(drafter, NoticeKind.RETURNED)

    assert mail_waiting(timezone.now()) == 1


# Once a day -----------------------------------------------------------------------------------------------------------


def test_the_digest_leaves_once_a_day_and_takes_along_what_there_is(drafter, coordinator):
    say(drafter, subject="GO-01 Tiket: catatan")
    say(drafter, NoticeKind.APPROVED, "GO-02 Loket: disetujui")
    say(coordinator, subject="GO-01 Tiket: catatan")

    assert mail_waiting(MONDAY) == 2
    (letter,) = letters(drafter)
    assert (letter.subject, letter.news) == ("Ringkasan 30 November 2026: 2 kabar", "digest")
    assert "GO-01 Tiket: catatan" in letter.body
    assert "GO-02 Loket: disetujui" in letter.body
    say(drafter, subject="GO-03 Sore")
    assert mail_waiting(MONDAY + timedelta(hours=2)) == 0
    assert mail_waiting(MONDAY + timedelta(days=1)) == 1
    assert "GO-03 Sore" in letters(drafter)[1].body


@pytest.mark.parametrize(
    ("zone", "moment", "leaves"),
    [
        ("Asia/Jakarta", datetime(2026, 11, 30, 7, 59, tzinfo=ZoneInfo("Asia/Jakarta")), False),
        ("Asia/Jakarta", datetime(2026, 11, 30, 8, 0, tzinfo=ZoneInfo("Asia/Jakarta")), True),
        ("Asia/Jakarta", datetime(2026, 11, 30, 15, 59, tzinfo=ZoneInfo("Asia/Jakarta")), True),
        ("Asia/Jakarta", datetime(2026, 11, 30, 16, 0, tzinfo=ZoneInfo("Asia/Jakarta")), False),
        ("Asia/Jayapura", datetime(2026, 11, 30, 7, 0, tzinfo=ZoneInfo("Asia/Jakarta")), True),
        ("Asia/Jayapura", datetime(2026, 11, 30, 15, 0, tzinfo=ZoneInfo("Asia/Jakarta")), False),
        ("Asia/Jakarta", datetime(2026, 11, 28, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta")), False),
        ("Asia/Jakarta", datetime(2026, 11, 29, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta")), False),
    ],
)
def test_digests_leave_in_working_hours_of_the_regency(regency, drafter, zone, moment, leaves):
    type(regency).objects.update(time_zone=zone)
    say(drafter)

    assert mail_waiting(moment) == leaves
    assert Notice.objects.waiting().exists() != leaves


def test_the_hour_is_a_setting(drafter, settings):
    settings.DIGEST_HOUR = 10
    say(drafter)

    assert [mail_waiting(MONDAY), mail_waiting(MONDAY.replace(hour=10))] == [0, 1]


def test_the_database_knows_one_digest_a_day(drafter):
    Digest.objects.create(user=drafter, day=date(2026, 11, 30))
    say(drafter)
    assert mail_waiting(MONDAY) == 0
    assert Notice.objects.waiting().exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Digest.objects.create(user=drafter, day=date(2026, 11, 30))


def test_somebody_of_two_regencies_has_one_digest_that_names_both(drafter):
    other = make_regency("Salatiga Uji")
    Membership.objects.create(user=drafter, regency=other, role=Role.EXECUTIVE)
    second = Membership.objects.select_related("user").get(user=drafter, regency=other)
    say(drafter)
    notify([second], NoticeKind.COMMENTED, "Lain", "filled_in_on_behalf", {"by_role": "x"}, path="/wilayah/lain/")

    assert mail_waiting(MONDAY) == 1
    assert f"* Lain ({other.full_name})" in letters()[0].body


def test_a_long_digest_says_how_much_more_there_is(drafter):
    for number in range(MOST_IN_A_MAIL + 3):
        say(drafter, subject=f"Kabar {number:02d}", by_role="kata " * 200)
    mail_waiting(MONDAY)

    body = letters()[0].body
    assert body.count("* Kabar") == MOST_IN_A_MAIL
    assert "Masih ada 3 kabar lain di portal." in body
    assert max(len(line) for line in body.splitlines()) < 320
    assert not Notice.objects.waiting().exists()


# Once ----------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_several_senders_at_one_moment_make_each_mail_once(regency, agency):
    people = [make_person(regency, Role.AGENCY_STAFF, agency) for _ in range(5)]
    for person in people:
        for number in range(3):
            say(person, subject=f"Harian {number}")
            say(person, NoticeKind.RETURNED, f"Langsung {number}")

    in_threads(4, lambda: mail_waiting(MONDAY + timedelta(days=7)))

    assert OutgoingMail.objects.count() == 2 * len(people)
    assert {(m.to, m.news) for m in letters()} == {(p.email, n) for p in people for n in ("now", "digest")}
    assert all(letter.body.count("\n* ") == 3 for letter in letters())
    assert Digest.objects.count() == len(people)
    assert not Notice.objects.filter(mail=None).exists()


def test_what_one_persons_mail_meets_holds_up_nobody_else(drafter, coordinator, monkeypatch):
    for person in (drafter, coordinator):
        say(person, NoticeKind.ASSIGNED)
    queue = notices.queue

    def faulty(address, *rest, **more):
        if address == drafter.email:
            raise OperationalError("lock timeout")
        return queue(address, *rest, **more)

    monkeypatch.setattr(notices, "queue", faulty)
    assert mail_waiting(later()) == 1
    assert Notice.objects.waiting().get().user == drafter
    monkeypatch.setattr(notices, "queue", queue)
    assert mail_waiting(later()) == 1


# Choices ---------------------------------------------------------------------------------------------------------------


def test_people_choose_for_each_kind(drafter):
    choose({"commented": "now", "returned": "none", "approved": "digest"}, by=drafter)
    for kind in ("commented", "returned", "approved", "assigned"):
        say(drafter, NoticeKind(kind))

    waits = dict(Notice.objects.values_list("kind", "waits"))
    assert waits == {"commented": "now", "returned": "", "approved": "digest", "assigned": "now"}
    assert notices_of(drafter).count() == 4


def test_what_waits_of_an_unwanted_kind_is_not_mailed(drafter):
    say(drafter)
    say(drafter, NoticeKind.APPROVED)
    stop("commented", by=drafter)
    stop("commented", by=drafter)
    mail_waiting(MONDAY)

    assert letters()[0].subject == "Ringkasan 30 November 2026: 1 kabar"


def test_stopping_a_digest_ends_what_comes_in_it_and_nothing_else(drafter):
    choose({"commented": "now"}, by=drafter)
    assert "commented" not in stopped_by("digest", drafter)
    stop("digest", by=drafter)

    say(drafter)
    say(drafter, NoticeKind.APPROVED)
    assert dict(Notice.objects.values_list("kind", "waits")) == {"commented": "now", "approved": ""}
    assert stopped_by("digest", drafter) == []


# Who may still know it ------------------------------------------------------------------------------------------------


def moved(user, **terms):
    Membership.objects.filter(user=user).update(**terms)


@pytest.mark.parametrize("kind", [NoticeKind.COMMENTED, NoticeKind.RETURNED])
@pytest.mark.parametrize("how", ["suspended", "other agency", "closed account", "term over"])
def test_who_moved_on_is_told_no_more(regency, drafter, administrator, how, kind):
    say(drafter, kind)
    today = timezone.localdate()
    if how == "suspended":
        moved(drafter, suspended_at=timezone.now(), suspended_by=administrator)
    elif how == "other agency":
        moved(drafter, agency=make_agency(regency))
    elif how == "term over":
        moved(drafter, valid_from=today - timedelta(days=2), valid_to=today - timedelta(days=1))
    else:
        type(drafter).objects.filter(pk=drafter.pk).update(is_active=False)

    assert mail_waiting(MONDAY + timedelta(days=7)) == 0
    assert letters() == []
    assert not Notice.objects.waiting().exists()
    assert not notices_of(type(drafter).objects.get(pk=drafter.pk)).exists()


def test_a_coordinator_who_becomes_staff_reads_no_news_of_the_desk(coordinator, agency):
    say(coordinator)
    moved(coordinator, role=Role.AGENCY_STAFF, agency=agency)

    assert not notices_of(type(coordinator).objects.get(pk=coordinator.pk)).exists()


def test_staff_who_become_head_still_read_what_they_were_told(drafter):
    say(drafter)
    moved(drafter, role=Role.AGENCY_HEAD)

    assert notices_of(type(drafter).objects.get(pk=drafter.pk)).count() == 1


def test_what_the_masthead_counts_is_what_the_list_shows(
    regency, agency, other_agency, coordinator, django_assert_num_queries
):
    """Told as coordinator, twice as staff of one agency and once of another that they left; one of these is read."""
    moved(coordinator, agency=agency)
    Membership.objects.create(user=coordinator, regency=regency, agency=agency, role=Role.AGENCY_HEAD)
    as_staff = Membership.objects.create(user=coordinator, regency=regency, agency=agency, role=Role.AGENCY_STAFF)
    left = Membership.objects.create(user=coordinator, regency=regency, agency=other_agency, role=Role.AGENCY_STAFF)
    as_desk = Membership.objects.get(user=coordinator, role=Role.COORDINATOR)
    for membership in (as_desk, as_staff, as_staff, left):
        notify([membership], NoticeKind.COMMENTED, "Catatan", "filled_in_on_behalf", {"by_role": "x"}, path=PATH)
    left.delete()
    first = Notice.objects.filter(agency=agency).order_by("pk").first()
    Notice.objects.filter(pk=first.pk).update(read_at=timezone.now())

    with django_assert_num_queries(1):
        assert unread_news(load_user(coordinator.pk)) == 2
    assert notices_of(coordinator).unread().count() == 2


# What is kept ----------------------------------------------------------------------------------------------------------


def test_old_news_is_forgotten_and_what_waits_is_not(drafter, settings):
    settings.NEWS_KEPT_DAYS = 30
    for kind in (NoticeKind.COMMENTED, NoticeKind.RETURNED):
        say(drafter, kind)
    mail_waiting(later())
    mail = OutgoingMail.objects.get()
    Notice.objects.update(created_at=timezone.now() - timedelta(days=31))
    Digest.objects.create(user=drafter, day=timezone.localdate() - timedelta(days=40))
    assert forget_old_news() == 2
    assert [notice.waits for notice in Notice.objects.all()] == ["digest"]
    assert OutgoingMail.objects.filter(pk=mail.pk).exists(), "it has not left yet"
    OutgoingMail.objects.update(state="done", finished_at=timezone.now() - timedelta(days=31))

    assert forget_old_news() == 1
    assert not OutgoingMail.objects.exists()


def test_an_excerpt_ends_at_a_word():
    assert notices.excerpt("Isian: Risiko\n\n Catatan dari\tahli:\nKapan?\nBesok.") == (
        "Isian: Risiko · Catatan dari ahli: Kapan? Besok."
    )
    cut = notices.excerpt("kata " * 100)
    assert cut.endswith("kata …")
    assert len(cut) <= notices.EXCERPT + 2
