"""Links that lead to what a file does not hold become the words they are: an excerpt has no dead ends.

Done to one rendered part before it is put in its place. What a file lacks is found by `assemble`.
"""

from collections.abc import Set

import pikepdf
from pikepdf import Array, Name


def unlink(part: pikepdf.Pdf, lost: Set[str]) -> None:
    """Take out of `part` the links to destinations that are `lost`; their words stay, tagged as words."""
    gone: set[int] = set()
    for page in part.pages:
        links = list(page.obj.get("/Annots", []))
        kept = [link for link in links if str(link.get("/Dest", "")) not in lost]
        if len(kept) < len(links):
            gone |= {int(link.StructParent) for link in links} - {int(link.StructParent) for link in kept}
            if kept:
                page.obj.Annots = Array(kept)
            else:
                del page.obj.Annots
    if gone:
        _make_words(part.Root.StructTreeRoot.ParentTree, gone)


def _make_words(parents: pikepdf.Object, gone: Set[int]) -> None:
    """The tags of links that are `gone`, by their numbers among the `parents`, hold nothing but words from now on."""
    pairs = list(parents.Nums)
    left: list[object] = []
    for number, owner in zip(pairs[::2], pairs[1::2], strict=True):
        if int(number) not in gone:
            left += [number, owner]
            continue
        owner.S = Name.Span
        owner.K = Array([kid for kid in owner.K if isinstance(kid, int) or kid.get("/Type") != Name.OBJR])
    parents.Nums = Array(left)
