"""A press that stays warm: one process for many builds, a new one when what it loaded is no longer wanted or it failed."""

from pathlib import Path

import pytest

from masterplan.documents.press.assets import Assets
from masterplan.documents.press.standing import StandingPress
from masterplan.documents.press.workers import Job, RenderUnavailable
from masterplan.documents.produce import STATIC


@pytest.fixture
def press():
    standing = StandingPress()
    yield standing
    standing.end()


def pid(server):
    return server._process.pid


def test_the_process_stays_for_the_next_build(press, tmp_path):
    first = press.server(Assets(STATIC), tmp_path, 1)
    number = pid(first)
    outcome = first.render([Job("x", "<html><body><p>Satu</p></body></html>", "a" * 64)], lambda: None)

    assert outcome.rendered == 1
    assert pid(press.server(Assets(STATIC), tmp_path, 1)) == number


def test_another_folder_of_images_needs_another_process(press, tmp_path):
    images = tmp_path / "isi"
    images.mkdir()
    number = pid(press.server(Assets(STATIC), tmp_path, 1))

    assert pid(press.server(Assets(STATIC, images=images), tmp_path, 1)) != number
    assert not Path(f"/proc/{number}").exists()


def test_after_a_failure_another_process_is_there(press, tmp_path):
    server = press.server(Assets(STATIC), tmp_path, 1)
    server._process.kill()
    server._process.wait()
    with pytest.raises(RenderUnavailable):
        server.render([Job("x", "<p>Satu</p>", "b" * 64)], lambda: None)
    press.end()

    again = press.server(Assets(STATIC), tmp_path, 1)
    assert again.render([Job("x", "<html><body><p>Dua</p></body></html>", "c" * 64)], lambda: None).rendered == 1
