"""The papers of a stage of the bimtek as parts: minutes, and the attendance list day by day."""

from collections.abc import Mapping
from typing import Any

from masterplan.books.chapters.portions import cut
from masterplan.editions.numbering import Numbering, anchor
from masterplan.editions.schema import Row
from smartcity.press.parts import Heading, Part

MINUTES, ATTENDANCE = "notulen", "daftar-hadir"
# The word that stands before the title at the head of every page, and in the name of the file.
TITLES = {"minutes": MINUTES, "attendance": ATTENDANCE}


def paper_parts(content: Mapping[str, Any]) -> tuple[Part, ...]:
    """All parts of the paper that `content` is of."""
    return _minutes(content) if content["kind"] == "minutes" else _attendance(content)


def _frame(content: Mapping[str, Any], title: str) -> dict[str, Any]:
    workshop = content["workshop"]
    written = [line.strip() for line in content["regency"]["letterhead"].splitlines() if line.strip()]
    regency = content["regency"]
    return {
        "letterhead": written or [regency["government"], f"Provinsi {regency['province']}"],
        "workshop": workshop,
        "heading": Heading(1, anchor(title), "", f"{title} bimtek tahap {workshop['stage']}"),
        "place": ", ".join(filter(None, (workshop["place"], "juga secara daring" if workshop["is_hybrid"] else ""))),
    }


def _minutes(content: Mapping[str, Any]) -> tuple[Part, ...]:
    captions = Numbering("")
    frame = _frame(content, "Notulen")
    context = {
        **frame,
        "body": content["sections"]["notulen"]["body"],
        "body_heading": Heading(2, "pembahasan", "", content["sections"]["notulen"]["title"]),
        "summary": content["summary"],
        "agenda": content["agenda"],
        "agenda_caption": captions.table("Agenda") if content["agenda"] else None,
        "agencies": [_agency(row) for row in content["agencies"]],
        "agencies_caption": captions.table("Keikutsertaan perangkat daerah") if content["agencies"] else None,
        "closing": content["closing"],
    }
    part = Part(
        key=MINUTES,
        template="print/workshop_minutes.html",
        context=context,
        chapter=frame["heading"].title,
        headings=(frame["heading"], context["body_heading"]),
        captions=captions.taken(),
    )
    return (part,)


def _agency(row: Row) -> dict[str, Any]:
    """An agency's line; outputs of the same state together."""
    groups: dict[str, list[str]] = {}
    for output in row["outputs"]:
        groups.setdefault(output["words"], []).append(output["title"])
    return {**row, "states": [{"words": words, "titles": ", ".join(found)} for words, found in groups.items()]}


def _attendance(content: Mapping[str, Any]) -> tuple[Part, ...]:
    captions = Numbering("")
    frame = _frame(content, "Daftar hadir")
    parts: list[Part] = []
    for number, day in enumerate(content["days"], 1):
        people = [{**person, "number": place} for place, person in enumerate(day["people"], 1)]
        caption = captions.table(f"Peserta, {day['day']}")
        context = {**frame, "day": day["day"], "rows": people, "caption": caption, "begins": number == 1}
        part = Part(
            key=f"{ATTENDANCE}-{number}",
            template="print/workshop_attendance.html",
            context=context,
            chapter=frame["heading"].title,
            headings=(frame["heading"],) if number == 1 else (),
            captions=captions.taken(),
        )
        parts += cut(part, "rows")
    return tuple(parts)
