"""The bimtek of a side of the sweep: a stage of today with everything at it, one that was closed, one that is empty."""

from datetime import time, timedelta
from typing import Any

from django.utils import timezone

from masterplan.models import Attendance, Attendee, Workshop
from masterplan.workshops.actions import attendance, materials, workshops
from masterplan.workshops.actions.attendance import Person
from masterplan.workshops.actions.papers import request_paper
from masterplan.workshops.actions.workshops import content_of, mark_of
from tests.factories import files, finish_book
from tests.sweep.side import Side


def add_workshops(side: Side) -> None:
    """Everything that belongs to stages, written by the coordinator and, where it is theirs, by the agency."""
    by, say = side.people["coordinator"], side.say
    first, second = side.regency.workshops.all()
    today = side.regency.today()
    link = f"https://contoh.test/{side.slug}/{say('online', 80)}"
    # Written past the form, which takes no address like the hostile ones.
    Workshop.objects.filter(pk=first.pk).update(start_date=today, end_date=today, online_link=link)
    first.refresh_from_db()
    write(first, "agenda", [_item(say("topic"), say("speaker", 160))], by)
    write(first, "outputs", [_output(say("ticked")), _output(say("seen"), "initiatives")], by)
    write(first, "minutes", say("minutes"), by)
    attendance.note_attendance(first, by=by, modes={side.other_agency.pk: "invited"})
    ticked = first.outputs.get(kind="ticked")
    attendance.tick_output(ticked, by=side.people["drafter"], agency=side.agency, delivered=True)
    pdf = files.pdf(say("").encode()[:6])
    name = f"{say('material', 60)}.pdf"
    file = materials.add_file(first, by=by, title=say("material", 160), name=name, data=pdf)
    address = materials.add_link(first, by=by, title=say("link", 160), link="https://contoh.test/materi")
    type(address).objects.filter(pk=address.pk).update(link=f"https://contoh.test/{say('materials', 80)}")
    page = attendance.open_page(first, by=by, day=today)
    person = Person(say("attendee", 120), say("position", 120), None, say("institution", 160), "online")
    attendee = attendance.register(page, by=person)
    for kind in ("minutes", "attendance"):
        finish_book(request_paper(first, by=by, kind=kind), pages=1)
    for _ in range(2):
        closing = workshops.close(second, by=by, note=say("closing note"))
        if not second.closings.filter(reopened_at__isnull=False).exists():
            workshops.reopen(second, by=by, reason=say("reason to reopen"))
    empty = Workshop.objects.create(regency=side.regency, stage=say("none", 20), title=say("empty stage"), order=9)
    side.bimtek = {
        "open": first, "closed": second, "empty": empty, "output": ticked, "file": file, "link": address,
        "page": page, "attendee": attendee, "closing": closing,
    }  # fmt: skip


def write(workshop: Workshop, part: str, data: Any, by: Any) -> None:
    """Save a part of a stage."""
    workshops.save_part(workshop, by=by, part=part, data=data, seen=mark_of(content_of(workshop, part)))


def _item(topic: str, speaker: str = "") -> dict[str, Any]:
    return {"day": 1, "start": time(8), "end": time(9), "topic": topic, "speaker": speaker}


def _output(title: str, kind: str = "ticked") -> dict[str, Any]:
    return {"id": None, "title": title, "kind": kind}


def grow_workshops(side: Side, turn: int) -> None:
    """More of all that stands on the pages of a stage."""
    by, first, closed = side.people["coordinator"], side.bimtek["open"], side.bimtek["closed"]
    write(first, "agenda", [*content_of(first, "agenda"), _item(f"Acara lagi {turn}")], by)
    write(first, "outputs", [*content_of(first, "outputs"), _output(f"Hasil lagi {turn}")], by)
    for agency in side.regency.agencies.exclude(attendances__workshop=first):
        Attendance.objects.create(workshop=first, agency=agency)
    materials.add_link(first, by=by, title=f"Materi lagi {turn}", link="https://contoh.test/lagi")
    page = side.bimtek["page"]
    person = {"position": "Staf", "agency": side.agency, "mode": "on_site"}
    Attendee.objects.create(page=page, name=f"Peserta lagi {turn}", **person)
    workshops.reopen(closed, by=by, reason=f"Lagi {turn}")
    workshops.close(closed, by=by, note=f"Lagi {turn}")
    Workshop.objects.create(
        regency=side.regency,
        stage=f"lagi {turn}",
        title="Tahap lagi",
        order=50 + turn,
        deadline=timezone.now() + timedelta(hours=turn),
    )
