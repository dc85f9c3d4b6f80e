"""Lays out the parts of one book: late parts until page numbers are final, placeholders for parts that fail.

Rendering is `fragments`; putting the result together is `assemble`; both are called by `produce`.
"""

import html as html_text
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from smartcity.press.assembling.assemble import AssemblyError, is_excerpt
from smartcity.press.assembling.paging import AskedLabels, PageMap, page_map
from smartcity.press.assets import CONTENT_IMAGES, ORIGIN
from smartcity.press.cache import Fragment
from smartcity.press.checking.squeeze import squeeze
from smartcity.press.fragments import Fragments
from smartcity.press.parts import Part
from smartcity.press.placeholder import explain, part_name, placeholder

Progress = Callable[[str, int, int], None]
# `render.render_part`: (part, *, content, pages=None, total_pages=None) -> HTML.
RenderPart = Callable[..., str]
_MOST_LAYOUTS = 8
# Markup, and words in the HTML that no page shows.
_TAG = re.compile(r"<(head|title|desc|style)\b.*?</\1>|<[^>]*>", re.DOTALL | re.IGNORECASE)
# Edges of what stands by itself on a page: a text does not go on beyond them.
_EDGE = re.compile(
    r"</?(?:p|div|dl|dt|dd|ul|ol|li|h\d|table|caption|t[dhr]|svg|g|text|tspan|figure|br)\b[^>]*>", re.IGNORECASE
)
# Pages that no book is issued without. What stands on others is an initiative's or somebody's text.
_DESIGNED = frozenset({"cover", "front", "opener", "designed", "letter"})


def _in_pieces(html: str) -> str:
    """The words of a part, with a sign that no text holds between what stands apart."""
    return html_text.unescape(_TAG.sub("", _EDGE.sub("\0", html)))


def _blank(part: Part) -> Fragment:
    """Stands for a part that is still to be rendered: one page with its headings and captions."""
    anchors = [heading.anchor for heading in part.headings] + [caption.anchor for caption in part.captions]
    return Fragment(b"", {"pages": [[0, 0]], "anchors": {anchor: [0, 0, 0] for anchor in anchors}})


@dataclass(frozen=True)
class Problem:
    """Something a person should mend: `key` of the part, or the page or path; `sentence` in Indonesian."""

    key: str
    sentence: str


class BookLayout:
    """Parts, their HTML, their fragments, and why some were given up."""

    def __init__(
        self,
        parts: Sequence[Part],
        content: Mapping[str, Any],
        render: RenderPart,
        fragments: Fragments,
        progress: Progress,
    ) -> None:
        self.parts, self._content, self._render, self._source = parts, content, render, fragments
        self._progress = progress
        self._html = {part.key: render(part, content=content) for part in parts if not part.late}
        self._given_up: dict[str, str] = {}
        self._lost: dict[str, str] = {}  # part -> a text that its pages should show and do not
        self.fragments: dict[str, Fragment] = {}
        if len({part.key for part in parts}) != len(parts):
            raise AssemblyError("Ada dua bagian buku dengan kunci yang sama.")

    def lay_out(self) -> PageMap:
        """Fragments for all parts, with page numbers that agree with them. Raises AssemblyError.

        Late parts wait for those on whose length their numbers depend: indexes come before the contents. Where that
        cannot be, each counts as one page until it is rendered; one in which a number then is another is made again.
        """
        late = [part for part in self.parts if part.late]
        self._fetch([part for part in self.parts if part.key in self._html])
        for _ in range(_MOST_LAYOUTS):
            blank = {part.key: _blank(part) for part in late if part.key not in self.fragments}
            pages = page_map(self.parts, blank | self.fragments)
            guessed = self._guessed(pages, blank.keys())
            written = {part.key: self._with_numbers(part, pages) for part in late}
            changed = [part for part in late if written[part.key][0] != self._html.get(part.key)]
            if not changed and not blank:
                return pages
            ready = [part for part in changed if guessed.isdisjoint(written[part.key][1])]
            chosen = ready or changed
            self._html |= {part.key: written[part.key][0] for part in chosen}
            self._fetch(chosen)
        raise AssemblyError("Panjang daftar isi terus berubah setiap kali nomor halamannya diisi.")

    def _with_numbers(self, part: Part, pages: PageMap) -> tuple[str, Set[str]]:
        """The HTML of a late part, and the anchors whose numbers it asked for."""
        labels = AskedLabels(pages.labels)
        html = self._render(part, content=self._content, pages=labels, total_pages=pages.total)
        return html, labels.asked.keys()

    def _guessed(self, pages: PageMap, blank: Set[str]) -> frozenset[str]:
        """The anchors behind a part of unknown length that counts in the same way. Openers always fill one page."""
        unknown: set[str] = set()
        found: set[str] = set()
        for part in self.parts:
            style = pages.numbers[pages.starts[part.key]].style
            if style in unknown:
                found.update(self._anchors(part))
            if part.key in blank and part.page != "opener":
                unknown.add(style)
        return frozenset(found)

    def _anchors(self, part: Part) -> Iterable[str]:
        fragment = self.fragments.get(part.key) or _blank(part)
        anchors: Mapping[str, Any] = fragment.meta["anchors"]
        return anchors

    def _fetch(self, parts: Sequence[Part]) -> None:
        total = len(self.parts)
        done = len(self.fragments.keys() - {part.key for part in parts})

        def count(more: int = 1) -> None:
            nonlocal done
            done = min(done + more, total)
            self._progress("parts", done, total)

        pages = [(part.key, self._html_of(part)) for part in parts]
        found, failed = self._source.fetch(pages, count)
        self.fragments |= found
        if failed:
            self._given_up |= failed
            again = [part for part in parts if part.key in failed]
            found, hopeless = self._source.fetch([(part.key, self._html_of(part)) for part in again], count)
            if hopeless:
                raise AssemblyError(f"Pengganti pun tidak dapat disusun untuk bagian {', '.join(sorted(hopeless))}.")
            self.fragments |= found

    def _html_of(self, part: Part) -> str:
        reason = self._given_up.get(part.key)
        return self._html[part.key] if reason is None else placeholder(part, reason, self._html[part.key])

    def expected(
        self, texts: Iterable[tuple[str, str]], where_shown: Iterable[tuple[str, str]] = ()
    ) -> list[tuple[str, str]]:
        """The (path, text) pairs to look for: in an excerpt those it shows, and none of parts that were given up.

        Of `where_shown` those that a part shows in one piece.
        """
        if is_excerpt(self.parts):
            shown = "\0".join(map(self._words, self._html))
            texts = [(path, text) for path, text in texts if squeeze(text) in shown]
        elif others := list(where_shown):
            shown = "\0".join(squeeze(_in_pieces(html)) for html in self._html.values())
            texts = [*texts, *((path, text) for path, text in others if squeeze(text) in shown)]
        if not self._given_up:
            return list(texts)
        lost = "\0".join(self._words(key) for key in self._given_up)
        return [(path, text) for path, text in texts if squeeze(text) not in lost]

    def give_up_on(self, lost: Iterable[str]) -> bool:
        """Replace the parts that should show these texts and do not; False when there is none to replace."""
        wanted = {squeeze(text): text for text in lost}
        words = (
            {part.key: self._words(part.key) for part in self.parts if part.key not in self._given_up} if wanted else {}
        )
        first = {key: next((text for text in wanted if text in own), None) for key, own in words.items()}
        culprits = {key: wanted[text] for key, text in first.items() if text is not None}
        self._lost |= culprits
        self._given_up |= dict.fromkeys(culprits, "text")
        return bool(culprits)

    def refusals(self) -> list[Problem]:
        """Why this is no book to be issued: a cover, an imprint or another designed page that could not be printed, or
        that shows signs instead of letters which no typeface has. A sheet or a written text is issued with its fault.
        """
        written: set[int] = set()
        for part in self.parts:
            written.update(self._missing(part) if part.page not in _DESIGNED else ())
        found = []
        for part in (each for each in self.parts if each.page in _DESIGNED):
            if part.key in self._given_up:
                found.append(self._unprinted(part))
            elif self._missing(part) - (set() if part.page == "cover" or not part.late else written):
                found.append(self._without_letters(part))
        return found

    def _missing(self, part: Part) -> set[int]:
        """Code points for which the pages of a part show a sign; none while it is not laid out."""
        fragment = self.fragments.get(part.key)
        return set(fragment.meta["missing"]) if fragment else set()

    def _unprinted(self, part: Part) -> Problem:
        return Problem(part.key, explain(part, self._given_up[part.key], self._lost.get(part.key, "")))

    def _without_letters(self, part: Part) -> Problem:
        codes = self.fragments[part.key].meta["missing"][:10]
        letters = ", ".join(f"“{chr(code)}” (U+{code:04X})" for code in codes)
        sentence = f"Bagian “{part_name(part)}” memakai huruf yang tidak ada bentuk cetaknya: {letters}."
        return Problem(part.key, f"{sentence} Ganti huruf itu pada isiannya, lalu bekukan dan susun lagi.")

    def _words(self, key: str) -> str:
        return squeeze(html_text.unescape(_TAG.sub("", self._html[key])))

    def lack_letters(self) -> bool:
        """Whether a part uses a letter that no typeface has; `problems` says which part and which letter."""
        return any(fragment.meta["missing"] for fragment in self.fragments.values())

    def problems(self) -> Iterator[Problem]:
        """What was given up, known faults, letters no typeface has, text off the paper, addresses not fetched."""
        for part in self.parts:
            name, meta = part_name(part), self.fragments[part.key].meta
            if part.key in self._given_up:
                yield self._unprinted(part)
            yield from (Problem(part.key, fault) for fault in part.faults)
            if meta["missing"]:
                yield self._without_letters(part)
            if meta["overflow"]:
                yield Problem(part.key, f"Bagian “{name}” memuat teks yang melewati tepi kertas: {meta['overflow'][0]}")
            pictures = [url for url in meta["refused"] if url.startswith(f"{ORIGIN}{CONTENT_IMAGES}/")]
            if pictures:
                lost = f"Gambar pada bagian “{name}” tidak ditemukan; judulnya dicetak sebagai gantinya."
                yield Problem(part.key, f"{lost} Unggah lagi gambarnya.")
            if len(meta["refused"]) > len(pictures):
                yield Problem(part.key, f"Bagian “{name}” meminta berkas dari luar portal; berkas itu tidak diambil.")
