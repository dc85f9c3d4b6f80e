"""A certificate is judged before anything is signed with it, and what is wrong is said in words."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from smartcity.common.certificates import CertificateUnusable, open_certificate
from tests.factories.certificates import PASSPHRASE, SUBJECT, bundle, certificate


def test_a_good_one_names_its_subject(tmp_path: Path) -> None:
    assert open_certificate(str(bundle(tmp_path)), PASSPHRASE).subject == f"{SUBJECT}, Pemerintah Kabupaten Contoh"


@pytest.mark.parametrize(
    ("path", "passphrase", "words"),
    [("tidak-ada.p12", PASSPHRASE, "SIGNING_CERTIFICATE"), ("sertifikat.p12", "keliru", "SIGNING_PASSPHRASE")],
)
def test_a_wrong_path_or_passphrase_is_named(path: str, passphrase: str, words: str, tmp_path: Path) -> None:
    bundle(tmp_path)
    with pytest.raises(CertificateUnusable, match=words):
        open_certificate(str(tmp_path / path), passphrase)


def test_a_file_that_is_something_else_is_named(tmp_path: Path) -> None:
    (tmp_path / "surat.p12").write_bytes(b"bukan sertifikat")
    with pytest.raises(CertificateUnusable, match="PKCS#12"):
        open_certificate(str(tmp_path / "surat.p12"), PASSPHRASE)


def test_one_without_its_key_cannot_sign(tmp_path: Path) -> None:
    with pytest.raises(CertificateUnusable, match="beserta kuncinya"):
        open_certificate(str(bundle(tmp_path, with_key=False)), PASSPHRASE)


@pytest.mark.parametrize("days_ago", [40, -2])
def test_one_out_of_its_time_is_refused(days_ago: int, tmp_path: Path) -> None:
    own = certificate(starts=timezone.now() - timedelta(days=days_ago))
    with pytest.raises(CertificateUnusable, match="hanya berlaku dari"):
        open_certificate(str(bundle(tmp_path, own)), PASSPHRASE)


def test_one_for_another_purpose_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CertificateUnusable, match="bukan untuk tanda tangan"):
        open_certificate(str(bundle(tmp_path, certificate(signing=False))), PASSPHRASE)
