"""A press that stays warm: one process for many builds, a new one when what it loaded is no longer wanted or it failed."""

import pytest

from masterplan.books.produce import STATIC
from smartcity.press import cache
from smartcity.press.assets import CONTENT_IMAGES, ORIGIN, Assets
from smartcity.press.warm_renderer import WarmRenderer
from smartcity.press.workers import Job, RenderUnavailable
from tests.factories.files import picture


@pytest.fixture
def press():
    renderer = WarmRenderer()
    yield renderer
    renderer.end()


def pid(server):
    return server._process.pid


def test_the_process_stays_for_the_next_build(press, tmp_path):
    first = press.server(Assets(STATIC), tmp_path, 1)
    number = pid(first)
    outcome = first.render([Job("x", "<html><body><p>Satu</p></body></html>", "a" * 64)], lambda: None)

    assert outcome.rendered == 1
    assert pid(press.server(Assets(STATIC), tmp_path, 1)) == number


def test_each_job_finds_the_images_of_its_own_content_in_the_same_process(press, tmp_path):
    here, nowhere = tmp_path / "isi", tmp_path / "kosong"
    here.mkdir()
    nowhere.mkdir()
    (here / "a.jpg").write_bytes(picture())
    html = f'<html><body><img src="{ORIGIN}{CONTENT_IMAGES}/a.jpg" alt="Gambar"></body></html>'
    numbers = []
    for digest, folder in (("d" * 64, here), ("e" * 64, nowhere)):
        server = press.server(Assets(STATIC, images=folder), tmp_path, 1)
        assert server.render([Job("x", html, digest, str(folder))], lambda: None).rendered == 1
        numbers.append(pid(server))

    assert numbers[0] == numbers[1]
    found, lost = cache.load(tmp_path, "d" * 64), cache.load(tmp_path, "e" * 64)
    assert (found.meta["refused"], len(lost.meta["refused"])) == ([], 1)


def test_after_a_failure_another_process_is_there(press, tmp_path):
    server = press.server(Assets(STATIC), tmp_path, 1)
    server._process.kill()
    server._process.wait()
    with pytest.raises(RenderUnavailable):
        server.render([Job("x", "<p>Satu</p>", "b" * 64)], lambda: None)
    press.end()

    again = press.server(Assets(STATIC), tmp_path, 1)
    assert again.render([Job("x", "<html><body><p>Dua</p></body></html>", "c" * 64)], lambda: None).rendered == 1
