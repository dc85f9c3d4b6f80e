"""A signature is invisible, covers every byte, is looked at before anybody speaks of it, and breaks no tag."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from django.utils import timezone
from pyhanko.sign import signers
from pyhanko.sign.timestamps import DummyTimeStamper

from masterplan.books import signing
from masterplan.books.signing import SigningFailed, check_signature, sign
from smartcity.press.checking.check import Expectation, check_book
from smartcity.press.errors import BookError
from tests.factories.certificates import PASSPHRASE, SUBJECT, bundle, certificate, root
from tests.masterplan.books import tiny_book

TITLE = "Buku 2 · Master Plan Smart City Kabupaten Contoh"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small book with everything a book has."""
    folder = tmp_path_factory.mktemp("buku")
    tiny_book.make(tiny_book.content("Teks."), folder, tiny_book.static_folder(folder / "static"))
    return (folder / "buku.pdf").read_bytes()


@pytest.fixture
def book(made: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "buku.pdf"
    path.write_bytes(made)
    return path


@pytest.fixture(autouse=True)
def certified(settings: Any, tmp_path: Path) -> Path:
    path = bundle(tmp_path)
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE = str(path), PASSPHRASE
    return path


def signer(path: Path) -> signers.SimpleSigner:
    return signers.SimpleSigner.load_pkcs12_data(path.read_bytes(), other_certs=[], passphrase=PASSPHRASE.encode())


def test_the_signature_is_added_and_holds(book: Path, made: bytes) -> None:
    before = timezone.now()
    signature = sign(book)
    assert signature.by == f"{SUBJECT}, Pemerintah Kabupaten Contoh"
    assert abs((signature.at - before).total_seconds()) < 60
    assert book.read_bytes().startswith(made)
    assert len(book.read_bytes()) > len(made)
    assert list(book.parent.glob(".*")) == []


def test_what_the_book_says_about_itself_stays(book: Path, made: bytes) -> None:
    """Title, dates and producer are those of the edition, in both places alike; the signature has its own time."""
    sign(book)
    with pikepdf.open(book) as signed, pikepdf.open(BytesIO(made)) as unsigned:
        assert signed.Root.Metadata.read_bytes() == unsigned.Root.Metadata.read_bytes()
        assert dict(signed.docinfo) == dict(unsigned.docinfo)


def test_it_shows_nowhere_and_leaves_the_book_as_it_was(book: Path) -> None:
    sign(book)
    with pikepdf.open(book) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        left, bottom, right, top = map(float, field.Rect)
        assert (left, bottom) == (right, top)
        assert right < 0
        assert top < 0
        assert int(field.F) & 0b100
        assert not int(field.F) & 0b10
        assert "/AP" not in field or not field.AP.N.read_bytes().strip()
        assert pdf.pages[0].obj.Tabs == "/S"
        pages = len(pdf.pages)
        del pdf.pages[0].obj.Annots
        pdf.save(book.with_name("tanpa.pdf"))
    assert check_book(book.with_name("tanpa.pdf"), Expectation(pages, TITLE)) == []
    assert page.validate_pdf(book, profile="ua1").failures == []


def test_a_certificate_of_an_authority_signs_with_its_chain(book: Path, settings: Any, tmp_path: Path) -> None:
    authority = root()
    bundle(tmp_path, certificate(issuer=authority), chain=[authority[0]])
    assert sign(book).by.startswith(SUBJECT)


def test_a_chain_that_does_not_lead_to_its_root_is_refused(book: Path, made: bytes, tmp_path: Path) -> None:
    bundle(tmp_path, certificate(issuer=root()), chain=[root("Penerbit Lain")[0]])
    with pytest.raises(SigningFailed, match="tidak lolos pemeriksaan"):
        sign(book)
    assert book.read_bytes() == made


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:400] + bytes([data[400] ^ 1]) + data[401:], lambda data: data + b"\n% lagi\n"]
)
def test_one_byte_more_or_other_and_it_does_not_hold(
    spoil: Callable[[bytes], bytes], book: Path, certified: Path
) -> None:
    sign(book)
    assert check_signature(book, signer(certified))
    book.write_bytes(spoil(book.read_bytes()))
    with pytest.raises(SigningFailed):
        check_signature(book, signer(certified))


def test_a_book_without_a_signature_has_none(book: Path, certified: Path) -> None:
    with pytest.raises(SigningFailed, match="tidak ditemukan"):
        check_signature(book, signer(certified))


def test_a_certificate_that_cannot_sign_leaves_the_book_alone(book: Path, made: bytes, settings: Any) -> None:
    settings.SIGNING_PASSPHRASE = "keliru"
    with pytest.raises(BookError, match="SIGNING_PASSPHRASE"):
        sign(book)
    assert book.read_bytes() == made
    assert list(book.parent.glob(".*")) == []


def test_a_time_stamp_says_when(book: Path, certified: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An authority in this process, which stamps as one on the network would."""
    own, then = signer(certified), timezone.now().replace(microsecond=0) - timedelta(hours=1)
    authority = DummyTimeStamper(own.signing_cert, own.signing_key, fixed_dt=then)
    monkeypatch.setattr(signing, "HTTPTimeStamper", lambda url, timeout: authority)
    settings.SIGNING_TSA_URL = "https://cap-waktu.contoh.test/"
    assert sign(book).at == then


def test_a_time_stamp_is_asked_for_only_when_an_authority_is_named(book: Path, made: bytes, settings: Any) -> None:
    settings.SIGNING_TSA_URL = "http://127.0.0.1:1/"
    with pytest.raises(SigningFailed, match="SIGNING_TSA_URL"):
        sign(book)
    assert book.read_bytes() == made
