"""Who asks too often, counted per address in the cache. Uses allauth's counter, which also knows of proxies and IPv6.

What is counted, and how much of it, is said by the settings; what a person then gets to read is the view's business.
"""

from allauth.core.internal.ratelimit import consume
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


def is_within_limit(request: HttpRequest, action: str) -> bool:
    """Count one `action`, a key of settings.RATE_LIMITS, for the address that asks; False when it was one too many."""
    return consume(request, app="smartcity", action=action, config=settings.RATE_LIMITS, limit_get=True) is not None


def sealed_key(key: str, prefix: str, version: int) -> str:
    """What an entry of the cache is called in its table; as they are, keys would show network addresses there."""
    return salted_hmac("smartcity.cache", f"{prefix}:{version}:{key}", algorithm="sha256").hexdigest()
