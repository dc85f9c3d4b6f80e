"""How every page that begins an initiative ends: one press of a button begins one, however often it arrives."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect

from agencies.models import Regency
from agencies.views.requests import SignedIn
from masterplan.models import Initiative
from masterplan.registry import SECTIONS

# How long a press of the button is remembered, so that a second one finds the object of the first.
_REMEMBERED_SECONDS = 24 * 3600


def begin_once(request: SignedIn, regency: Regency, token: UUID, begin: Callable[[], Initiative]) -> HttpResponse:
    """Lead to the form of the initiative that `begin` makes, or of the one that this `token` has made before."""
    key = f"initiative-create:{request.user.pk}:{token}"
    if cache.add(key, "", _REMEMBERED_SECONDS):
        initiative = begin()
        cache.set(key, initiative.pk, _REMEMBERED_SECONDS)
        return redirect("initiative_edit", regency.slug, initiative.pk, SECTIONS[0].key)
    if pk := cache.get(key):
        return redirect("initiative_edit", regency.slug, pk, SECTIONS[0].key)
    messages.info(request, "Inisiatif ini sedang disimpan. Muat ulang daftar sebentar lagi.")
    return redirect("initiative_list", regency.slug)
