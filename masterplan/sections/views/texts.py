"""What the editor of rich text asks while somebody writes. Nothing is stored here; saving is the work of the page."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from agencies.access import can, get_regency_or_404, require
from agencies.roles import Permission
from agencies.views.requests import SignedIn
from smartcity.common.reading import Unreadable
from smartcity.common.rich_text.clipboard import from_html, from_plain


@require_POST
def text_paste(request: SignedIn, slug: str) -> HttpResponse:
    """What was pasted, as text with marks: `html` where the clipboard holds some, else `plain`.

    For whoever fills in initiatives, the writers of sections are among them, or writes minutes. The answer is JSON:
    `text`, or `problem` where there is too much of something, a sentence that says the limit.
    """
    regency = get_regency_or_404(request.user, slug)
    if not can(request.user, Permission.MANAGE_WORKSHOPS, regency):
        require(request.user, Permission.EDIT_INITIATIVE, regency)
    html = request.POST.get("html", "")
    try:
        return JsonResponse({"text": from_html(html) if html else from_plain(request.POST.get("plain", ""))})
    except Unreadable as refusal:
        return JsonResponse({"problem": refusal.sentence})
