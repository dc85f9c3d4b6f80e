"""Conversations at fields of initiatives and at sections: begin, answer, assign, resolve and reopen.

A conversation is shown where people write (the form of an initiative, the page of a section) or where they read (the
review, the reading page of a section); `dari` says which of the two. A request of htmx is answered with the
conversation alone, every other request with the page on which it stands.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import can, get_regency_or_404, own_agency_ids
from agencies.models import User
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from masterplan.books.section_text import written_html
from masterplan.discussion.actions import threads
from masterplan.discussion.cards import ON_FORM, ON_REVIEW, QUOTABLE, Card, load_discussion
from masterplan.discussion.forms.snippets import inserted
from masterplan.discussion.forms.threads import AssignForm, CommentForm
from masterplan.discussion.views.snippets import snippets_for
from masterplan.models import QUOTE_LIMIT, Section, Thread
from masterplan.models.thread import Subject
from masterplan.pages.loading import get_bare_initiative_or_404, get_section_or_404, get_thread_or_404
from masterplan.registry import FIELDS, SECTION_OF_FIELD
from masterplan.templatetags.crumb_tags import trail
from masterplan.topics import TEXT, subject_name
from smartcity.common.forms import PortalForm
from smartcity.common.htmx import render_page
from smartcity.common.pages import posted, submit

# Removes a conversation's buttons on a page that has a form of its own.
_SHOWN_ONLY: Card = dict.fromkeys(("resolve_url", "reopen_url", "reply_url", "assign_url"), "")


def page_of(thread: Thread, user: User) -> str:
    """The page on which this person handles a conversation: the form if they fill it in, else the review."""
    subject, regency = thread.subject, thread.regency
    if isinstance(subject, Section):
        writes = can(user, Permission.EDIT_SECTIONS, regency) and not subject.master_plan.is_locked
        return ON_FORM if writes else ON_REVIEW
    own = subject.lead_agency_id in own_agency_ids(user, regency)
    fills_in = own and can(user, Permission.EDIT_INITIATIVE, regency, subject.lead_agency_id)
    is_open = subject.is_open and thread.field in SECTION_OF_FIELD
    return ON_FORM if fills_in and is_open else ON_REVIEW


def thread_url(thread: Thread, page: str, spot: str = "") -> str:
    """The address of a conversation on that page, unfolded, with the focus on it or on `spot` in it."""
    url = _page_about(thread.subject, thread.field, page)
    return f"{url}?catatan={thread.pk}#{spot or f'catatan-{thread.pk}'}"


def _page_about(subject: Subject, field: str, page: str) -> str:
    """The page on which an answer is written or read."""
    arguments: list[Any] = [subject.regency.slug, subject.pk]
    if isinstance(subject, Section):
        return reverse("section_edit" if page == ON_FORM else "section_detail", args=arguments)
    if page == ON_FORM and field in SECTION_OF_FIELD:
        return reverse("initiative_edit", args=[*arguments, SECTION_OF_FIELD[field].key])
    return reverse("initiative_review", args=arguments)


def _asked_page(request: SignedIn) -> str:
    """The page an act comes from and returns to."""
    return ON_FORM if (request.POST.get("dari") or request.GET.get("dari")) == ON_FORM else ON_REVIEW


def _done(request: SignedIn, slug: str, pk: int, **more: Any) -> HttpResponse:
    """The current conversation: alone for htmx, else a redirect to it on its page."""
    user, page = request.user, _asked_page(request)
    thread = get_thread_or_404(user, get_regency_or_404(user, slug), pk)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(thread_url(thread, page))
    return render(request, "components/thread.html", {"thread": _card(thread, user, page, **more)})


def _card(thread: Thread, user: User, page: str, **more: Any) -> Card:
    talk = load_discussion(thread.subject, user, page=page, keys=[thread.field])
    found = next(row for row in talk.threads if row.pk == thread.pk)
    return talk.card(found, **more)


@require_safe
def thread_detail(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """The lasting address of a conversation, `?tanggapan=` one contribution to it: leads to where one works on it."""
    thread = get_thread_or_404(request.user, get_regency_or_404(request.user, slug), pk)
    wanted = request.GET.get("tanggapan", "")
    spot = f"tanggapan-{wanted}" if wanted in {str(comment.pk) for comment in thread.loaded_comments} else ""
    return redirect(thread_url(thread, page_of(thread, request.user), spot))


@require_http_methods(["GET", "HEAD", "POST"])
def thread_create(request: SignedIn, slug: str, pk: int, field: str = "") -> HttpResponse:
    """Begin a conversation at one field of the initiative `pk`, without a field at the section `pk`.

    `?kutipan=` is a quote from the answer to start with.
    """
    user, subject = request.user, _subject(request.user, slug, pk, field)
    threads.require_may_comment(subject, user)
    snippets = snippets_for(user, subject.regency)
    redrawn = inserted(request.POST, "body", snippets)
    form = CommentForm(
        (redrawn or request.POST) if request.method == "POST" else None,
        quiet=redrawn is not None,
        auto_id=f"id_{field or 'naskah'}_%s",
        initial={"quote": request.GET.get("kutipan", "").replace("\x00", "")[:QUOTE_LIMIT]},
        may_quote=_is_quotable(field),
        may_keep_private=threads.may_keep_private(subject, user),
    )
    page = _asked_page(request)
    if redrawn is None:
        answer = submit(
            request,
            form,
            lambda: threads.open_thread(
                subject,
                field=field,
                body=form.cleaned_data["body"],
                quote=form.quote_text,
                private=form.is_private,
                by=user,
            ),
            done="",
            to=lambda thread: thread_url(thread, page),
        )
        if answer:
            return answer
    if request.htmx:  # type: ignore[attr-defined]
        form.fields["body"].widget.attrs["autofocus"] = True
    spot = (f"id_{field}" if page == ON_FORM else f"isian-{field}") if field else "judul-catatan"
    context = {
        **_place(request, subject, field, page),
        "text": written_html(subject.master_plan, subject, user) if isinstance(subject, Section) else "",
        "create_url": request.path,
        "form": form,
        "snippets": snippets,
        "page": page,
        "back": f"{_page_about(subject, field, page)}#{spot}",
    }
    return render_page(request, "masterplan/discussion/thread/create.html", context, partial="form")


def _subject(user: User, slug: str, pk: int, field: str) -> Subject:
    """The subject that an address names: an initiative if a field follows, else a section."""
    regency = get_regency_or_404(user, slug)
    if not field:
        return get_section_or_404(user, regency, pk)
    if field not in FIELDS:
        raise Http404
    return get_bare_initiative_or_404(user, regency, pk)


def _is_quotable(field: str) -> bool:
    """Whether the answer is text; that of a section always is."""
    return not field or (field in FIELDS and FIELDS[field].kind in QUOTABLE)


def _place(request: SignedIn, subject: Subject, field: str, page: str) -> dict[str, Any]:
    """What a conversation is about, for the head of a page, and the way there."""
    slug, url = subject.regency.slug, _page_about(subject, field, page)
    if isinstance(subject, Section):
        request.belongs_to = "section"  # type: ignore[attr-defined]
        items = [*trail(slug, "section_list", buku=subject.book), (subject.title, url)]
    else:
        face = "Isian" if page == ON_FORM else "Tinjauan"
        items = trail(slug, "initiative_list", (f"{face} {subject.name}", url))
    asked = FIELDS.get(field)
    return {
        "subject": subject,
        "name": subject_name(subject),
        "field": asked,
        "asked": asked.label if asked else "" if field else TEXT,
        "items": items,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def comment_create(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Answer in a conversation, in its place or on a page of its own."""
    user, thread = _enter(request, slug, pk)
    htmx = request.htmx  # type: ignore[attr-defined]
    snippets = [] if htmx else snippets_for(user, thread.regency)
    redrawn = inserted(request.POST, "body", snippets)
    data = (redrawn or request.POST) if request.method == "POST" else None
    form = CommentForm(data, label="Balasan", may_quote=_is_quotable(thread.field), quiet=redrawn is not None)
    if redrawn is None and form.is_bound and form.is_valid():
        try:
            threads.reply(thread, body=form.cleaned_data["body"], quote=form.quote_text, by=user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return _done(request, slug, pk)
    page = _asked_page(request)
    if htmx:
        errors = [str(error) for error in form.errors.get("body", [])]
        return _done(request, slug, pk, reply_errors=errors, reply_text=request.POST.get("body", ""))
    context = _about(request, thread, page, form) | {"snippets": snippets}
    return render_page(request, "masterplan/discussion/comment/create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def thread_assign(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Ask a person to deal with a conversation, and say by when."""
    user, thread = _enter(request, slug, pk)
    form = AssignForm(thread, threads.assignable(thread), posted(request))
    page = _asked_page(request)
    answer = submit(
        request,
        form,
        lambda: threads.assign(thread, to=form.assignee, due=form.cleaned_data["due_date"], by=user),
        done=lambda _: (
            "Catatan ditugaskan. Orangnya mendapat kabar." if form.assignee else "Catatan tidak lagi ditugaskan."
        ),
        to=thread_url(thread, page),
    )
    return answer or render(request, "masterplan/discussion/thread/assign.html", _about(request, thread, page, form))


def _about(request: SignedIn, thread: Thread, page: str, form: PortalForm) -> dict[str, Any]:
    """The context of a page with a form about one conversation."""
    return {
        **_place(request, thread.subject, thread.field, page),
        "thread": _card(thread, request.user, page, is_opened=True) | _SHOWN_ONLY,
        "form": form,
        "page": page,
        "back": thread_url(thread, page),
    }


@require_POST
def thread_resolve(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Mark a conversation as finished."""
    threads.resolve(get_thread_or_404(request.user, get_regency_or_404(request.user, slug), pk), by=request.user)
    return _done(request, slug, pk)


@require_POST
def thread_reopen(request: SignedIn, slug: str, pk: int) -> HttpResponse:
    """Take a finished conversation up again."""
    threads.reopen(get_thread_or_404(request.user, get_regency_or_404(request.user, slug), pk), by=request.user)
    return _done(request, slug, pk)


def _enter(request: SignedIn, slug: str, pk: int) -> tuple[User, Thread]:
    """Whoever takes part in conversations about the subject, and this one."""
    user = request.user
    regency = get_regency_or_404(user, slug)
    thread = get_thread_or_404(user, regency, pk)
    threads.require_may_comment(thread.subject, user)
    return user, thread
