"""What was typed into a plain form comes back when the session or the form's token has ended; no script is needed."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_initiative

REASON = "Anggaran belum rinci & perlu <dilengkapi>."
HERE = {"HTTP_REFERER": "http://testserver/wilayah/x/inisiatif/?urut=nama"}
SENT = {
    "comment": REASON, "word": "Setuju", "password": "Rahasia Sekali 12", "totp_code": "AB 12", "csrfmiddlewaretoken": "x" * 64,
    "page": "/wilayah/x/", "kind": "policy", "amount": "1000", "signed": "IjEi:1vabcDEF:abcdefghijklmnopqrst",
}  # fmt: skip


@pytest.fixture
def address(plan):
    return reverse("initiative_transition", args=[plan.regency.slug, make_initiative(plan).pk, "kembalikan"])


def shown(answer):
    return [piece.split("</textarea>")[0] for piece in answer.content.decode().split("readonly>")[1:]]


@pytest.mark.parametrize("has_token", [True, False])
def test_the_text_comes_back_with_the_way_to_sign_in(db, address, has_token):
    answer = Client(enforce_csrf_checks=not has_token).post(address, SENT, **HERE)

    assert answer.status_code == (401 if has_token else 403)
    assert shown(answer) == ["Anggaran belum rinci &amp; perlu &lt;dilengkapi&gt;.", "Setuju"]
    assert f'href="{reverse("account_login")}?next=/wilayah/x/inisiatif/%3Furut%3Dnama"' in answer.content.decode()


def test_whoever_is_signed_in_is_led_back_to_the_page(address, coordinator):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(coordinator)
    answer = browser.post(address, SENT, **HERE)

    assert (answer.status_code, len(shown(answer))) == (403, 2)
    assert 'href="/wilayah/x/inisiatif/?urut=nama"' in answer.content.decode()


@pytest.mark.parametrize(
    "source", [{"HTTP_SEC_FETCH_SITE": "cross-site", **HERE}, {"HTTP_ORIGIN": "https://jahat.test", **HERE}, {}]
)
def test_a_text_of_another_site_is_not_shown(db, address, source):
    for browser in (Client(), Client(enforce_csrf_checks=True)):
        assert REASON[:10] not in browser.post(address, SENT, **source).content.decode()


def test_without_a_text_one_is_led_to_sign_in_and_back_to_the_page(db, address):
    assert (
        Client().post(address, {}, **HERE).url == f"{reverse('account_login')}?next=/wilayah/x/inisiatif/%3Furut%3Dnama"
    )
    part = Client().post(address, SENT, HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/wilayah/y/#a")
    assert part.status_code == 401
    assert part.headers["HX-Redirect"].endswith("?next=/wilayah/y/%23a")
