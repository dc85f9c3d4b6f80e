"""Creating something by a button: pressing it once creates one object, however often the request arrives."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect

from agencies.models import Regency
from agencies.views.requests import SignedIn
from masterplan.editing.actions.locking import NotEditable
from masterplan.models import Initiative
from masterplan.registry import SECTIONS

# How long a press of the button is remembered, so that a second one finds the object of the first.
_REMEMBERED_SECONDS = 24 * 3600


def create_once(request: SignedIn, what: str, token: UUID, begin: Callable[[], int]) -> int | None:
    """The id that `begin` gives, or the one it gave before for this `token`; None while it is being made."""
    key = f"{what}-create:{request.user.pk}:{token}"
    if cache.add(key, "", _REMEMBERED_SECONDS):
        try:
            pk = begin()
        except BaseException:
            cache.touch(key, 0)  # nothing was begun, so the button may be pressed again
            raise
        cache.set(key, pk, _REMEMBERED_SECONDS)
        return pk
    return cache.get(key) or None


def create_initiative_once(
    request: SignedIn, regency: Regency, token: UUID, begin: Callable[[], Initiative], form: Form
) -> HttpResponse | None:
    """Lead to the form of the initiative that `begin` makes, or of the one that this `token` has made before.

    None, with the reason on `form`, while none can be begun; the page then comes back with what was typed.
    """
    try:
        pk = create_once(request, "initiative", token, lambda: begin().pk)
    except NotEditable as locked:
        form.add_error(None, str(locked))
        return None
    if pk is not None:
        return redirect("initiative_edit", regency.slug, pk, SECTIONS[0].key)
    messages.info(request, "Inisiatif ini sedang disimpan. Muat ulang daftar sebentar lagi.")
    return redirect("initiative_list", regency.slug)
