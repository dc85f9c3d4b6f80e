"""A page with a form: the action runs once the form is sent and valid, and what it refuses stands in the form."""

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import ValidationError
from django.http import HttpResponse

from smartcity.common import pages


class NameForm(forms.Form):
    name = forms.CharField()


@pytest.fixture
def sent(rf):
    """A request with what was typed, or one that only reads."""

    def make(**data):
        request = rf.post("/", data) if data else rf.get("/")
        request._messages = CookieStorage(request)
        return request

    return make


def said(request):
    return [str(message) for message in get_messages(request)]


@pytest.mark.parametrize(
    ("typed", "refusal", "errors"),
    [
        ({}, None, {}),
        ({"name": " "}, None, {"name"}),
        ({"name": "Ani"}, ValidationError("Penuh."), {"__all__"}),
        ({"name": "Ani"}, ValidationError({"name": ["Sudah ada."]}), {"name"}),
    ],
)
def test_the_page_is_shown_until_the_action_succeeds(sent, typed, refusal, errors):
    request, calls = sent(**typed), []
    form = NameForm(pages.posted(request))

    def act():
        calls.append(form.cleaned_data["name"])
        raise refusal

    assert pages.submit(request, form, act, done="Disimpan.", to="/daftar/") is None
    assert (set(form.errors), len(calls), said(request)) == (set(errors), refusal is not None, [])


@pytest.mark.parametrize("done", ["Ani disimpan.", lambda name: f"{name} disimpan.", ""])
def test_success_is_said_and_leads_on(sent, done):
    request = sent(name="Ani")
    form = NameForm(pages.posted(request))

    answer = pages.submit(request, form, lambda: form.cleaned_data["name"], done=done, to=lambda name: f"/{name}/")

    assert (answer.status_code, answer.url) == (302, "/Ani/")
    assert said(request) == (["Ani disimpan."] if done else [])


def test_a_question_stands_before_the_act(sent, monkeypatch):
    shown, calls = [], []
    monkeypatch.setattr(pages, "render", lambda request, template, context: shown.append(context) or HttpResponse())

    def act():
        calls.append(1)
        if len(calls) == 1:
            raise ValidationError(["Masih dipakai."])

    for request in (sent(), sent(ya="1"), sent(ya="1")):
        answer = pages.confirm(request, act, done="Dihapus.", to="/daftar/", question="Hapus?")

    assert [(page["question"], page["errors"], page["danger"]) for page in shown] == [
        ("Hapus?", [], True),
        ("Hapus?", [("", "Masih dipakai.")], True),
    ]
    assert (answer.url, said(request), len(calls)) == ("/daftar/", ["Dihapus."], 2)
