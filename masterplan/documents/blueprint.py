"""Which parts a book has, and in which order. How a part looks is `templates/print/`; how it is rendered is `render`.

A new chapter is one line in CHAPTERS, the function that builds its parts, and their templates.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from masterplan.documents.contents import front
from masterplan.documents.contents.action_plan import action_plan
from masterplan.documents.contents.annexes import annexes
from masterplan.documents.contents.changes import changes
from masterplan.documents.contents.chapters import closing, headings_of, introduction, narrative, strategy, vision
from masterplan.documents.contents.lookup import Lookup, index
from masterplan.documents.contents.numbering import roman
from masterplan.documents.contents.roadmap import roadmap
from masterplan.documents.contents.sheet import sheet_part
from masterplan.documents.parts import Decree, Heading, Part


@dataclass(frozen=True)
class BookKind:
    """One of the books that a plan is printed as."""

    number: int
    title: str
    file_stem: str


@dataclass(frozen=True)
class Chapter:
    """A chapter: its opener's words, the prefix of its section keys, and what builds its parts."""

    title: str
    prefix: str
    lead: str
    build: Callable[[Lookup, str], list[Part]]


BOOKS = {"buku-2": BookKind(2, "Master Plan Smart City Daerah", "Buku-2")}

CHAPTERS = (
    Chapter(
        "Pendahuluan",
        "pendahuluan",
        "Bab ini menjelaskan mengapa rencana induk ini disusun, apa yang hendak dicapai, dasar hukumnya, dan"
        " bagaimana ia bertaut dengan RPJMD dan Renstra perangkat daerah.",
        introduction,
    ),
    Chapter(
        "Visi Smart City Daerah",
        "visi",
        "Bab ini memuat visi dan misi smart city serta sasaran setiap dimensi, sebagai ukuran bersama bagi semua"
        " inisiatif dalam buku ini.",
        vision,
    ),
    Chapter(
        "Strategi Pembangunan Smart City",
        "strategi",
        "Bab ini menguraikan arah yang ditempuh pada setiap dimensi: satu strategi untuk tiap sub-dimensi, disertai"
        " inisiatif yang menjalankannya.",
        strategy,
    ),
    Chapter(
        "Rencana Aksi",
        "rencana-aksi",
        "Bab ini memuat langkah yang akan dikerjakan perangkat daerah, siapa penanggung jawabnya, berapa biayanya, dan"
        " bagaimana hasilnya diukur.",
        action_plan,
    ),
    Chapter(
        "Peta Jalan",
        "peta-jalan",
        "Bab ini menempatkan semua inisiatif pada garis waktu, merangkum kebutuhan dananya, dan menetapkan quick win"
        " yang segera dirasakan warga.",
        roadmap,
    ),
    Chapter(
        "Penutup",
        "penutup",
        "Bab ini mengatur cara pelaksanaan dipantau dan dievaluasi, agar rencana yang disepakati terkawal sampai"
        " tahun terakhir.",
        closing,
    ),
)


def book_parts(
    content: Mapping[str, Any],
    book: str = "buku-2",
    *,
    code: str = "",
    fingerprint: str = "",
    check_url: str = "",
    decree: Decree | None = None,
    previous: Mapping[str, Any] | None = None,
) -> tuple[Part, ...]:
    """All parts of a book in order.

    `code` and `fingerprint` are printed on the cover and in the imprint, `check_url` as a QR, `decree` in words;
    without them they have none of it. `previous` is the content of the edition since which an annex tells the changes;
    without it there is none. Raises KeyError for a book that is not in BOOKS.
    """
    kind = BOOKS[book]
    plan = index(content)
    chapters = [part for number in range(1, len(CHAPTERS) + 1) for part in _chapter_parts(plan, number)]
    back = annexes(plan)
    told = changes(plan, previous, len(back) + 1, chapter_titles()) if previous else []
    body = [*chapters, *back, *told]
    headings = [heading for part in body for heading in part.headings]
    captions = [caption for part in body for caption in part.captions]
    return (
        front.cover(plan, kind, code, check_url, decree),
        front.imprint(plan, kind, code, fingerprint, check_url, decree),
        front.contents(headings),
        front.lists(plan, captions),
        *body,
    )


def sheet_parts(content: Mapping[str, Any], initiative_id: str) -> tuple[Part, ...]:
    """The sheet of one initiative alone, for a preview. Raises KeyError when the snapshot has no such initiative."""
    plan = index(content)
    for initiative in plan.initiatives:
        if initiative["id"] == initiative_id:
            return (sheet_part(plan, initiative, _chapter_heading(4).title),)
    raise KeyError(initiative_id)


def chapter_titles() -> dict[str, str]:
    """The chapters by the word that the keys of their sections begin with."""
    return {chapter.prefix: f"BAB {roman(number)} {chapter.title}" for number, chapter in enumerate(CHAPTERS, 1)}


def _chapter_heading(number: int) -> Heading:
    return Heading(1, f"bab-{number}", f"BAB {roman(number)}", CHAPTERS[number - 1].title)


def _chapter_parts(plan: Lookup, number: int) -> list[Part]:
    heading, chapter = _chapter_heading(number), CHAPTERS[number - 1]
    running_head = f"{heading.number} {heading.title}"
    parts = chapter.build(plan, running_head)
    if extra := _unplaced_sections(plan, chapter, number, parts, running_head):
        parts = [*parts, extra]
    sections = [section for part in parts for section in part.headings]
    return [front.opener(heading, chapter.lead, sections), *parts]


def _unplaced_sections(
    plan: Lookup, chapter: Chapter, number: int, parts: list[Part], running_head: str
) -> Part | None:
    """Sections of this chapter that no template of ours places (a regency may add its own), printed at its end.

    The last chapter also takes those whose prefix belongs to no chapter, so that no written text is left out.
    """
    known = {chapter.prefix for chapter in CHAPTERS}
    placed = _placed_keys(plan)
    last = number == len(CHAPTERS)
    keys = [
        key
        for key in plan.content["sections"]
        if key not in placed
        and (key.partition(".")[0] == chapter.prefix or (last and key.partition(".")[0] not in known))
    ]
    taken = sum(heading.level == 2 for part in parts for heading in part.headings)
    sections = [narrative(plan, key, f"{number}.{taken + place}", "Tambahan") for place, key in enumerate(keys, 1)]
    if not sections:
        return None
    return Part(
        key=f"bab-{number}-tambahan",
        template="print/more_sections.html",
        context={"sections": sections},
        chapter=running_head,
        headings=headings_of(*sections),
    )


def _placed_keys(plan: Lookup) -> set[str]:
    dimensions = [code.lower() for code in plan.dimensions]
    subs = [sub["key"] for dimension in plan.dimensions.values() for sub in dimension["sub_dimensions"]]
    return {
        *(
            f"pendahuluan.{key}"
            for key in ("latar-belakang", "maksud-tujuan", "dasar-hukum", "kerangka-pikir", "keterkaitan-dokumen")
        ),
        "visi.visi-misi",
        *(f"visi.sasaran-{code}" for code in dimensions),
        *(f"strategi.{key}" for key in (*dimensions, *subs)),
        *(f"rencana-aksi.{key}" for key in ("kebijakan", "infrastruktur", "aplikasi", "literasi")),
        *(f"peta-jalan.{key}" for key in ("pengantar", "quick-win")),
        *(f"penutup.{key}" for key in ("pemantauan", "penutup")),
    }
