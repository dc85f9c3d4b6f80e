"""Changes to one part's PDF before it is written: link targets, table scopes, figures, a smaller structure tree.

Works on pydyf's object lists; who lays out the part is `pdf`, who joins the parts is `assemble`.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

import pydyf  # type: ignore[import-untyped]

from smartcity.press.parts import REFERENCE_PREFIX

# An image that says it is decoration gets this alternative text on its way through the layout, and leaves as an
# artifact. The character is invisible, for when the image cannot be loaded and its alternative text is set instead.
DECORATION = "\u2063"

_URI_SCHEMES = ("https://", "mailto:")
# Structure types that may hold text directly; elsewhere the text keeps a Span of its own.
_TEXT_HOLDERS = {
    f"/{name}"
    for name in ("P", "H1", "H2", "H3", "H4", "H5", "H6", "TD", "TH", "LBody", "Lbl", "Link", "Span", "Caption")
}
_WRAPPERS = {"/NonStruct", "/Span"}
# The flag of an annotation that is printed, the third bit.
_PRINTED = 4


class ForbiddenLink(ValueError):
    """A part would carry a link that is neither https, mailto nor internal."""


def point_links(pdf: pydyf.PDF, texts: Mapping[int, str]) -> list[str]:
    """Turn references into named destinations, say in /Contents where a link leads, and return the names used.

    Links are marked as part of the print, which PDF/A asks for.

    `texts` maps the id() of an annotation to the words of the link. Raises ForbiddenLink.
    """
    names = []
    for item in pdf.objects:
        if not isinstance(item, pydyf.Dictionary) or item.get("Subtype") != "/Link":
            continue
        action = item.pop("A", None)
        target = action["URI"].string if action else REFERENCE_PREFIX + item.pop("Dest").string
        if target.startswith(REFERENCE_PREFIX):
            name = unquote(target.removeprefix(REFERENCE_PREFIX))
            names.append(name)
            item["Dest"] = pydyf.String(name)
        elif action and target.startswith(_URI_SCHEMES):
            item["A"] = action
        else:
            raise ForbiddenLink(target)
        item["Contents"] = pydyf.String(texts.get(id(item)) or target)
        item["F"] = _PRINTED
    return names


def leave_pictures_sharp(pdf: pydyf.PDF) -> None:
    """Ask no viewer to smooth enlarged pictures: PDF/A forbids it."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/Image":
            item.extra["Interpolate"] = "false"


def scope_headers(cells: list[Any]) -> None:
    """Give each header cell its scope; the ids and header lists, numbered per part and so ambiguous in a book, go.

    `cells` are the laid-out table cells; WeasyPrint keeps each one's structure element in `mark`.
    """
    for cell in cells:
        mark = cell.mark
        mark.pop("ID", None)
        mark["A"].pop("Headers", None)
        if mark["S"] == "/TH":
            mark["A"]["Scope"] = "/Row" if cell.element.get("scope") in {"row", "rowgroup"} else "/Column"
        elif len(mark["A"]) == 1:
            del mark["A"]


class StructureTree:
    """The structure tree of one part, to be made smaller and truer before it is written."""

    def __init__(self, pdf: pydyf.PDF, page_heights: list[float], streams: list[pydyf.Stream]) -> None:
        """`page_heights` in pt and `streams`, the pages' contents, in page order."""
        self._objects = pdf.objects
        self._pages = {reference: number for number, reference in enumerate(pdf.page_references)}
        self._page_objects = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
        self._heights, self._streams = page_heights, streams
        root = self._find(pdf.catalog["StructTreeRoot"])
        self._document = self._find(root["K"][0])
        nums = self._find(root["ParentTree"])["Nums"]
        self._nums = nums
        self._owners: list[list[Any]] = [nums[2 * page + 1] for page in range(len(page_heights))]

    def tidy(self) -> None:
        """Splice out wrappers that say nothing, put figures right, drop link boxes that are not links."""
        self._tidy(self._document)
        dropped = {number for number in self._nums[::2] if self._nums[2 * number + 1] is None}
        kept = [
            (key, value) for key, value in zip(self._nums[::2], self._nums[1::2], strict=True) if key not in dropped
        ]
        self._nums[:] = [entry for pair in kept for entry in pair]

    def _find(self, reference: bytes) -> Any:
        return self._objects[int(reference.split()[0])]

    def _tidy(self, element: Any) -> None:
        kids: list[Any] = []
        for kid in element["K"]:
            if isinstance(kid, int):
                kids.append(kid)
                continue
            child = self._find(kid)
            if child.get("Type") == "/OBJR":
                if element["S"] == "/Link":
                    # In its place instead of by reference: a book has thousands, and each object costs time.
                    kids.append(child)
                else:
                    self._drop_annotation(child)
                continue
            self._tidy(child)
            kids += self._place(child, element, kid)
        element["K"][:] = kids

    def _place(self, child: Any, parent: Any, reference: bytes) -> list[Any]:
        """What stands for `child` among the kids of `parent`: itself, its own kids, or nothing."""
        if child["S"] == "/Figure":
            if all(isinstance(kid, int) for kid in child["K"]):
                return self._figure(child, reference)
            # The image could not be loaded: what stands there is its alternative text.
            child["S"] = "/Span"
            del child["A"]
            child.pop("Alt", None)
        if not child["K"]:
            return [reference] if child["S"] in {"/TD", "/TH"} else []
        holds_text = any(isinstance(kid, int) for kid in child["K"])
        same_page = child.get("Pg") == parent.get("Pg") and parent["S"] in _TEXT_HOLDERS
        wraps = child["S"] in _WRAPPERS or (child["S"] == "/Div" and not holds_text)
        if not wraps or (holds_text and not same_page):
            if child["S"] == "/NonStruct":
                child["S"] = "/Span"
            return [reference]
        kids: list[Any] = []
        for kid in child["K"]:
            if isinstance(kid, int):
                self._owners[self._pages[child["Pg"]]][kid] = parent.reference
                kids.append(kid)
            else:
                below = self._find(kid)
                below["P"] = parent.reference
                # What had to stay inside its wrapper may have no need to be in here.
                kids += self._place(below, parent, kid) if below["S"] == "/Span" else [kid]
        return kids

    def _figure(self, figure: Any, reference: bytes) -> list[Any]:
        page = self._pages[figure["Pg"]]
        alt = figure.get("Alt")
        if alt is not None and alt.string == DECORATION:
            for mcid in figure["K"]:
                self._owners[page][mcid] = "null"
                self._make_artifact(page, mcid)
            return []
        left, top, right, bottom = (0.75 * value for value in figure["A"]["BBox"])
        height = self._heights[page]
        figure["A"]["BBox"] = pydyf.Array([left, height - bottom, right, height - top])
        return [reference]

    def _make_artifact(self, page: int, mcid: int) -> None:
        content = self._streams[page].stream
        for index, item in enumerate(content):
            if isinstance(item, pydyf.Dictionary) and item.get("MCID") == mcid:
                content[index - 1], content[index] = "/Artifact", pydyf.Dictionary({"Type": "/Layout"})
                return

    def _drop_annotation(self, object_reference: Any) -> None:
        """An inline box inside a link repeats the link's area as an annotation of its own: remove it."""
        annotation = object_reference["Obj"]
        for page in self._page_objects:
            if annotation in page.get("Annots", ()):
                page["Annots"].remove(annotation)
                if not page["Annots"]:
                    del page["Annots"]
        number = self._find(annotation)["StructParent"]
        self._nums[2 * number + 1] = None
