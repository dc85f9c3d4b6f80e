"""A person's news: the list, what reaches them by mail, and the link in a mail that stops it without signing in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agencies.access import load_user, ministry_member, regencies
from agencies.actions import notices
from agencies.forms.notices import NoticeChoicesForm
from agencies.models import STOP_SALT, NoticeKind, User
from agencies.models.notice import TOGETHER
from agencies.notices import LAST_HOUR, deliveries, excerpt, kinds_for, notices_of
from agencies.views.requests import SignedIn
from smartcity.common.pages import posted, submit

PER_PAGE = 30
# What says that somebody means it: the button of our page, and what mail programs send.
_STOPS = ("hentikan", "List-Unsubscribe")


@require_safe
def notice_list(request: SignedIn) -> HttpResponse:
    """The notices of a person in the roles they hold, the newest first."""
    mine = notices_of(request.user)
    total, unread = mine.count(), mine.unread().count()
    only_unread = request.GET.get("keadaan") == "belum"
    page = Paginator(mine.unread() if only_unread else mine, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"notice": notice, "excerpt": excerpt(notice.text)} for notice in page],
        "pills": [
            {"label": "Semua", "url": "?", "count": total, "current": not only_unread},
            {"label": "Belum dibaca", "url": "?keadaan=belum", "count": unread, "current": only_unread},
        ],
        "unread": unread,
        "only_unread": only_unread,
        "names_regency": len(regencies(request.user)) > 1 or ministry_member(request.user) is not None,
        "query": "keadaan=belum&" if only_unread else "",
    }
    return render(request, "agencies/notice/list.html", context)


@require_POST
def notice_open(request: SignedIn, pk: int) -> HttpResponse:
    """Lead to what it is about; from then on it counts as read."""
    notice = get_object_or_404(notices_of(request.user), pk=pk)
    notices.mark_read(notice, by=request.user)
    return redirect(notice.path)


@require_POST
def notice_read_all(request: SignedIn) -> HttpResponse:
    """Count everything as read."""
    notices.mark_all_read(by=request.user)
    messages.success(request, "Semua kabar ditandai sudah dibaca.")
    return redirect("notice_list")


@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: SignedIn) -> HttpResponse:
    """Choose for each kind of news how it reaches oneself."""
    user = request.user
    current = {kind: delivery for (_, kind), delivery in deliveries([user.pk]).items()}
    form = NoticeChoicesForm(posted(request), kinds=kinds_for(user), choices=current)
    answer = submit(
        request,
        form,
        lambda: notices.choose(form.cleaned_data, by=user),
        done="Pilihan kabar disimpan.",
        to=reverse("notice_settings"),
    )
    context = {"form": form, "first_hour": settings.DIGEST_HOUR, "last_hour": LAST_HOUR}
    return answer or render(request, "agencies/notice/settings.html", context)


@csrf_exempt  # mail programs press the button themselves (RFC 8058); the token in the address is the authority
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def notice_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link in a mail leads: GET asks, POST stops such mails."""
    user, news = _addressee(token)
    reach = kinds_for(user)
    kinds = [NoticeKind(kind).label for kind in notices.stopped_by(news, user) if kind in reach]
    is_done = request.method == "POST" and not request.POST.keys().isdisjoint(_STOPS)
    if is_done:
        notices.stop(news, by=user)
    context = {
        "kinds": kinds,
        "is_digest": news in TOGETHER,
        "hidden_address": _hidden(user.email),
        "is_done": is_done,
    }
    return render(request, "agencies/notice/stop.html", context)


def _addressee(token: str) -> tuple[User, str]:
    """Who was sent the link, and what it stops. Raises Http404 for one that we have not made."""
    try:
        pk, news = signing.Signer(salt=STOP_SALT).unsign_object(token)
    except signing.BadSignature:
        raise Http404 from None
    user = load_user(pk)
    if user is None or news not in (*TOGETHER, *NoticeKind):
        raise Http404
    return user, news


def _hidden(address: str) -> str:
    """Enough of an address for its owner to know it by, too little for whoever found the link."""
    local, _, domain = address.partition("@")
    return f"{local[:2]}…@{domain}"
