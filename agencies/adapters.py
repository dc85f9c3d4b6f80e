"""How allauth behaves here: accounts come from invitations only, and its mail waits in the queue like any other."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from agencies.mail import queue


class AccountAdapter(DefaultAccountAdapter):
    """Closed for sign-up. Who has no role (any more) may still enter: the first page tells what to do."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "Akun ini tidak aktif. Hubungi sekretariat di Diskominfo.",
        "email_password_mismatch": "Alamat surel atau kata sandi tidak cocok. Periksa keduanya, lalu coba lagi.",
        "enter_current_password": "Tulis kata sandi Anda yang sekarang.",
        "incorrect_password": "Kata sandi ini tidak cocok.",
        "incorrect_code": "Kode ini tidak cocok. Tulis kode yang terbaru.",
        "too_many_login_attempts": "Terlalu banyak percobaan. Tunggu lima menit, lalu coba lagi.",
        "rate_limited": "Terlalu banyak permintaan. Tunggu sebentar, lalu coba lagi.",
        "email_taken": "Alamat surel ini tidak dapat dipakai. Tulis alamat lain.",
        "duplicate_email": "Alamat surel ini sudah ada pada akun Anda.",
        "same_as_current": "Tulis yang baru, berbeda dari yang sekarang.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail down for a worker: a mail server that is away or slow stops no page, and tells nobody by its
        delay whether an address has an account.
        """
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        queue(email, message.subject, message.body)
