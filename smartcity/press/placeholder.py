"""What stands in a book where a part could not be printed: its heading, a sentence that names it, its anchors."""

import html
import re

from smartcity.press.parts import Heading, Part

_ID = re.compile(r"""\sid=["']?([^"'\s>]+)""")
_MOST_ANCHORS = 5000
_REASONS = {
    "time": "penyusunannya melewati batas waktu",
    "memory": "penyusunannya melewati batas memori",
    "killed": "penyusunannya terhenti",
    "text": "sebagian teksnya tidak terbaca lagi pada halamannya",
}
_OTHER = "ada isian yang tidak dapat disusun"
_AGAIN = "bekukan edisi baru, lalu susun lagi"
_MENDING = {
    "time": f"Perpendek isinya, {_AGAIN}",
    "memory": f"Perpendek isinya, {_AGAIN}",
    "text": f"Tulis teks itu dengan cara lain, {_AGAIN}",
}
_TRY_AGAIN = "Susun lagi; bila tetap begini, beri tahu pengelola portal"
_LONGEST_QUOTE = 120


def part_name(part: Part) -> str:
    """How a person knows the part: number and title of its first heading, else its chapter, else its key."""
    if part.page == "cover":
        return "Sampul"
    if part.headings:
        return f"{part.headings[0].number} {part.headings[0].title}".strip()
    return part.chapter or part.key


def explain(part: Part, reason: str, text: str = "") -> str:
    """What is wrong and how it is mended, for the part's owner; `reason` as the renderer reports it, `text` what the
    pages should show and do not.
    """
    short = text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
    why = f"teks “{short}” tidak terbaca lagi pada halamannya" if text else _REASONS.get(reason, _OTHER)
    return f"Bagian “{part_name(part)}” tidak dapat dicetak: {why}. {_MENDING.get(reason, _TRY_AGAIN)}."


def placeholder(part: Part, reason: str, original: str) -> str:
    """HTML in the place of `original`. Its anchors stay, so no other part's links are lost."""
    headings = "".join(map(_heading, part.headings))
    own = {heading.anchor for heading in part.headings}
    found = dict.fromkeys([*(caption.anchor for caption in part.captions), *map(html.unescape, _ID.findall(original))])
    anchors = [name for name in found if name not in own][:_MOST_ANCHORS]
    marks = "".join(f'<span id="{html.escape(name)}">\u200b</span>' for name in anchors)
    return (
        '<!DOCTYPE html><html lang="id"><head><meta charset="utf-8">'
        f"<title>{html.escape(part_name(part))}</title></head>"
        f"<body>{headings}<p>{marks}Bagian ini tidak dapat dicetak: {_REASONS.get(reason, _OTHER)}.</p></body></html>"
    )


def _heading(heading: Heading) -> str:
    words = html.escape(f"{heading.number} {heading.title}".strip())
    return f'<h{heading.level} id="{html.escape(heading.anchor)}">{words}</h{heading.level}>'
