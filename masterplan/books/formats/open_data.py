"""An edition as open data: everything that was frozen, what each answer is called, and whose it is. Canonical JSON.

The bytes are the same for the same edition. Whoever takes `content` alone and writes it canonically (UTF-8, keys
sorted, no white space) finds the fingerprint that is printed in the books.
"""

from collections.abc import Mapping
from typing import Any

from masterplan.editions.snapshot import canonical
from masterplan.registry import FIELDS, Field, Kind

FORMAT, FORMAT_VERSION = "master-plan-smart-city/edisi", 1
_UNITS = {
    Kind.BUDGETS: "rupiah",
    Kind.YEAR: "tahun",
    Kind.ACTIVITIES: "tanggal ISO 8601",
    Kind.INDICATORS: "menurut kolom satuan",
}
_SAMPLE = (
    "Data contoh untuk memperagakan penyusunan rencana induk. Indikator, target, dan angka anggaran di dalamnya"
    " dikarang dan bukan data resmi {government}."
)
_DRAFT = "Rancangan yang belum ditetapkan. Isinya masih dapat berubah pada edisi berikutnya."
_ADOPTED = "Salinan data edisi yang ditetapkan. Bila berbeda, yang berlaku adalah buku yang ditetapkan."


def open_data(content: Mapping[str, Any], *, fingerprint: str, draft: bool) -> bytes:
    """The file of an edition. `fingerprint` is the SHA-256 of its canonical content."""
    return canonical(
        {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "publisher": content["regency"]["government"],
            "draft": draft,
            "sample": content["regency"]["is_sample"],
            "notice": notice(content, draft=draft),
            "language": "id",
            "currency": "IDR",
            "fingerprint": {"algorithm": "sha256", "of": "content", "value": fingerprint},
            "fields": {key: describe(field) for key, field in FIELDS.items()},
            "content": dict(content),
        }
    )


def notice(content: Mapping[str, Any], *, draft: bool) -> str:
    """What a reader must know before using the data."""
    sentences = [_DRAFT if draft else _ADOPTED]
    if content["regency"]["is_sample"]:
        sentences.insert(0, _SAMPLE.format(government=content["regency"]["government"]))
    return " ".join(sentences)


def describe(field: Field) -> dict[str, Any]:
    """A question of the form: what it is called, of which kind its answer is, and in which unit."""
    return {
        "key": field.key,
        "label": field.label,
        "help": field.help,
        "kind": field.kind.value,
        "unit": _UNITS.get(field.kind, ""),
        "choices": dict(field.choices),
        "columns": [{"key": column.key, "label": column.label} for column in field.columns],
    }
