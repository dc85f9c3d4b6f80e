"""Sign-in through an identity provider in a process of its own: who gets in, who does not, and what is written down."""

import json
import urllib.request
from urllib.parse import parse_qs, quote, urlencode, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from agencies.models import SecurityEvent, SecurityEventKind, User
from tests.processes import provider_of_identities

BEGIN, BACK, SIGN_IN = reverse("identity_login"), reverse("identity_callback"), reverse("account_login")
CLIENT_ID = "portal"


def ask(address, *, method="GET", body=None, content_type=""):
    """Ask the provider; redirects are not followed, so that the address it sends people to can be read."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *args):
            return None

    headers = {"Content-Type": content_type} if content_type else {}
    request = urllib.request.Request(address, data=body, method=method, headers=headers)
    try:
        return urllib.request.build_opener(Stay).open(request, timeout=10)
    except urllib.error.HTTPError as answer:
        return answer


@pytest.fixture(scope="module")
def issuer():
    """A provider that vouches for whomever it is told to."""
    with provider_of_identities() as address:
        yield address


@pytest.fixture
def use_issuer(settings, issuer):
    """The settings of a portal with this provider, as they are read from the environment."""

    def use(name):
        settings.IDENTITY_PROVIDER = {
            "issuer": name, "origin": issuer, "name": "akun uji", "client_id": CLIENT_ID,
            "client_secret": "sandi-uji", "domains": ["contoh.test"],
        }  # fmt: skip
        app = {
            "provider_id": name, "name": "akun uji", "client_id": CLIENT_ID, "secret": "sandi-uji",
            "settings": {"server_url": f"{issuer}/.well-known/openid-configuration"},
        }  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}

    use(issuer)
    return use


def vouch(issuer, subject, **claims):
    """Tell the provider what to say about somebody."""
    answer = ask(f"{issuer}/users/{quote(subject)}", method="PUT", body=json.dumps(claims).encode(), content_type="application/json")  # fmt: skip
    assert answer.status == 204


def go_there(browser, **posted):
    """Press the button; gives the address at the provider."""
    answer = browser.post(BEGIN, posted)
    assert answer.status_code == 302
    return answer.url


def come_back(there, subject):
    """Sign in at the provider as `subject`; gives the answer's path in the portal."""
    body = urlencode({"sub": subject}).encode()
    back = ask(there, method="POST", body=body, content_type="application/x-www-form-urlencoded").headers["Location"]
    assert urlsplit(back).path == BACK
    return f"{BACK}?{urlsplit(back).query}"


def said(browser, path):
    """The sentences on the page that the answer leads to, and whether somebody is signed in."""
    page = browser.get(path, follow=True)
    return [str(message) for message in page.context["messages"]], "_auth_user_id" in browser.session


def refused(sentence, *, subject):
    return SecurityEvent.objects.filter(
        kind=SecurityEventKind.IDENTITY_REFUSED, subject=subject, detail__contains=sentence
    )


@pytest.mark.django_db
def test_an_account_is_bound_once_and_known_by_the_subject_from_then_on(issuer, use_issuer, drafter):
    vouch(issuer, "s-1", email=drafter.email.upper(), email_verified=True, name="Nama di penyedia")
    browser = Client()
    there = go_there(browser, next=reverse("guide"))
    asked = parse_qs(urlsplit(there).query)
    assert asked["code_challenge_method"] == ["S256"]
    answer = browser.get(come_back(there, "s-1"))
    assert answer.url == reverse("guide")
    assert browser.session["_auth_user_id"] == str(drafter.pk)

    bound = SocialAccount.objects.get()
    assert (bound.user, bound.provider, bound.uid, bound.extra_data) == (drafter, issuer, "s-1", {})
    assert SecurityEvent.objects.filter(kind=SecurityEventKind.IDENTITY_BOUND, actor=drafter).count() == 1

    vouch(issuer, "s-1", email="pindah@lain.test", email_verified=False)
    again = Client()
    again.get(come_back(go_there(again), "s-1"))
    assert again.session["_auth_user_id"] == str(drafter.pk)
    assert SocialAccount.objects.get().extra_data == {}

    vouch(issuer, "s-2", email=drafter.email, email_verified=True)
    other = Client()
    sentences, is_in = said(other, come_back(go_there(other), "s-2"))
    assert not is_in
    assert "sudah terhubung dengan identitas lain" in sentences[0]
    assert refused("identitas lain", subject=drafter.email).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("claims", "sentence"),
    [
        ({"email": "{drafter}", "email_verified": False}, "belum memastikan alamat surel"),
        ({"email": "{drafter}", "email_verified": "true"}, "belum memastikan alamat surel"),
        ({"email": "{drafter}"}, "belum memastikan alamat surel"),
        ({}, "belum memastikan alamat surel"),
        ({"email": "orang@lain.test", "email_verified": True}, "bukan alamat instansi"),
        ({"email": "orang@contoh.test.lain.test", "email_verified": True}, "bukan alamat instansi"),
        ({"email": "tidak-ada@contoh.test", "email_verified": True}, "Belum ada akun"),
    ],
)
def test_an_identity_that_proves_no_account_is_refused_with_a_sentence(issuer, use_issuer, drafter, claims, sentence):
    claims = {key: value.format(drafter=drafter.email) if key == "email" else value for key, value in claims.items()}
    vouch(issuer, "asing", **claims)
    people, browser = User.objects.count(), Client()
    sentences, is_in = said(browser, come_back(go_there(browser), "asing"))

    assert not is_in
    assert sentence in sentences[0]
    assert refused(sentence, subject=claims.get("email", "")).count() == 1
    assert (User.objects.count(), SocialAccount.objects.count()) == (people, 0)


@pytest.mark.django_db
def test_an_address_that_only_folds_to_another_is_not_that_one(issuer, use_issuer, drafter):
    """The sign of kelvin becomes a k in lower case."""
    User.objects.filter(pk=drafter.pk).update(email="kadis@contoh.test")
    vouch(issuer, "kelvin", email="\u212aadis@contoh.test", email_verified=True)
    browser = Client()
    assert said(browser, come_back(go_there(browser), "kelvin"))[1] is False
    assert not SocialAccount.objects.exists()


@pytest.mark.django_db
def test_who_presses_the_button_again_and_again_has_to_wait(use_issuer, settings):
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"identity": "1/m/ip"}
    browser = Client()
    go_there(browser)
    page = browser.post(BEGIN, follow=True)
    assert "Terlalu banyak permintaan" in str(next(iter(page.context["messages"])))


@pytest.mark.django_db
def test_a_closed_account_stays_closed_and_the_second_factor_is_still_asked(issuer, use_issuer, drafter, coordinator):
    vouch(issuer, "k", email=coordinator.email, email_verified=True)
    TOTP.activate(coordinator, "JBSWY3DPEHPK3PXP")
    browser = Client()
    answer = browser.get(come_back(go_there(browser), "k"))
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in browser.session

    vouch(issuer, "p", email=drafter.email, email_verified=True)
    Client().get(come_back(go_there(first := Client()), "p"))
    first.get(come_back(go_there(first), "p"))
    User.objects.filter(pk=drafter.pk).update(is_active=False)
    late = Client()
    sentences, is_in = said(late, come_back(go_there(late), "p"))
    assert not is_in
    assert "tidak aktif" in sentences[0]


@pytest.mark.django_db
def test_an_answer_is_taken_once_and_only_by_the_browser_that_asked(issuer, use_issuer, drafter):
    vouch(issuer, "s", email=drafter.email, email_verified=True)
    browser, stranger = Client(), Client()
    back = come_back(go_there(browser), "s")
    for answer in (said(stranger, back), said(stranger, f"{BACK}?code=x&state=y"), said(stranger, BACK)):
        assert answer == (["Jawaban penyedia identitas tidak dapat diterima, atau sudah pernah dipakai. Coba sekali lagi."], False)  # fmt: skip
    browser.get(back)
    assert "_auth_user_id" in browser.session
    browser.logout()
    assert "sudah pernah dipakai" in said(browser, back)[0][0]
    state = parse_qs(urlsplit(go_there(browser)).query)["state"][0]
    cancelled = said(browser, f"{BACK}?error=access_denied&state={state}")
    assert cancelled == (["Masuk lewat penyedia identitas dibatalkan. Anda belum masuk."], False)
    assert SocialAccount.objects.count() == 1


@pytest.mark.django_db
def test_a_provider_of_another_name_or_none_at_all_is_not_believed(issuer, use_issuer, settings, drafter):
    use_issuer("https://masuk.contoh.test")
    page = Client().post(BEGIN, follow=True)
    assert "sedang tidak dapat dihubungi" in str(next(iter(page.context["messages"])))

    use_issuer(issuer)
    browser = Client()
    assert "Masuk dengan akun uji" in browser.get(SIGN_IN).content.decode()
    assert browser.get(BEGIN).status_code == 405
    assert urlsplit(go_there(browser, next="https://lain.test/")).netloc == urlsplit(issuer).netloc

    settings.IDENTITY_PROVIDER = {}
    assert (browser.post(BEGIN).status_code, browser.get(BACK).status_code) == (404, 404)
    assert "Masuk dengan" not in browser.get(SIGN_IN).content.decode()
