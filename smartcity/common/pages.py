"""What pages with a form share: whether it was sent, carrying out what it asks for, and answering when that is done."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

Result = TypeVar("Result")
# Where to go and what to say afterwards: fixed, or made from what the action returned.
Target = str | Callable[[Any], str]


def posted(request: HttpRequest) -> QueryDict | None:
    """What was sent with POST; None for a page that is only read, so that its form stays unbound."""
    return request.POST if request.method == "POST" else None


def submit(
    request: HttpRequest, form: forms.Form, act: Callable[[], Result], *, done: Target, to: Target
) -> HttpResponse | None:
    """Call `act` if `form` was sent and is valid, say `done` and redirect to `to`; both may be made from its result.

    Returns None when the page is to be shown: nothing was sent, the form is not valid, or `act` raised ValidationError,
    whose sentences then stand in the form, each at the field it names.
    """
    if not form.is_bound or not form.is_valid():
        return None
    try:
        result = act()
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return finish(request, result, done=done, to=to)


def confirm(
    request: HttpRequest, act: Callable[[], Result], *, done: Target, to: Target, **context: Any
) -> HttpResponse:
    """Ask before something is taken away; with POST call `act`, say `done` and redirect to `to`.

    What `act` refuses with ValidationError stands above the question. `context` is that of components/confirm.html.
    """
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        try:
            result = act()
        except ValidationError as error:
            errors = [("", sentence) for sentence in error.messages]
        else:
            return finish(request, result, done=done, to=to)
    return render(request, "components/confirm.html", {"danger": True, **context, "errors": errors})


def finish(request: HttpRequest, result: Any, *, done: Target, to: Target) -> HttpResponse:
    """Say that it is done (nothing for ""), and redirect."""
    if sentence := done(result) if callable(done) else done:
        messages.success(request, sentence)
    return redirect(to(result) if callable(to) else to)
