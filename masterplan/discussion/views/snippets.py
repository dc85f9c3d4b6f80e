"""The saved replies of the desk: the list, and writing, mending and removing one."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from agencies.access import can, get_regency_or_404, require
from agencies.models import Regency, User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.discussion.actions import snippets
from masterplan.discussion.forms.snippets import SnippetForm
from masterplan.models import ReplySnippet
from masterplan.templatetags.crumb_tags import trail


def snippets_for(user: User, regency: Regency) -> list[ReplySnippet]:
    """The replies that a person may put into a text; none for who does not review."""
    if not can(user, Permission.REVIEW_INITIATIVE, regency):
        return []
    return list(regency.reply_snippets.all())


@require_safe
def snippet_list(request: SignedIn, slug: str) -> HttpResponse:
    """What the desk keeps ready."""
    regency = _desk(request, slug)
    rows = list(regency.reply_snippets.select_related("by"))
    context = {"rows": rows, "is_full": len(rows) >= snippets.MOST_SNIPPETS, "most": snippets.MOST_SNIPPETS}
    return render(request, "masterplan/discussion/snippet/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def snippet_create(request: SignedIn, slug: str) -> HttpResponse:
    """Write a reply."""
    regency = _desk(request, slug)
    return _write(request, ReplySnippet(regency=regency), SnippetForm(_sent(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def snippet_edit(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Mend a reply; what was sent with it stays as it was."""
    snippet = get_object_or_404(_desk(request, slug).reply_snippets.select_related("regency"), pk=pk)
    return _write(request, snippet, SnippetForm(_sent(request), snippet=snippet))


@require_http_methods(["GET", "HEAD", "POST"])
def snippet_remove(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask, then forget a reply."""
    snippet = get_object_or_404(_desk(request, slug).reply_snippets.select_related("regency"), pk=pk)
    if request.method == "POST":
        snippets.remove_snippet(snippet, by=request.user)
        messages.success(request, f"Balasan “{snippet.title}” dihapus.")
        return redirect("snippet_list", slug)
    context = {
        "question": f"Hapus balasan “{snippet.title}”?",
        "consequence": "Pesan dan catatan yang pernah dikirim dengannya tetap ada.",
        "confirm_label": "Hapus balasan",
        "cancel_url": reverse("snippet_list", args=[slug]),
        "danger": True,
        "items": trail(slug, "snippet_list"),
    }
    return render(request, "components/confirm.html", context)


def _desk(request: SignedIn, slug: str) -> Regency:
    regency = get_regency_or_404(request.user, slug)
    require(request.user, Permission.REVIEW_INITIATIVE, regency)
    return regency


def _sent(request: SignedIn) -> object:
    return request.POST if request.method == "POST" else None


def _write(request: SignedIn, snippet: ReplySnippet, form: SnippetForm) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            snippets.save_snippet(snippet, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, "Balasan disimpan.")
            return redirect("snippet_list", snippet.regency.slug)
    return render(request, "masterplan/discussion/snippet/edit.html", {"snippet": snippet, "form": form})
