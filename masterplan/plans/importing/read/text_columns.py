"""Reads the rows of a sheet with one node a row: `1.2.1 | Sasaran ... | indicator | ...`.

The level of a row follows from its code, its words, the column of its text, or its look: indent, bold, capitals.
"""

from collections.abc import Collection, Iterable

from masterplan.plans.importing.corrections import CONTINUATION, INDICATOR, INSTEAD, SKIP
from masterplan.plans.importing.document import RANK, FileNode
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import SheetLayout
from masterplan.plans.importing.questions import CellRef
from masterplan.plans.importing.read.codes import OWN_ORDER, level_of_code, tidy_code
from masterplan.plans.importing.read.phrases import (
    TitleLine,
    counted,
    is_capitals,
    is_heading,
    level_of_words,
    split_label,
)
from masterplan.plans.importing.read.reading import BY_ANSWER, SheetRow
from masterplan.plans.importing.read.repairs import as_indicator
from masterplan.plans.importing.read.row_reader import HEADING, PlanRowReader, is_field
from masterplan.plans.importing.read.tree_builder import TreeBuilder
from masterplan.reference import CHILD_LEVELS, LEVELS_WITH_MONEY, Level, PlanKind
from smartcity.common.reading import is_blank, tidy
from smartcity.common.workbooks.cells import folded
from smartcity.common.workbooks.reader import Cell

_INDENT, _EMPHASIS, _NOTHING = "indent", "emphasis", ""
# A column further to the right is deeper than any blanks before a text.
_COLUMN = 1000
_BOLD, _ITALIC = 1, 2


class TextColumnsReader(PlanRowReader):
    """`_depths` are the depths of the nodes of the path; `_node` is that of the row, None where it names none."""

    def __init__(
        self, layout: SheetLayout, tree: TreeBuilder, rows: Collection[SheetRow], named_levels: Collection[str]
    ) -> None:
        super().__init__(layout, tree)
        layout.levels_left_out = int(_goals_are_counted(rows, layout, named_levels))
        self._depths: dict[str, int] = {}
        self._node: FileNode | None = None
        self._look = _look_of(rows, layout)

    def begin(self, title: TitleLine, ref: CellRef) -> None:
        """See `PlanRowReader`."""
        self._add(title.level, title.code, title.text, -1, ref)

    def read(self, row: SheetRow) -> bool:
        """See `PlanRowReader`."""
        filled = [column for column in self.layout.texts if not is_blank(tidy(row.text(column)))]
        return all(self._take(row, column, self._code(column, filled[-1], row)) for column in filled)

    @property
    def current(self) -> list[FileNode]:
        """The node of the last row."""
        return [self._node] if self._node else []

    def _code(self, column: int, last: int, row: SheetRow) -> str:
        own = self.layout.codes_of.get(column, [])
        return self.code_in(self.layout.codes if not own and column == last else own, row)

    def _take(self, row: SheetRow, column: int, code: str) -> bool:
        """Begin the node of a text, or find it again; False where the text only heads what follows."""
        text, ref = row.line(column), row.ref(column)
        corrected = self.reading.corrections.level(ref)
        if not corrected and self.is_outcome(code, text, self._node, row, column):
            return True
        level = corrected or self.layout.level_of.get(column, "")
        depth = self._depth(row.cells[column], column)
        if level:
            own, words = split_label(text)
            code, text = code or own, words
        else:
            level, code, text = self._level(row, code, text, depth, ref)
        if level == CONTINUATION and self._node is not None:
            self.tree.extend(self._node, text)
            return True
        if level == INDICATOR and self._node is not None:
            as_indicator(row, column, text, self.layout)
            return True
        if level not in RANK:
            if level:
                self.reading.skip(ref, text, "Tidak ada baris di atasnya")
            self._node = None
            return False
        self._add(level, code, text, depth, ref)
        return True

    def _add(self, level: str, code: str, text: str, depth: int, ref: CellRef) -> None:
        if not self.reading.plan.has_level(level):
            self.reading.skip_level(level, f"{code} {text}", ref)
            self._node = None
            return
        before = self._node
        if before and before.level == level and before.code == code and folded(before.text) == folded(text):
            return
        parent_by_code = roles.PARENT in self.layout.single
        above = self._above_by_code(level, code) or list(self.path.values())
        self._node = self.tree.add(level, code, text, above, ref, parent_by_code=parent_by_code)
        if self._node is not None:
            self.forget_below(level)
            self.path[level], self._depths[level] = self._node, depth

    def _above_by_code(self, level: str, code: str) -> list[FileNode]:
        """The node whose code begins this one, and that may hold it."""
        head = code.rpartition(".")[0]
        while head:
            for upper in CHILD_LEVELS:
                found = self.tree.with_code(upper, head) if upper else None
                if found and level in CHILD_LEVELS[found.level]:
                    return [found]
            head = head.rpartition(".")[0]
        return []

    def _depth(self, cell: Cell, column: int) -> int:
        """How far a text is set in, by its column and by what sets texts of this sheet apart."""
        inside = _prominence(cell) if self._look == _EMPHASIS else _blanks_before(str(cell.value))
        return self.layout.texts.index(column) * _COLUMN + inside

    def _at_depth(self, depth: int) -> FileNode | None:
        """The lowest node of the path that is set in so far."""
        return next((node for level, node in reversed(self.path.items()) if self._depths[level] == depth), None)

    def _less_deep(self, depth: int) -> FileNode | None:
        """The lowest node of the path that is set in less."""
        return next((node for level, node in reversed(self.path.items()) if self._depths[level] < depth), None)

    # Levels -----------------------------------------------------------------------------------------------------------

    def _level(self, row: SheetRow, code: str, text: str, depth: int, ref: CellRef) -> tuple[str, str, str]:
        """Level, code and words of a row; "" where it only heads the rows below it."""
        kind = self.reading.plan.kind
        named = self.layout.single.get(roles.LEVEL, 0)
        if named and named in row.cells:
            return level_of_words(row.text(named)) or self._level_of_look(ref, text, depth), code, text
        if not code and kind and not self.layout.codes:
            own, words = counted(text)
            code, text = (own, words) if level_of_code(own, kind) else ("", text)
        by_words = level_of_words(text)
        own, words = split_label(text)
        if by_words and words != text:
            return by_words, code or own, words
        code, text = code or own, words
        by_code = _lowered(level_of_code(code, kind), self.layout.levels_left_out)
        if not by_code and self._continues_goals(code):
            by_code = str(Level.GOAL)
        if is_heading(text) or (not by_code and is_field(code)):
            self.reading.note(HEADING)
            return "", "", ""
        if by_code or by_words:
            return by_code or by_words, code, text
        # Missions and goals in capitals have no values either; only programs stand below headings.
        may_head = self._usual_below(self._less_deep(depth)) in LEVELS_WITH_MONEY
        if may_head and self.seems_to_head(code, text, row) and self.confirm_heading(text, ref):
            return "", "", ""
        return self._level_of_look(ref, text, depth), code, text

    def _continues_goals(self, code: str) -> bool:
        """Whether 1.10 is the goal after 1.9, and not a field of the nomenclature."""
        head, _, last = code.rpartition(".")
        return last.isdigit() and self.tree.with_code(Level.GOAL, f"{head}.{int(last) - 1}") is not None

    def _level_of_look(self, ref: CellRef, text: str, depth: int) -> str:
        """The level of the last row that looks the same, else the one below the last that stands out more."""
        if self._look == _EMPHASIS and not self._may_use_emphasis(ref.sheet):
            depth -= depth % _COLUMN
        tells_apart = self._look != _NOTHING or len(self.layout.texts) > 1
        same = self._at_depth(depth)
        if same is not None:
            return same.level if tells_apart else self._ask_for_level(ref, text, same.level, f"{ref.sheet}:sejenjang")
        usual = self._usual_below(self._less_deep(depth))
        if usual and (self.path or depth % _COLUMN == 0 or tells_apart):
            self.reading.note("Jenjang sebagian baris diambil dari lekukan, huruf, atau urutan kolomnya.")
            return usual
        return self._ask_for_level(ref, text, usual, f"{ref.sheet}!{ref.row}:jenjang")

    def _may_use_emphasis(self, sheet: str) -> bool:
        sentence = (
            f"Jenjang baris tanpa kode di lembar {sheet} dikenali dari huruf besar, tebal, dan miringnya. "
            "Periksa pohonnya di bawah."
        )
        use, even = ("use", "Pakai"), ("even", "Jangan: baris yang sebaris kolomnya sejenjang")
        return self.reading.questions.confirm(CellRef(sheet), sentence, use, even, f"{sheet}:tampilan")

    def _ask_for_level(self, ref: CellRef, text: str, usual: str, key: str) -> str:
        """Ask for the level of a row that nothing tells; rows that nothing sets apart have one `key`."""
        levels = [level for level in Level if self.reading.plan.has_level(level)]
        choices = [*((level.value, level.label) for level in levels), *INSTEAD.items()]
        sentence = (
            f"Jenjang “{text[:80]}” tidak dikenal: tidak ada kode, kata, lekukan, atau huruf tebal yang menandainya. "
            "Pilih jenjangnya di sini, atau tambahkan kode pada berkasnya lalu unggah lagi."
        )
        answer = self.reading.questions.ask(ref, sentence, choices, usual, key)
        if answer in ("", SKIP):
            self.reading.skip(ref, text, BY_ANSWER if answer else "Menunggu jawaban Anda")
        return "" if answer == SKIP else answer

    def _usual_below(self, node: FileNode | None) -> str:
        if node is None:
            return str(Level.MISSION if self.reading.plan.kind == PlanKind.RPJMD else Level.PROGRAM)
        below = [level for level in CHILD_LEVELS[node.level] if self.reading.plan.has_level(level)]
        # Below an objective most tables go on with programs; strategies say that they are strategies.
        return str(below[-1]) if below else ""


def _look_of(rows: Iterable[SheetRow], layout: SheetLayout) -> str:
    """What sets the texts of a sheet apart besides codes and words: their indent, else bold, italic and capitals."""
    own = [column for column in layout.texts if column not in layout.level_of]
    found = (next((row.cells[n] for n in own if n in row.cells and row.cells[n].kind == "s"), None) for row in rows)
    texts = [cell for cell in found if cell is not None]
    if len({_blanks_before(str(cell.value)) for cell in texts}) > 1:
        return _INDENT
    return _EMPHASIS if len({_prominence(cell) for cell in texts}) > 1 else _NOTHING


def _goals_are_counted(rows: Iterable[SheetRow], layout: SheetLayout, named: Collection[str]) -> bool:
    """Whether a sheet of goals without missions, as its head says, counts the goals 1, 2, 3."""
    if Level.MISSION in named or Level.GOAL not in named or len(layout.codes) != 1:
        return False
    codes = {tidy_code(row.text(layout.codes[0])) for row in rows}
    own = [code.split(".") for code in codes if level_of_code(code, PlanKind.RPJMD) in OWN_ORDER]
    counted_levels = sum(level in named for level in OWN_ORDER)
    return any(len(groups) == 1 for groups in own) and max(map(len, own)) <= counted_levels


def _lowered(level: str, steps: int) -> str:
    """The level so many below, of those that a plan's own codes tell; other levels stay."""
    own = [str(each) for each in OWN_ORDER]
    return own[min(own.index(level) + steps, len(own) - 1)] if level in own else level


def _blanks_before(text: str) -> int:
    return len(text) - len(text.lstrip(" \u00a0\t"))


def _prominence(cell: Cell) -> int:
    """How little a text stands out: capitals before bold before plain before italic."""
    bold, italic = cell.emphasis & _BOLD, cell.emphasis & _ITALIC
    return 4 * (not is_capitals(str(cell.value))) + 2 * (not bold) + bool(italic)
