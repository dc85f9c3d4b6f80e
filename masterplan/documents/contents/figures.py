"""Evidence in print: pictures as figures on an initiative's sheet, and the facts of the list in the annex. Pure."""

from typing import Any

from masterplan.documents.contents.lookup import Row
from masterplan.documents.contents.numbering import Numbering
from masterplan.documents.press.assets import CONTENT_IMAGES, ORIGIN
from smartcity.common.formatting import format_size

# The room a figure has on a sheet, and what print can show of a picture in it.
_WIDEST, _HIGHEST = 120.0, 85.0
_MM_PER_INCH = 25.4
_PRINT_DPI, _COARSE_DPI = 200, 110
PRINT_PIXELS = (round(_WIDEST / _MM_PER_INCH * _PRINT_DPI), round(_HIGHEST / _MM_PER_INCH * _PRINT_DPI))


def evidence_of(initiative: Row) -> list[Row]:
    """What an initiative shows in print, in its order; an edition frozen before there was evidence has none."""
    found: list[Row] = initiative.get("evidence", [])
    return found


def figures(initiative: Row, captions: Numbering) -> list[dict[str, Any]]:
    """The pictures that stand on the sheet, each with its caption; the title is also what a screen reader says."""
    return [
        {
            "caption": captions.figure(row["title"]),
            "address": f"{ORIGIN}{CONTENT_IMAGES}/{row['image']['file']}",
            "alt": row["title"],
            "width": f"{_width(row['image']):.1f}",
        }
        for row in evidence_of(initiative)
        if row["placement"] == "figure"
    ]


def coarse(initiative: Row) -> tuple[str, ...]:
    """A sentence for each figure whose dots would be seen at the size it is printed in."""
    return tuple(
        f"Gambar “{row['title']}” terlalu kasar: {dots} titik per inci pada lebar {_width(row['image']):.0f} mm,"
        f" sedikitnya {_COARSE_DPI}. Unggah gambar yang lebih besar, atau pilih daftar lampiran."
        for row in evidence_of(initiative)
        if row["placement"] == "figure" and (dots := _dots(row["image"])) < _COARSE_DPI
    )


def facts(row: Row) -> dict[str, str]:
    """The line of one piece of evidence in the annex."""
    return {
        "title": row["title"],
        "kind": row["kind_label"],
        "size": format_size(row["size"]),
        "code": row["fingerprint"],
    }


def _width(image: Row) -> float:
    """Printed width in mm: as wide as the room allows, for a tall picture as high."""
    return min(_WIDEST, _HIGHEST * image["width"] / image["height"])


def _dots(image: Row) -> int:
    return round(image["width"] / (_width(image) / _MM_PER_INCH))
