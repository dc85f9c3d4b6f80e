"""Reads the rows of a sheet with a column for each level: VISI, MISI, TUJUAN, SASARAN, PROGRAM.

Blank cells mean what stands above them; a new node of a higher level ends that.
"""

import re
from dataclasses import replace

from masterplan.plans.importing.document import RANK, FileNode
from masterplan.plans.importing.map import roles
from masterplan.plans.importing.map.layout import LevelColumn
from masterplan.plans.importing.questions import CellRef
from masterplan.plans.importing.read.phrases import TitleLine, is_heading, split_label
from masterplan.plans.importing.read.reading import SheetRow
from masterplan.plans.importing.read.row_reader import HEADING, PlanRowReader, is_field
from masterplan.plans.importing.read.values import is_list, lines_of
from masterplan.reference import Level
from smartcity.common.reading import is_blank, tidy
from smartcity.common.workbooks.cells import folded


class LevelColumnsReader(PlanRowReader):
    """`_beside` holds, of levels that the last row named several of at once, all of them."""

    _beside: dict[str, list[FileNode]]

    def begin(self, title: TitleLine, ref: CellRef) -> None:
        """See `PlanRowReader`."""
        node = self.tree.add(title.level, title.code, title.text, self.above(title.level), ref)
        self.forget_below(title.level)
        self._set(title.level, node)

    def read(self, row: SheetRow) -> bool:
        """See `PlanRowReader`."""
        changed = False
        self._beside = {}
        codes = self._codes_of(row)
        for each in self.layout.levels:
            text, ref = row.line(each.column), row.ref(each.column)
            code = self.code_in(codes.get(each.column, []), row)
            corrected = self.reading.corrections.level(ref)
            each = replace(each, level=corrected) if corrected else each
            before = self.path.get(each.level)
            if not corrected and self.is_outcome(code, text, before, row, each.column):
                continue
            if is_blank(tidy(text)) and not code:
                if changed:
                    self.path.pop(each.level, None)
                continue
            if each.level == Level.PROGRAM and not corrected and self._is_heading(code, text, row, ref):
                self.path.pop(each.level, None)
                self.forget_below(each.level)
                return False
            node = self._several(each, row.text(each.column), ref) or self._node(each, code, text, ref)
            if node is not before:
                changed = True
                self.forget_below(each.level)
            self._set(each.level, node)
        return True

    def _set(self, level: str, node: FileNode | None) -> None:
        if node is None:
            self.path.pop(level, None)
        else:
            self.path[level] = node

    def _codes_of(self, row: SheetRow) -> dict[int, list[int]]:
        """The columns of codes by the column they belong to: the text at their right, or in a row without it the lowest
        text without codes of its own.
        """
        found = {each.column: each.codes for each in self.layout.levels if each.codes}
        bare = [each.column for each in self.layout.levels if not each.codes and each.column in row.cells]
        for each in self.layout.levels:
            below = [column for column in bare if each.codes and column > each.column]
            if below and each.column not in row.cells:
                found[below[-1]] = found.pop(each.column)
        return found

    def _several(self, each: LevelColumn, written: str, ref: CellRef) -> FileNode | None:
        """The last of the nodes that a cell counts, `1. ...` and `2. ...` in a line each; None where it is one node."""
        if each.codes or not is_list(written):
            return None
        lines = lines_of(written)
        label = Level(each.level).label.lower()
        sentence = (
            f"Sel ini memuat {len(lines)} {label}. Yang di sebelah kanannya dipasang menurut urutan kalau jumlahnya "
            "sama, selain itu pada yang terakhir."
        )
        several, one = ("several", f"{len(lines)} {label}"), ("one", f"Satu {label} dengan seluruh isi sel")
        if not self.reading.questions.confirm(ref, sentence, several, one, f"{ref.sheet}!{ref.cell}:butir"):
            return None
        pairs = next((nodes for nodes in reversed(self._beside.values()) if len(nodes) == len(lines)), [])
        above = self.above(each.level)
        made = (
            self.tree.add(each.level, "", line, [*above, *pairs[number : number + 1]], ref)
            for number, line in enumerate(lines)
        )
        found = self._beside[each.level] = [node for node in made if node is not None]
        return found[-1] if found else None

    def _node(self, each: LevelColumn, code: str, text: str, ref: CellRef) -> FileNode | None:
        before = self.path.get(each.level)
        if is_blank(tidy(text)):
            return self.tree.with_code(each.level, code) or before
        own, words = split_label(text)
        if not each.codes:
            code, text = own or code, words
        is_same = before is not None and code in ("", before.code) and folded(before.text) == folded(text)
        if before and is_same and self._is_here(before):
            return before
        if not self.reading.plan.has_level(each.level):
            self.reading.skip_level(each.level, f"{code} {text}", ref)
            return None
        parent_by_code = roles.PARENT in self.layout.single
        return self.tree.add(each.level, code, text, self.above(each.level), ref, parent_by_code=parent_by_code)

    def _is_here(self, node: FileNode) -> bool:
        """Whether the node of the row before still stands below the nodes of this row."""
        above = {id(other) for level, other in self.path.items() if RANK[level] < RANK[node.level]}
        parent = node.parent
        return parent is None or id(parent) in above or not above or self.tree.was_moved(node)

    def _is_heading(self, code: str, text: str, row: SheetRow, ref: CellRef) -> bool:
        """Whether a row in the column of programs only heads them: a matter or field by word, code or capitals."""
        own, words = split_label(text)
        code, text = code or own, words if own else text
        is_matter = bool(re.fullmatch(r"[\dX]", code))  # the code of a matter of government has one digit
        has_indicator = row.has_any(self.layout.indicator_names)
        by_code = is_field(code) or (is_matter and not row.has_any(self.layout.measured))
        if is_heading(text) or (not has_indicator and by_code):
            self.reading.note(HEADING)
            return True
        is_doubtful = (is_matter and not has_indicator) or self.seems_to_head(code, text, row)
        return is_doubtful and self.confirm_heading(text, ref)
