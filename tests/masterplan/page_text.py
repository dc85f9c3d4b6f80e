"""A page as a test compares it: white space that no reader sees is taken away."""

import re

from django.http import HttpResponse


def text_of(response: HttpResponse) -> str:
    """The markup of a page with single spaces, and none beside a tag."""
    plain = " ".join(response.content.decode().split())
    return re.sub(r" ?(<[^>]*>) ?", r"\1", plain)
