"""Setting up a portal: the one-time address, and the operator account that is made there.

The address is random, holds for `SETUP_HOURS` and works once; the database knows only the fingerprint of its random
part. The account, the operator (pengelola), opens regencies and invites their first people; it sees nothing else.
"""

import logging
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from agencies.models import SecurityEvent, SecurityEventKind, SetupLink, User
from agencies.models.setup_link import hash_of, new_token

SETUP_HOURS = 24

logger = logging.getLogger(__name__)


class SetupLinkClosed(Exception):
    """The address was used, has expired, was replaced by a newer one, or was never given out."""


def has_operator() -> bool:
    """Whether somebody can open regencies today: an active superuser."""
    return User.objects.filter(is_active=True, is_superuser=True).exists()


def setup_path(token: str) -> str:
    """The path of the set-up page; the address of the portal stands before it."""
    return reverse("setup_accept", args=[token])


def find_setup_link(token: str) -> SetupLink | None:
    """The open link with this token; None for a used, expired, replaced or unknown one."""
    link = SetupLink.objects.filter(token_hash=hash_of(token)).first()
    return link if link is not None and link.is_open else None


@transaction.atomic
def make_setup_link(*, by: User | None = None, again: bool = False) -> str:
    """Make the address at which an operator's account is made; earlier addresses stop working.

    `by` is None for a command. `again` makes one although there is an operator, for who has lost access to that
    account. Returns the random part of the address, which is stored nowhere. Raises ValidationError when there is an
    operator and `again` is not given.
    """
    if has_operator() and not again:
        raise ValidationError(
            "Portal ini sudah punya pengelola yang aktif. Bila tidak ada lagi yang dapat masuk dengan akunnya, "
            "jalankan sekali lagi dengan --again."
        )
    now = timezone.now()
    SetupLink.objects.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
    token = new_token()
    SetupLink.objects.create(token_hash=hash_of(token), made_at=now, expires_at=now + timedelta(hours=SETUP_HOURS))
    detail = "Sesudah akses hilang" if again else "Penyiapan pertama"
    SecurityEvent.objects.create(kind=SecurityEventKind.SETUP_LINK_MADE, actor=by, detail=detail)
    logger.info("set-up link made, open for %d hours", SETUP_HOURS)
    return token


@transaction.atomic
def use_setup_link(token: str, *, by: None = None, name: str, email: str, password: str) -> User:
    """Make the operator's account; `by` is None because nobody has an account yet, the holder of the address acts.

    The mail address counts as verified: whoever holds the set-up address controls the machine. Raises SetupLinkClosed,
    and ValidationError for `email` when an account has it already.
    """
    link = SetupLink.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    if link is None or not link.is_open:
        raise SetupLinkClosed
    address = email.strip().lower()
    in_use = User.objects.filter(email=address).exists() or EmailAddress.objects.filter(email=address).exists()
    if in_use:
        raise ValidationError({"email": "Alamat ini sudah punya akun di portal ini. Tulis alamat lain."})
    operator = User.objects.create_superuser(address, password, name=name)
    link.used_at, link.used_by = timezone.now(), operator
    link.save(update_fields=["used_at", "used_by"])
    SecurityEvent.objects.create(kind=SecurityEventKind.OPERATOR_MADE, actor=operator, subject=address)
    logger.info("set-up link used, operator's account %d made", operator.pk)
    return operator
