"""What is printed at which place of an outline: the one declaration of what a place holds besides its text.

Builders live in the modules of their subject; how places are numbered is `places`, how they become a book `blueprint`.
How to add a place is told in `masterplan.editions.outline`; `check` compares the outlines with BLOCKS.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from masterplan.books.chapters import summary
from masterplan.books.chapters.analysis import analyses
from masterplan.books.chapters.annexes import alignment, changes, commitments, indexes, monitoring
from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.places import Place
from masterplan.books.chapters.plan import action_plan, closing, introduction, roadmap, strategy, vision
from masterplan.editions import figures
from smartcity.press.parts import Flow, Part

Build = Callable[[Lookup, Place], Iterable[Flow | Part]]


def _nothing(plan: Lookup) -> Iterator[str]:
    yield from ()


@dataclass(frozen=True)
class PlaceBlock:
    """What a place shows besides its text.

    `defines` gives the ids of the snapshot that it prints under their own anchor, so that links elsewhere lead there;
    `claims` names the keys of the snapshot that it alone is there to print, all of them; `when` says whether there is
    anything to show; with `takes_children` it prints the places below it as well, without `shows_text` it does not
    print the text of its place.
    """

    build: Build
    defines: Callable[[Lookup], Iterable[str]] = _nothing
    claims: tuple[str, ...] = ()
    when: Callable[[Lookup], bool] = lambda plan: True
    takes_children: bool = False
    shows_text: bool = True


def _missions(plan: Lookup) -> Iterator[str]:
    yield from (mission["id"] for mission in plan.content["development_plan"]["missions"])


def _answering(plan: Lookup) -> Iterator[str]:
    yield from (key for row in plan.gaps for key in row["initiatives"])


def _has_evidence(plan: Lookup) -> bool:
    return any(map(figures.evidence_of, plan.initiatives))


BLOCKS: Mapping[str, PlaceBlock] = {
    "kajian.gambaran-umum": PlaceBlock(introduction.regency),
    "kesiapan.hasil": PlaceBlock(analyses.readiness_of, claims=("readiness",)),
    "gap.tabel": PlaceBlock(analyses.gaps_of, claims=("gaps",)),
    "swot.matriks": PlaceBlock(analyses.swot_of, claims=("swot",)),
    "lampiran.inisiatif": PlaceBlock(analyses.answers, defines=_answering, when=analyses.has_answers),
    "pendahuluan.gambaran-umum": PlaceBlock(introduction.regency),
    "pendahuluan.keterkaitan-dokumen": PlaceBlock(introduction.documents),
    "visi.visi-misi": PlaceBlock(vision.statement, defines=_missions),
    "visi.sasaran": PlaceBlock(vision.targets, takes_children=True),
    "rencana-aksi.kebijakan": PlaceBlock(action_plan.kind_of_action),
    "rencana-aksi.infrastruktur": PlaceBlock(action_plan.kind_of_action),
    "rencana-aksi.aplikasi": PlaceBlock(action_plan.kind_of_action),
    "rencana-aksi.literasi": PlaceBlock(action_plan.kind_of_action),
    "peta-jalan.pengantar": PlaceBlock(roadmap.introduction),
    "peta-jalan.anggaran": PlaceBlock(roadmap.budgets),
    "peta-jalan.quick-win": PlaceBlock(roadmap.quick_wins),
    "penutup.pemantauan": PlaceBlock(closing.watching),
    "lampiran.keselarasan": PlaceBlock(alignment.matrix_of_alignment),
    "lampiran.program": PlaceBlock(alignment.programs, defines=lambda plan: plan.programs),
    "lampiran.renstra": PlaceBlock(alignment.strategic_plans, defines=lambda plan: plan.strategic_programs),
    "lampiran.indeks": PlaceBlock(alignment.agencies, defines=lambda plan: plan.agencies),
    "lampiran.kecamatan": PlaceBlock(indexes.by_district, when=lambda plan: bool(plan.districts)),
    "lampiran.indeks-program": PlaceBlock(indexes.by_program),
    "lampiran.komitmen": PlaceBlock(commitments.commitments, when=lambda plan: bool(plan.initiatives)),
    "lampiran.telaah": PlaceBlock(alignment.review, claims=("threads", "set_aside")),
    "lampiran.pemantauan": PlaceBlock(monitoring.reports, claims=("monitoring",), when=monitoring.has_reports),
    "lampiran.bukti": PlaceBlock(alignment.evidence, when=_has_evidence),
    "lampiran.perubahan": PlaceBlock(changes.changes, when=lambda plan: plan.previous is not None),
    **{key: PlaceBlock(summary.pages, shows_text=False) for key in summary.KEYS},
}
ALL_CLAIMS = frozenset(key for block in BLOCKS.values() for key in block.claims)
_TABLE, _STRATEGY = "rencana-aksi.tabel-", "strategi."


def block_of(place: Place) -> PlaceBlock | None:
    """What `place` shows besides its text; None for a place that is text alone."""
    code = place.heading.dimension
    if code and place.key.startswith(_TABLE):
        return PlaceBlock(
            action_plan.dimension, defines=lambda plan: (initiative["id"] for initiative in plan.of_dimension(code))
        )
    if code and place.key.startswith(_STRATEGY):
        return PlaceBlock(strategy.strategy, takes_children=True)
    return BLOCKS.get(place.key)


def shows_text(key: str) -> bool:
    """Whether the text of a place with this key is printed; a designed page has no room for one."""
    block = BLOCKS.get(key)
    return block is None or block.shows_text


def claims(place: Place) -> tuple[str, ...]:
    """Keys of the snapshot that `place` alone is there to print."""
    block = block_of(place)
    return block.claims if block else ()


def has_something(plan: Lookup, key: str) -> bool:
    """Whether a chapter or annex of this key is printed; one that only lists what does not exist is not."""
    block = BLOCKS.get(key)
    return block is None or block.when(plan)


def defined_by(plan: Lookup, places: Iterable[Place]) -> set[str]:
    """The ids of the snapshot that have an anchor in a book of these places."""
    found: set[str] = set()
    for chapter in places:
        for place in chapter.everywhere():
            block = block_of(place)
            found.update(block.defines(plan) if block else ())
    return found
