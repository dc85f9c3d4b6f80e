"""Writes down as security events what people change about their account on allauth's pages."""

from typing import Any

from allauth.account import signals
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa_signals
from django.dispatch import receiver
from django.http import HttpRequest

from agencies.actions.accounts import record_account_change
from agencies.known_devices import remember_reset
from agencies.mail import queue_template
from agencies.models import SecurityEventKind, User


@receiver(signals.email_added)
def on_email_added(user: User, email_address: EmailAddress, **kwargs: Any) -> None:
    """A second address: recorded, and announced to the address in use."""
    detail = f"menambahkan {email_address.email}"
    record_account_change(SecurityEventKind.EMAIL_CHANGED, by=user, subject=user.email, detail=detail)
    context = {"added": email_address.email}
    queue_template(user.email, "Alamat surel ditambahkan pada akun Anda", "address_added", context)


@receiver(signals.email_removed)
def on_email_removed(user: User, email_address: EmailAddress, **kwargs: Any) -> None:
    """A removed address."""
    detail = f"menghapus {email_address.email}"
    record_account_change(SecurityEventKind.EMAIL_CHANGED, by=user, subject=user.email, detail=detail)


@receiver(signals.email_changed)
def on_email_changed(
    user: User, from_email_address: EmailAddress | None, to_email_address: EmailAddress, **kwargs: Any
) -> None:
    """Another primary address; allauth tells the old one."""
    old = from_email_address.email if from_email_address else user.email
    detail = f"{old} → {to_email_address.email}"
    record_account_change(SecurityEventKind.EMAIL_CHANGED, by=user, subject=old, detail=detail)


@receiver([signals.password_changed, signals.password_set])
def on_password_changed(user: User, **kwargs: Any) -> None:
    """A new password, given by somebody who is signed in."""
    record_account_change(
        SecurityEventKind.PASSWORD_CHANGED, by=user, subject=user.email, detail="diganti pada halaman akun"
    )


@receiver(signals.password_reset)
def on_password_reset(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """A new password through a link in a mail, which makes the browser a known one."""
    record_account_change(SecurityEventKind.PASSWORD_CHANGED, by=user, subject=user.email, detail="lewat tautan surel")
    remember_reset(request, user.email)


@receiver([mfa_signals.authenticator_added, mfa_signals.authenticator_removed, mfa_signals.authenticator_reset])
def on_factor_changed(user: User, authenticator: Any, signal: Any, **kwargs: Any) -> None:
    """The second factor or its recovery codes."""
    acts = {mfa_signals.authenticator_added: "diaktifkan", mfa_signals.authenticator_removed: "dimatikan"}
    thing = "kode pemulihan" if authenticator.type == authenticator.Type.RECOVERY_CODES else "aplikasi autentikator"
    detail = f"{thing} {acts.get(signal, 'dibuat ulang')}"
    record_account_change(SecurityEventKind.FACTOR_CHANGED, by=user, subject=user.email, detail=detail)
