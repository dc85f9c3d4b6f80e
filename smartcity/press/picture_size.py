"""How large a picture may stand on a printed page, and how many dots of it print can show."""

from dataclasses import dataclass
from typing import TypedDict

_MM_PER_INCH = 25.4
_PRINT_DPI = 200


class Size(TypedDict):
    """A picture's own size in dots."""

    width: int
    height: int


@dataclass(frozen=True)
class Room:
    """The most a picture may take on a page, in mm."""

    width: float
    height: float

    def width_of(self, image: Size) -> float:
        """Printed width in mm: as wide as the room allows, for a tall picture as high."""
        return min(self.width, self.height * image["width"] / image["height"])

    def dots(self, image: Size) -> int:
        """Dots an inch at that width."""
        return round(image["width"] / (self.width_of(image) / _MM_PER_INCH))


ON_SHEET, IN_TEXT = Room(120.0, 85.0), Room(162.0, 115.0)
# What print can show of a picture: what the larger of the two rooms holds.
PRINT_PIXELS = (round(IN_TEXT.width / _MM_PER_INCH * _PRINT_DPI), round(IN_TEXT.height / _MM_PER_INCH * _PRINT_DPI))
