"""An issued book carries its code where people and machines find it, and the public page then knows the file."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import segno
from PIL import Image

from agencies.models import Agency, RegencyFact, User
from masterplan.books import actions as books
from masterplan.books import genuine, jobs
from masterplan.editions import actions as editions
from masterplan.models import BookFile, BookJob, MasterPlan, Snapshot
from smartcity.common.jobs import JobState
from smartcity.common.storage.files import private_storage
from smartcity.press.checking.extract import TextReader
from tests.factories import make_initiative, print_book
from tests.factories.certificates import PASSPHRASE, SUBJECT, bundle

pytestmark = pytest.mark.django_db

MM = 72 / 25.4
DOTS = 600  # per inch


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rendered parts, shared by the books of this module."""
    return tmp_path_factory.mktemp("parts")


@pytest.fixture(autouse=True)
def printing(settings: Any, parts: Path) -> None:
    """In this process, with an address that stands on the cover."""
    settings.PARTS_DIR, settings.BASE_URL = parts, "https://smartcity.contoh.test"


@pytest.fixture
def edition(plan: MasterPlan, agency: Agency, coordinator: User) -> Snapshot:
    RegencyFact.objects.create(regency=plan.regency, label="Luas", value="950", unit="km2", year=2017, source="BPS")
    make_initiative(plan, agency=agency, status="approved")
    return editions.take_snapshot(plan, by=coordinator)


@pytest.fixture
def job(edition: Snapshot, coordinator: User) -> BookJob:
    """A request with its book."""
    return printed(books.request_book(edition, book="buku-2", by=coordinator))


def printed(job: BookJob) -> BookJob:
    print_book(job)
    return BookJob.objects.select_related("file", "snapshot").get(pk=job.pk)


def data_of(job: BookJob) -> bytes:
    assert job.file is not None, job.error
    with private_storage().open(job.file.storage_name) as file:
        data: bytes = file.read()
    return data


@pytest.fixture
def book(job: BookJob, tmp_path: Path) -> Iterator[pikepdf.Pdf]:
    (tmp_path / "buku.pdf").write_bytes(data_of(job))
    with pikepdf.open(tmp_path / "buku.pdf") as pdf:
        yield pdf


def judged(data: bytes) -> genuine.Judgement:
    reading = genuine.FileReading()
    reading.take(data)
    return genuine.judge(reading)


def test_every_page_says_the_code(job: BookJob, book: pikepdf.Pdf) -> None:
    reader = TextReader()
    pages = [reader.read(page) for page in book.pages]
    line = f"· kode {job.code}"
    bare = [number for number, page in enumerate(pages) if line not in page.artifacts]
    assert bare[0] == 0, "the cover has no footer"
    openers = [number for number in bare[1:] if "BAB " not in pages[number].text]
    assert openers == [], "only chapters open without a footer"
    assert f"Kode pemeriksaan {job.code}" in " ".join(pages[0].text.split())
    imprint = "".join(pages[1].text.split())
    assert job.check_url in imprint
    assert job.snapshot.sha256 in imprint
    assert str(book.docinfo.Keywords) == f"kode {job.code}"
    assert "ditandatangani" not in pages[0].text.lower()


@pytest.mark.needs("poppler")
def test_a_machine_reads_the_address_from_the_cover(job: BookJob, book: pikepdf.Pdf, tmp_path: Path) -> None:
    """Each module of the printed QR, and four of quiet around it, is dark or light as the sign for the address has it."""
    place = qr_box(book)
    left, bottom, right, top = place
    assert round((right - left) / MM, 1) == round((top - bottom) / MM, 1) == 20
    subprocess.run(
        ["pdftoppm", "-r", str(DOTS), "-f", "1", "-l", "1", "-gray", "-singlefile", "buku.pdf", "sampul"],
        cwd=tmp_path, check=True,
    )  # fmt: skip
    page = Image.open(tmp_path / "sampul.pgm")
    height = float(book.pages[0].mediabox[3])
    expected = segno.make(job.check_url, error="m", micro=False)
    size = len(expected.matrix)
    module = (right - left) / size

    def is_dark(row: float, column: float) -> bool:
        x, y = left + (column + 0.5) * module, height - top + (row + 0.5) * module
        return page.getpixel((round(x * DOTS / 72), round(y * DOTS / 72))) < 128  # type: ignore[operator]

    found = [[is_dark(row, column) for column in range(size)] for row in range(size)]
    assert found == [[bool(dark) for dark in row] for row in expected.matrix]
    rim = (-4, -3, -2, -1, size, size + 1, size + 2, size + 3)
    around = [(row, column) for row in rim for column in range(-4, size + 4)]
    assert not any(is_dark(row, column) or is_dark(column, row) for row, column in around)


def qr_box(book: pikepdf.Pdf) -> tuple[float, float, float, float]:
    """Where the figure stands whose words say that it is the address of the check."""
    stack = [book.Root.StructTreeRoot.K]
    while stack:
        item = stack.pop()
        if isinstance(item, pikepdf.Array):
            stack += list(item)
        elif isinstance(item, pikepdf.Dictionary):
            if str(item.get("/Alt", "")).startswith("Alamat pemeriksaan"):
                left, bottom, right, top = map(float, item.A.BBox)
                return left, bottom, right, top
            if "/K" in item:
                stack.append(item.K)
    raise AssertionError("no QR in the structure tree")


def test_the_file_is_known_and_the_same_request_gives_the_same_bytes(
    job: BookJob, settings: Any, parts: Path, tmp_path: Path
) -> None:
    """Printed anew, with no part kept but the unpacked typefaces: as another worker would."""
    data = data_of(job)
    assert judged(data) == genuine.Judgement(genuine.Verdict.GENUINE, job)
    assert judged(data[:-100]) == genuine.Judgement(genuine.Verdict.ALTERED, job)
    settings.PARTS_DIR = tmp_path / "lain"
    shutil.copytree(parts.parent / "press" / "faces", tmp_path / "press" / "faces", dirs_exist_ok=True)
    BookJob.objects.filter(pk=job.pk).update(state=JobState.QUEUED, file=None, finished_at=None)
    again = printed(job)
    assert again.file == job.file
    assert data_of(again) == data


def test_a_preview_of_a_sheet_carries_no_code(plan: MasterPlan, agency: Agency, drafter: User, tmp_path: Path) -> None:
    sheet = books.request_sheet(make_initiative(plan, agency=agency, complete=True), by=drafter)
    assert jobs.produce_sheet(sheet.pk)
    sheet.refresh_from_db()
    assert sheet.file is not None
    with private_storage().open(sheet.file.storage_name) as file, pikepdf.open(file) as pdf:
        footer = TextReader().read(pdf.pages[0]).artifacts
        assert "kode" not in footer
        assert "/Keywords" not in pdf.docinfo
    with private_storage().open(sheet.file.storage_name) as file:
        assert judged(file.read()).verdict == genuine.Verdict.UNKNOWN


# Signed ----------------------------------------------------------------------------------------------------------------


def test_a_certificate_in_the_settings_signs_what_is_published(
    edition: Snapshot, coordinator: User, settings: Any, tmp_path: Path
) -> None:
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE = str(bundle(tmp_path)), PASSPHRASE
    job = printed(books.request_book(edition, book="buku-2", by=coordinator))
    assert (job.state, job.error) == (JobState.DONE, "")
    assert job.file is not None
    assert job.file.signed_by == f"{SUBJECT}, Pemerintah Kabupaten Contoh"
    assert job.file.signed_at is not None
    data = data_of(job)
    assert b"ETSI.CAdES.detached" in data
    assert len(data) == job.file.size
    assert judged(data).verdict == genuine.Verdict.GENUINE
    assert judged(data[: data.rindex(b"%%EOF", 0, -100) + 5]).verdict == genuine.Verdict.ALTERED


def test_a_signature_that_cannot_be_made_fails_the_book_with_a_sentence(
    edition: Snapshot, coordinator: User, settings: Any, tmp_path: Path
) -> None:
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE = str(bundle(tmp_path)), "keliru"
    job = printed(books.request_book(edition, book="buku-2", by=coordinator))
    assert (job.state, job.file) == (JobState.FAILED, None)
    assert job.error.startswith("Buku belum dapat ditandatangani. ")
    assert "SIGNING_PASSPHRASE" in job.error
    assert not BookFile.objects.exists()


def test_what_an_overtaken_worker_signed_is_thrown_away(
    edition: Snapshot, coordinator: User, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SIGNING_CERTIFICATE, settings.SIGNING_PASSPHRASE = str(bundle(tmp_path)), PASSPHRASE
    monkeypatch.setattr(jobs, "publish", lambda job, **fields: False)
    job = books.request_book(edition, book="buku-2", by=coordinator)
    assert not print_book(job)
    assert not BookFile.objects.exists()
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []
