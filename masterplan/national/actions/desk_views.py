"""Keeping a view of the desk under a name, and forgetting it. Each person has their own."""

from django.core.exceptions import ValidationError
from django.db import transaction

from agencies.access import require_ministry
from agencies.models import User
from masterplan.models import DESK_VIEW_NAME_LIMIT, DESK_VIEW_QUERY_LIMIT, DeskView
from smartcity.common.text import clean_text

MOST_VIEWS = 20


@transaction.atomic
def keep_view(*, by: User, name: str, query: str) -> DeskView:
    """Keep `query` (what follows "?" in the address) under a name; the same name again takes its place.

    Raises Http404 for somebody outside the ministry, and ValidationError without a name, without a filter, or beyond
    MOST_VIEWS.
    """
    require_ministry(by)
    User.objects.select_for_update().get(pk=by.pk)
    called = clean_text(name, DESK_VIEW_NAME_LIMIT)
    if not called:
        raise ValidationError("Tulis nama tampilan, misalnya: Klaster Borobudur yang belum mengirim.")
    if not query or len(query) > DESK_VIEW_QUERY_LIMIT:
        raise ValidationError("Pilih saringan atau urutan dulu, lalu simpan.")
    kept = by.desk_views.exclude(name=called).count()
    if kept >= MOST_VIEWS:
        raise ValidationError(f"Paling banyak {MOST_VIEWS} tampilan. Hapus yang tidak dipakai lagi.")
    view, _ = DeskView.objects.update_or_create(user=by, name=called, defaults={"query": query})
    return view


@transaction.atomic
def forget_view(view: DeskView, *, by: User) -> None:
    """Forget one of one's own views. Raises Http404 for somebody outside the ministry."""
    require_ministry(by)
    by.desk_views.filter(pk=view.pk).delete()
