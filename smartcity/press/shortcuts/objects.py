"""Writing PDF objects, of which a part has thousands: the ordinary kinds of values are asked for first."""

from typing import Any

import pydyf  # type: ignore[import-untyped]


def take() -> None:
    """Values, dictionaries and arrays."""
    original = pydyf._to_bytes

    def to_bytes(item: Any) -> bytes:
        kind = type(item)
        if kind is bytes:
            return item
        if kind is str:
            return item.encode("ascii")
        if kind is int:
            return b"%d" % item
        return original(item)

    def dictionary(self: Any) -> bytes:
        return b"<<%b>>" % b"".join([b"/%b %b" % (to_bytes(key), to_bytes(value)) for key, value in self.items()])

    def array(self: Any) -> bytes:
        return b"[%b]" % b" ".join([to_bytes(item) for item in self])

    pydyf._to_bytes = to_bytes
    pydyf.Dictionary.data, pydyf.Array.data = property(dictionary), property(array)
