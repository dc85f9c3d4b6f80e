"""The settings of allauth as code: accounts come from invitations only, and its mail goes through the queue."""

import logging
from typing import Any, ClassVar
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailConfirmation
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthError
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html

from agencies.actions.identity import Identity, admit_identity
from agencies.known_devices import count_guess, remember_device
from agencies.mail import queue

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up. People without a role may still sign in; the first page tells them what to do."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Akun ini tidak aktif. Hubungi sekretariat di Diskominfo.",
        "email_password_mismatch": "Alamat surel atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi.",
        "enter_current_password": "Tulis kata sandi Anda yang sekarang.",
        "incorrect_password": "Kata sandi ini tidak cocok.",
        "incorrect_code": "Kode ini tidak cocok. Tulis kode yang terbaru.",
        "too_many_login_attempts": "Terlalu banyak percobaan. Tunggu lima menit, atau pilih Lupa kata sandi.",
        "rate_limited": "Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi.",
        "email_taken": "Alamat surel ini tidak dapat dipakai. Tulis alamat lain.",
        "duplicate_email": "Alamat surel ini sudah ada pada akun Anda.",
        "same_as_current": "Tulis yang baru, berbeda dari yang sekarang.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail for a worker. A slow mail server then delays no page, and no delay reveals whether an address
        has an account.
        """
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        queue(email, message.subject, message.body)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt so that the guesses of others do not lock the owner out.

        Raises ValidationError beyond the limit.
        """
        self._login_failed_rl_usage = count_guess(request, credentials.get("email", ""))
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """Remember the browser in which somebody has signed in, with the second factor where there is one."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        remember_device(request, response, user.email)
        return response

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Only the page that asks for both the password and the second factor."""
        return [method for method in super().get_reauthentication_methods(user) if method["id"] == "reauthenticate"]

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The link of a reset, at the portal's own address whatever the request claimed it to be."""
        return settings.BASE_URL + urlsplit(super().get_reset_password_from_key_url(key)).path

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: EmailConfirmation) -> str:
        """The link that confirms an address, at the portal's own address."""
        return settings.BASE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])


class FactorAdapter(DefaultMFAAdapter):
    """The second factor."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Kode ini tidak cocok. Tulis kode yang terbaru.",
    }

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """For an unproved address say what to do; all other errors are allauth's."""
        if code != "unverified_email":
            return super().validation_error(code, *args)
        sentence = (
            "Langkah kedua belum dapat diaktifkan: alamat surel akun ini belum dikonfirmasi."
            ' Buka <a href="{}">Alamat surel</a>, lalu kirim ulang surel konfirmasinya.'
        )
        return ValidationError(format_html(sentence, reverse("account_email")), code=code)


class IdentityAdapter(DefaultSocialAccountAdapter):
    """Sign-in through the organisation's provider: for accounts that exist, decided by `agencies.actions.identity`."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody signs up."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Let the identity in, or go back to the sign-in page with the sentence that says why not."""
        address = next(iter(sociallogin.email_addresses), None)
        identity = Identity(
            issuer=sociallogin.account.provider,
            subject=sociallogin.account.uid,
            email=address.email if address else "",
            is_verified=address is not None and address.verified is True,
        )
        admission = admit_identity(identity, domains=settings.IDENTITY_PROVIDER["domains"])
        if admission.refusal:
            raise _back_to_sign_in(request, admission.refusal)
        if not sociallogin.is_existing:
            sociallogin.lookup()

    def on_authentication_error(
        self, request: HttpRequest, provider: Any, error: Any = None, exception: Any = None, extra_context: Any = None
    ) -> None:
        """An answer that proves nobody: cancelled, used before, or not what the provider would send."""
        if error == AuthError.CANCELLED:
            raise _back_to_sign_in(request, "Masuk lewat penyedia identitas dibatalkan. Anda belum masuk.")
        logger.warning("the identity provider's answer was refused: %s", exception or error)
        raise _back_to_sign_in(
            request,
            "Jawaban penyedia identitas tidak dapat diterima, atau sudah pernah dipakai. Coba sekali lagi.",
        )


def _back_to_sign_in(request: HttpRequest, sentence: str) -> ImmediateHttpResponse:
    messages.error(request, sentence)
    return ImmediateHttpResponse(redirect("account_login"))
