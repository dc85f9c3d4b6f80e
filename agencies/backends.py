"""The authentication backend, which loads people together with their memberships."""

from allauth.account.auth_backends import AuthenticationBackend

from agencies.access import load_user
from agencies.models import User


class PortalBackend(AuthenticationBackend):
    """Signs people in by e-mail address, and loads them together with their memberships."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session, or None once the account is closed."""
        user = load_user(user_id)
        return user if user is not None and self.user_can_authenticate(user) else None
