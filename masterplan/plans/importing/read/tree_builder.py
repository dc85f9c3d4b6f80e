"""The tree while a file is read: nodes found again or begun, codes used twice, nodes that belong below nothing."""

from collections.abc import Iterable, Sequence

from masterplan.plans.importing.corrections.corrections import SKIP, Corrections
from masterplan.plans.importing.document import NOT_IN_KIND, FileNode, PlanContext, PlanDocument, SkippedRow
from masterplan.plans.importing.questions import CellRef, Choice, Questions
from masterplan.plans.importing.read.codes import fault_of
from masterplan.plans.importing.read.values import alike
from masterplan.reference import CHILD_LEVELS, Level
from smartcity.common.text import clean_text
from smartcity.common.workbooks.cells import folded

TEXT_LIMIT = 1_500
JOIN, BARE, KEEP, TOP = "join", "bare", "keep", "top"
RANK = {level.value: rank for rank, level in enumerate(Level)}
_SKIPPING: Choice = (SKIP, "Lewati baris ini")
_MOST_PARENTS = 30
# A row of the file in the list of skipped rows.
_LONGEST_ROW = 160
BY_ANSWER = "Dilewati menurut jawaban Anda"


class TreeBuilder:
    """Nodes read so far, found again by code, or by words below the same parent."""

    def __init__(self, setting: PlanContext, doubts: Questions, mends: Corrections | None = None) -> None:
        self.document = PlanDocument()
        self.setting, self.doubts, self.mends = setting, doubts, mends or Corrections()
        self._addresses: dict[str, FileNode] = {}
        self._moved: set[int] = set()
        self._by_code: dict[tuple[str, str], FileNode] = {}
        self._codes: set[str] = set()
        self._by_words: dict[tuple[str, int, str], FileNode] = {}
        self._anywhere: dict[tuple[str, str], list[FileNode]] = {}
        self._all: list[FileNode] = []
        self._told: dict[str, int] = {}

    def stands_in_kind(self, level: str) -> bool:
        """Whether the plan has this level at all."""
        return Level(level) not in NOT_IN_KIND[self.setting.kind]

    def with_code(self, level: str, code: str) -> FileNode | None:
        """The node of that code."""
        return self._by_code.get((level, code)) if code else None

    def codes(self) -> set[str]:
        """All codes so far."""
        return self._codes

    def note(self, sentence: str) -> None:
        """Something to tell once, with how often it was so."""
        self._told[sentence] = self._told.get(sentence, 0) + 1

    def skip(self, place: CellRef, text: str, reason: str) -> None:
        """List a row that becomes nothing in the plan, once for each text."""
        words = " ".join(text.split())
        shown = words if len(words) <= _LONGEST_ROW else f"{words[: _LONGEST_ROW - 1].rstrip()}…"
        row = SkippedRow(place.sheet, place.row, shown, reason)
        if row not in self.document.skipped[-8:]:
            self.document.skipped.append(row)

    def leave_out(self, level: str, text: str, place: CellRef) -> None:
        """Tell of a node whose level this kind of plan does not have."""
        self.note(f"{Level(level).label} tidak ada pada jenis dokumen ini, jadi dilewati.")
        self.skip(place, text, f"{Level(level).label} tidak ada pada jenis dokumen ini")

    def was_moved(self, node: FileNode) -> bool:
        """Whether somebody said below what a node stands."""
        return id(node) in self._moved

    def lengthen(self, node: FileNode, text: str) -> None:
        """Add a text to that of a node."""
        node.text = self._limited(CellRef(node.sheet, node.row), f"{node.text} {text}".strip())
        self._by_words.setdefault((node.level, id(node.parent), folded(node.text)), node)
        self._anywhere.setdefault((node.level, folded(node.text)), []).append(node)

    def tell(self) -> None:
        """Write what was noted into the document."""
        for sentence, times in self._told.items():
            self.document.notes.append(f"{sentence} ({times} kali)" if times > 1 else sentence)

    def find(self, level: str, code: str, text: str, parent: FileNode | None) -> FileNode | None:
        """A node that was read before: the same code and words, or the same words below the same parent."""
        known = self.with_code(level, code)
        if known and (not text or folded(known.text) == folded(text)):
            return known
        if not text:
            return None
        below = self._by_words.get((level, id(parent), folded(text)))
        if below and (not code or not below.code or below.code == code):
            return below
        everywhere = self._anywhere.get((level, folded(text)), [])
        return everywhere[0] if parent is None and not code and len(everywhere) == 1 else None

    def place(
        self, level: str, code: str, text: str, chain: Sequence[FileNode], place: CellRef, *, adrift: bool = False
    ) -> FileNode | None:
        """The node of a row below the last of `chain` that may hold it; None when the row is to be passed over.

        `adrift`: its parent is named by a code, and found when all rows are read.
        """
        moved = self._moved_below(level, place)
        parent = moved or next((node for node in reversed(chain) if level in CHILD_LEVELS[node.level]), None)
        if parent is None and not adrift and not self.may_be_top(level):
            parent = self._stored_parent(level, text)
        if parent is None and chain and not adrift:
            parent = self._ask_about_gap(level, chain[-1], place)
        known = self.find(level, code, text, parent)
        if known:
            return known
        text = self._limited(place, text)
        taken = self.with_code(level, code)
        if taken and taken.parent is not parent and _only_counts(level, code):
            self.note(f"Nomor urut {Level(level).label.lower()} yang mulai lagi di bawah induk lain tidak disimpan.")
            code = ""
        elif taken:
            answer = self._ask_about_code(place, taken, text)
            if answer == SKIP:
                self.skip(place, f"{code} {text}", BY_ANSWER)
            if answer in (JOIN, SKIP):
                return taken if answer == JOIN else None
            code = ""
        if parent is None and not adrift and not self.may_be_top(level):
            parent = self._ask_for_parent(place, level, f"{code} {text}".strip())
            if parent is None:
                self.skip(place, f"{code} {text}", "Tidak ada induknya")
                return None
        self._check(place, level, code, parent)
        node = self._begin(FileNode(level, code, text, place.sheet, place.row, parent=parent, column=place.column))
        if moved is not None:
            self._moved.add(id(node))
        return node

    def _moved_below(self, level: str, place: CellRef) -> FileNode | None:
        """The parent that somebody chose in the preview; it is told when it cannot be that any more."""
        wanted = self.mends.parent(place)
        found = self._addresses.get(wanted)
        if found is not None and level in CHILD_LEVELS[found.level]:
            return found
        if wanted:
            self.note(f"Induk yang Anda pilih untuk {place.sheet} {place.cell} tidak dapat dipakai lagi. Pilih lagi.")
        return None

    def _stored_parent(self, level: str, text: str) -> FileNode | None:
        """The node of the portal that holds this one already, taken into the tree with those above it."""
        path: list[FileNode] = []
        for each in self.setting.above.get((level, folded(text)), ()):
            found = self.place(each.level, each.code, each.text, path, CellRef(""))
            if found is None:
                return None
            path.append(found)
        if path:
            self.note("Induk yang tidak ada di berkas diambil dari isi portal.")
        return path[-1] if path else None

    def may_be_top(self, level: str) -> bool:
        """Whether a node of this level needs nothing above it."""
        return level in CHILD_LEVELS[None] and self.stands_in_kind(level)

    def _begin(self, node: FileNode) -> FileNode:
        (node.parent.children if node.parent else self.document.nodes).append(node)
        self._all.append(node)
        base = node.address = f"{node.sheet}!{node.row}:{node.column}"
        more = 1
        while node.address in self._addresses:
            more += 1
            node.address = f"{base}#{more}"
        self._addresses[node.address] = node
        if node.code:
            self._by_code[node.level, node.code] = node
            self._codes.add(node.code)
        words = folded(node.text)
        self._by_words.setdefault((node.level, id(node.parent), words), node)
        self._anywhere.setdefault((node.level, words), []).append(node)
        return node

    def _limited(self, place: CellRef, text: str) -> str:
        text = clean_text(text, 10**6)
        if len(text) <= TEXT_LIMIT:
            return text
        self.doubts.ask(place, f"Uraian ini lebih dari {TEXT_LIMIT} karakter dan dipotong.", [("cut", "Potong")], "cut")
        return text[:TEXT_LIMIT].rstrip()

    def _ask_about_code(self, place: CellRef, taken: FileNode, text: str) -> str:
        where = f"lembar {taken.sheet} baris {taken.row}"
        label = Level(taken.level).label.lower()
        sentence = f"Kode {taken.code} sudah dipakai {label} lain ({where}): {taken.text[:80]}. Di sini: {text[:80]}."
        choices = [
            (JOIN, "Unsur yang sama, gabungkan"),
            (BARE, "Unsur lain, simpan tanpa kode"),
            _SKIPPING,
        ]
        return self.doubts.ask(place, sentence, choices, JOIN if alike(taken.text, text) else "", _key(place, "kode"))

    def _ask_for_parent(self, place: CellRef, level: str, named: str) -> FileNode | None:
        above = [upper for upper, below in CHILD_LEVELS.items() if upper and level in below]
        wanted = [node for node in self._all if node.level in above][-_MOST_PARENTS:]
        # By the place where each begins, which stays the same whatever else is answered.
        places = {f"{node.sheet}!{node.row}:{node.level}": node for node in wanted}
        labels = " atau ".join(Level(upper).label.lower() for upper in above if self.stands_in_kind(upper))
        sentence = f"{Level(level).label} “{named[:80]}” tidak berada di bawah {labels} mana pun."
        if not places:
            label = Level(level).label.lower()
            sentence += f" Impor dulu tabel yang memuat {labels}, atau tambahkan kolom {labels} pada berkas ini."
            skipping = [(SKIP, f"Lewati setiap {label} yang demikian")]
            self.doubts.ask(place, sentence, skipping, "", f"{place.sheet}:{level}:tanpa-induk")
            return None
        choices = [_SKIPPING, *((value, node.named()) for value, node in places.items())]
        return places.get(self.doubts.ask(place, sentence, choices, "", _key(place, "induk")))

    def _ask_about_gap(self, level: str, above: FileNode, place: CellRef) -> FileNode | None:
        """A program that a file writes right below a mission or goal: at the top, or below one of its objectives."""
        if not self.may_be_top(level) or RANK[level] <= RANK[above.level]:
            return None
        holders = [upper for upper, below in CHILD_LEVELS.items() if upper and level in below]
        wanted = [node for node in above.walk() if node.level in holders][-_MOST_PARENTS:]
        places = {f"{node.sheet}!{node.row}:{node.level}": node for node in wanted}
        label, upper = Level(level).label, Level(above.level).label.lower()
        sentence = (
            f"{label} ditulis langsung di bawah {upper} “{above.named()}”, tanpa sasaran di antaranya. "
            f"Di portal {label.lower()} berada di bawah sasaran, atau berdiri sendiri."
        )
        choices = [(TOP, "Berdiri sendiri"), *((value, f"Di bawah {node.named()}") for value, node in places.items())]
        key = f"{place.sheet}:{level}:{above.sheet}!{above.row}:{above.level}"
        return places.get(self.doubts.ask(place, sentence, choices, TOP, key))

    def _check(self, place: CellRef, level: str, code: str, parent: FileNode | None) -> None:
        fault = fault_of(level, code, parent.code if parent else "")
        if fault:
            self.doubts.ask(place, fault, [(KEEP, "Simpan seperti tertulis")], KEEP, _key(place, "nomenklatur"))

    def reparent(self, node: FileNode, parent: FileNode) -> bool:
        """Hang a node below another; False where that would make a circle, or where it may not hang."""
        above: FileNode | None = parent
        while above is not None:
            if above is node:
                return False
            above = above.parent
        if node.level not in CHILD_LEVELS[parent.level]:
            return False
        siblings = node.parent.children if node.parent else self.document.nodes
        siblings[:] = [each for each in siblings if each is not node]
        node.parent = parent
        parent.children.append(node)
        return True

    def drop(self, nodes: Iterable[FileNode]) -> None:
        """Take nodes, with all below them, out of the tree."""
        dropped = [below for node in nodes for below in node.walk()]
        for below in dropped:
            self.skip(CellRef(below.sheet, below.row), f"{below.code} {below.text}", BY_ANSWER)
        gone = {id(below) for below in dropped}
        for each in [None, *self._all]:
            siblings = each.children if each else self.document.nodes
            siblings[:] = [node for node in siblings if id(node) not in gone]


def _only_counts(level: str, code: str) -> bool:
    """Whether a code is only the place of a node below its parent, as strategies are counted anew below each."""
    return code.isdigit() and level in (Level.GOAL, Level.OBJECTIVE, Level.STRATEGY, Level.POLICY_DIRECTION)


def _key(place: CellRef, what: str) -> str:
    return f"{place.sheet}!{place.row}:{what}"
