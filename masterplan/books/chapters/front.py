"""What stands before the first chapter, and the page that opens a chapter."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from masterplan.books.chapters.lookup import INDEX, PROGRAMS, STRATEGIC_PLANS, Lookup
from masterplan.books.chapters.parts import heading_part
from masterplan.books.chapters.plan.sheet import SHEET_TABLES
from masterplan.books.chapters.portions import cut
from masterplan.books.chapters.printed import Texts, printed_texts
from masterplan.editions.days import day_in_full
from masterplan.editions.numbering import span
from smartcity.common.numbers import format_date
from smartcity.common.qr import qr_svg
from smartcity.press.parts import Caption, Decree, Heading, Part

# What cover and imprint print of a snapshot.
_SAID = {
    "regency": ("full_name", "government", "province", "capital", "code", "programme_round"),
    "plan": ("title",),
    "edition": ("label", "date"),
    "development_plan": ("title", "legal_basis"),
}


def cover(plan: Lookup, book: Any, code: str, check_url: str, decree: Decree | None = None) -> Part:
    """The cover. Without a check code its foot names edition and date only, and the decree of an adopted edition."""
    qr = qr_svg(check_url, title=f"Alamat pemeriksaan: {check_url}") if check_url else ""
    context = {"book": book, **_edition(plan), "code": code, "qr": qr, "decree": _by_decree(decree)}
    return Part("sampul", "print/cover.html", context, page="cover")


def imprint(plan: Lookup, book: Any, code: str, fingerprint: str, check_url: str, decree: Decree | None = None) -> Part:
    """Edition, decree, origin, how to check the copy, how to read the links, and the notice about sample data.

    The address is a link only where the portal has its https; elsewhere it is there to be read.
    """
    check = {"code": code, "fingerprint": fingerprint, "check_url": check_url}
    context = {"book": book, **_edition(plan), **check, "check_is_link": check_url.startswith("https://")}
    context |= {"programs": PROGRAMS, "strategic_plans": STRATEGIC_PLANS, "index": INDEX, "decree": _by_decree(decree)}
    heading = Heading(1, "tentang-buku", "", "Tentang buku ini")
    return heading_part(heading, "print/imprint.html", context, heading.title, None, page="front")


def said_in_front(content: Mapping[str, Any], decree: Decree | None = None) -> Texts:
    """The (path, text) pairs that cover and imprint of every book show: whose it is, which edition, by which decree."""
    own = {place: {key: content[place][key] for key in keys if key in content[place]} for place, keys in _SAID.items()}
    return [*printed_texts(own), *([("decree", _by_decree(decree))] if decree else [])]


def contents(headings: Sequence[Heading]) -> Part:
    """Table of contents over the given headings."""
    own = Heading(1, "daftar-isi", "", "Daftar Isi")
    context = {"chapters": _by_chapter(headings)}
    return heading_part(own, "print/contents.html", context, own.title, None, page="front", late=True)


def lists(plan: Lookup, captions: Sequence[Caption]) -> list[Part]:
    """Lists of tables and figures. The tables of the sheets, alike for all, stand in a register by code."""
    codes = {initiative["code"]: initiative for initiative in plan.initiatives}
    tables = [caption for caption in captions if caption.kind == "table"]
    in_sheets = {caption.label: caption for caption in tables if _owner(caption) in codes}
    cells = {
        code: [in_sheets.get(f"Tabel {code}.{place}") for place in range(1, len(SHEET_TABLES) + 1)] for code in codes
    }
    register = [{"initiative": codes[code], "cells": own} for code, own in cells.items() if any(own)]
    tables_heading = Heading(1, "daftar-tabel", "", "Daftar Tabel")
    figures_heading = Heading(1, "daftar-gambar", "", "Daftar Gambar")
    context = {
        "captions": [caption for caption in tables if caption.label not in in_sheets],
        "register": register,
        "kinds": [{"number": place, "name": name} for place, name in enumerate(SHEET_TABLES, 1)],
        "figures_heading": figures_heading,
        "figures": [caption for caption in captions if caption.kind == "figure"],
    }
    chapter = "Daftar Tabel dan Gambar"
    part = heading_part(tables_heading, "print/tables.html", context, chapter, None, page="front", late=True)
    *others, last = cut(part, "register")
    return [*others, replace(last, headings=(*last.headings, figures_heading))]


def opener(heading: Heading, lead: str, sections: Sequence[Heading], foreword: str = "") -> Part:
    """The page that opens a chapter, with its sections and their pages, or with the foreword of a whole book."""
    return Part(
        key=f"{heading.anchor}-pembuka",
        template="print/opener.html",
        context={
            "heading": heading,
            "lead": lead,
            "foreword": foreword,
            "sections": [section for section in sections if section.level == 2],
        },
        page="opener",
        chapter=f"{heading.number} {heading.title}".strip(),
        late=True,
        headings=(heading,),
    )


def _by_decree(decree: Decree | None) -> str:
    """`Keputusan Bupati Semarang Nomor 12 Tahun 2021, 20 September 2021`; "" for an edition that none adopted."""
    return f"{decree.number}, {format_date(decree.day)}" if decree else ""


def _by_chapter(headings: Sequence[Heading]) -> list[dict[str, Any]]:
    """Chapters with their sections, each section with the headings of level 3 that follow it."""
    chapters: list[dict[str, Any]] = []
    for heading in headings:
        if heading.level == 1:
            chapters.append({"heading": heading, "sections": []})
        elif heading.level == 2:
            chapters[-1]["sections"].append({"heading": heading, "lines": []})
        else:
            chapters[-1]["sections"][-1]["lines"].append(heading)
    for chapter in chapters:
        for section in chapter["sections"]:
            section["lines"] = _sheets_in_one(section["lines"])
    return chapters


def _sheets_in_one(lines: list[Heading]) -> list[Heading]:
    """The sheets of a dimension in one line, from the first to the last: the register lists each of them by name."""
    if len(lines) < 2 or any("." in line.number for line in lines):
        return lines
    title = f"Lembar inisiatif {lines[0].number} sampai {lines[-1].number}"
    return [Heading(3, lines[0].anchor, "", title, lines[0].dimension)]


def _owner(caption: Caption) -> str:
    """`BR-07` of "Tabel BR-07.2"."""
    return caption.label.removeprefix("Tabel ").rpartition(".")[0]


def _edition(plan: Lookup) -> dict[str, Any]:
    content = plan.content
    return {
        "edition": content["edition"],
        "date": day_in_full(content["edition"]["date"]),
        "years": span(content["plan"]["start_year"], content["plan"]["end_year"]),
        "agency_count": len(content["agencies"]),
        "initiative_count": len(content["initiatives"]),
    }
