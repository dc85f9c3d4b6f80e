"""Makes it plain where each stream of a finished file ends, as PDF/A asks; the file is one that qpdf has just written.

The bytes of a stream are counted up to the end of line before `endstream`. Where the last of them happens to be a
carriage return, it makes one end of line with the line feed that qpdf writes, and a reader of the standard counts one
byte too few (ISO 19005-2, 6.1.7.1, with ISO 32000-1, 7.2.2). There one more carriage return is written, and everything
behind it moves by one byte.
"""

import re
import zlib
from bisect import bisect_left
from pathlib import Path

_AMBIGUOUS = re.compile(rb"\r(?=\nendstream\nendobj\n)")
_TABLE = re.compile(
    rb"\d+ 0 obj\n<< /Type /XRef /Length (?P<length>\d+)"
    rb" /Filter /FlateDecode /DecodeParms << /Columns \d+ /Predictor 12 >>"
    rb" /W \[ (?P<type>\d) (?P<offset>\d) (?P<index>\d) \].*? >>\nstream\n",
    re.DOTALL,
)
_UP = 2  # each byte is the difference to the one above
_IN_FILE = 1


def part_line_ends(path: Path) -> None:
    """Rewrite the file at `path` where a stream ends with a carriage return; most often there are one or two."""
    data = path.read_bytes()
    start = int(data[data.rindex(b"startxref") :].split()[1])
    found = [match.end() for match in _AMBIGUOUS.finditer(data)]
    if not found:
        return
    before = [place for place in found if place < start]
    pieces = [data[one:other] for one, other in zip([0, *before], [*before, start], strict=True)]
    body = b"\r".join(pieces)
    path.write_bytes(body + _table(data, start, before) + b"startxref\n%d\n%%%%EOF\n" % len(body))


def _table(data: bytes, start: int, moved: list[int]) -> bytes:
    """The cross-reference stream at `start`, with the places of objects once a byte is put in at each of `moved`."""
    head = _TABLE.match(data, start)
    assert head is not None, "qpdf writes its cross-reference stream in another way"
    first, second = int(head["type"]), int(head["type"]) + int(head["offset"])
    rows = _decoded(zlib.decompress(data[head.end() : head.end() + int(head["length"])]), second + int(head["index"]))
    for row in rows:
        if int.from_bytes(row[:first], "big") == _IN_FILE:
            place = int.from_bytes(row[first:second], "big")
            row[first:second] = (place + bisect_left(moved, place + 1)).to_bytes(second - first, "big")
    stream = zlib.compress(_encoded(rows))
    words = head[0].replace(b"/Length " + head["length"], b"/Length %d" % len(stream), 1)
    return words + stream + (b"\r" if stream.endswith(b"\r") else b"") + b"\nendstream\nendobj\n"


def _decoded(data: bytes, width: int) -> list[bytearray]:
    rows, above = [], bytes(width)
    for start in range(0, len(data), width + 1):
        assert data[start] == _UP
        above = bytes((byte + up) & 0xFF for byte, up in zip(data[start + 1 : start + 1 + width], above, strict=True))
        rows.append(bytearray(above))
    return rows


def _encoded(rows: list[bytearray]) -> bytes:
    pieces, above = [], bytes(len(rows[0]))
    for row in rows:
        pieces.append(bytes((_UP, *((byte - up) & 0xFF for byte, up in zip(row, above, strict=True)))))
        above = bytes(row)
    return b"".join(pieces)
