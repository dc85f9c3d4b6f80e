"""Nobody takes an account over with a session alone, and nobody locks its owner out by guessing."""

import re

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from agencies.models import OutgoingMail, SecurityEvent, User
from agencies.roles import Role
from masterplan.personal_data.person import find_person, kept_about
from smartcity.audit.sealing import seal_new
from smartcity.audit.verifying import Verification
from tests.factories import make_person

PASSWORD = "kata-sandi-panjang"
OTHER = "lain@contoh.test"


@pytest.fixture
def owner(regency):
    """An expert whose address was proved, and who signs in with a password."""
    user = make_person(regency, Role.EXPERT)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def code_now(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def kinds():
    return list(SecurityEvent.objects.order_by("pk").values_list("kind", flat=True))


@pytest.mark.parametrize("act", ["action_add", "action_primary", "action_remove"])
def test_a_session_alone_changes_no_address(client, owner, act):
    with time_machine.travel("2026-11-30 02:00Z", tick=False) as clock:
        sign_in(client, owner.email)
        if act != "action_add":
            EmailAddress.objects.create(user=owner, email=OTHER, verified=True)
        before = set(EmailAddress.objects.values_list("email", "primary"))
        clock.shift(1800)
        answer = client.post(reverse("account_email"), {act: "", "email": OTHER})

    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert set(EmailAddress.objects.values_list("email", "primary")) == before
    assert not SecurityEvent.objects.exists()


def test_with_the_password_an_address_is_changed_told_and_recorded(client, owner):
    old = owner.email
    sign_in(client, old)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "", "email": OTHER})
    assert kinds() == ["email_changed"]
    client.post(reverse("account_reset_password"), {"email": OTHER})
    assert not OutgoingMail.objects.filter(to=OTHER, body__contains="password/reset").exists()
    EmailAddress.objects.filter(email=OTHER).update(verified=True)
    client.post(reverse("account_email"), {"action_primary": "", "email": OTHER})
    client.post(reverse("account_email"), {"action_remove": "", "email": old})

    owner.refresh_from_db()
    assert owner.email == OTHER
    assert kinds() == ["email_changed"] * 3
    event = SecurityEvent.objects.earliest("pk")
    assert (event.regency, event.actor, event.subject) == (None, owner, old)
    assert OTHER in event.detail
    told = OutgoingMail.objects.filter(to=old).values_list("body", flat=True)
    assert any("ditambahkan" in body and OTHER in body for body in told)
    assert any("diubah dari" in body and OTHER in body for body in told)


def test_no_reset_goes_to_an_address_that_was_not_proved(client, owner):
    EmailAddress.objects.create(user=owner, email=OTHER, verified=False)

    client.post(reverse("account_reset_password"), {"email": OTHER})
    assert not OutgoingMail.objects.exists()
    client.post(reverse("account_reset_password"), {"email": owner.email})
    assert OutgoingMail.objects.get().to == owner.email


def test_an_operator_made_by_a_command_can_reset_the_password(client, db):
    operator = User.objects.create_superuser("Pengelola@contoh.test", PASSWORD, name="Pengelola")
    client.force_login(operator)
    client.get(reverse("account_email"))
    client.logout()

    client.post(reverse("account_reset_password"), {"email": operator.email})

    assert OutgoingMail.objects.get(body__contains="password/reset").to == operator.email


@time_machine.travel("2026-11-30 02:00Z", tick=False)
def test_whoever_has_a_factor_gives_it_as_well(client, owner):
    secret = generate_totp_secret()
    TOTP.activate(owner, secret)
    RecoveryCodes.activate(owner)
    client.force_login(owner)
    page, off = reverse("account_reauthenticate"), reverse("mfa_deactivate_totp")

    assert "Tulis kode" in client.post(page, {"password": PASSWORD}).content.decode()
    assert "tidak cocok" in client.post(page, {"password": PASSWORD, "code": "000000"}).content.decode()
    client.post(reverse("mfa_reauthenticate"), {"code": code_now(secret)})
    assert client.post(off).url.startswith(page)
    assert not SecurityEvent.objects.exists()
    client.post(page, {"password": PASSWORD, "code": code_now(secret)})
    client.post(off)
    assert set(kinds()) == {"factor_changed"}


def test_a_factor_wants_a_proved_address_and_says_so(client, owner):
    EmailAddress.objects.update(verified=False)
    client.force_login(owner)

    page = client.get(reverse("mfa_activate_totp"), follow=True).content.decode()

    assert f'belum dikonfirmasi. Buka <a href="{reverse("account_email")}">Alamat surel</a>' in page


def test_the_host_header_reaches_no_link_of_a_mail(client, owner, settings):
    client.post(reverse("account_reset_password"), {"email": owner.email}, headers={"host": "localhost:9999"})
    body = OutgoingMail.objects.get().body

    assert "9999" not in body
    assert re.findall(r"https?://[^/\s]+", body) == [settings.BASE_URL.rstrip("/")]


def test_guesses_from_elsewhere_lock_nobody_out(owner):
    elsewhere, known, new = Client(REMOTE_ADDR="203.0.113.9"), Client(), Client()
    with time_machine.travel("2026-11-30 02:00Z", tick=False) as clock:
        assert sign_in(known, owner.email).status_code == 302
        known.post(reverse("account_logout"))
        tried = 0
        for _ in range(180):
            tried += "tidak cocok" in sign_in(elsewhere, owner.email, "salah-sekali").content.decode()
            clock.shift(20)
        assert 0 < tried <= 20
        assert sign_in(known, owner.email).status_code == 302
        assert sign_in(new, owner.email).status_code == 302


def test_a_reset_by_mail_lets_the_owner_in_while_many_guess(owner):
    browser = Client()
    with time_machine.travel("2026-11-30 02:00Z", tick=False):
        for last in range(100):
            sign_in(Client(REMOTE_ADDR=f"203.0.113.{last}"), owner.email, "salah-sekali")
        assert "Terlalu banyak percobaan" in sign_in(browser, owner.email).content.decode()
        browser.post(reverse("account_reset_password"), {"email": owner.email})
        link = re.search(r"https?://\S+?(/akun/\S+)", OutgoingMail.objects.latest("pk").body)[1]
        form = browser.get(link, follow=True).redirect_chain[-1][0]
        browser.post(form, {"password1": "sandi-baru-yang-panjang", "password2": "sandi-baru-yang-panjang"})
        for last in range(100):
            sign_in(Client(REMOTE_ADDR=f"203.0.113.{last}"), owner.email, "salah-sekali")
        assert sign_in(browser, owner.email, "sandi-baru-yang-panjang").status_code == 302
    assert kinds() == ["password_changed"]


def test_an_event_without_regency_is_sealed_and_verified(owner, client):
    sign_in(client, owner.email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"action_add": "", "email": OTHER})

    assert seal_new() == 1
    walk = Verification()
    assert (list(walk.alterations()), walk.rows, walk.waiting) == ([], 1, 0)
    shown = {about.table: rows.count() for about, rows in kept_about(find_person(owner.email))}
    assert shown["agencies.SecurityEvent"] == 1
    client.force_login(User.objects.create_superuser("pengelola@contoh.test", PASSWORD, name="Pengelola"))
    assert OTHER in client.get(reverse("admin:agencies_securityevent_changelist")).content.decode()
