"""How every page that begins an initiative ends: one press of a button begins one, however often it arrives."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect

from agencies.models import Regency
from agencies.views.requests import SignedIn
from masterplan.actions.initiatives import NotEditable
from masterplan.models import Initiative
from masterplan.registry import SECTIONS

# How long a press of the button is remembered, so that a second one finds the object of the first.
_REMEMBERED_SECONDS = 24 * 3600


def begin_once(
    request: SignedIn, regency: Regency, token: UUID, begin: Callable[[], Initiative], form: Form
) -> HttpResponse | None:
    """Lead to the form of the initiative that `begin` makes, or of the one that this `token` has made before.

    None, with the reason on `form`, while none can be begun; the page then comes back with what was typed.
    """
    key = f"initiative-create:{request.user.pk}:{token}"
    if cache.add(key, "", _REMEMBERED_SECONDS):
        try:
            initiative = begin()
        except NotEditable as locked:
            cache.touch(key, 0)  # nothing was begun, so the button may be pressed again
            form.add_error(None, str(locked))
            return None
        cache.set(key, initiative.pk, _REMEMBERED_SECONDS)
        return redirect("initiative_edit", regency.slug, initiative.pk, SECTIONS[0].key)
    if pk := cache.get(key):
        return redirect("initiative_edit", regency.slug, pk, SECTIONS[0].key)
    messages.info(request, "Inisiatif ini sedang disimpan. Muat ulang daftar sebentar lagi.")
    return redirect("initiative_list", regency.slug)
