"""What text a glyph stands for: from a font's tables to a PDF's /ToUnicode map, and back from such a map."""

import re
from typing import Any

from fontTools.ttLib import TTFont

_HEAD = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
"""
_TAIL = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
_BATCH = 100
_PAIR = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]*)>")
# Several characters may share one glyph; a reader gets the ordinary one. Spaces and hyphens are not told apart.
_RARE = frozenset({0x00AD, 0x03BC, 0x0394, 0x03A9, 0x2126, 0x2215, 0x2219, *range(0x02B0, 0x0300)})
_ALIKE = frozenset({0x00A0, 0x00AD, 0x2010, 0x2011})


def unicode_of_glyphs(font: TTFont) -> dict[int, str]:
    """Glyph id to text: from the character map, then through the substitutions (tabular figures, ligatures).

    Taken from the font and not from the first text drawn, so it is the same in every book and right for each glyph.
    """
    texts: dict[str, str] = {}
    for code, name in _ordinary_first(font):
        texts.setdefault(name, chr(code))
    rules = _substitutions(font)
    found = True
    while found:
        found = False
        for sources, target in rules:
            if target not in texts and all(name in texts for name in sources):
                texts[target] = "".join(texts[name] for name in sources)
                found = True
    return {font.getGlyphID(name): text for name, text in texts.items()}


def ambiguous_letters(font: TTFont) -> set[str]:
    """Characters whose glyph stands for a more ordinary one, so that it does not tell them."""
    taken: set[str] = set()
    ambiguous: set[str] = set()
    for code, name in _ordinary_first(font):
        if name in taken and code not in _ALIKE:
            ambiguous.add(chr(code))
        taken.add(name)
    return ambiguous


def _ordinary_first(font: TTFont) -> list[tuple[int, str]]:
    return sorted(font.getBestCmap().items(), key=lambda pair: (pair[0] in _RARE or pair[0] in _ALIKE, pair[0]))


def _substitutions(font: TTFont) -> list[tuple[tuple[str, ...], str]]:
    """(glyphs replaced, glyph shown) of every rule that yields one glyph."""
    if "GSUB" not in font or font["GSUB"].table.LookupList is None:
        return []
    rules: list[tuple[tuple[str, ...], str]] = []
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            rules += _rules_of(getattr(table, "ExtSubTable", table))
    return rules


def _rules_of(table: Any) -> list[tuple[tuple[str, ...], str]]:
    if table.LookupType == 1:
        return [((source,), target) for source, target in table.mapping.items()]
    if table.LookupType == 2:
        return [((source,), targets[0]) for source, targets in table.mapping.items() if len(targets) == 1]
    if table.LookupType == 3:
        return [((source,), target) for source, targets in table.alternates.items() for target in targets]
    if table.LookupType == 4:
        sets = table.ligatures.items()
        return [((first, *each.Component), each.LigGlyph) for first, ligatures in sets for each in ligatures]
    return []


def unicode_cmap(texts: dict[int, str]) -> bytes:
    """The /ToUnicode stream of a font whose codes are glyph ids."""
    lines = [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, text in sorted(texts.items())]
    batches = [lines[start : start + _BATCH] for start in range(0, len(lines), _BATCH)]
    body = "".join(f"{len(batch)} beginbfchar\n" + "\n".join(batch) + "\nendbfchar\n" for batch in batches)
    return _HEAD + body.encode() + _TAIL


def read_unicode_cmap(stream: bytes) -> dict[bytes, str]:
    """Glyph id, as the four hexadecimal digits written in page contents, to text."""
    body = stream.partition(b"endcodespacerange")[2]
    return {code.lower(): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in _PAIR.findall(body)}
