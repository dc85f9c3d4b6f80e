"""Which late part is rendered when: each once if it can be, and with the right numbers."""

from collections import Counter

from smartcity.press.cache import Fragment
from smartcity.press.layout import BookLayout
from smartcity.press.parts import Heading, Part

# The index refers to the sheets alone; the contents to all, also to the annex behind the index, which has three pages.
PARTS = (
    Part("contents", "contents", page="front", late=True),
    Part("opener", "opener", page="opener", late=True, headings=(Heading(1, "bab-1", "BAB I", "Satu"),)),
    Part("sheet", "sheet", headings=(Heading(2, "in-1", "1.1", "Inisiatif"),)),
    Part("index", "index", late=True, headings=(Heading(1, "lamp-1", "Lampiran 1", "Indeks"),)),
    Part("annex", "annex", headings=(Heading(1, "lamp-2", "Lampiran 2", "Bukti"),)),
)
ASKS = {"contents": ("bab-1", "in-1", "lamp-1", "lamp-2"), "opener": ("in-1",), "index": ("in-1",)}
LENGTHS = {"contents": 2, "sheet": 2, "index": 3}


class Source:
    """Stands for the renderer: parts have the lengths above and their own anchors on the first page."""

    def __init__(self):
        self.asked = Counter()

    def fetch(self, pages, on_done):
        found = {}
        for key, html in pages:
            self.asked[key] += 1
            part = next(part for part in PARTS if part.key == key)
            anchors = {heading.anchor: [0, 0, 0] for heading in part.headings}
            meta = {"pages": [[0, 0]] * LENGTHS.get(key, 1), "anchors": anchors}
            found[key] = Fragment(html.encode(), meta)
        return found, {}


def write(part, *, content, pages=None, total_pages=None):
    return (
        f"{part.key}: " + " ".join(pages.get(anchor, "-") for anchor in ASKS.get(part.key, ())) if pages else part.key
    )


def test_indexes_come_before_the_contents_that_print_what_is_behind_them():
    source = Source()
    layout = BookLayout(PARTS, {}, write, source, lambda *_: None)

    pages = layout.lay_out()

    assert layout.fragments["contents"].pdf == b"contents: 1 2 4 7"
    assert (pages.labels["lamp-2"], pages.total) == ("7", 7)
    assert source.asked == Counter(key for key in ("contents", "opener", "sheet", "index", "annex"))


def test_parts_that_wait_for_each_other_are_rendered_until_their_numbers_hold(monkeypatch):
    monkeypatch.setitem(ASKS, "index", ("in-1", "lamp-2"))
    source = Source()
    layout = BookLayout(PARTS, {}, write, source, lambda *_: None)

    layout.lay_out()

    assert layout.fragments["index"].pdf == b"index: 2 7"
    assert layout.fragments["contents"].pdf == b"contents: 1 2 4 7"
    assert source.asked["index"] == 2
