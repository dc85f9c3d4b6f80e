"""What was said and reported of a plan."""

from typing import Annotated, NotRequired, TypedDict

from masterplan.editions.days import day_in_full
from masterplan.editions.schema.compared import As, Money, Names, Number, Row, Rows
from masterplan.editions.schema.initiative import FrozenFile
from masterplan.progress.quarters import Quarter


class FrozenWaiver(TypedDict):
    """A finding of the checks that a coordinator set aside, with the reason."""

    subject: int
    name: Annotated[str, "Tentang"]
    reason: Annotated[str, "Alasan"]
    check: Annotated[str, "Pemeriksaan"]
    check_label: str


class FrozenComment(TypedDict):
    """A contribution to a conversation; `by` is a role."""

    by: str
    date: str
    quote: str
    body: str


class FrozenThread(TypedDict):
    """A conversation about an initiative (`id`) or about a section (`key`, which then has a book)."""

    id: str | None
    key: str
    book: NotRequired[str]
    book_label: NotRequired[str]
    asked: str
    is_open: bool
    said: list[FrozenComment]


class FrozenQuarter(TypedDict):
    """A quarter, and the ids of the initiatives whose report is awaited."""

    year: int
    number: int
    awaited: Annotated[list[str], "Belum melapor", Names("initiatives")]


class FrozenAmount(TypedDict):
    """Rupiah spent from one source."""

    source: str
    source_label: str
    amount: Annotated[int, "Realisasi", Money()]


class FrozenValue(TypedDict):
    """What an indicator has come to."""

    kind: str
    kind_label: str
    name: str
    text: Annotated[str, "Capaian", Number()]
    unit: Annotated[str, "Satuan"]


class FrozenReport(TypedDict):
    """A quarterly report on the initiative `id`."""

    id: str
    year: int
    number: int
    state: Annotated[str, "Keadaan"]
    state_label: str
    output: Annotated[str, "Realisasi keluaran"]
    problem: Annotated[str, "Masalah"]
    follow_up: Annotated[str, "Tindak lanjut"]
    amounts: Annotated[list[FrozenAmount], "Realisasi anggaran", Rows("source", "{source_label}", titled="source")]
    values: Annotated[list[FrozenValue], "Capaian indikator", Rows("kind name", titled="kind name")]
    evidence: Annotated[list[FrozenFile], "Bukti", Rows("sha256", "{title}", titled="title sha256")]
    date: Annotated[str, "Dilaporkan", As(day_in_full)]
    days_late: Annotated[int, "Hari terlambat", Number("hari")]


def _quarter_title(row: Row) -> str:
    return Quarter.at(row["year"] * 4 + row["number"]).label


def _report_title(row: Row) -> str:
    return f"Laporan {row['id'].removeprefix('in-')}, {_quarter_title(row)}"


class FrozenMonitoring(TypedDict):
    """The reports of the last quarters."""

    quarters: Annotated[list[FrozenQuarter], Rows("year number", _quarter_title, titled="year number")]
    reports: Annotated[list[FrozenReport], Rows("id year number", _report_title, titled="id year number")]
