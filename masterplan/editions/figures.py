"""Pictures in print: evidence as figures on an initiative's sheet, pictures of the texts, coarse ones named. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from masterplan.editions.numbering import Numbering, anchor
from masterplan.editions.schema import FrozenEvidence, FrozenImage, FrozenPicture, Row
from smartcity.common.formatting import format_size
from smartcity.common.rich_text.limits import document
from smartcity.common.rich_text.marks import referred
from smartcity.press.assets import CONTENT_IMAGES, ORIGIN
from smartcity.press.parts import Caption
from smartcity.press.picture_size import IN_TEXT, ON_SHEET, Room

_COARSE_DPI = 110


def evidence_of(initiative: Row) -> list[FrozenEvidence]:
    """What an initiative shows in print, in its order; an edition frozen before there was evidence has none."""
    found: list[FrozenEvidence] = initiative.get("evidence", [])
    return found


def figures(initiative: Row, captions: Numbering) -> list[dict[str, Any]]:
    """The pictures that stand on the sheet, each with its caption; the title is also what a screen reader says."""
    return [
        {
            "caption": captions.figure(title),
            "address": _address(image),
            "alt": title,
            "width": f"{ON_SHEET.width_of(image):.1f}",
        }
        for title, image in _on_sheet(initiative)
    ]


def coarse(initiative: Row) -> tuple[str, ...]:
    """A sentence for each figure whose dots would be seen at the size it is printed in."""
    return tuple(
        f"{sentence} Unggah gambar yang lebih besar, atau pilih daftar lampiran."
        for title, image in _on_sheet(initiative)
        if (sentence := _coarse(title, image, ON_SHEET))
    )


def _on_sheet(initiative: Row) -> list[tuple[str, FrozenImage]]:
    """Title and print of the pictures that stand on the sheet."""
    found = [(row["title"], row["image"]) for row in evidence_of(initiative) if row["placement"] == "figure"]
    return [(title, image) for title, image in found if image is not None]


def facts(row: FrozenEvidence) -> dict[str, str]:
    """The line of one piece of evidence in the annex."""
    return {
        "title": row["title"],
        "kind": row["kind_label"],
        "size": format_size(row["size"]),
        "code": row["fingerprint"],
    }


# Pictures of the texts -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Figure:
    """A picture as it stands in a text. `source` is "" where none is named; `width` in mm, `faults` as of a part."""

    caption: Caption
    address: str
    alt: str
    width: str
    source: str
    faults: tuple[str, ...] = ()


def picture_anchor(key: str | int) -> str:
    """The anchor of a picture in the books, and what a text names it by; `key` is its id."""
    return anchor("gambar", str(key))


def pictures_of(section: Row) -> list[FrozenPicture]:
    """The pictures of a section in their order; an edition frozen before there were any has none."""
    found: list[FrozenPicture] = section.get("pictures", [])
    return found


def figures_of(body: str, pictures: Iterable[FrozenPicture], captions: Numbering) -> tuple[Figure, ...]:
    """The pictures of a text as they are met in reading it: each behind what names it first, the others at the end."""
    rows = {picture_anchor(row["key"]): row for row in pictures}
    named = [name for name in dict.fromkeys(referred(document(body))) if name in rows]
    return tuple(_figure(rows[name], captions) for name in [*named, *(name for name in rows if name not in named)])


def _figure(row: FrozenPicture, captions: Numbering) -> Figure:
    image, caption = row["image"], row["caption"]
    coarse = _coarse(caption, image, IN_TEXT)
    faults = [f"{coarse} Unggah gambar yang lebih besar."] if coarse else []
    if not row["alt"]:
        faults.append(f"Gambar “{caption}” belum punya teks pengganti; keterangannya dibacakan sebagai gantinya.")
    return Figure(
        caption=captions.figure(caption, row["key"]),
        address=_address(image),
        alt=row["alt"] or caption,
        width=f"{IN_TEXT.width_of(image):.1f}",
        source=row["source"],
        faults=tuple(faults),
    )


def images_named(content: Mapping[str, Any]) -> dict[str, str]:
    """The pictures that a snapshot may print: the name of each in a print, by the fingerprint of its file."""
    return {row["sha256"]: row["image"]["file"] for row in _with_files(content) if row["image"]}


def files_named(content: Mapping[str, Any]) -> set[str]:
    """The fingerprints of all files that a snapshot speaks of."""
    return {row["sha256"] for row in _with_files(content)}


def _with_files(content: Mapping[str, Any]) -> Iterator[FrozenEvidence | FrozenPicture]:
    for initiative in content["initiatives"]:
        yield from evidence_of(initiative)
    for section in content["sections"].values():
        yield from pictures_of(section)


def _address(image: FrozenImage) -> str:
    return f"{ORIGIN}{CONTENT_IMAGES}/{image['file']}"


def _coarse(title: str, image: FrozenImage, room: Room) -> str:
    """A sentence for a picture whose dots would be seen at the size it is printed in; "" for any other."""
    dots = room.dots(image)
    if dots >= _COARSE_DPI:
        return ""
    return (
        f"Gambar “{title}” terlalu kasar: {dots} titik per inci pada lebar {room.width_of(image):.0f} mm,"
        f" sedikitnya {_COARSE_DPI}."
    )
