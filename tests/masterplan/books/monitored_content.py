"""What an edition holds of reports, for the tests of the books."""

from collections.abc import Mapping
from typing import Any


def told_of(content: Mapping[str, Any], **answers: Any) -> dict[str, Any]:
    """A report on the first initiative, late, with all that a report can hold; the second one was awaited."""
    first, *others = [row["id"] for row in content["initiatives"]]
    report = {
        "id": first,
        "year": 2026,
        "number": 3,
        "date": "2026-10-18",
        "days_late": 3,
        "state": "behind",
        "state_label": "Berjalan, tertinggal dari rencana",
        "output": "Modul pendaftaran dipakai di 12 kecamatan.\n\n- Pelatihan selesai\n- Panduan terbit",
        "problem": "Lelang diulang.",
        "follow_up": "Perangkat dipinjam.",
        "amounts": [{"source": "apbd_regency", "source_label": "APBD Kabupaten/Kota", "amount": 1_234_567_891}],
        "values": [
            {"kind": "output", "kind_label": "Keluaran", "name": "Loket terhubung", "unit": "persen", "text": "17,5"}
        ],
        "evidence": [
            {"title": "Berita acara", "kind": "pdf", "kind_label": "PDF", "size": 900, "sha256": "3f" * 32,
             "fingerprint": "3FA2-91C0"}
        ],
    }  # fmt: skip
    return {"quarters": [{"year": 2026, "number": 3, "awaited": others[:1]}], "reports": [report | answers]}
