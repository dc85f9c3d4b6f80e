"""The pages of inviting and of taking an invitation up."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils import timezone

from agencies.actions import invitations, team
from agencies.models import INVITATION_SALT, Invitation, OutgoingMail, TimeZone, User
from agencies.roles import REGENCY_ROLES, Role

EMAIL = "baru@contoh.test"
PASSWORD = "kata-sandi-panjang"
ACCOUNT = {"name": "Orang Baru", "password": PASSWORD, "password_again": PASSWORD}


@pytest.fixture
def offer(regency, agency, coordinator):
    """An open invitation for staff of the agency."""
    return team.invite(regency, by=coordinator, email=EMAIL, role=Role.AGENCY_STAFF, agency=agency)


def page(name, regency, *args):
    return reverse(name, args=[regency.slug, *args])


def accept_page(invitation):
    return reverse("invitation_accept", args=[invitation.token])


def draft(agency, **other):
    return {"email": EMAIL, "role": "agency_staff", "agency": agency.pk} | other


# Inviting -----------------------------------------------------------------------------------------------------------


def test_a_coordinator_invites(client_of, coordinator, regency, agency):
    answer = client_of(coordinator).post(page("invitation_create", regency), draft(agency, may_submit="on"))

    invitation = Invitation.objects.get()
    assert answer.url == page("invitation_detail", regency, invitation.pk)
    assert (invitation.email, invitation.agency, invitation.may_submit) == (EMAIL, agency, True)


def test_pages_tell_the_time_of_their_regency_and_leave_it_with_the_request(client_of, coordinator, regency, offer):
    regency.time_zone = TimeZone.EASTERN
    regency.save()
    answer = client_of(coordinator).get(page("invitation_detail", regency, offer.pk))

    there = offer.invited_at.astimezone(regency.zone)
    assert f"pukul {there:%H.%M}" in answer.content.decode()
    assert timezone.get_current_timezone_name() == settings.TIME_ZONE


def test_bad_input_is_kept_and_named(client_of, coordinator, regency, agency):
    text = (
        client_of(coordinator)
        .post(page("invitation_create", regency), {"email": "bukan alamat", "role": "agency_staff", "agency": ""})
        .content.decode()
    )

    assert "<title>Galat: Undang anggota" in text
    assert 'value="bukan alamat"' in text
    assert "Tulis alamat surel lengkap" in text
    assert "pilih yang mana" in text
    assert not Invitation.objects.exists()


def test_the_form_offers_the_roles_that_one_may_give(client_of, coordinator, administrator, regency):
    def offered(user):
        text = client_of(user).get(page("invitation_create", regency)).content.decode()
        return re.findall(r'name="role"[^>]*value="(\w+)"|value="(\w+)"[^>]*name="role"', text)

    assert {a or b for a, b in offered(coordinator)} == {"agency_staff", "agency_head"}
    assert {a or b for a, b in offered(administrator)} == {role.value for role in REGENCY_ROLES}


def test_a_link_from_the_team_page_fills_in_the_agency(client_of, coordinator, regency, agency):
    text = client_of(coordinator).get(page("invitation_create", regency) + f"?opd={agency.pk}").content.decode()

    assert f'<option value="{agency.pk}" selected>' in text
    hostile = client_of(coordinator).get(page("invitation_create", regency) + "?opd=x'--&peran=raja")
    assert hostile.status_code == 200


# One invitation -----------------------------------------------------------------------------------------------------


def test_the_page_of_an_invitation_has_the_link_and_a_message(client_of, coordinator, regency, offer):
    text = client_of(coordinator).get(page("invitation_detail", regency, offer.pk)).content.decode()
    links = re.findall(r"http://[^\s\"<]+/undangan/([^/]+)/", text)

    assert len(links) == 2
    assert {invitations.find_invitation(token) for token in links} == {offer}
    assert "Staf perangkat daerah, Dinas Pariwisata" in text


def test_the_link_of_a_higher_role_is_hidden_from_a_coordinator(client_of, coordinator, administrator, regency):
    """Whoever holds the link could enter in its role."""
    high = team.invite(regency, by=administrator, email=EMAIL, role=Role.ADMINISTRATOR)
    client = client_of(coordinator)

    assert client.get(page("invitation_detail", regency, high.pk)).status_code == 403
    assert client.post(page("invitation_revoke", regency, high.pk)).status_code == 403
    text = client.get(page("team_list", regency)).content.decode()
    assert EMAIL in text
    assert "/undangan/" not in text
    assert "/undangan/" in client_of(administrator).get(page("team_list", regency)).content.decode()


def test_revoking_closes_the_link(client_of, coordinator, regency, offer):
    client = client_of(coordinator)
    answer = client.post(page("invitation_revoke", regency, offer.pk), follow=True)

    assert "Tautannya tidak berlaku lagi" in answer.content.decode()
    assert client_of(None).get(accept_page(offer)).status_code == 404
    assert "dibatalkan" in client.get(page("invitation_detail", regency, offer.pk)).content.decode()


def test_an_expired_invitation_is_sent_again_from_its_page(client_of, coordinator, regency, agency, offer):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    client = client_of(coordinator)
    text = client.get(page("invitation_detail", regency, offer.pk)).content.decode()
    hidden = dict(re.findall(r'type="hidden"\s+name="(\w+)"\s+value="([^"]*)"', text))
    client.post(page("invitation_create", regency), hidden)

    assert Invitation.objects.get().is_open
    assert OutgoingMail.objects.count() == 2


def test_a_used_invitation_says_so(client_of, coordinator, regency, offer):
    invitations.accept_invitation(offer, by=None, name="Baru", password=PASSWORD)

    text = client_of(coordinator).get(page("invitation_detail", regency, offer.pk)).content.decode()
    assert "diterima" in text
    assert "/undangan/" not in text
    again = client_of(coordinator).post(page("invitation_revoke", regency, offer.pk), follow=True)
    assert "sudah diterima" in again.content.decode()


# Taking up ----------------------------------------------------------------------------------------------------------


def test_a_newcomer_makes_an_account_and_is_in(client, offer, regency, plan):
    assert "Selamat datang" in client.get(accept_page(offer)).content.decode()

    answer = client.post(accept_page(offer), ACCOUNT, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("regency_home", args=[regency.slug])
    assert answer.status_code == 200
    assert User.objects.get(email=EMAIL).check_password(PASSWORD)
    client.logout()
    signed_in = client.post(reverse("account_login"), {"login": EMAIL, "password": PASSWORD})
    assert signed_in.status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "tulis nama seperti pada surat tugas"),
        ("password", "pendek", "Kata sandi"),
        ("password", "password123", "terlalu umum"),
        ("password", "8675309867530", "seluruhnya"),
        ("password", "baru@contoh.test", "terlalu mirip"),
        ("password_again", "lain-sama-sekali", "Kedua kata sandi berbeda"),
        ("name", "n" * 200, "Ringkas"),
    ],
)
def test_a_bad_account_is_mended_and_keeps_the_name(field, value, words, client, offer):
    data = ACCOUNT | {field: value}
    if field == "password":
        data["password_again"] = value
    text = client.post(accept_page(offer), data).content.decode()

    assert "<title>Galat: " in text
    assert words in text
    assert data["name"] in text
    assert PASSWORD not in text
    assert not User.objects.filter(email=EMAIL).exists()
    assert Invitation.objects.get().is_open


def test_looking_at_a_link_changes_nothing(client, offer):
    """Messengers fetch links for their preview."""
    for method in (client.get, client.head):
        answer = method(accept_page(offer))
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]

    assert Invitation.objects.get().is_open
    assert not User.objects.filter(email=EMAIL).exists()


def test_the_account_has_the_invited_address_whatever_is_posted(client, offer):
    hostile = {"email": "lain@contoh.test", "is_staff": "on", "is_superuser": "on", "role": "administrator"}
    client.post(accept_page(offer), ACCOUNT | hostile)

    user = User.objects.get(name="Orang Baru")
    assert (user.email, user.is_staff, user.is_superuser) == (EMAIL, False, False)
    assert user.memberships.get().role == Role.AGENCY_STAFF


def test_somebody_with_an_account_signs_in_first(client, administrator, outsider, regency, plan):
    invitation = team.invite(regency, by=administrator, email=outsider.email, role=Role.EXECUTIVE)
    link = accept_page(invitation)
    text = client.get(link).content.decode()
    assert "sudah punya akun" in text
    assert f"{reverse('account_login')}?next=" in text
    assert client.post(link, ACCOUNT).status_code == 200
    assert Invitation.objects.get().is_open

    client.force_login(outsider)
    assert "Peran ini ditambahkan pada akun Anda" in client.get(link).content.decode()
    answer = client.post(link)

    assert answer.url == reverse("regency_home", args=[regency.slug])
    assert client.get(answer.url).status_code == 200


def test_somebody_else_is_told_whom_it_is_for(client_of, drafter, offer):
    client = client_of(drafter)
    assert EMAIL in client.get(accept_page(offer)).content.decode()

    client.post(accept_page(offer), ACCOUNT)

    assert Invitation.objects.get().is_open
    assert drafter.memberships.count() == 1
    left = client.post(reverse("account_logout"), {"next": accept_page(offer)}, follow=True)
    assert "Selamat datang" in left.content.decode()


def test_used_expired_revoked_and_forged_links_get_one_answer(client_of, regency, agency, coordinator):
    def invite(email):
        return team.invite(regency, by=coordinator, email=email, role=Role.AGENCY_STAFF, agency=agency)

    used, expired, revoked = invite("a@contoh.test"), invite("b@contoh.test"), invite("c@contoh.test")
    invitations.accept_invitation(used, by=None, name="A", password=PASSWORD)
    Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    team.revoke_invitation(revoked, by=coordinator)
    tokens = [used.token, expired.token, revoked.token, "x", signing.dumps(99999, salt=INVITATION_SALT)]
    for method in ("get", "post"):
        answers = [getattr(client_of(None), method)(reverse("invitation_accept", args=[token])) for token in tokens]
        pages = {re.sub(r"csrf\S+ \S+|nonce\S+", "", answer.content.decode()) for answer in answers}
        assert {answer.status_code for answer in answers} == {404}
        assert len(pages) == 1
    assert "minta undangan baru" in pages.pop()
