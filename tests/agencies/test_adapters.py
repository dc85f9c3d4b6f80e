"""Signing in, and what allauth does with people who never had a row in its own table of addresses."""

import re

import pytest
from django.urls import reverse

from agencies.models import OutgoingMail, User
from agencies.roles import Role
from tests.factories import make_person

PASSWORD = "kata-sandi-panjang"


@pytest.fixture
def person(regency):
    """Somebody of the council who signs in with a password."""
    user = make_person(regency, Role.EXECUTIVE)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def test_nobody_signs_up(client, db):
    page = reverse("account_signup")
    answer = client.post(page, {"email": "x@contoh.test", "password1": PASSWORD, "password2": PASSWORD})

    assert "Akun dibuat dari undangan" in client.get(page).content.decode()
    assert answer.status_code == 200
    assert not User.objects.exists()


def test_signing_in_leads_to_the_own_regency(client, person, regency, plan):
    first = sign_in(client, person.email.upper())

    assert first.status_code == 302
    assert first.url == "/"
    assert client.get("/").url == reverse("regency_home", args=[regency.slug])


def test_signing_in_leads_back_to_the_invitation(client, person):
    assert sign_in(client, person.email, next="/undangan/abc/").url == "/undangan/abc/"
    client.logout()
    assert sign_in(client, person.email, next="https://jahat.example/").url == "/"


def test_a_wrong_password_and_an_unknown_address_sound_alike(client, person):
    known = sign_in(client, person.email, "salah-sekali").content.decode()
    unknown = sign_in(client, "tidak.ada@contoh.test", "salah-sekali").content.decode()

    def sentences(text):
        return re.findall(r"Alamat surel atau kata sandi[^<]*", text)

    assert sentences(known)
    assert sentences(known) == sentences(unknown)


def test_a_closed_account_does_not_get_in(client, person):
    User.objects.filter(pk=person.pk).update(is_active=False)

    sign_in(client, person.email)

    assert client.get("/").status_code == 302
    assert client.get("/").url.startswith(reverse("account_login"))


def test_somebody_without_a_role_gets_in_and_reads_why(client, db):
    User.objects.create_user("tanpa@contoh.test", PASSWORD, name="Tanpa Peran")
    sign_in(client, "tanpa@contoh.test")

    answer = client.get("/")

    assert answer.status_code == 200
    assert "Anda belum punya peran di kabupaten mana pun" in answer.content.decode()


def test_a_forgotten_password_is_reset_by_mail(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email.upper()})

    mail = OutgoingMail.objects.get()
    assert mail.to == person.email
    link = re.search(r"https?://\S+(/akun/\S+)", mail.body)[1]
    form = client.get(link, follow=True)
    new = "sandi-baru-yang-panjang"
    done = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new}, follow=True)
    assert done.status_code == 200
    assert User.objects.get(pk=person.pk).check_password(new)


def test_a_reset_link_works_once(client, person):
    client.post(reverse("account_reset_password"), {"email": person.email})
    link = re.search(r"https?://\S+(/akun/\S+)", OutgoingMail.objects.get().body)[1]
    new = "sandi-baru-yang-panjang"
    form = client.get(link, follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    client.logout()

    assert "Tautan ini tidak berlaku lagi" in client.get(link, follow=True).content.decode()


def test_an_unknown_address_gets_no_mail_and_the_same_answer(client, person):
    known = client.post(reverse("account_reset_password"), {"email": person.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "tidak.ada@contoh.test"})

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert OutgoingMail.objects.count() == 1


def test_a_suspended_person_may_still_reset_the_password_but_enters_nothing(client, suspended, regency):
    client.post(reverse("account_reset_password"), {"email": suspended.email})
    suspended.set_password(PASSWORD)
    suspended.save()
    sign_in(client, suspended.email)

    assert OutgoingMail.objects.count() == 1
    assert client.get(reverse("regency_home", args=[regency.slug])).status_code == 404
