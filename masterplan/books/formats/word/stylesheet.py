"""What Word takes from the style sheet of the print: widths of columns and colours of dimensions, by class."""

import re
from dataclasses import dataclass, field
from pathlib import Path

_WIDTH = re.compile(r"(?:\.([\w-]+)\s+)?\.((?:w|parts)-[\w-]+)\s*\{\s*width:\s*([\d.]+)(mm|%)")
_COLOURS = re.compile(r"\.dim-([\w-]+)\s*\{\s*--dim:\s*#([0-9A-Fa-f]{6});\s*--tint:\s*#([0-9A-Fa-f]{6})")
INK, INK_2, BRAND, BRAND_DARK, KUNYIT, RULE = "16242C", "4A5A64", "0E4C63", "093648", "F2B632", "B4C0C7"
TINT, GAP, GAP_TINT, NOTICE, WARNING = "E8EEF1", "A8231C", "FCEBE9", "FFF3D6", "7D4E00"


@dataclass(frozen=True)
class StyleSheet:
    """Widths in mm or as a share of the whole, by class and by the page class they hold for; colours by dimension."""

    widths: dict[tuple[str, str], tuple[float, bool]] = field(default_factory=dict)
    colours: dict[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> "StyleSheet":
        """From the file of the print."""
        text = path.read_text(encoding="utf-8")
        widths = {(scope or "", name): (float(width), unit == "%") for scope, name, width, unit in _WIDTH.findall(text)}
        return cls(widths, {code: (dim.upper(), tint.upper()) for code, dim, tint in _COLOURS.findall(text)})

    def width(self, classes: list[str], page: str, whole: float) -> float | None:
        """Width in mm of a column of these classes in a table `whole` mm wide; None where none is said."""
        for name in classes:
            for scope in (f"page-{page}", ""):
                if (scope, name) in self.widths:
                    width, is_share = self.widths[scope, name]
                    return whole * width / 100 if is_share else width
        return None

    def colour(self, dimension: str) -> str:
        """The dimension's colour; grey for one of the regency's own."""
        return self.colours.get(dimension, (INK_2, TINT))[0]

    def tint(self, dimension: str) -> str:
        """The light ground that goes with it."""
        return self.colours.get(dimension, (INK_2, TINT))[1]
