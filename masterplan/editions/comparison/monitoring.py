"""The questions of a report of progress, as two editions are compared by them."""

from masterplan.editions.comparison.differences import Data
from masterplan.editions.comparison.questions import Things, asked, cell, counted, rupiah, several, told_as
from masterplan.editions.days import day_in_full
from masterplan.progress.quarters import Quarter

_OF_THE_BYTES = "Follows from the bytes of the file, by which it is known."


def quarter_label(row: Data) -> str:
    """`Triwulan III 2026`."""
    return Quarter.at(row["year"] * 4 + row["number"]).label


def report_title(row: Data) -> str:
    """`Laporan GO-01, Triwulan III 2026`."""
    return f"Laporan {row['id'].removeprefix('in-')}, {quarter_label(row)}"


AWAITED = Things(
    asked({"awaited": "Belum melapor"}, awaited=several("initiatives")),
    key=lambda row: (row["year"], row["number"]),
    name=quarter_label,
    titled=("year", "number"),
)
_AMOUNTS = Things(
    asked({"amount": "Realisasi"}, amount=rupiah), key=cell("source"), name=cell("source_label"), titled=("source",)
)
_VALUES = Things(
    asked({"text": "Capaian", "unit": "Satuan"}, text=counted()),
    key=lambda row: (row["kind"], row["name"]),
    name=cell("name"),
    titled=("kind", "name"),
)
_EVIDENCE = Things(
    asked({"title": "Judul"}),
    key=cell("sha256"),
    name=cell("title"),
    silent=dict.fromkeys(("kind", "size", "fingerprint"), _OF_THE_BYTES),
    titled=("title", "sha256"),
)
REPORTS = Things(
    asked(
        {
            "state": "Keadaan",
            "output": "Realisasi keluaran",
            "problem": "Masalah",
            "follow_up": "Tindak lanjut",
            "amounts": "Realisasi anggaran",
            "values": "Capaian indikator",
            "evidence": "Bukti",
            "date": "Dilaporkan",
            "days_late": "Hari terlambat",
        },
        amounts=_AMOUNTS,
        values=_VALUES,
        evidence=_EVIDENCE,
        date=told_as(day_in_full),
        days_late=counted("hari"),
    ),
    key=lambda row: (row["id"], row["year"], row["number"]),
    name=report_title,
    titled=("id", "year", "number"),
)
