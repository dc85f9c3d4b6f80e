"""One structure tree out of many: each part's tags under one /Document, with numbers that do not collide."""

import pikepdf
from pikepdf import Array, Dictionary, Name


class TagTree:
    """The structure tree of the book. Add parts in book order, each after its pages, then `finish`."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self._book = book
        self._root = book.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._document = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self._root))
        self._kids: list[pikepdf.Object] = []
        self._nums: list[object] = []
        self._next = 0

    def add(self, source: pikepdf.Pdf, pages: list[pikepdf.Page]) -> None:
        """Take over the tags of `source`, whose pages have become `pages`; their copies are what /Pg then means."""
        tree = self._book.copy_foreign(source.Root.StructTreeRoot)
        for kid in tree.K[0].get("/K", []):
            kid.P = self._document
            self._kids.append(kid)
        pairs = list(tree.ParentTree.Nums)
        last = -1
        for number, value in zip(pairs[::2], pairs[1::2], strict=True):
            last = max(last, int(number))
            self._nums += [self._next + int(number), value]
        for page in pages:
            self._shift(page.obj, "/StructParents")
            for annotation in page.obj.get("/Annots", []):
                self._shift(annotation, "/StructParent")
        self._next += last + 1

    def _shift(self, item: pikepdf.Object, key: str) -> None:
        if key in item:
            item[key] = int(item[key]) + self._next

    def finish(self) -> None:
        """Hang the tree into the book and say that the book is tagged."""
        self._document.K = Array(self._kids)
        self._root.K = Array([self._document])
        self._root.ParentTree = self._book.make_indirect(Dictionary(Nums=Array(self._nums)))
        self._root.ParentTreeNextKey = self._next
        self._book.Root.StructTreeRoot = self._root
        self._book.Root.MarkInfo = Dictionary(Marked=True)
