"""The texts that somebody typed into a form that was not accepted, to show them again.

A sent form does not say which of its fields were hidden, so machine words, numbers, paths and tokens are left out by
their looks, and whatever may be secret by its name.
"""

import re
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

_SECRET = re.compile(r"password|sandi|token|secret|code|kode|login|^next$|^key$", re.IGNORECASE)
_MACHINE_WORD = re.compile(r"[a-z0-9_.:/=-]*|\S{24,}")
_ADDRESS = re.compile(r"https?://\S+|\S+@\S+")


def typed_texts(request: HttpRequest) -> list[str]:
    """The texts of the form in the order in which they were sent; nothing of a form that another site sent."""
    if request.method != "POST" or not _is_from_here(request):
        return []
    fields = [(name, text.strip()) for name, texts in request.POST.lists() for text in texts]
    return [text for name, text in fields if not _SECRET.search(name) and _is_text(text)]


def page_of_form(request: HttpRequest) -> str:
    """The path, with query, of the page on which the form stood; the address it was sent to where that is not known."""
    page = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}):
        return request.path
    parts = urlsplit(page)
    return (
        parts.path + (f"?{parts.query}" if parts.query else "") + (f"#{parts.fragment}" if parts.fragment else "")
    ) or "/"


def _is_text(text: str) -> bool:
    return bool(_ADDRESS.fullmatch(text)) or not _MACHINE_WORD.fullmatch(text)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a page of the portal sent it: browsers say so in one of three headers."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(source).hostname == urlsplit(f"//{request.get_host()}").hostname
