"""Rendering parts: cache, limits, retries, and that a part reaches nothing but our own files."""

import io
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pikepdf
import pydyf
import pytest

from masterplan.books.produce import STATIC
from smartcity.press import cache
from smartcity.press.assets import Assets
from smartcity.press.cache import Fragment
from smartcity.press.finish import ForbiddenLink, point_links
from smartcity.press.fragments import Fingerprints, Fragments
from smartcity.press.slim import slim
from smartcity.press.typefaces.faces import UnusableFonts, load_faces
from smartcity.press.workers import Limits, RenderServer
from tests.masterplan.books.tiny_book import static_folder

SLOW = '<p style="white-space:pre-wrap">' + "baris\n" * 4000 + "</p>"

Fetch = Callable[..., tuple[dict[str, Fragment], dict[str, str]]]


@pytest.fixture(scope="module")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return static_folder(tmp_path_factory.mktemp("static") / "static")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that the tests of this module share; each uses keys of its own."""
    return tmp_path_factory.mktemp("cache")


class DeadlyServer(RenderServer):
    """Its children are killed -9 as they begin to render: the first of them, or all."""

    kills = 0

    def _receive(self) -> dict[str, Any]:
        message = super()._receive()
        if "started" in message and self.kills:
            self.kills -= 1
            with suppress(ProcessLookupError):  # it was quicker
                os.kill(message["pid"], signal.SIGKILL)
        return message


@pytest.fixture
def fetch(static: Path, folder: Path) -> Fetch:
    """Render named bodies; keyword `limits` as in RenderServer, `kills`: so many children are killed."""

    def run(
        bodies: dict[str, str], limits: Limits | None = None, kills: int = 0
    ) -> tuple[dict[str, Fragment], dict[str, str]]:
        with DeadlyServer(Assets(static), folder, limits=limits) as server:
            server.kills = kills
            fragments = Fragments(server, Fingerprints(Assets(static)), folder)
            found = fragments.fetch([(key, page(body)) for key, body in bodies.items()], lambda _: None)
            run.total = fragments.total  # type: ignore[attr-defined]
            run.killed = kills - server.kills  # type: ignore[attr-defined]
        return found

    return run


def page(body: str) -> str:
    return f'<!DOCTYPE html><html lang="id"><head><title>Uji</title></head><body>{body}</body></html>'


def processes_below(pid: int) -> list[int]:
    try:
        found = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):  # it ended while we looked
        return []
    return found + [below for child in found for below in processes_below(child)]


def test_what_was_rendered_is_not_rendered_again(fetch: Fetch) -> None:
    bodies = {"simpan-1": '<h1 id="a">Satu</h1>', "simpan-2": "<h1>Dua</h1>"}
    first, _ = fetch(bodies)
    assert fetch.total.rendered == 2  # type: ignore[attr-defined]
    second, _ = fetch(bodies)
    assert fetch.total.rendered == 0  # type: ignore[attr-defined]
    assert second == first
    assert first["simpan-1"].meta["anchors"]["a"][0] == 0


def test_what_was_found_is_at_hand_while_the_rest_is_rendered(fetch: Fetch, static: Path, folder: Path) -> None:
    old, new = ("dulu", page("<h1>Dulu</h1>")), ("baru", page("<h1>Baru</h1>"))
    fetch({"dulu": "<h1>Dulu</h1>"})
    seen: list[str] = []

    def meanwhile(found: Iterable[Fragment]) -> None:
        seen.append(f"{len(list(found))} found")

    with RenderServer(Assets(static), folder) as server:
        fragments = Fragments(server, Fingerprints(Assets(static)), folder, meanwhile)
        fragments.fetch([old, new], lambda count: seen.append(f"{count} done"))
        fragments.fetch([old, new], lambda count: seen.append(f"{count} done"))
    assert seen == ["1 done", "1 found", "1 done", "2 done", "2 found"]


def test_a_part_holds_nothing_that_it_does_not_use(fetch: Fetch) -> None:
    rows = "<tr><td><span>satu</span> <b>dua</b></td></tr>" * 40
    part = fetch({"ramping": f'<h1>Tabel</h1><table><tr><th scope="col">Kepala</th></tr>{rows}</table>'})[0]["ramping"]
    assert slim(part.pdf) == part.pdf
    with pikepdf.open(io.BytesIO(part.pdf)) as pdf:
        kinds = Counter(str(item.get("/S", "")) for item in pdf.objects if isinstance(item, pikepdf.Dictionary))
    assert kinds["/TD"] == 40
    assert kinds["/NonStruct"] == kinds["/Div"] == 0


@pytest.mark.parametrize("damage", ["flipped", "cut", "empty", "foreign"])
def test_a_damaged_entry_is_made_again(fetch: Fetch, folder: Path, static: Path, damage: str) -> None:
    body = f"<h1>Rusak {damage}</h1>"
    intact, _ = fetch({damage: body})
    path = cache.path_of(folder, Fingerprints(Assets(static)).job(damage, page(body)).digest)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes({"flipped": bytes(data), "cut": bytes(data[:200]), "empty": b"", "foreign": b"%PDF-1.7"}[damage])

    again, failed = fetch({damage: body})

    assert fetch.total.rendered == 1  # type: ignore[attr-defined]
    assert not failed
    assert again == intact


@pytest.mark.parametrize("damage", [b"", b"\0\1\0\0 half a typeface"])
def test_a_damaged_typeface_is_unpacked_again(static: Path, tmp_path: Path, damage: bytes) -> None:
    intact = load_faces(Assets(static), tmp_path)
    intact[0].path.write_bytes(damage)
    again = load_faces(Assets(static), tmp_path)
    assert again == intact
    assert again[0].font["maxp"].numGlyphs > 100


def test_the_key_follows_what_can_change_a_part_and_not_where_it_lies(tmp_path: Path) -> None:
    here, there = static_folder(tmp_path / "a"), static_folder(tmp_path / "b")
    digest = Fingerprints(Assets(here)).job("k", "h").digest
    assert Fingerprints(Assets(there)).job("k", "h").digest == digest
    assert Fingerprints(Assets(here)).job("k2", "h").digest != digest
    assert Fingerprints(Assets(here)).job("k", "h2").digest != digest
    (there / "img" / "garis.svg").write_text("<svg/>")
    with_image = Fingerprints(Assets(there)).job("k", "h").digest
    assert with_image != digest
    (there / "css" / "print.css").write_text("p{}")
    assert Fingerprints(Assets(there)).job("k", "h").digest not in {digest, with_image}


def test_unused_entries_are_forgotten(tmp_path: Path) -> None:
    for name in ("a" * 64, "b" * 64):
        cache.store(tmp_path, name, Fragment(b"%PDF", {"pages": []}))
    old = cache.path_of(tmp_path, "a" * 64)
    os.utime(old, (0, 0))
    assert cache.prune(tmp_path, unused_days=30) == 1
    assert cache.load(tmp_path, "a" * 64) is None
    assert cache.load(tmp_path, "b" * 64) is not None


def test_a_child_killed_once_is_only_a_delay(fetch: Fetch) -> None:
    found, failed = fetch({"sekali": SLOW, "teman": "<p>teman</p>"}, kills=1)
    assert fetch.killed == 1  # type: ignore[attr-defined]
    assert not failed
    assert set(found) == {"sekali", "teman"}


def test_a_child_killed_each_time_is_named(fetch: Fetch) -> None:
    _, failed = fetch({"selalu": (SLOW * 6).replace("baris", "barisan")}, kills=9)
    assert fetch.killed == 2  # type: ignore[attr-defined]  # once more, alone
    assert failed == {"selalu": "killed"}


def test_a_part_out_of_time_is_named_and_its_company_is_not(fetch: Fetch) -> None:
    found, failed = fetch({"lama": SLOW * 4, "cepat": "<p>cepat</p>"}, limits=Limits(cpu_seconds=1))
    assert failed == {"lama": "time"}
    assert set(found) == {"cepat"}


def test_the_clock_on_the_wall_counts_too(fetch: Fetch) -> None:
    _, failed = fetch({"tersendat": SLOW * 4}, limits=Limits(wall_seconds=1))
    assert failed == {"tersendat": "time"}


def test_a_part_out_of_memory_is_named(fetch: Fetch) -> None:
    _, failed = fetch({"rakus": SLOW.replace("baris", "rakus") * 4}, limits=Limits(memory_mb=8))
    assert failed == {"rakus": "memory"}


def test_known_killers_end_within_the_limits(fetch: Fetch) -> None:
    killers = {
        "sel": f"<table><tr><td>{'kata ' * 60_000}</td></tr></table>",
        "kata": f"<table><tr><td>{'panjangsekali' * 308}</td></tr></table>",
        "baris": '<p style="white-space:pre-wrap">x' + "\n" * 10_000 + "</p>",
        "sarang": "<div>" * 150 + "dalam" + "</div>" * 150,
        "lajur": '<table><tr><td colspan="100000">lebar</td></tr></table>',
    }
    started = time.monotonic()
    found, failed = fetch(killers, limits=Limits(cpu_seconds=40, wall_seconds=80))
    assert time.monotonic() - started < 300
    assert set(found) | set(failed) == set(killers)
    assert {"sel", "sarang"} <= set(found)
    assert fetch.total.peak_memory_mb < 400  # type: ignore[attr-defined]


def test_a_part_reaches_nothing_outside(fetch: Fetch, tmp_path: Path) -> None:
    canary = tmp_path / "canary.svg"
    canary.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="9">BURUNGKENARI</text></svg>'
    )
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    body = "".join(
        f'<img src="{origin}" alt="a"><object data="{origin}"></object><embed src="{origin}">'
        f'<div style="background:url({origin})">b</div><svg><image href="{origin}" width="9" height="9"/></svg>'
        f'<link rel="stylesheet" href="{origin}"><link rel="attachment" href="{origin}"><style>@import "{origin}";'
        f'@font-face{{font-family:x;src:url("{origin}")}}</style><a rel="attachment" href="{origin}">c</a>'
        for origin in (address, canary.as_uri(), "/static/../../etc/passwd", "https://aset.invalid/fonts/../../x.png")
    )

    found, failed = fetch({"luar": f'<base href="{address}">{body}'})

    assert not failed
    with pytest.raises(BlockingIOError):
        listener.accept()
    listener.close()
    assert found["luar"].meta["refused"]
    with pikepdf.open(_as_file(found["luar"], tmp_path)) as pdf:
        streams = [item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)]
        assert not any(b"BURUNGKENARI" in data or b"root:" in data for data in streams)
        assert "/EmbeddedFiles" not in pdf.Root.get("/Names", {})


def test_links_are_https_mailto_or_internal(fetch: Fetch, tmp_path: Path) -> None:
    targets = (
        "https://a.test/",
        "mailto:a@b.test",
        "http://a.test/",
        "file:///etc/passwd",
        "javascript:x()",
        "lain.html",
    )
    body = (
        "".join(f'<p><a href="{target}">tautan</a></p>' for target in targets)
        + '<a href="#sini">x</a><p id="sini">y</p>'
    )
    found, _ = fetch({"tautan": body})
    with pikepdf.open(_as_file(found["tautan"], tmp_path)) as pdf:
        links = list(pdf.pages[0].obj.Annots)
        assert sorted(str(link.A.URI) for link in links if "/A" in link) == ["https://a.test/", "mailto:a@b.test"]
        assert [str(link.Dest) for link in links if "/Dest" in link] == ["sini"]
        assert all(str(link.Contents) for link in links)
    assert found["tautan"].meta["links"] == ["sini"]


def test_a_link_that_slipped_through_stops_the_part() -> None:
    pdf = pydyf.PDF()
    action = pydyf.Dictionary({"S": "/URI", "URI": pydyf.String("http://a.test/")})
    pdf.add_object(pydyf.Dictionary({"Subtype": "/Link", "A": action}))
    with pytest.raises(ForbiddenLink, match=r"http://a\.test/"):
        point_links(pdf, {})


def test_decoration_is_an_artifact_and_a_picture_has_its_words(fetch: Fetch, tmp_path: Path) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"{}><rect width="9" height="9"/></svg>'
    named = drawing.format("").replace("<rect", "<title>Peta kecamatan</title><rect")
    found, _ = fetch({"gambar": "<p>Teks</p>" + drawing.format(' aria-hidden="true"') + named})
    with pikepdf.open(_as_file(found["gambar"], tmp_path)) as pdf:
        figures = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"]
        tagged = [figure for figure in figures if str(figure.Alt) == "Peta kecamatan"]
        left, bottom, right, top = (float(edge) for edge in tagged[0].A.BBox)
        tree = pdf.Root.StructTreeRoot.K[0].K
        contents = pdf.pages[0].obj.Contents.read_bytes()
    assert len(tagged) == 1
    assert (right - left, top - bottom) == pytest.approx((67.5, 67.5))
    assert 0 < bottom < top < 841.89
    assert [str(kid.get("/S")) for kid in tree if kid.get("/S") == "/Figure"] == ["/Figure"]
    assert contents.count(b"/Layout") == 1


def test_fonts_of_the_machine_do_not_get_in(fetch: Fetch, static: Path, folder: Path) -> None:
    found, _ = fetch({"huruf": '<p style="font-family:DejaVu Sans,Liberation Serif,sans-serif">Huruf \u2206 ا ꦲ</p>'})
    own = {face.digest for face in load_faces(Assets(static), folder)}
    assert {font["face"] for font in found["huruf"].meta["fonts"]} <= own


def test_a_letter_that_no_face_has_is_told(fetch: Fetch) -> None:
    found, _ = fetch({"aneh": "<p>Huruf \u4e2d</p>"})
    assert found["aneh"].meta["missing"] == [0x4E2D]


def test_two_files_for_one_face_are_refused(tmp_path: Path) -> None:
    static = static_folder(tmp_path / "static")
    style = static / "css" / "print.css"
    style.write_text(style.read_text() + style.read_text().splitlines()[1].replace("400.woff2", "500.woff2"))
    with pytest.raises(UnusableFonts, match="plus-jakarta-sans-500"):
        load_faces(Assets(static), tmp_path / "cache")


def test_no_process_of_the_renderer_opens_a_connection() -> None:
    code = (
        "import socket\n"
        "from smartcity.common.confinement import forbid_network\n"
        "forbid_network()\n"
        "try: socket.create_connection(('127.0.0.1', 9))\n"
        "except PermissionError: print('ditolak')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=STATIC.parent, capture_output=True, text=True, check=True)
    assert done.stdout == "ditolak\n"


def test_children_die_with_the_one_who_asked(static: Path, tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from smartcity.press.assets import Assets\n"
        "from smartcity.press.workers import Job, RenderServer\n"
        "static, cache = map(Path, sys.argv[1:])\n"
        "html = '<p style=\"white-space:pre-wrap\">' + 'x\\n' * 40_000\n"
        "with RenderServer(Assets(static), cache) as server:\n"
        "    server.render([Job('a', html, 'a' * 64)], print)\n"
    )
    asker = subprocess.Popen([sys.executable, "-c", code, str(static), str(tmp_path)], cwd=STATIC.parent)
    _wait_until(lambda: len(processes_below(asker.pid)) >= 2)
    family = processes_below(asker.pid)
    asker.kill()
    asker.wait()
    _wait_until(lambda: not any(_is_alive(pid) for pid in family))


def _as_file(fragment: Fragment, folder: Path) -> Path:
    path = folder / "bagian.pdf"
    path.write_bytes(fragment.pdf)
    return path


def _is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _wait_until(condition: Callable[[], bool]) -> None:
    limit = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.05)
