"""Walks through the rows of a sheet with one node a row: `1.2.1 | Sasaran ... | indicator | ...`.

The level of a row is said by its code, its words, the column of its text, or how it looks: set in, bold, capitals.
"""

from collections.abc import Collection, Iterable

from masterplan.plans.importing.corrections.corrections import CONTINUATION, INDICATOR, INSTEAD, SKIP
from masterplan.plans.importing.document import FileNode
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import IndicatorColumns, SheetLayout
from masterplan.plans.importing.questions import CellRef, Questions
from masterplan.plans.importing.read.codes import OWN_ORDER, level_of_code, tidy_code
from masterplan.plans.importing.read.level_columns import (
    HEADING,
    Cells,
    ask_about_heading,
    is_field,
    joined_code,
    says_outcome,
    seems_to_head,
)
from masterplan.plans.importing.read.phrases import (
    TitleLine,
    counted,
    is_capitals,
    is_heading,
    level_of_words,
    split_label,
)
from masterplan.plans.importing.read.repairs import as_indicator
from masterplan.plans.importing.read.tree_builder import BY_ANSWER, RANK, TreeBuilder
from masterplan.plans.importing.read.values import plain_text
from masterplan.reference import CHILD_LEVELS, LEVELS_WITH_MONEY, Level, PlanKind
from smartcity.common.reading import is_blank, tidy
from smartcity.common.workbooks.cells import folded
from smartcity.common.workbooks.reader import Cell

SET_IN, EMPHASIS, NOTHING = "set_in", "emphasis", ""
USE, EVEN = "use", "even"
# A column further to the right is deeper than any blanks before a text.
_COLUMN = 1000
_BOLD, _ITALIC = 1, 2


def looks_of(rows: Iterable[Cells], structure: SheetLayout) -> str:
    """What sets the texts of a sheet apart besides codes and words: their indent, else bold, italic and capitals."""
    indents: set[int] = set()
    ranks: set[int] = set()
    for cells in rows:
        for column in structure.texts:
            if column in cells and column not in structure.level_of and cells[column].kind == "s":
                indents.add(_blanks_before(str(cells[column].value)))
                ranks.add(_rank_of(cells[column]))
                break
    if len(indents) > 1:
        return SET_IN
    return EMPHASIS if len(ranks) > 1 else NOTHING


class TextColumnsReader:
    """The node that the rows so far end with, and the nodes above it, each with how far it is set in."""

    def __init__(self, structure: SheetLayout, growth: TreeBuilder, doubts: Questions, looks: str) -> None:
        self._structure, self._growth, self._doubts, self._looks = structure, growth, doubts, looks
        self._chain: list[tuple[int, FileNode]] = []
        self._node: FileNode | None = None

    @property
    def current(self) -> list[FileNode]:
        """The node that the rows so far end with."""
        return [self._node] if self._node else []

    def begin(self, banner: TitleLine, place: CellRef) -> None:
        """Go on below the node that a line of its own names."""
        self._hang(banner.level, banner.code, banner.text, -1, place)

    def read(self, cells: dict[int, Cell], sheet: str, row: int) -> bool:
        """Take in a row; False for one that only heads the rows below it."""
        filled = [column for column in self._structure.texts if not is_blank(tidy(plain_text(cells.get(column))))]
        for column in filled:
            code = self._code(column, filled[-1], cells, sheet, row)
            if not self._take(cells, column, code, CellRef(sheet, row, column)):
                return False
        return True

    def subject(self, group: IndicatorColumns) -> FileNode | None:
        """The node that measures of `group` belong to: of its level where its head says one, else that of the row."""
        if not group.is_said:
            return self._node
        return next((node for _, node in reversed(self._chain) if node.level == group.level), None)

    def named(self, level: str) -> FileNode | None:
        """The node of a level, None where the rows so far end with none."""
        return next((node for _, node in reversed(self._chain) if node.level == level), None)

    def last(self) -> FileNode | None:
        """The node of the row."""
        return self._node

    def _code(self, column: int, last: int, cells: Cells, sheet: str, row: int) -> str:
        own = self._structure.codes_of.get(column, [])
        columns = self._structure.codes if not own and column == last else own
        return joined_code(columns, cells, sheet, row, self._doubts, self._growth)

    def _take(self, cells: dict[int, Cell], column: int, code: str, place: CellRef) -> bool:
        """Begin the node of a text, or find it again; False where the text only heads what follows."""
        text = " ".join(plain_text(cells[column]).split())
        mended = self._growth.mends.level(place)
        if not mended and says_outcome(self._structure, code, text, self._node, cells, place, self._growth):
            return True
        level = mended or self._structure.level_of.get(column, "")
        depth = self._depth(cells[column], column)
        if level:
            own, words = split_label(text)
            code, text = code or own, words
        else:
            level, code, text = self._level(cells, code, text, depth, place)
        if level == CONTINUATION and self._node is not None:
            self._growth.lengthen(self._node, text)
            return True
        if level == INDICATOR and self._node is not None:
            as_indicator(cells, column, text, self._structure)
            return True
        if level not in RANK:
            if level:
                self._growth.skip(place, text, "Tidak ada baris di atasnya")
            self._node = None
            return False
        return self._hang(level, code, text, depth, place)

    def _hang(self, level: str, code: str, text: str, depth: int, place: CellRef) -> bool:
        if not self._growth.stands_in_kind(level):
            self._growth.leave_out(level, f"{code} {text}", place)
            self._node = None
            return True
        before = self._node
        if before and before.level == level and before.code == code and folded(before.text) == folded(text):
            return True
        adrift = roles.PARENT in self._structure.single
        self._node = self._growth.place(level, code, text, self._above(level, code), place, adrift=adrift)
        if self._node is not None:
            self._chain = [(at, node) for at, node in self._chain if RANK[node.level] < RANK[level]]
            self._chain.append((depth, self._node))
        return True

    def _depth(self, cell: Cell, column: int) -> int:
        """How far a text is set in, by its column and by what sets texts of this sheet apart."""
        inside = _rank_of(cell) if self._looks == EMPHASIS else _blanks_before(str(cell.value))
        return self._structure.texts.index(column) * _COLUMN + inside

    # Levels -----------------------------------------------------------------------------------------------------------

    def _level(self, cells: Cells, code: str, text: str, depth: int, place: CellRef) -> tuple[str, str, str]:
        """Level, code and words of a row; "" where it only heads the rows below it."""
        named = self._structure.single.get(roles.LEVEL, 0)
        if named and named in cells:
            return level_of_words(plain_text(cells[named])) or self._by_looks(place, text, depth), code, text
        if not code and self._growth.setting.kind and not self._structure.codes:
            code, text = self._own_code(text)
        by_words = level_of_words(text)
        own, words = split_label(text)
        if by_words and words != text:
            return by_words, code or own, words
        code, text = code or own, words
        by_code = level_of_code(code, self._growth.setting.kind)
        by_code = lowered(by_code, self._structure.levels_left_out)
        if not by_code and self._counts_on(code):
            by_code = str(Level.GOAL)
        if is_heading(text) or (not by_code and is_field(code)):
            self._growth.note(HEADING)
            return "", "", ""
        if by_code or by_words:
            return by_code or by_words, code, text
        # Missions and goals in capitals have no values either; only programs stand below headings.
        below = self._usual_below(next((node for at, node in reversed(self._chain) if at < depth), None))
        may_head = below in LEVELS_WITH_MONEY and seems_to_head(code, text, cells, self._structure)
        if may_head and ask_about_heading(place, text, self._doubts):
            return "", "", ""
        return self._by_looks(place, text, depth), code, text

    def _counts_on(self, code: str) -> bool:
        """Whether 1.10 is the goal after 1.9, and not a field of the nomenclature."""
        head, _, last = code.rpartition(".")
        return last.isdigit() and self._growth.with_code(Level.GOAL, f"{head}.{int(last) - 1}") is not None

    def _own_code(self, text: str) -> tuple[str, str]:
        code, words = counted(text)
        return (code, words) if level_of_code(code, self._growth.setting.kind) else ("", text)

    def _by_looks(self, place: CellRef, text: str, depth: int) -> str:
        """The level of the last row that looks so, else the one below the last that stands out more."""
        if self._looks == EMPHASIS and not self._may_use_emphasis(place):
            depth -= depth % _COLUMN
        same = next((node.level for at, node in reversed(self._chain) if at == depth), "")
        if same:
            return same if self._tells_apart() else self._ask_for_level(place, text, same, f"{place.sheet}:sejenjang")
        above = next((node for at, node in reversed(self._chain) if at < depth), None)
        usual = self._usual_below(above)
        if usual and (self._chain or depth % _COLUMN == 0 or self._tells_apart()):
            self._growth.note("Jenjang sebagian baris diambil dari lekukan, huruf, atau urutan kolomnya.")
            return usual
        return self._ask_for_level(place, text, usual, f"{place.sheet}!{place.row}:jenjang")

    def _tells_apart(self) -> bool:
        """Whether the look of a text says anything in this sheet."""
        return self._looks != NOTHING or len(self._structure.texts) > 1

    def _may_use_emphasis(self, place: CellRef) -> bool:
        sentence = (
            f"Jenjang baris tanpa kode di lembar {place.sheet} dikenali dari huruf besar, tebal, dan miringnya. "
            "Periksa pohonnya di bawah."
        )
        choices = [(USE, "Pakai"), (EVEN, "Jangan: baris yang sebaris kolomnya sejenjang")]
        return self._doubts.ask(CellRef(place.sheet), sentence, choices, USE, f"{place.sheet}:tampilan") == USE

    def _ask_for_level(self, place: CellRef, text: str, usual: str, key: str) -> str:
        """Ask for the level of a row that nothing tells; rows that nothing sets apart have one `key`."""
        levels = [level for level in Level if self._growth.stands_in_kind(level)]
        choices = [*((level.value, level.label) for level in levels), *INSTEAD.items()]
        sentence = (
            f"Jenjang “{text[:80]}” tidak dikenal: tidak ada kode, kata, lekukan, atau huruf tebal yang menandainya. "
            "Pilih jenjangnya di sini, atau tambahkan kode pada berkasnya lalu unggah lagi."
        )
        answer = self._doubts.ask(place, sentence, choices, usual, key)
        if answer in ("", SKIP):
            self._growth.skip(place, text, BY_ANSWER if answer else "Menunggu jawaban Anda")
        return "" if answer == SKIP else answer

    def _usual_below(self, node: FileNode | None) -> str:
        is_rpjmd = self._growth.setting.kind == PlanKind.RPJMD
        if node is None:
            return str(Level.MISSION if is_rpjmd else Level.PROGRAM)
        below = [level for level in CHILD_LEVELS[node.level] if self._growth.stands_in_kind(level)]
        # Below an objective most tables go on with programs; strategies say that they are strategies.
        return str(below[-1]) if below else ""

    def _above(self, level: str, code: str) -> list[FileNode]:
        """What the node may stand below: whose code begins its own, else the rows above it."""
        head = code.rpartition(".")[0]
        while head:
            for upper in CHILD_LEVELS:
                found = self._growth.with_code(upper, head) if upper else None
                if found and level in CHILD_LEVELS[found.level]:
                    return [found]
            head = head.rpartition(".")[0]
        return [node for _, node in self._chain]


def goals_are_counted(rows: Iterable[Cells], structure: SheetLayout, named: Collection[str]) -> bool:
    """Whether a sheet of goals without missions, as its head says, counts the goals 1, 2, 3."""
    if Level.MISSION in named or Level.GOAL not in named or len(structure.codes) != 1:
        return False
    codes = {tidy_code(plain_text(cells.get(structure.codes[0]))) for cells in rows}
    own = [code.split(".") for code in codes if level_of_code(code, PlanKind.RPJMD) in OWN_ORDER]
    counted_levels = sum(level in named for level in OWN_ORDER)
    return any(len(groups) == 1 for groups in own) and max(map(len, own)) <= counted_levels


def lowered(level: str, steps: int) -> str:
    """The level so many below, of those that a plan's own codes tell; other levels stay."""
    own = [str(each) for each in OWN_ORDER]
    return own[min(own.index(level) + steps, len(own) - 1)] if level in own else level


def _blanks_before(text: str) -> int:
    return len(text) - len(text.lstrip(" \u00a0\t"))


def _rank_of(cell: Cell) -> int:
    """How little a text stands out: capitals before bold before plain before italic."""
    bold, italic = cell.emphasis & _BOLD, cell.emphasis & _ITALIC
    return 4 * (not is_capitals(str(cell.value))) + 2 * (not bold) + bool(italic)
