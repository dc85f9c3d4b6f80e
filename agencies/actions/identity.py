"""Who may sign in with an identity that the organisation's own provider has proved (OpenID Connect), and its record.

Nobody gets an account this way: accounts come from invitations. The exchange with the provider is `agencies.adapters`'.
"""

from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from agencies.models import SecurityEvent, SecurityEventKind, User


@dataclass(frozen=True)
class Identity:
    """What a provider says about a person: who says it, their unchanging mark there, and their address."""

    issuer: str
    subject: str
    email: str
    is_verified: bool


@dataclass(frozen=True)
class Admission:
    """The account to sign in with, or the sentence that says why there is none."""

    user: User | None = None
    refusal: str = ""


@transaction.atomic
def admit_identity(identity: Identity, *, by: None = None, domains: list[str]) -> Admission:
    """Find the account of `identity`; at its first use the account of its address is bound to it, for good.

    `by` is None because nobody is signed in yet. An identity once bound is known by its subject alone, whatever address
    the provider gives later (OpenID Connect Core 1.0, 5.7). To be bound its address must be verified, end in one of
    `domains`, and be that of an open account which no other identity of the same issuer holds. Every refusal is written
    down as a security event.
    """
    # Accounts are kept in lower case. Letters beyond ASCII are not folded: some would become those of another address.
    address = identity.email.lower() if identity.email.isascii() else ""
    bound = SocialAccount.objects.filter(provider=identity.issuer, uid=identity.subject).select_related("user").first()
    if bound is not None:
        return Admission(bound.user) if bound.user.is_active else _refuse(identity, _CLOSED, bound.user)
    if not address or not identity.is_verified:
        return _refuse(identity, _UNVERIFIED)
    if address.rpartition("@")[2] not in domains:
        return _refuse(identity, _FOREIGN_DOMAIN)
    user = User.objects.select_for_update().filter(email=address).first()
    if user is None:
        return _refuse(identity, _UNKNOWN)
    if not user.is_active:
        return _refuse(identity, _CLOSED, user)
    held = SocialAccount.objects.filter(provider=identity.issuer, user=user).first()
    if held is not None:  # by the same subject only where it was bound a moment ago, in another window
        return Admission(user) if held.uid == identity.subject else _refuse(identity, _OTHER_IDENTITY, user)
    SocialAccount.objects.create(provider=identity.issuer, uid=identity.subject, user=user)
    SecurityEvent.objects.create(
        kind=SecurityEventKind.IDENTITY_BOUND, actor=user, subject=user.email, detail=identity.issuer[:400]
    )
    return Admission(user)


_UNVERIFIED = (
    "Penyedia identitas belum memastikan alamat surel Anda. Minta pengelolanya memverifikasi alamat itu,"
    " atau masuk dengan kata sandi."
)
_FOREIGN_DOMAIN = (
    "Alamat surel pada identitas ini bukan alamat instansi yang diterima. Pakai identitas dinas Anda,"
    " atau masuk dengan kata sandi."
)
_UNKNOWN = (
    "Belum ada akun untuk alamat surel ini. Akun dibuat dari undangan: hubungi yang mengelola akses instansi Anda."
)
_CLOSED = "Akun ini tidak aktif. Hubungi yang mengelola akses instansi Anda."
_OTHER_IDENTITY = (
    "Akun dengan alamat surel ini sudah terhubung dengan identitas lain. Masuk dengan kata sandi,"
    " lalu minta pengelola portal memeriksanya."
)


def _refuse(identity: Identity, sentence: str, user: User | None = None) -> Admission:
    SecurityEvent.objects.create(
        kind=SecurityEventKind.IDENTITY_REFUSED,
        actor=user,
        subject=identity.email[:254],
        detail=f"{identity.subject[:80]} pada {identity.issuer}: {sentence}"[:400],
    )
    return Admission(refusal=sentence)
