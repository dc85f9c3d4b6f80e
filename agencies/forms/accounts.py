"""Forms that replace those of allauth's account pages."""

from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm, ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.mfa.base.forms import ReauthenticateForm as FactorForm
from allauth.mfa.utils import is_mfa_enabled
from django import forms
from django.conf import settings


class SignInForm(LoginForm):
    """Asks for address and password, and names the other way in where the portal has one."""

    @property
    def provider_name(self) -> str:
        """What the organisation's identity provider is called on its button; empty without one."""
        return str(settings.IDENTITY_PROVIDER.get("name", ""))


class PasswordAndFactorForm(ReauthenticateForm):
    """Asks for the password again, and for a code where there is a second factor."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_mfa_enabled(self.user):
            self.fields["code"] = forms.CharField(
                error_messages={"required": "Tulis kode dari aplikasi autentikator."},
                widget=forms.TextInput(attrs={"autocomplete": "one-time-code"}),
            )

    def clean(self) -> dict[str, Any]:
        """Check the code only after the password, because checking uses up a recovery code."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "code" in self.fields and {"password", "code"} <= cleaned.keys():
            factor = FactorForm(data={"code": cleaned["code"]}, user=self.user)
            if not factor.is_valid():
                self.add_error("code", factor.errors["code"].as_data())
        return cleaned


class ProvedAddressResetForm(ResetPasswordForm):
    """Sends no reset to an address that waits for its confirmation."""

    users: list[Any]

    def clean_email(self) -> str:
        """Leave out the accounts for which this address waits for its confirmation."""
        email: str = super().clean_email()
        unproved = EmailAddress.objects.filter(email__iexact=email, verified=False).values_list("user_id", flat=True)
        self.users = [user for user in self.users if user.pk not in set(unproved)]
        return email
