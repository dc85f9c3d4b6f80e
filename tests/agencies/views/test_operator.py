"""From an empty database to an opened regency, by pages alone: the set-up address and the operator's pages."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.actions import invitations, setup
from agencies.models import Agency, Invitation, Membership, Regency, SecurityEvent, User
from agencies.roles import Role
from tests.factories import make_regency

PASSWORD = "kata-sandi-panjang"
ACCOUNT = {"name": "Pengelola Uji", "email": "kelola@contoh.test", "password": PASSWORD, "password_again": PASSWORD}
# Kabupaten Jayapura in Papua: another province and time zone than the sample's.
CODE, SLUG = "91.03", "kabupaten-jayapura"


@pytest.fixture
def operator(db):
    """An operator with a second factor."""
    user = User.objects.create_superuser("pengelola@contoh.test", PASSWORD, name="Pengelola")
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    return user


def fields_of(answer):
    """What the form of a page would send as it stands: its fields with their values."""
    form = answer.context["form"]
    return {bound.html_name: bound.value() or "" for bound in form}


def text_of(answer):
    return answer.content.decode()


# From nothing ---------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_from_an_empty_database_to_an_invited_administrator():
    client = Client()
    address = setup.setup_path(setup.make_setup_link())
    assert "no-store" in client.get(address).headers["Cache-Control"]

    activation = client.post(address, ACCOUNT, follow=True)
    assert activation.redirect_chain[-1][0] == reverse("mfa_activate_totp")
    assert client.get(reverse("operator_home")).url == reverse("mfa_activate_totp")
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    codes = client.post(reverse("mfa_activate_totp"), {"code": code}, follow=True)
    assert reverse("operator_home") in text_of(codes)

    assert client.get("/").url == reverse("operator_home")
    assert reverse("operator_regions") in text_of(client.get(reverse("operator_home")))
    found = client.get(reverse("operator_regions"), {"q": "jayapura", "provinsi": "91"})
    form_page = reverse("operator_open", args=[CODE])
    assert form_page in text_of(found)
    filled = fields_of(client.get(form_page))
    assert (filled["time_zone"], filled["slug"], filled["name"]) == ("Asia/Jayapura", SLUG, "Jayapura")
    people = {"administrator": "admin@papua.test", "coordinator": "koordinator@papua.test"}
    opened = client.post(form_page, filled | people | {"capital": "Sentani"}, follow=True)

    assert opened.redirect_chain[-1][0] == reverse("operator_regency", args=[SLUG])
    regency = Regency.objects.get()
    assert (regency.code, regency.province, regency.zone.key) == (CODE, "Papua", "Asia/Jayapura")
    assert regency.districts.count() == 19
    assert regency.secretariat == Agency.objects.get(name="Dinas Komunikasi dan Informatika")
    assert set(SecurityEvent.objects.filter(regency=regency).values_list("kind", flat=True)) == {
        "regency_opened", "invited",
    }  # fmt: skip
    links = re.findall(r'value="https?://[^/"]+(/undangan/([^/"]+)/)"', text_of(opened))  # signed with their second
    offered = {invitations.find_invitation(token): path for path, token in links}
    assert set(offered) == set(Invitation.objects.all())
    for invitation, path in offered.items():
        assert f"sebagai {invitation.get_role_display()}" in text_of(opened)
        newcomer = Client()
        entered = newcomer.post(path, {"name": "Orang Papua", "password": PASSWORD, "password_again": PASSWORD})
        assert entered.url == reverse("regency_home", args=[SLUG])
        home = newcomer.get(entered.url, follow=True)
        assert "Sekretariat: Dinas Komunikasi dan Informatika" in text_of(home)
    assert set(Membership.objects.values_list("role", flat=True)) == {"administrator", "coordinator"}
    assert reverse("invitation_accept", args=["x"])[:-2] not in text_of(client.get(opened.redirect_chain[-1][0]))


# The set-up address -----------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_address_that_does_not_work_says_what_to_do(client):
    address = setup.setup_path(setup.make_setup_link())
    client.post(address, ACCOUNT)
    people = User.objects.count()

    other = Client()
    answers = [other.get(address), other.post(address, ACCOUNT | {"email": "lain@contoh.test"})]

    assert {answer.status_code for answer in answers} == {404}
    assert all("manage.py setup_link" in text_of(answer) for answer in answers)
    assert User.objects.count() == people


@pytest.mark.django_db
def test_who_tries_addresses_has_to_wait(client, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"unknown_code": "2/m/ip"}
    statuses = [client.get(setup.setup_path(f"tebakan-{number}")).status_code for number in range(3)]

    assert statuses == [404, 404, 429]


@pytest.mark.django_db
def test_what_was_typed_stays_when_the_account_cannot_be_made(client, drafter):
    address = setup.setup_path(setup.make_setup_link())
    for wrong, sentence in [
        ({"password": "pendek", "password_again": "pendek"}, "10"),
        ({"email": drafter.email}, "sudah punya akun"),
        ({"email": "bukan alamat"}, "Tulis alamat surel lengkap"),
    ]:
        answer = client.post(address, ACCOUNT | wrong)
        assert sentence in text_of(answer)
        assert 'value="Pengelola Uji"' in text_of(answer)
    assert not User.objects.filter(is_superuser=True).exists()


# Who gets in ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["administrator", "coordinator", "outsider", "suspended"])
def test_the_pages_are_there_for_operators_alone(client_of, request, regency, who):
    person = request.getfixturevalue(who)
    people = Invitation.objects.count()
    client = client_of(person)
    pages = [
        reverse("operator_home"),
        reverse("operator_regions"),
        reverse("operator_open", args=[CODE]),
        reverse("operator_regency", args=[regency.slug]),
        reverse("operator_ministry"),
    ]

    assert {client.get(page).status_code for page in pages} == {404}
    assert {client.post(page, {"administrator": "x@contoh.test"}).status_code for page in pages[2:]} == {404}
    assert {Client().get(page).url.split("?")[0] for page in pages} == {reverse("account_login")}
    assert (Invitation.objects.count(), Regency.objects.filter(code=CODE).count()) == (people, 0)
    assert reverse("operator_home") not in text_of(client.get(reverse("guide")))


def test_an_operator_without_second_factor_opens_nothing(client_of, operator):
    Authenticator.objects.all().delete()
    answer = client_of(operator).post(reverse("operator_open", args=[CODE]), {"capital": "Sentani"})

    assert answer.url == reverse("mfa_activate_totp")
    assert not Regency.objects.exists()


def test_an_operator_finds_nothing_inside_a_regency(client_of, operator, regency):
    client = client_of(operator)

    assert client.get(reverse("regency_home", args=[regency.slug])).status_code == 404
    assert reverse("operator_home") in text_of(client.get(reverse("operator_home")))


# Opening ----------------------------------------------------------------------------------------------------------------


def test_a_regency_is_opened_once(client_of, operator):
    client = client_of(operator)
    page = reverse("operator_open", args=[CODE])
    sent = fields_of(client.get(page)) | {"capital": "Sentani"}
    client.post(page, sent)
    again = client.post(page, sent, follow=True)

    assert Regency.objects.count() == 1
    assert not Invitation.objects.exists()
    assert "sudah dibuka di portal ini" in text_of(again)
    assert "Sudah dibuka" in text_of(client.get(reverse("operator_regions"), {"q": "jayapura"}))
    assert client.get(reverse("operator_open", args=["99.99"])).status_code == 404


def test_a_value_that_cannot_be_stored_is_named_and_nothing_is_opened(client_of, operator):
    client = client_of(operator)
    taken = make_regency("Lain", "sudah-ada")
    page = reverse("operator_open", args=[CODE])
    sent = fields_of(client.get(page)) | {"capital": "Sentani"}
    for wrong, name in [
        ({"capital": ""}, "capital"),
        ({"time_zone": "WIT"}, "time_zone"),
        ({"slug": taken.slug}, "slug"),
        ({"slug": "dua kata"}, "slug"),
        ({"coordinator": "bukan alamat"}, "coordinator"),
    ]:
        answer = client.post(page, sent | wrong)
        assert list(answer.context["form"].errors) == [name], wrong
        assert 'value="Sentani"' in text_of(answer) or name == "capital"
    assert list(Regency.objects.all()) == [taken]


def test_the_first_people_may_be_invited_later(client_of, operator, administrator, regency):
    client = client_of(operator)
    page = reverse("operator_regency", args=[regency.slug])
    assert set(fields_of(client.get(page))) == {"coordinator"}  # there is an administrator
    assert "Tulis sedikitnya satu alamat surel" in text_of(client.post(page, {}))

    client.post(page, {"coordinator": "koordinator@contoh.test", "administrator": "lain@contoh.test"})
    assert [(each.role, each.email) for each in Invitation.objects.all()] == [
        (Role.COORDINATOR, "koordinator@contoh.test")
    ]


def test_links_written_inside_a_regency_stay_there(client_of, operator, administrator, regency):
    inside = Invitation.objects.create(
        regency=regency, email="dalam@contoh.test", role=Role.COORDINATOR, invited_by=administrator,
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    text = text_of(client_of(operator).get(reverse("operator_regency", args=[regency.slug])))

    assert "dalam@contoh.test" not in text
    assert inside.token not in text


def test_the_first_manager_of_the_programme_is_invited_once_and_comes_in(client_of, operator):
    """From a portal without a ministry to its manager's desk; from then on managers invite."""
    address, browser = reverse("operator_ministry"), client_of(operator)
    sent = browser.post(address, {"email": "kelola-program@contoh.test"}, follow=True)
    assert "Undangan untuk kelola-program@contoh.test dikirim." in text_of(sent)
    offer = Invitation.objects.get(regency=None)
    link = invitations.invitation_url(offer)
    assert link in text_of(sent)

    manager = Client()
    manager.post(urlsplit(link).path, {"name": "Kelola", "password": PASSWORD, "password_again": PASSWORD})
    assert manager.get("/", follow=True).redirect_chain[-1][0] == reverse("national_desk")
    page = browser.get(address)
    assert page.context["form"] is None
    assert link not in text_of(page)
    browser.post(address, {"email": "lain@contoh.test"})
    assert Invitation.objects.filter(regency=None).count() == 1


def test_the_list_asks_no_more_with_more_regencies(client_of, operator, django_assert_max_num_queries):
    for number in range(12):
        make_regency(f"Uji {number}", f"uji-{number}")
    client = client_of(operator)
    client.get("/panduan/")  # the session is written by the first page
    for page in ("operator_home", "operator_regions"):
        with django_assert_max_num_queries(8):
            client.get(reverse(page), {"provinsi": "91"})
