"""Names of files from anywhere are shown as one short line that says what it is."""

import pytest

from smartcity.common.storage.file_names import NAME_LIMIT, clean_file_name, ending_of, title_of


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("foto loket.jpg", "foto loket.jpg"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("\\\\KANTOR\\arsip\\surat.pdf", "surat.pdf"),
        ("surat\r\nX-Jahat: 1.pdf", "suratX-Jahat: 1.pdf"),
        ("surat\u202efdp.exe", "suratfdp.exe"),
        ("  .sembunyi.pdf ", "sembunyi.pdf"),
        ("", "berkas"),
        ("...", "berkas"),
        ("a\x00b.pdf", "ab.pdf"),
        ("<img src=x onerror=alert(1)>.png", "<img src=x onerror=alert(1)>.png"),
        ("cafe\u0301.pdf", "café.pdf"),
    ],
)
def test_names_are_cleaned(sent: str, shown: str) -> None:
    assert clean_file_name(sent) == shown


def test_a_long_name_keeps_its_ending() -> None:
    cleaned = clean_file_name("a" * 300 + ".pdf")
    assert len(cleaned) == NAME_LIMIT
    assert cleaned.endswith("a….pdf")
    assert len(clean_file_name("b" * 300)) == NAME_LIMIT


@pytest.mark.parametrize(
    ("name", "ending"), [("a.PDF", "pdf"), ("a", ""), ("a.tar.gz", "gz"), (".pdf", ""), ("a.", "")]
)
def test_endings(name: str, ending: str) -> None:
    assert ending_of(name) == ending


@pytest.mark.parametrize(
    ("name", "title"),
    [("foto_antrean-loket.2.jpg", "Foto antrean loket.2"), ("_.png", "Berkas"), ("denah.png", "Denah")],
)
def test_a_first_title(name: str, title: str) -> None:
    assert title_of(name, 160) == title
    assert len(title_of("kata " * 90 + ".pdf", 160)) <= 160
