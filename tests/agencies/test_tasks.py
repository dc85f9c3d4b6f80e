"""Sending mail: once, with the headers that mailboxes and their programs go by."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.utils import timezone

from agencies.mail import queue
from agencies.models import OutgoingMail
from agencies.tasks import send_mail
from smartcity.common.jobs import JobState, claim


@pytest.fixture
def news(drafter):
    return queue(drafter.email, "Perihal", "Isi.", recipient=drafter, news="commented")


def test_news_can_be_stopped_by_one_press(news, settings):
    settings.BASE_URL = "https://portal.contoh.test"
    send_mail(news.pk)

    headers = outbox.outbox[0].message()
    assert headers["List-Unsubscribe"] == f"<https://portal.contoh.test/kabar/berhenti/{news.stop_token}/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Message-ID"].endswith("@portal.contoh.test>")
    assert headers["Auto-Submitted"] == "auto-generated"


def test_what_concerns_an_account_cannot_be_stopped(db):
    send_mail(queue("baru@contoh.test", "Undangan", "Isi.").pk)

    assert "List-Unsubscribe" not in outbox.outbox[0].message()


def test_a_mail_is_sent_once_however_often_it_is_rung(news):
    for _ in range(3):
        send_mail(news.pk)

    assert len(outbox.outbox) == 1
    assert OutgoingMail.objects.get().state == JobState.DONE


def test_who_slept_after_the_claim_sends_nothing(news, monkeypatch):
    """Between claim and sending the lease ran out and another worker did it."""

    def slow_claim(model, pk, lease_seconds):
        slept = claim(model, pk, lease_seconds)
        OutgoingMail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        monkeypatch.setattr("agencies.tasks.claim", claim)
        send_mail(pk)
        return slept

    monkeypatch.setattr("agencies.tasks.claim", slow_claim)
    send_mail(news.pk)

    assert len(outbox.outbox) == 1


def test_a_second_copy_has_the_same_id(news, monkeypatch):
    """The worker died between the server's yes and its own note."""
    monkeypatch.setattr("agencies.tasks.publish", lambda mail: False)
    send_mail(news.pk)
    OutgoingMail.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    send_mail(news.pk)

    first, second = (sent.message()["Message-ID"] for sent in outbox.outbox)
    assert first == second


@pytest.mark.parametrize(
    ("fault", "state", "attempts"),
    [(smtplib.SMTPServerDisconnected("pergi"), "queued", 0), (smtplib.SMTPDataError(550, b"tidak"), "queued", 1)],
)
def test_a_server_that_is_away_costs_no_attempt(news, monkeypatch, fault, state, attempts):
    def refuse(self):
        raise fault

    monkeypatch.setattr("agencies.tasks.EmailMessage.send", refuse)
    send_mail(news.pk)

    news.refresh_from_db()
    assert (news.state, news.attempts) == (state, attempts)
