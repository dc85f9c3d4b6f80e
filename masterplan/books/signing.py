"""Signs a finished book (PAdES, invisible) with the certificate of the settings, and looks whether the signature holds.

The signature is appended; not a byte of the book before it changes. Without a certificate nothing here is called.
"""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import InvisSigSettings, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.timestamps import HTTPTimeStamper, TimestampRequestError
from pyhanko.sign.validation import KeyUsageConstraints, SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from smartcity.common.certificates import CertificateUnusable, open_certificate
from smartcity.press.errors import BookError

_FIELD = "TandaTangan"
_TSA_SECONDS = 20
# The last for what cannot be read: a key of an unknown kind, an answer of the authority that is none.
_UNSIGNABLE = (SigningError, PdfError, ValueError)
_LONGEST_NAME = 300
# Zero-sized and far outside the paper, yet printable: the one invisible field that PDF/UA and PDF/A both let pass.
_SPEC = SigFieldSpec(
    _FIELD,
    readable_field_name="Tanda tangan elektronik",
    invis_sig_settings=InvisSigSettings(set_print_flag=True, box_out_of_bounds=True),
)
# Either of them makes a certificate one for signing.
_KEY_USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


@dataclass(frozen=True)
class Signature:
    """A signature that was looked at and holds: whose certificate, and when it was made."""

    by: str
    at: datetime


class SigningFailed(BookError):
    """The book could not be signed, or its signature does not hold. It is not published; the sentence says why."""


class _Appended(IncrementalPdfFileWriter):
    """Leaves alone what the book says about itself: pyHanko would name itself and today, in two places unalike."""

    def _update_meta(self) -> None:
        """The signature has its own name and time."""


def sign(book: Path) -> Signature:
    """Sign the file at `book` in place, whole or not at all. Raises SigningFailed."""
    beside = book.with_name(f".{book.name}.signed.tmp")
    try:
        certificate = open_certificate(settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE)
        signer = signers.SimpleSigner.load_pkcs12_data(
            certificate.data, other_certs=[], passphrase=certificate.passphrase
        )
        with book.open("rb") as unsigned, beside.open("w+b") as signed:
            _apart(
                signers.sign_pdf,
                _Appended(unsigned),
                signers.PdfSignatureMetadata(
                    field_name=_FIELD, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
                ),
                signer,
                timestamper=_timestamper(),
                new_field_spec=_SPEC,
                output=signed,
            )
            signed.flush()
            os.fsync(signed.fileno())
        at = check_signature(beside, signer)
        os.replace(beside, book)
    except CertificateUnusable as error:
        raise SigningFailed(f"Buku belum dapat ditandatangani. {error}") from error
    except TimestampRequestError as error:
        raise SigningFailed(
            "Buku belum dapat ditandatangani: peladen cap waktu tidak menjawab. Periksa SIGNING_TSA_URL, lalu"
            " minta bukunya lagi."
        ) from error
    except _UNSIGNABLE as error:
        raise SigningFailed(f"Buku belum dapat ditandatangani: {error}. Hubungi pengelola portal.") from error
    finally:
        beside.unlink(missing_ok=True)
    return Signature(certificate.subject[:_LONGEST_NAME], at)


def check_signature(book: Path, signer: signers.Signer) -> datetime:
    """When the one signature of the file was made; it must be `signer`'s and cover every byte. Raises SigningFailed.

    Nothing is fetched. The certificate is trusted because whoever runs the portal chose it; the chain beside it in its
    file must lead to a root that is there too, or to the certificate itself.
    """
    own = signer.signing_cert
    chain = [*signer.cert_registry, own] if own else []
    roots = [each for each in chain if each.self_issued] or chain
    context = ValidationContext(trust_roots=roots, other_certs=chain, allow_fetching=False)
    with book.open("rb") as file:
        found = PdfFileReader(file).embedded_regular_signatures
        if len(found) != 1:
            raise SigningFailed("Tanda tangan buku tidak ditemukan lagi di dalam berkasnya. Minta bukunya sekali lagi.")
        status = _apart(validate_pdf_signature, found[0], context, key_usage_settings=_KEY_USAGE)
    stamp = status.timestamp_validity
    holds = (
        status.intact
        and status.valid
        and status.trusted
        and status.coverage == SignatureCoverageLevel.ENTIRE_FILE
        and (stamp is None or (stamp.intact and stamp.valid))
    )
    at = stamp.timestamp if stamp else status.signer_reported_dt
    if not holds or at is None:
        raise SigningFailed(
            "Tanda tangan buku tidak lolos pemeriksaan, jadi bukunya tidak diterbitkan. Hubungi pengelola portal untuk"
            " memeriksa sertifikatnya."
        )
    return at


def _apart(work: Callable[..., Any], *arguments: Any, **more: Any) -> Any:
    """What pyHanko does in an event loop of its own, in a thread of its own: no thread can begin a second loop."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(work, *arguments, **more).result()


def _timestamper() -> HTTPTimeStamper | None:
    """The authority that vouches for the time, when the settings name one; otherwise nothing leaves this machine."""
    return HTTPTimeStamper(settings.SIGNING_TSA_URL, timeout=_TSA_SECONDS) if settings.SIGNING_TSA_URL else None
