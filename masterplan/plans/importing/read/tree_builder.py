"""The tree while a file is read: nodes found again or begun, codes used twice, nodes that belong below nothing."""

from collections.abc import Iterable, Sequence

from masterplan.plans.importing.corrections import SKIP
from masterplan.plans.importing.document import RANK, FileNode
from masterplan.plans.importing.questions import CellRef, Choice
from masterplan.plans.importing.read.codes import code_problem
from masterplan.plans.importing.read.reading import BY_ANSWER, PlanReading
from masterplan.plans.importing.read.values import is_same_text
from masterplan.reference import CHILD_LEVELS, Level
from smartcity.common.text import clean_text
from smartcity.common.workbooks.cells import folded

TEXT_LIMIT = 1_500
_SKIPPING: Choice = (SKIP, "Lewati baris ini")
_MOST_PARENTS = 30


class TreeBuilder:
    """Nodes read so far, found again by code, or by words below the same parent."""

    def __init__(self, reading: PlanReading) -> None:
        self.reading = reading
        self._by_code: dict[tuple[str, str], FileNode] = {}
        self._by_words: dict[tuple[str, int, str], FileNode] = {}
        self._anywhere: dict[tuple[str, str], list[FileNode]] = {}
        self._by_address: dict[str, FileNode] = {}
        self._moved: set[int] = set()
        self.codes: set[str] = set()

    def with_code(self, level: str, code: str) -> FileNode | None:
        """The node of that code."""
        return self._by_code.get((level, code)) if code else None

    def was_moved(self, node: FileNode) -> bool:
        """Whether somebody decided below what a node stands."""
        return id(node) in self._moved

    def extend(self, node: FileNode, text: str) -> None:
        """Add a text to that of a node."""
        node.text = self._limited(CellRef(node.sheet, node.row), f"{node.text} {text}".strip())
        self._remember_words(node)

    def add(
        self, level: str, code: str, text: str, above: Sequence[FileNode], ref: CellRef, *, parent_by_code: bool = False
    ) -> FileNode | None:
        """The node of a row below the last of `above` that may hold it; None when the row is to be passed over.

        `parent_by_code`: its parent is named by a code, and found when all rows are read.
        """
        moved = self._corrected_parent(level, ref)
        parent = moved or next((node for node in reversed(above) if level in CHILD_LEVELS[node.level]), None)
        needs_parent = not parent_by_code and not self.may_be_top(level)
        if parent is None and needs_parent:
            parent = self._stored_parent(level, text)
        if parent is None and above and not parent_by_code:
            parent = self._ask_about_gap(level, above[-1], ref)
        known = self._find(level, code, text, parent)
        if known:
            return known
        text = self._limited(ref, text)
        taken = self.with_code(level, code)
        if taken and taken.parent is not parent and _is_ordinal(level, code):
            self.reading.note(
                f"Nomor urut {Level(level).label.lower()} yang mulai lagi di bawah induk lain tidak disimpan."
            )
            code = ""
        elif taken:
            answer = self._ask_about_code(ref, taken, text)
            if answer == SKIP:
                self.reading.skip(ref, f"{code} {text}", BY_ANSWER)
            if answer in ("join", SKIP):
                return taken if answer == "join" else None
            code = ""
        if parent is None and needs_parent:
            parent = self._ask_for_parent(ref, level, f"{code} {text}".strip())
            if parent is None:
                self.reading.skip(ref, f"{code} {text}", "Tidak ada induknya")
                return None
        problem = code_problem(level, code, parent.code if parent else "")
        if problem:
            self.reading.questions.notice(ref, problem, ("keep", "Simpan seperti tertulis"), _key(ref, "nomenklatur"))
        node = self._begin(FileNode(level, code, text, ref.sheet, ref.row, parent=parent, column=ref.column))
        if moved is not None:
            self._moved.add(id(node))
        return node

    def _find(self, level: str, code: str, text: str, parent: FileNode | None) -> FileNode | None:
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

    def _corrected_parent(self, level: str, ref: CellRef) -> FileNode | None:
        """The parent that somebody chose in the preview; where it cannot be that any more, a note says so."""
        wanted = self.reading.corrections.parent(ref)
        found = self._by_address.get(wanted)
        if found is not None and level in CHILD_LEVELS[found.level]:
            return found
        if wanted:
            self.reading.note(
                f"Induk yang Anda pilih untuk {ref.sheet} {ref.cell} tidak dapat dipakai lagi. Pilih lagi."
            )
        return None

    def _stored_parent(self, level: str, text: str) -> FileNode | None:
        """The node of the portal that holds this one already, taken into the tree with those above it."""
        path: list[FileNode] = []
        for each in self.reading.plan.ancestors.get((level, folded(text)), ()):
            found = self.add(each.level, each.code, each.text, path, CellRef(""))
            if found is None:
                return None
            path.append(found)
        if path:
            self.reading.note("Induk yang tidak ada di berkas diambil dari isi portal.")
        return path[-1] if path else None

    def may_be_top(self, level: str) -> bool:
        """Whether a node of this level needs nothing above it."""
        return level in CHILD_LEVELS[None] and self.reading.plan.has_level(level)

    def _begin(self, node: FileNode) -> FileNode:
        self._siblings(node).append(node)
        base = node.address = f"{node.sheet}!{node.row}:{node.column}"
        more = 1
        while node.address in self._by_address:
            more += 1
            node.address = f"{base}#{more}"
        self._by_address[node.address] = node
        if node.code:
            self._by_code[node.level, node.code] = node
            self.codes.add(node.code)
        self._remember_words(node)
        return node

    def _siblings(self, node: FileNode) -> list[FileNode]:
        return node.parent.children if node.parent else self.reading.document.nodes

    def _remember_words(self, node: FileNode) -> None:
        self._by_words.setdefault((node.level, id(node.parent), folded(node.text)), node)
        self._anywhere.setdefault((node.level, folded(node.text)), []).append(node)

    def _limited(self, ref: CellRef, text: str) -> str:
        text = clean_text(text, 10**6)
        if len(text) > TEXT_LIMIT:
            sentence = f"Uraian ini lebih dari {TEXT_LIMIT} karakter dan dipotong."
            self.reading.questions.notice(ref, sentence, ("cut", "Potong"))
        return text[:TEXT_LIMIT].rstrip() if len(text) > TEXT_LIMIT else text

    # Questions --------------------------------------------------------------------------------------------------------

    def _ask_about_code(self, ref: CellRef, taken: FileNode, text: str) -> str:
        where = f"lembar {taken.sheet} baris {taken.row}"
        label = Level(taken.level).label.lower()
        sentence = f"Kode {taken.code} sudah dipakai {label} lain ({where}): {taken.text[:80]}. Di sini: {text[:80]}."
        choices = [("join", "Unsur yang sama, gabungkan"), ("bare", "Unsur lain, simpan tanpa kode"), _SKIPPING]
        proposed = "join" if is_same_text(taken.text, text) else ""
        return self.reading.questions.ask(ref, sentence, choices, proposed, _key(ref, "kode"))

    def _ask_for_parent(self, ref: CellRef, level: str, title: str) -> FileNode | None:
        upper = _levels_above(level)
        found = _by_row([node for node in self._by_address.values() if node.level in upper])
        label = Level(level).label
        labels = " atau ".join(Level(each).label.lower() for each in upper if self.reading.plan.has_level(each))
        sentence = f"{label} “{title[:80]}” tidak berada di bawah {labels} mana pun."
        if not found:
            sentence += f" Impor dulu tabel yang memuat {labels}, atau tambahkan kolom {labels} pada berkas ini."
            skipping = [(SKIP, f"Lewati setiap {label.lower()} yang demikian")]
            self.reading.questions.ask(ref, sentence, skipping, "", f"{ref.sheet}:{level}:tanpa-induk")
            return None
        choices = [_SKIPPING, *((value, node.title) for value, node in found.items())]
        return found.get(self.reading.questions.ask(ref, sentence, choices, "", _key(ref, "induk")))

    def _ask_about_gap(self, level: str, above: FileNode, ref: CellRef) -> FileNode | None:
        """A program that a file writes right below a mission or goal: at the top, or below one of its objectives."""
        if not self.may_be_top(level) or RANK[level] <= RANK[above.level]:
            return None
        found = _by_row([node for node in above.walk() if node.level in _levels_above(level)])
        label, upper = Level(level).label, Level(above.level).label.lower()
        sentence = (
            f"{label} ditulis langsung di bawah {upper} “{above.title}”, tanpa sasaran di antaranya. "
            f"Di portal {label.lower()} berada di bawah sasaran, atau berdiri sendiri."
        )
        choices = [("top", "Berdiri sendiri"), *((value, f"Di bawah {node.title}") for value, node in found.items())]
        key = f"{ref.sheet}:{level}:{above.sheet}!{above.row}:{above.level}"
        return found.get(self.reading.questions.ask(ref, sentence, choices, "top", key))

    # Moving -----------------------------------------------------------------------------------------------------------

    def reparent(self, node: FileNode, parent: FileNode) -> bool:
        """Hang a node below another; False where that would make a circle, or where it may not hang."""
        above: FileNode | None = parent
        while above is not None:
            if above is node:
                return False
            above = above.parent
        if node.level not in CHILD_LEVELS[parent.level]:
            return False
        siblings = self._siblings(node)
        siblings[:] = [each for each in siblings if each is not node]
        node.parent = parent
        parent.children.append(node)
        return True

    def drop(self, nodes: Iterable[FileNode]) -> None:
        """Take nodes, with all below them, out of the tree."""
        for node in nodes:
            for below in node.walk():
                self.reading.skip(CellRef(below.sheet, below.row), f"{below.code} {below.text}", BY_ANSWER)
            siblings = self._siblings(node)
            siblings[:] = [each for each in siblings if each is not node]


def _levels_above(level: str) -> list[str]:
    return [upper for upper, below in CHILD_LEVELS.items() if upper and level in below]


def _by_row(nodes: list[FileNode]) -> dict[str, FileNode]:
    """The last of some nodes, by the place where each begins, which stays the same whatever else is answered."""
    return {f"{node.sheet}!{node.row}:{node.level}": node for node in nodes[-_MOST_PARENTS:]}


def _is_ordinal(level: str, code: str) -> bool:
    """Whether a code is only the place of a node below its parent, as strategies are counted anew below each."""
    return code.isdigit() and level in (Level.GOAL, Level.OBJECTIVE, Level.STRATEGY, Level.POLICY_DIRECTION)


def _key(ref: CellRef, what: str) -> str:
    return f"{ref.sheet}!{ref.row}:{what}"
