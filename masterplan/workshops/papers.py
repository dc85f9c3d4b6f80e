"""What the papers of a stage print, as plain data: read from the live rows when somebody asks for them.

How it is laid out is `books.chapters.papers.workshop_papers`. The attendance list holds personal data, the minutes
hold none.
"""

from datetime import date
from typing import Any

from masterplan.models import Workshop, WorkshopClosing
from masterplan.reference_bimtek import PaperKind
from masterplan.workshops.participation import shares_of, summary_of
from smartcity.common.formatting import format_date, format_days
from smartcity.common.times import format_time

Data = dict[str, Any]


def compose_paper(workshop: Workshop, kind: str, *, day: date) -> Data:
    """The content of one paper, printed on `day`."""
    own = _attendance(workshop) if kind == PaperKind.ATTENDANCE else _minutes(workshop)
    return {**_frame(workshop, kind, day), **own}


def _frame(workshop: Workshop, kind: str, day: date) -> Data:
    regency = workshop.regency
    return {
        "schema_version": 1,
        "kind": kind,
        "regency": {
            "full_name": regency.full_name,
            "government": regency.government,
            "province": regency.province,
            "capital": regency.capital,
            "letterhead": regency.letterhead,
        },
        "plan": {"title": f"Bimtek Smart City {regency.full_name}"},
        "development_plan": {},
        # Keys that every print expects.
        "dimensions": [],
        "initiatives": [],
        "sections": {},
        "edition": {"number": 0, "label": f"Tahap {workshop.stage}", "date": day.isoformat()},
        "workshop": {
            "stage": workshop.stage,
            "title": workshop.title,
            "days": format_days(workshop.start_date, workshop.end_date),
            "place": workshop.place,
            "is_hybrid": workshop.is_hybrid,
            "is_sample": workshop.is_sample,
        },
    }


def _minutes(workshop: Workshop) -> Data:
    shares = shares_of(workshop)
    summary = summary_of(shares)
    closing = next((row for row in workshop.closings.all() if row.reopened_at is None), None)
    return {
        # The key under which the check of the print expects text with marks.
        "sections": {"notulen": {"title": "Pembahasan dan kesepakatan", "body": workshop.minutes}},
        "agenda": [
            {
                "day": item.day,
                "time": f"{format_time(item.start)}\u2013{format_time(item.end)}",
                "topic": item.topic,
                "speaker": item.speaker,
            }
            for item in workshop.agenda_items.all()
        ],
        "summary": {
            "invited": summary.invited,
            "on_site": summary.on_site,
            "online": summary.online,
            "contributed": summary.contributed,
            "delivered": summary.delivered,
            "asked": summary.asked,
        },
        "agencies": [
            {
                "name": share.agency.name,
                "mode": share.attendance.mode,
                "mode_label": share.attendance.get_mode_display(),
                "contributed": share.contributed,
                "outputs": [{"title": str(state.output), "words": state.words} for state in share.outputs],
            }
            for share in shares
        ],
        "closing": _closing(workshop, closing),
    }


def _closing(workshop: Workshop, closing: WorkshopClosing | None) -> Data | None:
    if closing is None:
        return None
    at = closing.closed_at.astimezone(workshop.regency.zone)
    return {"by": closing.closed_as, "at": f"{format_date(at)} pukul {at:%H.%M}", "note": closing.note}


def _attendance(workshop: Workshop) -> Data:
    zone = workshop.regency.zone
    pages = workshop.sign_in_pages.prefetch_related("attendees__agency")
    return {
        "days": [
            {
                "day": format_date(page.day),
                "people": [
                    {
                        "name": each.name,
                        "position": each.position,
                        "from": each.comes_from,
                        "mode": each.mode,
                        "mode_label": each.get_mode_display(),
                        "at": f"{each.agreed_at.astimezone(zone):%H.%M}",
                    }
                    for each in page.attendees.all()
                ],
            }
            for page in pages
        ]
    }
