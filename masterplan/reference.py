"""What the method fixes: dimensions, horizons, funding sources, aspects, states. Pure data, no database.

Sources: the programme's six dimensions with three sub-dimensions each; Permendagri 86/2017 and 90/2019 for the levels
of a development plan. Local additions of a regency are rows in the database, never entries here.
"""

from dataclasses import dataclass

from django.db.models import IntegerChoices, TextChoices
from django.utils.text import slugify

# Characters of a name, and of a text, that people write.
NAME_LIMIT, TEXT_LIMIT = 120, 1500


@dataclass(frozen=True)
class SubDimensionKind:
    """One of the ministry's eighteen sub-dimensions."""

    key: str
    name: str
    description: str


@dataclass(frozen=True)
class DimensionKind:
    """One of the ministry's six dimensions; `code` begins the code of each of its initiatives."""

    code: str
    name: str
    sub_dimensions: tuple[SubDimensionKind, ...]


DIMENSIONS: tuple[DimensionKind, ...] = (
    DimensionKind(
        "GO",
        "Smart Governance",
        (
            SubDimensionKind("public_service", "Pelayanan publik", "Layanan administrasi dan dasar bagi warga"),
            SubDimensionKind(
                "bureaucracy", "Manajemen birokrasi", "SPBE, kepegawaian, perizinan, dan data pemerintahan"
            ),
            SubDimensionKind(
                "public_policy", "Kebijakan publik", "Kebijakan yang berpusat pada warga dan data terbuka"
            ),
        ),
    ),
    DimensionKind(
        "BR",
        "Smart Branding",
        (
            SubDimensionKind("tourism", "Ekosistem pariwisata", "Destinasi, pelaku, dan pengalaman wisata"),
            SubDimensionKind("business", "Ekosistem bisnis daerah", "Pasar produk daerah dan daya tarik investasi"),
            SubDimensionKind("appearance", "Wajah kota", "Tepian, penanda, papan petunjuk, jalur, dan simpul kawasan"),
        ),
    ),
    DimensionKind(
        "EC",
        "Smart Economy",
        (
            SubDimensionKind("industry", "Ekosistem industri", "Daya saing industri dan rantai pasoknya"),
            SubDimensionKind("welfare", "Kesejahteraan rakyat", "Pendapatan, lapangan kerja, dan usaha mikro"),
            SubDimensionKind("transaction", "Ekosistem transaksi keuangan", "Transaksi nontunai dan akses permodalan"),
        ),
    ),
    DimensionKind(
        "LI",
        "Smart Living",
        (
            SubDimensionKind("harmony", "Harmonisasi tata ruang", "Kawasan yang layak, hijau, dan tertata"),
            SubDimensionKind("health", "Prasarana kesehatan", "Layanan kesehatan yang mudah dijangkau"),
            SubDimensionKind("mobility", "Sarana transportasi", "Pergerakan orang dan barang yang lancar dan aman"),
        ),
    ),
    DimensionKind(
        "SO",
        "Smart Society",
        (
            SubDimensionKind("community", "Interaksi masyarakat", "Gotong royong dan partisipasi warga"),
            SubDimensionKind("learning", "Ekosistem belajar", "Kesempatan belajar di sekolah dan sepanjang hayat"),
            SubDimensionKind("security", "Keamanan masyarakat", "Ketenteraman, perlindungan, dan tanggap bencana"),
        ),
    ),
    DimensionKind(
        "EN",
        "Smart Environment",
        (
            SubDimensionKind("protection", "Proteksi lingkungan", "Perlindungan air, tanah, udara, dan hayati"),
            SubDimensionKind("waste", "Tata kelola sampah dan limbah", "Pengurangan, pengolahan, dan pemantauan"),
            SubDimensionKind("energy", "Tata kelola energi", "Hemat energi dan energi terbarukan"),
        ),
    ),
)


class PlanKind(TextChoices):
    """A development plan is the regency's RPJMD or one agency's Renstra."""

    RPJMD = "rpjmd", "RPJMD"
    RENSTRA = "renstra", "Renstra"


class PlanStatus(TextChoices):
    """Where a development plan stands."""

    DRAFT = "draft", "Rancangan"
    VALID = "valid", "Berlaku"
    ENDED = "ended", "Berakhir"


class Level(TextChoices):
    """Levels of a development plan, from the widest to the narrowest (Permendagri 86/2017)."""

    MISSION = "mission", "Misi"
    GOAL = "goal", "Tujuan"
    OBJECTIVE = "objective", "Sasaran"
    STRATEGY = "strategy", "Strategi"
    POLICY_DIRECTION = "policy_direction", "Arah kebijakan"
    PROGRAM = "program", "Program"
    ACTIVITY = "activity", "Kegiatan"
    SUB_ACTIVITY = "sub_activity", "Subkegiatan"


# Which levels may stand directly below which; None is the plan itself. A Renstra starts at its programs.
CHILD_LEVELS: dict[str | None, tuple[Level, ...]] = {
    None: (Level.MISSION, Level.GOAL, Level.PROGRAM),
    Level.MISSION: (Level.GOAL,),
    Level.GOAL: (Level.OBJECTIVE,),
    Level.OBJECTIVE: (Level.STRATEGY, Level.PROGRAM),
    Level.STRATEGY: (Level.POLICY_DIRECTION, Level.PROGRAM),
    Level.POLICY_DIRECTION: (Level.PROGRAM,),
    Level.PROGRAM: (Level.ACTIVITY,),
    Level.ACTIVITY: (Level.SUB_ACTIVITY,),
    Level.SUB_ACTIVITY: (),
}

LEVELS_WITH_MONEY = frozenset({Level.PROGRAM, Level.ACTIVITY, Level.SUB_ACTIVITY})


class Direction(TextChoices):
    """Which way an indicator should move."""

    UP = "up", "Naik"
    DOWN = "down", "Turun"
    STABLE = "stable", "Tetap"


class Horizon(TextChoices):
    """How far an initiative looks: one, five or ten years."""

    SHORT = "short", "Pendek (1 tahun)"
    MEDIUM = "medium", "Menengah (5 tahun)"
    LONG = "long", "Panjang (10 tahun)"


class FundingSource(TextChoices):
    """Where money comes from; assessors ask for more than the regency's own budget."""

    APBD_REGENCY = "apbd_regency", "APBD Kabupaten/Kota"
    APBD_PROVINCE = "apbd_province", "APBD Provinsi"
    APBN = "apbn", "APBN"
    DAK = "dak", "DAK"
    BLUD = "blud", "BLUD"
    CSR = "csr", "CSR"
    KPBU = "kpbu", "KPBU"
    OTHER = "other", "Lainnya"


class ActionKind(TextChoices):
    """The four groups of an action plan."""

    POLICY = "policy", "Kebijakan dan kelembagaan"
    INFRASTRUCTURE = "infrastructure", "Infrastruktur pendukung"
    APPLICATION = "application", "Aplikasi dan perangkat lunak"
    LITERACY = "literacy", "Literasi smart city"


class Novelty(TextChoices):
    """Whether the initiative begins something or builds on what exists."""

    NEW = "new", "Baru"
    CONTINUING = "continuing", "Lanjutan"
    EXPANSION = "expansion", "Pengembangan dari yang ada"


class PartnerKind(TextChoices):
    """Who works along."""

    MINISTRY = "ministry", "Kementerian/lembaga"
    PROVINCE = "province", "Pemerintah provinsi"
    BUSINESS = "business", "Dunia usaha"
    CAMPUS = "campus", "Perguruan tinggi"
    COMMUNITY = "community", "Komunitas"
    MEDIA = "media", "Media"


class IndicatorKind(TextChoices):
    """What an initiative's indicator measures."""

    OUTPUT = "output", "Keluaran"
    OUTCOME = "outcome", "Hasil"


class QuickWinAspect(TextChoices):
    """The ten aspects on which a quick win is scored."""

    INNOVATION = "innovation", "Rumusan inovasi"
    ATTRACTIVENESS = "attractiveness", "Daya tarik"
    BENEFIT = "benefit", "Manfaat"
    UNIQUENESS = "uniqueness", "Keunikan"
    PARTNERSHIP = "partnership", "Kemitraan"
    DEVELOPMENT = "development", "Potensi pengembangan"
    OPERATION = "operation", "Keberlanjutan operasi"
    RESOURCES = "resources", "Sumber daya"
    RISK = "risk", "Manajemen risiko"
    CONTINUITY = "continuity", "Kesinambungan"


QUICK_WIN_SCORES = range(1, 6)


class InitiativeStatus(TextChoices):
    """The states of an initiative; who may move what lives in `workflow`."""

    DRAFT = "draft", "Draf"
    SUBMITTED = "submitted", "Diajukan"
    IN_REVIEW = "in_review", "Sedang ditinjau"
    RETURNED = "returned", "Perlu perbaikan"
    APPROVED = "approved", "Disetujui"
    WITHDRAWN = "withdrawn", "Ditarik"


EDITABLE_STATUSES = frozenset({InitiativeStatus.DRAFT, InitiativeStatus.RETURNED})
UNSENT_STATUSES = frozenset({InitiativeStatus.DRAFT, InitiativeStatus.WITHDRAWN})
SENT_STATUSES = frozenset({InitiativeStatus.SUBMITTED, InitiativeStatus.IN_REVIEW, InitiativeStatus.APPROVED})


class Phase(IntegerChoices):
    """The workshop by which an answer is due: stage II collects the forms, stage III the roadmap and quick wins."""

    FORMS = 2, "Bimtek II"
    ROADMAP = 3, "Bimtek III"


class LinkState(TextChoices):
    """A link between an initiative and a plan element is a request until it is decided."""

    PROPOSED = "proposed", "Diusulkan"
    ACCEPTED = "accepted", "Diterima"
    REJECTED = "rejected", "Ditolak"


class EditionStatus(TextChoices):
    """The states of an edition."""

    DRAFT = "draft", "Draf"
    REVIEWED = "reviewed", "Ditinjau"
    ADOPTED = "adopted", "Ditetapkan"
    SUPERSEDED = "superseded", "Digantikan"


class EditionScope(TextChoices):
    """Which initiatives an edition holds."""

    SUBMITTED = "submitted", "Semua yang sudah dikirim"
    APPROVED = "approved", "Hanya yang disetujui"


class BookName(TextChoices):
    """The three books that a plan is printed as."""

    ANALYSIS = "buku-1", "Buku 1"
    MASTER_PLAN = "buku-2", "Buku 2"
    SUMMARY = "buku-3", "Buku 3"


# How a book is printed unless somebody asks for another way; the ways are those of `books.paper_formats`.
USUAL_PAPER_FORMAT = "jilid"


class WritingState(TextChoices):
    """How far the text of a section is."""

    NOT_STARTED = "not_started", "Belum ditulis"
    STARTED = "started", "Sedang ditulis"
    COMPLETE = "complete", "Siap"


class BookFormat(TextChoices):
    """The formats in which an edition is handed out."""

    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    EXCEL = "xlsx", "Excel"
    OPEN_DATA = "json", "JSON"
    BUNDLE = "zip", "ZIP"


class ReadinessAspect(TextChoices):
    """The nine cells of the readiness grid, three by three."""

    PEOPLE = "people", "Struktur: sumber daya manusia"
    BUDGET = "budget", "Struktur: anggaran"
    GOVERNANCE = "governance", "Struktur: tata kelola"
    PHYSICAL = "physical", "Infrastruktur: fisik"
    DIGITAL = "digital", "Infrastruktur: digital"
    SOCIAL = "social", "Infrastruktur: sosial"
    POLICY = "policy", "Suprastruktur: kebijakan"
    INSTITUTIONS = "institutions", "Suprastruktur: kelembagaan"
    PROCEDURE = "procedure", "Suprastruktur: tata laksana"

    @property
    def group(self) -> str:
        """The row of the grid it stands in: "Struktur"."""
        return str(self.label).partition(": ")[0]

    @property
    def own_label(self) -> str:
        """Its own name within the row: "Sumber daya manusia"."""
        own = str(self.label).partition(": ")[2]
        return own[0].upper() + own[1:]

    @property
    def slug(self) -> str:
        """Its place in an address."""
        return slugify(self.own_label)


class SwotKind(TextChoices):
    """Strength, weakness, opportunity, threat."""

    STRENGTH = "S", "Kekuatan"
    WEAKNESS = "W", "Kelemahan"
    OPPORTUNITY = "O", "Peluang"
    THREAT = "T", "Ancaman"


class SwotStrategyKind(TextChoices):
    """How two SWOT kinds are answered together."""

    SO = "SO", "Kekuatan dan peluang"
    WO = "WO", "Kelemahan dan peluang"
    ST = "ST", "Kekuatan dan ancaman"
    WT = "WT", "Kelemahan dan ancaman"


class SwotAspect(TextChoices):
    """The three aspects shared by readiness and SWOT."""

    STRUCTURE = "structure", "Struktur"
    INFRASTRUCTURE = "infrastructure", "Infrastruktur"
    SUPERSTRUCTURE = "superstructure", "Suprastruktur"


# Which two kinds of items a strategy answers.
STRATEGY_PARTS: dict[str, tuple[str, str]] = {kind.value: (kind.value[0], kind.value[1]) for kind in SwotStrategyKind}


class WritingKind(TextChoices):
    """What is written together and keeps a record of its changes."""

    SECTION = "section", "Naskah bab"
    PICTURE = "picture", "Gambar naskah"
    READINESS = "readiness", "Kesiapan"
    READINESS_SCALE = "readiness_scale", "Skala kesiapan"
    GAP = "gap", "Kesenjangan"
    SWOT_ITEM = "swot_item", "Butir SWOT"
    SWOT_STRATEGY = "swot_strategy", "Strategi SWOT"
    PROGRESS = "progress", "Laporan kemajuan"


class EvidenceKind(TextChoices):
    """What a piece of evidence is, told by its content."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "Dokumen Word"
    XLSX = "xlsx", "Lembar Excel"
    PNG = "png", "Gambar PNG"
    JPEG = "jpeg", "Gambar JPEG"

    @classmethod
    def pictures(cls) -> tuple[str, ...]:
        """Those that can be shown as a figure."""
        return (cls.JPEG.value, cls.PNG.value)


class EvidencePlacement(TextChoices):
    """Where a piece of evidence appears in the book."""

    NONE = "none", "Tidak dicetak"
    FIGURE = "figure", "Gambar pada lembar"
    ANNEX = "annex", "Daftar lampiran"
