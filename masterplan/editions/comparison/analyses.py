"""What the analyses of Buku 1 are compared by between two editions, and where their rows stand in a snapshot.

With the other subjects they are told in `subjects`.
"""

from collections.abc import Mapping, Sequence

from masterplan.editions.comparison.differences import Data
from masterplan.editions.comparison.questions import (
    Editions,
    Things,
    asked,
    cell,
    counted,
    judged,
    members,
    named,
    several,
)

Pair = tuple[Sequence[Data], Sequence[Data]]


def cells(content: Data) -> Sequence[Data]:
    """The nine cells of readiness; editions frozen before they were there have none."""
    found: Sequence[Data] = (content.get("readiness") or {}).get("cells", ())
    return found


def scale(content: Data) -> Sequence[Data]:
    """The words in which readiness is judged, as one row."""
    readiness = content.get("readiness") or {}
    return [{"scale": ", ".join(readiness["scale"])}] if readiness else []


SCALE = Things(asked({"scale": "Tingkat penilaian"}), key=lambda row: "", name=lambda row: "")
CELLS = Things(
    asked(
        {
            "condition": "Kondisi saat ini",
            "score": "Penilaian",
            "evidence": "Bukti",
            "problem": "Masalah",
            "recommendation": "Saran",
        },
        score=judged,
    ),
    key=cell("aspect"),
    name=cell("label"),
    silent=dict.fromkeys(("group", "group_label", "label"), "The portal's own words for the aspect."),
    titled=("aspect",),
)
GAPS = Things(
    asked(
        {
            "sub_dimension": "Sub-dimensi",
            "indicator": "Indikator",
            "ideal": "Kondisi ideal",
            "existing": "Kondisi saat ini",
            "gap": "Kesenjangan",
            "cause": "Penyebab",
            "response": "Tanggapan",
            "initiatives": "Inisiatif yang menjawab",
            "unsent": "Inisiatif yang belum masuk edisi",
        },
        sub_dimension=named("sub_dimensions"),
        initiatives=several("initiatives"),
        unsent=counted("inisiatif"),
    ),
    key=cell("id"),
    name=cell("indicator"),
    silent={"dimension": "Told with the sub-dimension, which belongs to it."},
    titled=("id", "indicator", "unsent"),
)
_NUMBER = {"number": "Counted anew in every edition."}
ITEMS = Things(
    asked(
        {"kind": "Jenis", "aspect": "Aspek", "dimension": "Dimensi", "text": "Uraian"}, dimension=named("dimensions")
    ),
    key=lambda row: (row["kind"], row["text"]),
    name=lambda row: f"{row['kind']} {row['text']}",
    silent=_NUMBER,
    titled=("kind",),
    renamed=True,
)
STRATEGIES = Things(
    asked({"kind": "Jenis", "text": "Strategi", "items": "Butir yang dijawab"}, items=members),
    key=lambda row: (row["kind"], row["text"]),
    name=lambda row: f"{row['kind']} {row['text']}",
    silent=_NUMBER,
    titled=("kind",),
    renamed=True,
)


def swot(content: Data, key: str) -> Sequence[Data]:
    """The `items` or `strategies` of SWOT."""
    rows: Sequence[Data] = (content.get("swot") or {}).get(key, ())
    return rows


def strategies(editions: Editions) -> Pair:
    """Strategies with the items they answer by what these are now, because their numbers are counted anew."""
    before, after = editions.before, editions.after
    pairs = list(ITEMS.pairs(swot(before, "items"), swot(after, "items")))
    known = {old["number"]: new["number"] if new else f"-{old['number']}" for old, new in pairs if old}

    def rows(content: Data, identity: Mapping[str, str]) -> list[Data]:
        words = {row["number"]: f"{row['number']} {row['text']}" for row in swot(content, "items")}
        return [
            {**row, "items": {identity.get(number, number): words.get(number, number) for number in row["items"]}}
            for row in swot(content, "strategies")
        ]

    return rows(before, known), rows(after, {})
