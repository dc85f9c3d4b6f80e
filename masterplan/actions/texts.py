"""Free text on its way into the plan: tidied and held to its limit, with a sentence for the field when it is too long."""

from django.core.exceptions import ValidationError

from smartcity.common.numbers import Unreadable
from smartcity.common.text import clean_text


def limited(text: str, limit: int) -> str:
    """The tidied text; raises ValidationError with the limit when it is longer than `limit` characters."""
    try:
        return clean_text(text, limit)
    except Unreadable as error:
        raise ValidationError(str(error)) from None
