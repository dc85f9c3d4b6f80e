"""A book small enough to read: content, parts, HTML and style sheet to test the engine without the real templates."""

from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from masterplan.books.chapters.printed import printed_texts
from masterplan.books.produce import STATIC, BuildReport, build
from smartcity.common.rich_text.markup import rich_html
from smartcity.press.parts import REFERENCE_PREFIX, Caption, Heading, Part

STYLE = """
@font-face{font-family:"Plus Jakarta Sans";font-weight:400;src:url("../fonts/plus-jakarta-sans-400.woff2")}
@font-face{font-family:"Plus Jakarta Sans";font-weight:600;src:url("../fonts/plus-jakarta-sans-600.woff2")}
@font-face{font-family:"Source Serif 4";font-weight:400;src:url("../fonts/source-serif-4-400.woff2")}
@font-face{font-family:"Noto Sans";font-weight:400;src:url("../fonts/noto-sans-400.woff2")}
@font-face{font-family:"Noto Naskh Arabic";font-weight:400;src:url("../fonts/noto-naskh-arabic-400.woff2")}
@font-face{font-family:"Noto Sans Javanese";font-weight:400;src:url("../fonts/noto-sans-javanese-400.woff2")}
@font-face{font-family:"Noto Sans Balinese";font-weight:400;src:url("../fonts/noto-sans-balinese-400.woff2")}
@font-face{font-family:"Noto Sans Math";font-weight:400;src:url("../fonts/noto-sans-math-400.woff2")}
@font-face{font-family:"Noto Sans Symbols 2";font-weight:400;src:url("../fonts/noto-sans-symbols-2-400.woff2")}
@font-face{font-family:"Noto Emoji";font-weight:400;src:url("../fonts/noto-emoji-400.woff2")}
@page{size:A4;margin:26mm 20mm 24mm 28mm}
@page cover{margin:0} @page wide{size:A4 landscape;margin:24mm 18mm 20mm}
.cover{page:cover;height:297mm;background:#093648;color:#fff} .wide{page:wide}
html{font:10.5pt/1.5 "Plus Jakarta Sans","Noto Sans","Noto Naskh Arabic","Noto Sans Javanese","Noto Sans Balinese","Noto Sans Math",
"Noto Sans Symbols 2","Noto Emoji"}
p{font-family:"Source Serif 4","Noto Sans","Noto Naskh Arabic","Noto Sans Javanese","Noto Sans Balinese","Noto Sans Math",
"Noto Sans Symbols 2","Noto Emoji"}
p,td{overflow-wrap:anywhere;white-space:pre-wrap}
table{table-layout:fixed;width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
"""


def content(*texts: str) -> dict[str, Any]:
    """A snapshot with one initiative for each text, dimensions by turns."""
    codes = ("GO", "BR")
    return {
        "schema_version": 1,
        "regency": {"government": "Pemerintah Kabupaten Contoh"},
        "plan": {"title": "Master Plan Smart City Kabupaten Contoh"},
        "edition": {"number": 3, "date": "2021-09-20"},
        "dimensions": [{"code": code} for code in codes],
        "initiatives": [
            {"code": f"{codes[number % 2]}-{number:02d}", "name": f"Inisiatif ke-{number}", "description": text}
            for number, text in enumerate(texts, 1)
        ],
    }


def parts_of(snapshot: Mapping[str, Any], book: str) -> tuple[Part, ...]:
    """Cover, contents, an opener with the chapter's heading, a sheet for each initiative, a wide matrix."""
    sheets = tuple(
        Part(
            key=f"sheet-{each['code']}",
            template="sheet",
            context={"initiative": each},
            chapter="BAB I Rencana aksi",
            tab=each["code"][:2],
            headings=(Heading(2, f"in-{each['code']}", each["code"], each["name"], each["code"][:2]),),
            captions=(Caption("table", f"tb-{each['code']}", f"Tabel {each['code']}.1", "Anggaran"),),
        )
        for each in snapshot["initiatives"]
    )
    return (
        Part(key="cover", template="cover", page="cover"),
        Part(
            key="contents",
            template="contents",
            page="front",
            chapter="Daftar isi",
            late=True,
            context={"sheets": sheets},
        ),
        Part(
            key="chapter", template="chapter", page="opener", headings=(Heading(1, "bab-1", "BAB I", "Rencana aksi"),)
        ),
        *sheets,
        Part(key="matrix", template="matrix", page="wide", chapter="Matriks", context={"sheets": sheets}),
    )


def render(
    part: Part, *, content: Mapping[str, Any], pages: Mapping[str, str] | None = None, total_pages: int | None = None
) -> str:
    """The HTML of a part, as the real templates write it."""
    body: Callable[[Part, Mapping[str, str] | None], str] = _BODIES[part.template]
    return f'<!DOCTYPE html><html lang="id"><head><title>Contoh</title></head><body>{body(part, pages)}</body></html>'


def _cover(part: Part, pages: Mapping[str, str] | None) -> str:
    return '<div class="cover"><p>Buku contoh</p></div>'


def _contents(part: Part, pages: Mapping[str, str] | None) -> str:
    lines = [
        f"<li>{link(heading.anchor, heading.title)} {pages[heading.anchor] if pages else '000'}</li>"
        for sheet in part.context["sheets"]
        for heading in sheet.headings
    ]
    return f'<h1 id="daftar-isi">Daftar isi</h1><ul>{"".join(lines)}</ul>'


def _chapter(part: Part, pages: Mapping[str, str] | None) -> str:
    return '<h1 id="bab-1">BAB I Rencana aksi</h1>'


def _sheet(part: Part, pages: Mapping[str, str] | None) -> str:
    each = part.context["initiative"]
    text = each.get("html") or rich_html(each["description"])
    return (
        f'<h2 id="in-{each["code"]}">{each["code"]} {escape(each["name"])}</h2>{text}'
        f'<table id="tb-{each["code"]}"><caption>Tabel {each["code"]}.1 Anggaran</caption>'
        f"<thead><tr><th>Sumber</th><th>2022</th></tr></thead>"
        f'<tbody><tr><th scope="row">APBD</th><td>1.250</td></tr></tbody></table>'
        f'<p>{link("mx-" + each["code"], "Baris <b>matriks</b>")}, <a href="https://contoh.test/">situs</a></p>'
    )


def _matrix(part: Part, pages: Mapping[str, str] | None) -> str:
    headings = [sheet.headings[0] for sheet in part.context["sheets"]]
    rows = "".join(
        f'<tr id="mx-{each.number}"><th scope="row">{link(each.anchor, each.title)}</th><td>ada</td></tr>'
        for each in headings
    )
    return f'<div class="wide"><h2>Matriks</h2><table><tr><th>Inisiatif</th><th>Tautan</th></tr>{rows}</table></div>'


_BODIES = {"cover": _cover, "contents": _contents, "chapter": _chapter, "sheet": _sheet, "matrix": _matrix}


def texts_of(snapshot: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What the book must hold; `html`, with which a test breaks a sheet, is not among it."""
    written = [{key: value for key, value in each.items() if key != "html"} for each in snapshot["initiatives"]]
    return list(printed_texts({"initiatives": written}))


def link(anchor: str, words: str) -> str:
    """A cross-reference, as the print templates write it."""
    return f'<a href="{REFERENCE_PREFIX}{anchor}">{words}</a>'


def static_folder(folder: Path) -> Path:
    """A static folder with the style sheet above and the portal's own fonts."""
    (folder / "css").mkdir(parents=True)
    (folder / "img").mkdir()
    (folder / "css" / "print.css").write_text(STYLE)
    (folder / "fonts").symlink_to(STATIC / "fonts")
    return folder


def make(snapshot: Mapping[str, Any], folder: Path, static: Path, **changes: Any) -> BuildReport:
    """Build the tiny book as `folder`/buku.pdf, cache in `folder`/cache; `changes` replace arguments of `build`."""
    arguments: dict[str, Any] = {
        "book": "buku-2",
        "parts_of": parts_of,
        "render": render,
        "draft": False,
        "fingerprint": "ab" * 32,
        "code": "7F3A-91C0",
        "cache_dir": folder / "cache",
        "out": folder / "buku.pdf",
        "progress": lambda stage, done, total: None,
        "static": static,
        "texts_of": texts_of,
    }
    return build(snapshot, **(arguments | changes))
