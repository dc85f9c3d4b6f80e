"""Is the structure tree of a finished book sound? Compared with page contents, parent tree and annotations."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from smartcity.press.checking.extract import PageText

Problem = tuple[str, str]
_HEADINGS = {f"/H{level}": level for level in range(1, 7)}
_Id = tuple[int, int]


@dataclass
class _Tree:
    """What a walk over the tree found: owner of each MCID by page, kind of each annotation's owner, faults."""

    contents: dict[_Id, dict[int, _Id]] = field(default_factory=lambda: defaultdict(dict))
    annotations: dict[_Id, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    heading: int = 0


def tag_problems(book: pikepdf.Pdf, pages: Sequence[PageText], *, whole: bool) -> Iterator[Problem]:
    """(where, sentence) for all that is wrong with the tags. A `whole` book must begin with a heading of level 1."""
    root = book.Root.get("/StructTreeRoot")
    if root is None or "/ParentTree" not in root:
        yield "buku", "Buku tidak bertag."
        return
    tree = _walk(root, _Tree(heading=0 if whole else len(_HEADINGS)))
    yield from tree.problems
    pairs = list(root.ParentTree.get("/Nums", []))
    parents = {int(number): value for number, value in zip(pairs[::2], pairs[1::2], strict=True)}
    if list(parents) != sorted(parents) or len(parents) * 2 != len(pairs):
        yield "buku", "Nomor induk tag tidak urut atau berulang."
    used: set[int] = set()
    for number, (page, text) in enumerate(zip(book.pages, pages, strict=True), 1):
        yield from _page_problems(number, page.obj, text, tree, parents)
        for key in _numbers(page.obj):
            if key in used:
                yield f"halaman {number}", f"Nomor induk tag {key} dipakai dua kali."
            used.add(key)
    if set(parents) - used:
        yield "buku", "Ada nomor induk tag yang tidak dipakai halaman atau tautan mana pun."


def joint_problems(book: pikepdf.Pdf, parts: Sequence[Mapping[str, Any]], *, whole: bool) -> Iterator[Problem]:
    """(where, sentence) for all that can go wrong when parts are joined whose own tags are sound.

    `parts` are the fragments' meta in book order, each with its reading.
    """
    root = book.Root.get("/StructTreeRoot")
    if root is None or "/ParentTree" not in root:
        yield "buku", "Buku tidak bertag."
        return
    document = root.K[0]
    readings = [part["reading"] for part in parts]
    if len(document.K) != sum(reading["tags"] for reading in readings):
        yield "buku", "Ada bagian yang tagnya tidak terbawa ke dalam buku."
    own = document.objgen
    if any(kid.P.objgen != own for kid in document.K):
        yield "buku", "Tag suatu bagian menunjuk induk yang lain."
    yield from _skipped(0 if whole else len(_HEADINGS), (level for each in readings for level in each["headings"]))
    pairs = list(root.ParentTree.get("/Nums", []))
    parents = {int(number): value for number, value in zip(pairs[::2], pairs[1::2], strict=True)}
    if list(parents) != sorted(parents) or len(parents) * 2 != len(pairs):
        yield "buku", "Nomor induk tag tidak urut atau berulang."
    used: set[int] = set()
    lengths = [length for reading in readings for *_, length in reading["pages"]]
    for number, (page, length) in enumerate(zip(book.pages, lengths, strict=False), 1):
        yield from _joint_of_page(number, page.obj, length, parents)
        for key in _numbers(page.obj):
            if key in used:
                yield f"halaman {number}", f"Nomor induk tag {key} dipakai dua kali."
            used.add(key)
    if set(parents) - used:
        yield "buku", "Ada nomor induk tag yang tidak dipakai halaman atau tautan mana pun."


def _joint_of_page(number: int, page: pikepdf.Object, length: int, parents: Mapping[int, Any]) -> Iterator[Problem]:
    """Whether the tree, asked from the page with its list of tags and from its links, leads back to them."""
    where = f"halaman {number}"
    owners: Any = parents.get(int(page.get("/StructParents", -1)), [])
    ends = [owners[0], owners[-1]] if len(owners) else []
    if len(owners) != length or any(owner and "/Pg" in owner and owner.Pg.objgen != page.objgen for owner in ends):
        yield where, f"Tag halaman {number} tidak cocok dengan isinya."
    for annotation in page.get("/Annots", []):
        owner = parents.get(int(annotation.get("/StructParent", -1)))
        if owner is None or owner.get("/S") != "/Link":
            yield where, f"Tautan di halaman {number} tidak bertag."


def owners_by_page(book: pikepdf.Pdf) -> list[list[Any]]:
    """For each page the list that says to which tag each piece of its content belongs."""
    pairs = list(book.Root.StructTreeRoot.ParentTree.Nums)
    owners = {int(number): value for number, value in zip(pairs[::2], pairs[1::2], strict=True)}
    return [list(owners.get(int(page.obj.get("/StructParents", -1)), [])) for page in book.pages]


def heading_levels(book: pikepdf.Pdf) -> Iterator[int]:
    """The levels of all headings in reading order."""
    stack = [book.Root.StructTreeRoot.K[0]]
    while stack:
        element = stack.pop()
        if isinstance(element, pikepdf.Dictionary) and "/S" in element:
            kind = str(element.S)
            if kind in _HEADINGS:
                yield _HEADINGS[kind]
            stack += reversed(_kids(element))


def _skipped(before: int, levels: Iterable[int]) -> Iterator[Problem]:
    for level in levels:
        if level > before + 1:
            yield f"/H{level}", f"Judul tingkat {level} datang sesudah judul tingkat {before}."
        before = level


def _numbers(page: pikepdf.Object) -> Iterator[int]:
    if "/StructParents" in page:
        yield int(page.StructParents)
    for annotation in page.get("/Annots", []):
        if "/StructParent" in annotation:
            yield int(annotation.StructParent)


def _page_problems(
    number: int, page: pikepdf.Object, text: PageText, tree: _Tree, parents: dict[int, Any]
) -> Iterator[Problem]:
    where = f"halaman {number}"
    if text.untagged:
        yield where, f"{text.untagged} huruf di halaman {number} berada di luar tag."
    if len(set(text.mcids)) != len(text.mcids):
        yield where, f"Nomor isi bertag di halaman {number} berulang."
    owners: Any = parents.get(int(page.get("/StructParents", -1)), [])
    listed = {index: owner.objgen for index, owner in enumerate(owners) if owner is not None}
    walked = tree.contents.get(page.objgen, {})
    if not set(text.mcids) == set(listed) == set(walked) or listed != walked:
        yield where, f"Tag halaman {number} tidak cocok dengan isinya."
    for annotation in page.get("/Annots", []):
        owner = parents.get(int(annotation.get("/StructParent", -1)))
        if owner is None or owner.get("/S") != "/Link" or tree.annotations.get(annotation.objgen) != "/Link":
            yield where, f"Tautan di halaman {number} tidak bertag."
        elif not str(annotation.get("/Contents", "")):
            yield where, f"Tautan di halaman {number} tidak berketerangan."


def _walk(root: pikepdf.Object, tree: _Tree) -> _Tree:
    """In reading order, without recursion: a book's tree may be deep."""
    stack: list[tuple[Any, Any, _Id | None]] = [(kid, root, None) for kid in _kids(root)]
    while stack:
        item, parent, page = stack.pop()
        if isinstance(item, int):
            if page is None or item in tree.contents[page]:
                tree.problems.append((str(parent.S), "Isi bertag tanpa halaman atau dengan dua induk."))
            else:
                tree.contents[page][item] = parent.objgen
        elif item.get("/Type") == "/OBJR":
            tree.annotations[item.Obj.objgen] = str(parent.S)
        else:
            if parent.objgen != root.objgen and item.get("/P").objgen != parent.objgen:
                tree.problems.append((str(item.S), f"Tag {item.S} menunjuk induk yang lain."))
            _look_at(item, tree)
            on = item.Pg.objgen if "/Pg" in item else page
            stack += [(kid, item, on) for kid in reversed(_kids(item))]
    return tree


def _kids(element: Any) -> list[Any]:
    kids: Any = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _look_at(element: Any, tree: _Tree) -> None:
    kind = str(element.S)
    if kind in _HEADINGS:
        level = _HEADINGS[kind]
        if level > tree.heading + 1:
            tree.problems.append((kind, f"Judul tingkat {level} datang sesudah judul tingkat {tree.heading}."))
        tree.heading = level
    elif kind == "/TH" and "/Scope" not in element.get("/A", {}):
        tree.problems.append((kind, "Kepala tabel tidak mengatakan baris atau lajur mana yang dikepalainya."))
    elif kind == "/Figure" and not str(element.get("/Alt", "")):
        tree.problems.append((kind, "Gambar tidak mempunyai teks pengganti."))
