"""Certificates for signing, good and bad, made on the spot: none of them is worth anything outside a test."""

from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from cryptography.x509.oid import NameOID
from django.utils import timezone

PASSPHRASE = "rahasia-uji"
SUBJECT = "Penanda Tangan Contoh"


@cache
def key(number: int = 0) -> rsa.RSAPrivateKey:
    """A key; making one takes a while, so tests share them."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def name(common: str, organisation: str = "Pemerintah Kabupaten Contoh") -> x509.Name:
    """A subject."""
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, common),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
        ]
    )


def certificate(
    *,
    starts: datetime | None = None,
    days: int = 30,
    signing: bool = True,
    issuer: tuple[x509.Certificate, rsa.RSAPrivateKey] | None = None,
) -> x509.Certificate:
    """A certificate of SUBJECT, its own issuer unless one is given."""
    begins = starts or timezone.now() - timedelta(days=1)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only", "decipher_only"), False
    )
    made = (
        x509.CertificateBuilder()
        .subject_name(name(SUBJECT))
        .issuer_name(issuer[0].subject if issuer else name(SUBJECT))
        .public_key(key().public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=days))
        .add_extension(
            x509.KeyUsage(digital_signature=signing, content_commitment=signing, key_cert_sign=not signing, **usage),
            critical=True,
        )
    )
    return made.sign(issuer[1] if issuer else key(), hashes.SHA256())


def root(called: str = "Penerbit Sertifikat Contoh") -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    """An authority that issues certificates, and its key."""
    begins = timezone.now() - timedelta(days=100)
    made = (
        x509.CertificateBuilder()
        .subject_name(name(called))
        .issuer_name(name(called))
        .public_key(key(1).public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=1000))
        .add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
    )
    return made.sign(key(1), hashes.SHA256()), key(1)


def bundle(
    folder: Path,
    own: x509.Certificate | None = None,
    *,
    chain: list[x509.Certificate] | None = None,
    with_key: bool = True,
) -> Path:
    """A PKCS#12 file in `folder`, locked with PASSPHRASE."""
    path = folder / "sertifikat.p12"
    own = own or certificate()
    private = key() if with_key else None
    path.write_bytes(
        pkcs12.serialize_key_and_certificates(b"uji", private, own, chain, BestAvailableEncryption(PASSPHRASE.encode()))
    )
    return path
