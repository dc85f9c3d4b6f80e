"""What a browser holds already is not sent again, and what has changed is."""

import gzip
import os
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

# An answer that was sent ends the database connections of its process, of which there may be some.
pytestmark = pytest.mark.django_db

STYLES = "css/portal.css"


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> Path:
    """A folder of static files of the test's own."""
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    (tmp_path / "static").mkdir()
    return tmp_path / "static"


@pytest.fixture(autouse=True)
def as_in_earnest(settings: Any) -> None:
    """Files are looked up when the portal starts, and not at each request as in other tests."""
    settings.WHITENOISE_AUTOREFRESH = False


def get(address: str, **headers: str) -> tuple[Any, bytes]:
    """The answer and its body; the file behind it is closed as a server closes it."""
    answer = Client().get(address, headers={"Accept-Encoding": "gzip"} | headers)
    body = answer.getvalue()
    answer.close()
    return answer, body


def test_the_address_changes_with_the_content(files: Path) -> None:
    (files / "x.css").write_text("a {}")
    first = staticfiles_storage.url("x.css")
    assert staticfiles_storage.url("x.css") == first
    (files / "x.css").write_text("b {}")
    os.utime(files / "x.css", ns=(1, 1))
    assert staticfiles_storage.url("x.css") != first
    (files / "x.css").unlink()
    assert staticfiles_storage.url("x.css") == "/static/x.css"
    (files / "x.css").write_text("c {}")
    assert {first.partition("?v=")[0]} == {staticfiles_storage.url("x.css").partition("?v=")[0]} == {"/static/x.css"}


@pytest.mark.parametrize("name", ["tidak-ada.css", "css", "fonts/plus-jakarta-sans-latin.woff2"])
def test_some_addresses_have_no_version(name: str) -> None:
    """What is not there; and the font, which the style sheet names without one and which must not come twice."""
    assert staticfiles_storage.url(name) == f"/static/{name}"


def test_a_versioned_file_is_compressed_and_kept_for_good() -> None:
    answer, body = get(staticfiles_storage.url(STYLES))
    assert (answer.status_code, answer["Content-Encoding"]) == (200, "gzip")
    assert gzip.decompress(body).startswith(b"/*")
    assert answer["Cache-Control"] == "max-age=31536000, public, immutable"
    assert get(f"/static/{STYLES}")[0]["Cache-Control"] == "max-age=86400, public"


def test_a_browser_that_asks_again_gets_no_second_copy() -> None:
    tag = get(f"/static/{STYLES}")[0]["ETag"]
    assert tag.startswith("W/")
    again, body = get(f"/static/{STYLES}", **{"If-None-Match": tag})
    assert (again.status_code, body) == (304, b"")
    assert get(f"/static/{STYLES}", **{"If-None-Match": '"another"'})[0].status_code == 200
