"""The saved replies of a regency."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan.models import COMMENT_LIMIT, SNIPPET_TITLE_LIMIT, ReplySnippet
from smartcity.common.text import clean_text

MOST_SNIPPETS = 60


@transaction.atomic
def save_snippet(snippet: ReplySnippet, *, title: str, text: str, by: User) -> ReplySnippet:
    """Store a new or corrected reply. Raises ValidationError for a title in use, and beyond the limit."""
    require(by, Permission.REVIEW_INITIATIVE, snippet.regency)
    others = ReplySnippet.objects.filter(regency=snippet.regency).exclude(pk=snippet.pk)
    title = " ".join(clean_text(title, SNIPPET_TITLE_LIMIT).split())
    if others.filter(title__iexact=title).exists():
        raise ValidationError({"title": "Judul ini sudah dipakai balasan lain. Tulis judul yang berbeda."})
    if snippet.pk is None and others.count() >= MOST_SNIPPETS:
        raise ValidationError(f"Sudah ada {MOST_SNIPPETS} balasan. Hapus yang tidak dipakai lagi lebih dulu.")
    snippet.title, snippet.text = title, clean_text(text, COMMENT_LIMIT)
    snippet.by, snippet.at = by, timezone.now()
    snippet.save()
    return snippet


@transaction.atomic
def remove_snippet(snippet: ReplySnippet, *, by: User) -> None:
    """Remove a reply; comments that were written with it stay."""
    require(by, Permission.REVIEW_INITIATIVE, snippet.regency)
    snippet.delete()
