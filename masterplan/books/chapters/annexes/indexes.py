"""Annexes of Buku 2 to find an initiative by where it happens and by the RPJMD program it answers, with its page."""

from typing import Any

from masterplan.books.chapters.lookup import Lookup
from masterplan.books.chapters.parts import place_part
from masterplan.books.chapters.places import Place
from masterplan.books.chapters.portions import cut
from masterplan.editions.schema import ListedInitiative
from smartcity.press.parts import Part

_STATES = ("accepted", "proposed")


def by_district(plan: Lookup, place: Place) -> list[Part]:
    """Under each kecamatan what names it, after what concerns the whole regency."""
    groups = [
        _group(row["name"], [initiative for initiative in plan.initiatives if key in initiative["districts"]], key)
        for key, row in sorted(plan.districts.items(), key=lambda item: item[1]["name"].casefold())
    ]
    everywhere = [initiative for initiative in plan.initiatives if initiative["whole_regency"]]
    nowhere = [row for row in plan.initiatives if not row["whole_regency"] and not row["districts"]]
    groups.insert(0, _group(f"Seluruh {plan.content['regency']['full_name']}", everywhere))
    if nowhere:
        groups.append(_group("Tempat belum disebut", nowhere))
    return _index(place, "Inisiatif menurut kecamatan", groups)


def by_program(plan: Lookup, place: Place) -> list[Part]:
    """Under each RPJMD program what is linked to it, by mission; then what has no program."""
    groups = []
    for mission, programs in plan.missions():
        for program in programs:
            pairs = plan.answering(program["id"], *_STATES)
            states = {initiative["id"]: link["state_label"].lower() for initiative, link in pairs}
            rows = list({initiative["id"]: initiative for initiative, _ in pairs}.values())
            note = f"Misi {mission['code']}" if mission["code"] else ""
            group = _group(f"{program['code']} {program['text']}".strip(), rows, note=note, states=states)
            groups.append(group | {"link": program["id"]})
    unlinked = [
        row
        for row in plan.initiatives
        if not any(link["state"] in _STATES and link["element_id"] in plan.programs for link in row["links"])
    ]
    if unlinked:
        groups.append(_group("Belum ditautkan ke program RPJMD", unlinked))
    title = plan.content["development_plan"]["title"]
    return _index(place, f"Inisiatif menurut program {title}", groups)


def _group(
    title: str,
    initiatives: list[ListedInitiative],
    anchor: str = "",
    *,
    note: str = "",
    states: dict[str, str] | None = None,
) -> dict[str, Any]:
    """A head of the index and its lines; `states` say by initiative how far its link is decided."""
    rows = [
        {"anchor": row["id"], "code": row["code"], "name": row["name"], "state": (states or {}).get(row["id"], "")}
        for row in initiatives
    ]
    return {"title": title, "anchor": anchor, "link": "", "note": note, "rows": rows}


def _index(place: Place, caption: str, groups: list[dict[str, Any]]) -> list[Part]:
    context = {"caption": place.captions.table(caption), "groups": groups}
    part = place_part(place, "print/index.html", context, late=True)
    return cut(part, "groups", weigh=lambda group: 1 + len(group["rows"]))
