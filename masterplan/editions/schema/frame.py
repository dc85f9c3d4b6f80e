"""What a plan is made of besides its initiatives: regency, RPJMD, Renstra, dimensions, agencies, texts."""

from typing import Annotated, NotRequired, TypedDict

from masterplan.editions.schema.compared import As, Names, NotCompared, Number, RichText, Rows, by_label
from masterplan.reference import EditionScope

_YEAR = Number("tahun")
_STANDS_ABOVE = NotCompared("Stands above every comparison.")


class FrozenFact(TypedDict):
    """A figure of the regency."""

    label: Annotated[str, "Nama"]
    value: Annotated[str, "Nilai", Number()]
    unit: Annotated[str, "Satuan"]
    year: Annotated[int, "Tahun"]
    source: Annotated[str, "Sumber"]


class FrozenRegency(TypedDict):
    """The regency as it was called and described."""

    full_name: Annotated[str, "Nama daerah"]
    government: Annotated[str, "Pemerintah"]
    code: Annotated[str, "Kode wilayah"]
    province: Annotated[str, "Provinsi"]
    capital: Annotated[str, "Ibu kota"]
    strategic_area: Annotated[str, "Kawasan strategis"]
    programme_round: Annotated[str, "Putaran program"]
    programme_source: Annotated[str, "Sumber keterangan putaran"]
    letterhead: NotRequired[Annotated[str, "Kop surat"]]
    is_sample: Annotated[bool, "Data contoh"]
    facts: Annotated[list[FrozenFact], Rows("label year source", "{label}", titled="label", alike="{label} {source}")]


class FrozenTitle(TypedDict):
    """The master plan itself."""

    title: Annotated[str, "Judul"]
    start_year: Annotated[int, "Tahun awal", _YEAR]
    end_year: Annotated[int, "Tahun akhir", _YEAR]
    years: Annotated[list[int], NotCompared("Follow from the first and the last year.")]
    vision: Annotated[str, "Visi smart city"]


class FrozenEdition(TypedDict):
    """Which edition it is; `scope` is a value of EditionScope."""

    number: Annotated[int, _STANDS_ABOVE]
    label: Annotated[str, _STANDS_ABOVE]
    date: Annotated[str, _STANDS_ABOVE]
    scope: Annotated[str, "Inisiatif yang dimuat", by_label(EditionScope)]


class FrozenMission(TypedDict):
    """A mission of the RPJMD."""

    id: str
    code: Annotated[str, "Nomor"]
    text: Annotated[str, "Bunyi misi"]


class FrozenProgramIndicator(TypedDict):
    """An indicator of an RPJMD program, with its target for each year."""

    id: Annotated[str, NotCompared("Only tells rows apart.")]
    name: Annotated[str, "Nama"]
    unit: Annotated[str, "Satuan"]
    baseline: Annotated[str, "Kondisi awal", Number()]
    targets: Annotated[dict[str, str], "Target"]
    end_condition: Annotated[str, "Kondisi akhir", Number()]


class FrozenProgram(TypedDict):
    """A program of the RPJMD with what stands above it in words."""

    id: str
    code: Annotated[str, "Kode"]
    text: Annotated[str, "Uraian"]
    mission_id: Annotated[str | None, "Misi", Names("missions")]
    goal: Annotated[str, "Tujuan"]
    objective: Annotated[str, "Sasaran"]
    agency_id: Annotated[str | None, "Penanggung jawab", Names("agencies")]
    is_sample: Annotated[bool, "Isi contoh"]
    indicators: Annotated[list[FrozenProgramIndicator], "Indikator", Rows("id")]
    ceilings: Annotated[dict[str, int], "Pagu indikatif"]


class FrozenDevelopmentPlan(TypedDict):
    """The RPJMD that the plan answers to."""

    id: Annotated[str, NotCompared("Only tells which document it is.")]
    title: Annotated[str, "Judul"]
    legal_basis: Annotated[str, "Dasar hukum"]
    start_year: Annotated[int, "Tahun awal", _YEAR]
    end_year: Annotated[int, "Tahun akhir", _YEAR]
    vision: Annotated[str, "Visi"]
    missions: Annotated[list[FrozenMission], Rows("id", "Misi {code}", titled="id code")]
    programs: Annotated[list[FrozenProgram], Rows("id", "{text}")]


class FrozenStrategicProgram(TypedDict):
    """A program of an agency's Renstra; `carries_out` is the id of an RPJMD program."""

    id: str
    code: Annotated[str, "Kode"]
    text: Annotated[str, "Uraian"]
    carries_out: Annotated[str | None, "Program RPJMD yang dijalankan", Names("programs")]


class FrozenStrategicPlan(TypedDict):
    """The Renstra of an agency."""

    id: str
    title: Annotated[str, "Judul"]
    agency_id: Annotated[str, "Perangkat daerah", Names("agencies")]
    programs: Annotated[list[FrozenStrategicProgram], Rows("id", "{text}")]


class FrozenSubDimension(TypedDict):
    """A sub-dimension; `key` is what initiatives name it by."""

    key: str
    name: Annotated[str, "Nama"]
    description: Annotated[str, "Cakupan"]


class FrozenDimension(TypedDict):
    """A dimension with those of its sub-dimensions that the regency may use."""

    code: str
    name: Annotated[str, "Nama"]
    sub_dimensions: Annotated[list[FrozenSubDimension], Rows("key", titled="key name")]


class FrozenAgency(TypedDict):
    """An agency; `successor` is the id of the one it was joined to."""

    id: str
    name: Annotated[str, "Nama"]
    short_name: Annotated[str, "Nama singkat"]
    successor: NotRequired[Annotated[str | None, "Dilanjutkan oleh", Names("agencies")]]


class FrozenDistrict(TypedDict):
    """A kecamatan, and its square on the map, counted from 1."""

    id: str
    name: Annotated[str, "Nama"]
    column: NotRequired[Annotated[int | None, "Kolom pada peta", Number()]]
    row: NotRequired[Annotated[int | None, "Baris pada peta", Number()]]


class FrozenImage(TypedDict):
    """The name under which a print finds a picture, and its size in pixels."""

    file: str
    width: int
    height: int


class FrozenPicture(TypedDict):
    """A picture of a text."""

    key: str
    caption: Annotated[str, "Keterangan"]
    alt: Annotated[str, "Teks pengganti"]
    source: Annotated[str, "Sumber"]
    sha256: Annotated[str, "Berkas", As(str)]
    image: Annotated[FrozenImage, NotCompared("Follows from the bytes of the file.")]


class FrozenSection(TypedDict):
    """The texts of a place of the outline; its pictures where there are some."""

    title: Annotated[str, "Judul"]
    lead: NotRequired[Annotated[str, "Pengantar pembuka bab"]]
    body: Annotated[str, "Naskah", RichText()]
    pictures: NotRequired[Annotated[list[FrozenPicture], "Gambar", Rows("key", "{caption}", titled="key caption")]]


class FrozenPlace(TypedDict):
    """A place in the tree of a book."""

    key: str
    included: bool
    children: "list[FrozenPlace]"
