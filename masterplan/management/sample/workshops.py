"""The bimtek of the sample: one stage that is over and closed, and a clinic on the day of loading, with people at it.

Everything goes through the actions, so it is as old as the sample. Nobody real is among the attendees.
"""

from datetime import timedelta
from typing import Any

from agencies.models import User
from masterplan.models import Workshop
from masterplan.reference_bimtek import AttendanceMode
from masterplan.workshops.actions import attendance, materials, workshops
from masterplan.workshops.actions.attendance import Person
from masterplan.workshops.actions.workshops import content_of, mark_of
from masterplan.workshops.rounds import rounds
from smartcity.common.times import parse_time

from .regencies import SampleRegency

_ROUND = "empat-tahap"


def load_bimtek(place: SampleRegency, data: dict[str, Any], *, by: User) -> None:
    """Agenda and outputs for the stages that are marked as a sample, then the past stage and the clinic."""
    models = {model.stage: model for model in rounds()[_ROUND].stages}
    for workshop in place.regency.workshops.filter(is_sample=True):
        _write(workshop, "agenda", list(models[workshop.stage].agenda_items), by=by)
        _write(workshop, "outputs", [row | {"id": None} for row in models[workshop.stage].outputs], by=by)
    _load_past(place, data["past"], by=by)
    _load_clinic(place, data["clinic"], by=by)


def _write(workshop: Workshop, part: str, content: Any, *, by: User) -> None:
    workshops.save_part(workshop, by=by, part=part, data=content, seen=mark_of(content_of(workshop, part)))


def _load_past(place: SampleRegency, data: dict[str, Any], *, by: User) -> None:
    workshop = place.regency.workshops.get(stage=data["stage"])
    attendance.invite_all(workshop, by=by)
    modes = {
        agency.pk: AttendanceMode.ABSENT
        if agency.short_name in data["absent"]
        else AttendanceMode.ONLINE
        if number % 3
        else AttendanceMode.ON_SITE
        for number, agency in enumerate(place.agencies.values())
    }
    attendance.note_attendance(workshop, by=by, modes=modes)
    _write(workshop, "minutes", data["minutes"], by=by)
    for title, link in data["links"]:
        materials.add_link(workshop, by=by, title=title, link=link)
    workshops.close(workshop, by=by, note=data["note"])


def _load_clinic(place: SampleRegency, data: dict[str, Any], *, by: User) -> None:
    today = place.regency.today()
    texts = ("stage", "title", "place", "online_link", "agenda", "expected_output")
    facts = {name: data[name] for name in texts} | {
        "start_date": today,
        "end_date": today + timedelta(1),
        "is_hybrid": True,
        "deadline": None,
        "source": "Contoh, bukan jadwal resmi",
        "is_sample": True,
    }
    workshop = workshops.create_stage(place.regency, by=by, data=facts)
    columns = ("day", "start", "end", "topic", "speaker")
    items = [dict(zip(columns, row, strict=True)) for row in data["agenda_items"]]
    times = [item | {"start": parse_time(item["start"]), "end": parse_time(item["end"])} for item in items]
    _write(workshop, "agenda", times, by=by)
    _write(workshop, "outputs", [{"id": None, "title": title, "kind": kind} for title, kind in data["outputs"]], by=by)
    attendance.invite_all(workshop, by=by)
    page = attendance.open_page(workshop, by=by, day=today)
    for name, position, short_name, mode in data["attendees"]:
        agency = place.agency(short_name) if short_name else None
        institution = "" if agency else "Tenaga ahli pembimbing (contoh)"
        attendance.register(page, by=Person(name, position, agency, institution, mode))
    ticked = workshop.outputs.get(title=data["outputs"][-1][0])
    attendance.tick_output(ticked, by=by, agency=place.agency("DINPAR"), delivered=True)
