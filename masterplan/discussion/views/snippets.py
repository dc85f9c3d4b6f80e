"""The saved replies of the review desk: the list, and writing, correcting and removing one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import can, enter_regency
from agencies.models import Regency, User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.discussion.actions import snippets
from masterplan.discussion.forms.snippets import SnippetForm
from masterplan.models import ReplySnippet
from masterplan.templatetags.crumb_tags import trail
from smartcity.common.pages import confirm, posted, submit


def snippets_for(user: User, regency: Regency) -> list[ReplySnippet]:
    """The replies that a person may put into a text; none for who does not review."""
    if not can(user, Permission.REVIEW_INITIATIVE, regency):
        return []
    return list(regency.reply_snippets.all())


@require_safe
def snippet_list(request: SignedIn, slug: str) -> HttpResponse:
    """All saved replies of the regency."""
    regency = enter_regency(request.user, slug, Permission.REVIEW_INITIATIVE)
    rows = list(regency.reply_snippets.select_related("by"))
    context = {"rows": rows, "is_full": len(rows) >= snippets.MOST_SNIPPETS, "most": snippets.MOST_SNIPPETS}
    return render(request, "masterplan/discussion/snippet/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def snippet_create(request: SignedIn, slug: str) -> HttpResponse:
    """Write a reply."""
    regency = enter_regency(request.user, slug, Permission.REVIEW_INITIATIVE)
    return _write(request, ReplySnippet(regency=regency), SnippetForm(posted(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def snippet_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Correct a reply; messages that were sent with it stay as they are."""
    regency = enter_regency(request.user, slug, Permission.REVIEW_INITIATIVE)
    snippet = get_object_or_404(regency.reply_snippets.select_related("regency"), pk=pk)
    return _write(request, snippet, SnippetForm(posted(request), snippet=snippet))


@require_http_methods(["GET", "HEAD", "POST"])
def snippet_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, then remove a reply."""
    regency = enter_regency(request.user, slug, Permission.REVIEW_INITIATIVE)
    snippet = get_object_or_404(regency.reply_snippets.select_related("regency"), pk=pk)
    return confirm(
        request,
        lambda: snippets.remove_snippet(snippet, by=request.user),
        done=f"Balasan “{snippet.title}” dihapus.",
        to=reverse("snippet_list", args=[slug]),
        question=f"Hapus balasan “{snippet.title}”?",
        consequence="Pesan dan catatan yang pernah dikirim dengannya tetap ada.",
        confirm_label="Hapus balasan",
        cancel_url=reverse("snippet_list", args=[slug]),
        items=trail(slug, "snippet_list"),
    )


def _write(request: SignedIn, snippet: ReplySnippet, form: SnippetForm) -> HttpResponse:
    answer = submit(
        request,
        form,
        lambda: snippets.save_snippet(snippet, by=request.user, **form.cleaned_data),
        done="Balasan disimpan.",
        to=reverse("snippet_list", args=[snippet.regency.slug]),
    )
    return answer or render(request, "masterplan/discussion/snippet/edit.html", {"snippet": snippet, "form": form})
