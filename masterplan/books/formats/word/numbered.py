"""Lists of Word: one definition of bullets, one of numbers, and a beginning at 1 for every numbered list."""

from typing import Any

from docx.oxml.ns import qn

from masterplan.books.formats.word.xml import add, make, properties_of, put

_BULLETS, _NUMBERS = 90, 91


class Lists:
    """The numbering of one file."""

    def __init__(self, numbering: Any) -> None:
        self._numbering = numbering
        first = numbering.find(qn("w:num"))
        for number, kind, text in ((_BULLETS, "bullet", "•"), (_NUMBERS, "decimal", "%1.")):
            definition = make("abstractNum", abstractNumId=number)
            add(definition, "multiLevelType", val="singleLevel")
            level = add(definition, "lvl", ilvl=0)
            add(level, "start", val=1)
            add(level, "numFmt", val=kind)
            add(level, "lvlText", val=text)
            add(level, "lvlJc", val="left")
            add(add(level, "pPr"), "ind", left=340, hanging=280)
            if first is None:
                numbering.append(definition)
            else:
                first.addprevious(definition)
        self._next = 1 + max((int(num.get(qn("w:numId"))) for num in numbering.findall(qn("w:num"))), default=0)
        self.bullets = self._begin(_BULLETS)

    def begin_numbers(self) -> int:
        """A numbered list that counts from 1."""
        return self._begin(_NUMBERS)

    def _begin(self, definition: int) -> int:
        number, self._next = self._next, self._next + 1
        num = add(self._numbering, "num", numId=number)
        add(num, "abstractNumId", val=definition)
        add(add(num, "lvlOverride", ilvl=0), "startOverride", val=1)
        return number

    @staticmethod
    def make_item(paragraph: Any, number: int) -> None:
        """Make a paragraph an item of the list `number`."""
        numbering = put(properties_of(paragraph, "pPr"), "numPr")
        add(numbering, "ilvl", val=0)
        add(numbering, "numId", val=number)
