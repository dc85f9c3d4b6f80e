"""What a request is once LoginRequiredMiddleware has let it through, for type checkers. Nothing happens here."""

from django.http import HttpRequest

from agencies.models import User


class SignedIn(HttpRequest):
    """A request of somebody who has signed in."""

    user: User
