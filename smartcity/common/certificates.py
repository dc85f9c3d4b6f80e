"""The certificate with which the portal signs, from a PKCS#12 file: opened, and judged before anything depends on it.

What is signed with it is the business of the apps; that it is asked for at all is in the settings.
"""

from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization.pkcs12 import load_pkcs12
from cryptography.x509.oid import NameOID
from django.utils import timezone

from smartcity.common.formatting import format_date


class CertificateUnusable(Exception):
    """Nothing can be signed with this file; the sentence says why and how to mend it."""


@dataclass(frozen=True)
class Certificate:
    """A PKCS#12 file that was opened and found usable; `data` is the file, `subject` whom people read as the signer."""

    data: bytes
    passphrase: bytes | None
    subject: str


def open_certificate(path: str, passphrase: str) -> Certificate:
    """The certificate in the file at `path`. Raises CertificateUnusable."""
    secret = passphrase.encode() or None
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise CertificateUnusable(
            f"Sertifikat {path} tidak dapat dibaca ({error.strerror}). Periksa SIGNING_CERTIFICATE dan izin berkasnya."
        ) from error
    try:
        opened = load_pkcs12(data, secret)
    except ValueError as error:
        raise CertificateUnusable(
            f"Sertifikat {path} tidak terbuka. Periksa SIGNING_PASSPHRASE, dan apakah berkasnya PKCS#12 (.p12, .pfx)."
        ) from error
    if opened.key is None or opened.cert is None:
        raise CertificateUnusable(f"Berkas {path} tidak memuat sertifikat beserta kuncinya. Ekspor ulang keduanya.")
    own = opened.cert.certificate
    _judge(own)
    return Certificate(data, secret, _name_of(own))


def _judge(own: x509.Certificate) -> None:
    """Whether it may sign documents today."""
    now = timezone.now()
    if not own.not_valid_before_utc <= now <= own.not_valid_after_utc:
        first, last = format_date(own.not_valid_before_utc), format_date(own.not_valid_after_utc)
        raise CertificateUnusable(
            f"Sertifikat hanya berlaku dari {first} sampai {last}. Pasang sertifikat yang berlaku."
        )
    try:
        usage = own.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise CertificateUnusable("Sertifikat ini bukan untuk tanda tangan. Minta sertifikat tanda tangan elektronik.")


def _name_of(own: x509.Certificate) -> str:
    """Name and organisation as the certificate gives them, or all of its subject when it has no name."""
    found = [own.subject.get_attributes_for_oid(oid) for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME)]
    words = [str(attributes[0].value) for attributes in found if attributes]
    return ", ".join(dict.fromkeys(words)) or own.subject.rfc4514_string()
