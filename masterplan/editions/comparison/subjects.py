"""Everything that an edition freezes besides its initiatives, as two editions are compared by it: where it stands in a
snapshot, what each thing is known by and called, and which questions it answers.

A key that is not compared is named with its reason; whatever else comes into a snapshot is told by its key until it
gets words here. A test walks over every key.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from masterplan.editions.comparison import analyses
from masterplan.editions.comparison.analyses import Pair
from masterplan.editions.comparison.differences import Data
from masterplan.editions.comparison.initiatives import INITIATIVE, PROGRAM_INDICATORS
from masterplan.editions.comparison.monitoring import AWAITED, REPORTS, quarter_label, report_title
from masterplan.editions.comparison.questions import (
    Editions,
    Things,
    asked,
    cell,
    counted,
    in_words,
    instead,
    marked,
    named,
    told_as,
    yearly_money,
)
from masterplan.editions.numbering import section_anchor
from masterplan.editions.outline import Placed, moved
from masterplan.reference import EditionScope

PLAN, SECTIONS, ANALYSES, INITIATIVES, PROGRAMS, PLACE, MONITORING = (
    "rencana", "naskah", "analisis", "inisiatif", "program", "wilayah", "pemantauan",
)  # fmt: skip


@dataclass(frozen=True)
class ComparedSubject:
    """A kind of thing in a snapshot. Its changes stand under `heading`, or under the chapter of the place `home` names.

    With `lasting` a thing that one edition lacks is one that nobody has written there; with `told` what came or went
    is told with its answers; one that is `coded` is called by its code too; `anchor` is its place in the newer book,
    `place` one that is named by its number.
    """

    kind: str
    rows: Callable[[Editions], Pair]
    things: Things
    title: Callable[[Data], str]
    heading: str = ""
    home: Callable[[Data], str] | None = None
    lasting: bool = False
    told: bool = True
    coded: bool = False
    anchor: Callable[[Data], str] = lambda row: ""
    place: Callable[[Data], str] = lambda row: ""


def _both(find: Callable[[Data], Sequence[Data]]) -> Callable[[Editions], Pair]:
    return lambda editions: (find(editions.before), find(editions.after))


def _at(key: str) -> Callable[[Editions], Pair]:
    """The rows under a key of the snapshot; editions frozen before it was there have none."""
    return _both(lambda content: content.get(key) or ())


def _only(row: Data) -> str:
    """What a thing is known by of which each edition has one."""
    return ""


def _each(keys: Sequence[str], reason: str) -> dict[str, str]:
    return dict.fromkeys(keys, reason)


_BY_ITSELF = "Its rows are compared by themselves."


# The plan and its regency --------------------------------------------------------------------------------------------

_PLAN = Things(
    asked(
        {
            "title": "Judul",
            "start_year": "Tahun awal",
            "end_year": "Tahun akhir",
            "vision": "Visi smart city",
            "scope": "Inisiatif yang dimuat",
        },
        start_year=counted("tahun"),
        end_year=counted("tahun"),
        scope=told_as(in_words(dict(EditionScope.choices))),
    ),
    key=_only,
    name=cell("title"),
    silent={"years": "Follow from the first and the last year."},
)
_REGENCY = Things(
    asked(
        {
            "full_name": "Nama daerah",
            "government": "Pemerintah",
            "code": "Kode wilayah",
            "province": "Provinsi",
            "capital": "Ibu kota",
            "strategic_area": "Kawasan strategis",
            "programme_round": "Putaran program",
            "programme_source": "Sumber keterangan putaran",
            "letterhead": "Kop surat",
            "is_sample": "Data contoh",
        }
    ),
    key=_only,
    name=cell("full_name"),
    silent={"facts": _BY_ITSELF},
)
_FACTS = Things(
    asked({"label": "Nama", "value": "Nilai", "unit": "Satuan", "year": "Tahun", "source": "Sumber"}, value=counted()),
    key=lambda row: (row["label"], row["year"], row["source"]),
    name=lambda row: f"{row['label']} {row['source']}",
    titled=("label",),
    renamed=True,
)
_DIMENSIONS = Things(
    asked({"name": "Nama"}), key=cell("code"), name=cell("name"), silent={"sub_dimensions": _BY_ITSELF},
    titled=("code", "name"),
)  # fmt: skip
_SUB_DIMENSIONS = Things(
    asked({"name": "Nama", "description": "Cakupan"}), key=cell("key"), name=cell("name"), titled=("key", "name")
)


# Outline and texts ---------------------------------------------------------------------------------------------------


def _places(editions: Editions) -> Pair:
    """Every place with its text; where it stands is said of one that has moved."""
    was, now = editions.places
    elsewhere = moved(was, now)

    def rows(content: Data, places: Mapping[str, Placed]) -> list[Data]:
        texts = content["sections"]
        return [
            {
                **texts.get(key, {}),
                "key": key,
                "title": place.node.title,
                "lead": place.node.lead,
                "body": place.node.body,
                "place": place.words if key in elsewhere else "",
            }
            for key, place in places.items()
        ]

    return rows(editions.before, was), rows(editions.after, now)


_PICTURES = Things(
    asked({"caption": "Keterangan", "alt": "Teks pengganti", "source": "Sumber", "sha256": "Berkas"}, sha256=instead),
    key=cell("key"),
    name=cell("caption"),
    silent={"image": "Follows from the bytes of the file."},
    titled=("key", "caption"),
)
_PLACES = Things(
    asked(
        {
            "title": "Judul",
            "place": "Letak",
            "lead": "Pengantar pembuka bab",
            "body": "Naskah",
            "pictures": "Gambar",
        },
        place=instead,
        body=marked,
        pictures=_PICTURES,
    ),
    key=cell("key"),
    name=cell("title"),
    titled=("key", "title"),
)


# What the plan rests on ----------------------------------------------------------------------------------------------


def _rpjmd(key: str) -> Callable[[Editions], Pair]:
    return _both(lambda content: content["development_plan"][key])


def _renstra(content: Data) -> Sequence[Data]:
    return [program for plan in content["strategic_plans"] for program in plan["programs"]]


_RPJMD = Things(
    asked(
        {
            "title": "Judul",
            "legal_basis": "Dasar hukum",
            "start_year": "Tahun awal",
            "end_year": "Tahun akhir",
            "vision": "Visi",
        },
        start_year=counted("tahun"),
        end_year=counted("tahun"),
    ),
    key=_only,
    name=cell("title"),
    silent={"id": "Only tells which document it is.", **_each(["missions", "programs"], _BY_ITSELF)},
)
_MISSIONS = Things(
    asked({"code": "Nomor", "text": "Bunyi misi"}), key=cell("id"), name=cell("text"), titled=("id", "code")
)
_PROGRAMS = Things(
    asked(
        {
            "code": "Kode",
            "text": "Uraian",
            "mission_id": "Misi",
            "goal": "Tujuan",
            "objective": "Sasaran",
            "agency_id": "Penanggung jawab",
            "is_sample": "Isi contoh",
            "indicators": "Indikator",
            "ceilings": "Pagu indikatif",
        },
        mission_id=named("missions"),
        agency_id=named("agencies"),
        indicators=PROGRAM_INDICATORS,
        ceilings=yearly_money,
    ),
    key=cell("id"),
    name=cell("text"),
)
_RENSTRAS = Things(
    asked({"title": "Judul", "agency_id": "Perangkat daerah"}, agency_id=named("agencies")),
    key=cell("id"),
    name=cell("title"),
    silent={"programs": _BY_ITSELF},
)
_RENSTRA_PROGRAMS = Things(
    asked(
        {"code": "Kode", "text": "Uraian", "carries_out": "Program RPJMD yang dijalankan"},
        carries_out=named("programs"),
    ),
    key=cell("id"),
    name=cell("text"),
)
_AGENCIES = Things(
    asked({"name": "Nama", "short_name": "Nama singkat", "successor": "Dilanjutkan oleh"}, successor=named("agencies")),
    key=cell("id"),
    name=cell("name"),
)
_DISTRICTS = Things(
    asked({"name": "Nama", "column": "Kolom pada peta", "row": "Baris pada peta"}, column=counted(), row=counted()),
    key=cell("id"),
    name=cell("name"),
)

_name, _title, _text = map(cell, ("name", "title", "text"))
_SET_ASIDE = Things(
    asked({"name": "Tentang", "reason": "Alasan", "check": "Pemeriksaan"}),
    key=lambda row: (row["check"], row["subject"]),
    name=cell("name"),
    titled=("check", "subject", "name"),
)

# In the order in which they are told; places and analyses come under the chapters of the books.
SUBJECTS = (
    ComparedSubject(
        PLAN,
        _both(lambda content: [{**content["plan"], "scope": content["edition"].get("scope", "")}]),
        _PLAN, _title, "Rencana induk", lasting=True,
    ),
    ComparedSubject(
        PLAN, _both(lambda content: [content["regency"]]), _REGENCY, cell("full_name"), "Profil daerah", lasting=True
    ),
    ComparedSubject(PLAN, _both(lambda content: content["regency"]["facts"]), _FACTS, cell("label"), "Profil daerah"),
    ComparedSubject(PLAN, _at("dimensions"), _DIMENSIONS, _name, "Dimensi dan sub-dimensi"),
    ComparedSubject(
        PLAN,
        _both(lambda content: [sub for row in content["dimensions"] for sub in row["sub_dimensions"]]),
        _SUB_DIMENSIONS, _name, "Dimensi dan sub-dimensi",
    ),
    ComparedSubject(SECTIONS, _places, _PLACES, _title, home=cell("key"), place=lambda row: section_anchor(row["key"])),
    ComparedSubject(
        ANALYSES, _both(analyses.scale), analyses.SCALE, lambda row: "Skala kesiapan",
        home=lambda row: "kesiapan.hasil", lasting=True,
    ),
    ComparedSubject(
        ANALYSES, _both(analyses.cells), analyses.CELLS,
        lambda row: f"Kesiapan {row['group_label'].lower()}: {row['label'].lower()}",
        home=lambda row: "kesiapan.hasil", lasting=True,
    ),
    ComparedSubject(
        ANALYSES, _at("gaps"), analyses.GAPS, lambda row: f"Kesenjangan: {row['indicator']}",
        home=lambda row: "gap.tabel",
    ),
    ComparedSubject(
        ANALYSES, _both(lambda content: analyses.swot(content, "items")), analyses.ITEMS,
        lambda row: f"{row['kind_label']} {row['number']}", home=lambda row: "swot.matriks",
    ),
    ComparedSubject(
        ANALYSES, analyses.strategies, analyses.STRATEGIES, lambda row: f"Strategi {row['number']}",
        home=lambda row: "swot.matriks",
    ),
    ComparedSubject(INITIATIVES, _at("initiatives"), INITIATIVE, _name, told=False, coded=True, anchor=cell("id")),
    ComparedSubject(
        PROGRAMS, _both(lambda content: [content["development_plan"]]), _RPJMD, _title, "RPJMD", lasting=True
    ),
    ComparedSubject(
        PROGRAMS, _rpjmd("missions"), _MISSIONS, lambda row: f"Misi {row['code']}", "Misi RPJMD", anchor=cell("id")
    ),
    ComparedSubject(
        PROGRAMS, _rpjmd("programs"), _PROGRAMS, _text, "Program RPJMD", told=False, coded=True, anchor=cell("id")
    ),
    ComparedSubject(PROGRAMS, _at("strategic_plans"), _RENSTRAS, _title, "Renstra", told=False),
    ComparedSubject(
        PROGRAMS, _both(_renstra), _RENSTRA_PROGRAMS, _text, "Program Renstra", told=False, coded=True,
        anchor=cell("id"),
    ),
    ComparedSubject(
        PROGRAMS, _at("set_aside"), _SET_ASIDE, lambda row: f"{row['check_label']}: {row['name']}",
        "Temuan yang dikesampingkan",
    ),
    ComparedSubject(
        MONITORING, _both(lambda content: (content.get("monitoring") or {}).get("quarters", ())), AWAITED,
        quarter_label, "Pemantauan pelaksanaan",
    ),
    ComparedSubject(
        MONITORING, _both(lambda content: (content.get("monitoring") or {}).get("reports", ())), REPORTS,
        report_title, "Pemantauan pelaksanaan", anchor=cell("id"),
    ),
    ComparedSubject(PLACE, _at("agencies"), _AGENCIES, _name, "Perangkat daerah", told=False, anchor=cell("id")),
    ComparedSubject(PLACE, _at("districts"), _DISTRICTS, _name, "Kecamatan", told=False),
)  # fmt: skip
# Parts of a snapshot that are no row of a subject, and are not compared.
SILENT = {
    "schema_version": "How a snapshot is written down, not what it says.",
    "edition.number": "Stands above every comparison.",
    "edition.label": "Stands above every comparison.",
    "edition.date": "Stands above every comparison.",
    "swot.kinds": "The portal's own words for the four kinds.",
    "threads": "Conversations are told by the annex of the review of each edition.",
}
