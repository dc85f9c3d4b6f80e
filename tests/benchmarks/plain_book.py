"""The same book by WeasyPrint alone: all parts as one document, page numbers by `target-counter`, one `write_pdf`.

Run as a process of its own: `python -m tests.benchmarks.plain_book SNAPSHOT OUT`. It is what the portal would do
without its press, and what the press is measured against.
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from masterplan.books.blueprint import book_parts
from masterplan.books.produce import STATIC
from masterplan.books.render import render_part
from smartcity.press.assets import ORIGIN, Assets, content_type
from smartcity.press.parts import REFERENCE_PREFIX
from smartcity.press.typefaces.faces import load_faces
from tests.benchmarks.book_runs import CODE, FINGERPRINT, read_snapshot, tell

_BODY = re.compile(r"<body([^>]*)>(.*)</body>", re.DOTALL)
_OPEN, _CLOSE = "\ue000", "\ue001"
_NUMBER = re.compile(f'="{_OPEN}[^{_CLOSE}]*{_CLOSE}"|{_OPEN}([^{_CLOSE}]*){_CLOSE}')
# What the style sheet says of the body of a part holds for its section; numbers of pages come from the layout.
_MORE_STYLE = """
section { break-before: page; }
.number-of::after { content: target-counter(attr(data-to url), page); }
"""


class _PageMarks:
    """Stands for the printed numbers: each is a mark that says of which place the page is wanted."""

    def get(self, anchor: str, _: str) -> str:
        return f"{_OPEN}{anchor}{_CLOSE}"


def whole_html(content: Mapping[str, Any]) -> str:
    """All parts of Buku 2 as one document."""
    sections = []
    for part in book_parts(content, "buku-2", code=CODE, fingerprint=FINGERPRINT):
        found = _BODY.search(render_part(part, content=content, pages=_PageMarks()))  # type: ignore[arg-type]
        assert found
        sections.append(f"<section{found[1]}>{found[2]}</section>")
    body = _NUMBER.sub(_number, "".join(sections)).replace(REFERENCE_PREFIX, "#")
    title = content["plan"]["title"]
    return f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>{title}</title></head><body>{body}</body></html>'


def _number(found: re.Match[str]) -> str:
    return '=""' if found[1] is None else f'<span class="number-of" data-to="#{found[1]}"></span>'


def whole_style(static: Path) -> str:
    """The print style sheet for that document."""
    css = (static / "css" / "print.css").read_text(encoding="utf-8")
    return (
        css.replace("body > ", "section > ").replace("attr(data-page)", "target-counter(attr(href url), page)")
        + _MORE_STYLE
    )


def _write(content: Mapping[str, Any], images: Path, cache: Path, out: Path) -> None:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    assets = Assets(STATIC, images=images)
    # Unpacked as for the press: unpacking is not what is compared.
    unpacked = {ORIGIN + face.source: face.path for face in load_faces(assets, cache)}

    class OwnFiles(URLFetcher):
        def fetch(self, url: str, headers: Any = None) -> Any:
            path = unpacked.get(url) or assets.path_of(url)
            assert path is not None, url
            kind = "font/ttf" if url in unpacked else content_type(path)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    fetcher, fonts = OwnFiles(), FontConfiguration()
    base = f"{ORIGIN}css/print.css"
    style = weasyprint.CSS(string=whole_style(STATIC), base_url=base, url_fetcher=fetcher, font_config=fonts)
    document = weasyprint.HTML(string=whole_html(content), base_url=ORIGIN, url_fetcher=fetcher)
    document.write_pdf(out, stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")


if __name__ == "__main__":
    content, images = read_snapshot(Path(sys.argv[1]))
    _write(content, images, Path(sys.argv[2]), Path(sys.argv[3]))
    tell({})
