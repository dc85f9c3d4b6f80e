"""Who may write what: every form with every persona, other methods, and ids of another regency in what is sent (S1)."""

from collections.abc import Callable
from typing import Any

from django.test import Client

from masterplan.models import Initiative
from masterplan.registry import FIELDS
from masterplan.registry.reading import read_field
from tests.sweep.addresses import ADDRESSES, FORMS, PAGES, Address
from tests.sweep.conftest import World
from tests.sweep.pages import OpenForm
from tests.sweep.side import Side
from tests.sweep.walking import EVERYONE, outcome, promised
from tests.sweep.watching import undone, watching

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# Forms that need no token, and why.
TOKENLESS = {"notice_stop": "mail programs press the button themselves; the address holds a signed token of its own"}


def test_who_may_write(world: World, open_forms: list[OpenForm]) -> None:
    """Every form with every persona; for whoever is refused nothing changes."""
    wrong = []
    for opened in open_forms:
        address = opened.address
        for who in EVERYONE:
            with undone(), watching() as seen:
                response = world.client(who).post(opened.url, opened.data)
            got, want = outcome(address, world.mine.slug, response), promised(address, who, address.writers)
            if got != want:
                wrong.append(f"{address.label}: {who} is {got}, not {want}")
            if want != "in" and seen.writes:
                wrong.append(f"{address.label}: {who} is refused and yet writes {seen.writes[0]}")
            if who == address.writers[0] and not seen.writes and response.status_code != 200:
                wrong.append(f"{address.label}: {who} may, but nothing was written")
    assert not wrong, "\n".join(wrong)


def test_a_form_without_its_token_changes_nothing(world: World) -> None:
    wrong = []
    for address in FORMS:
        if address.name in TOKENLESS:
            continue
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.cookies = world.client(address.writers[0]).cookies
        with undone(), watching() as seen:
            response = client.post(address.url(world.mine), address.sends(world.mine))
        if response.status_code != 403 or seen.writes:
            wrong.append(f"{address.label}: {response.status_code}, {len(seen.writes)} writes")
    assert not wrong, "\n".join(wrong)


def test_other_methods_are_refused(world: World) -> None:
    wrong = []
    for address in ADDRESSES:
        client = world.client((address.readers or address.writers)[0])
        url = address.url(world.mine)
        for method in METHODS:
            if method in ("GET" if address.get else "", "POST" if _takes_posts(address) else ""):
                continue
            with undone(), watching() as seen:
                response = client.generic(method, url)
            if response.status_code != 405 or seen.writes:
                wrong.append(f"{address.label}: {method} gives {response.status_code}, {len(seen.writes)} writes")
    assert not wrong, "\n".join(wrong)


def test_asking_for_the_headers_alone_is_reading_or_refused(world: World) -> None:
    """And never an act: a download that only looks is not noted."""
    wrong = []
    for address in PAGES:
        client, url = world.client(address.readers[0]), address.url(world.mine)
        with undone(), watching() as seen:
            response = client.head(url)
        if response.status_code not in (*address.statuses, 405) or response.content or seen.writes:
            wrong.append(f"{address.label}: {response.status_code}, {seen.writes[:1]}")
    assert not wrong, "\n".join(wrong)


def _takes_posts(address: Address) -> bool:
    """Whether some entry of the same name takes posts: the method is refused by name, not by object."""
    return any(other.post for other in ADDRESSES if other.name == address.name)


# Ids in what is sent -------------------------------------------------------------------------------------------------

Ids = Callable[[Side], dict[str, Any]]
# Which form, whose hands, and what of the other regency is put into it.
SMUGGLED: tuple[tuple[str, str, str, Ids], ...] = (
    ("initiative_create", "", "coordinator", lambda s: {"lead_agency": s.agency.pk}),
    ("initiative_create", "", "coordinator", lambda s: {"sub_dimension": s.sub_dimension.pk}),
    ("initiative_edit", "a draft", "coordinator", lambda s: {"sub_dimension": s.sub_dimension.pk}),
    ("initiative_edit", "who and where", "coordinator", lambda s: {"lead_agency": s.agency.pk}),
    ("initiative_edit", "who and where", "coordinator", lambda s: {"supporting_agencies": [s.agency.pk]}),
    ("initiative_edit", "who and where", "coordinator", lambda s: {"districts": [d.pk for d in s.districts]}),
    ("link_propose", "a draft", "coordinator", lambda s: {"element": s.elements["program"].pk}),
    ("link_propose", "a draft", "coordinator", lambda s: {"element": s.elements["renstra_program"].pk}),
    ("link_propose", "a draft", "coordinator", lambda s: {"indicator": s.indicator.pk}),
    ("plan_element_edit", "", "coordinator", lambda s: {"parent": s.elements["objective"].pk}),
    ("plan_element_edit", "", "coordinator", lambda s: {"agency": s.agency.pk}),
    ("plan_element_edit", "", "coordinator", lambda s: {"replaces": s.elements["earlier_program"].pk}),
    ("plan_element_edit", "", "coordinator", lambda s: {"indikator-0-agency": s.agency.pk}),
    ("plan_element_edit", "of a renstra", "coordinator", lambda s: {"carries_out": s.elements["program"].pk}),
    ("plan_element_create", "", "coordinator", lambda s: {"agency": s.agency.pk}),
    ("development_plan_predecessor", "", "coordinator", lambda s: {"predecessor": s.earlier_renstra.pk}),
    ("development_plan_create", "", "coordinator", lambda s: {"kind": "renstra", "agency": s.agency.pk}),
    ("invitation_create", "", "administrator", lambda s: {"agency": s.agency.pk}),
    ("membership_edit", "", "administrator", lambda s: {"agency": s.agency.pk}),
    ("regency_deadline_extend", "", "coordinator", lambda s: {"agency": s.agency.pk}),
    ("regency_letters", "", "coordinator", lambda s: {"agency": s.agency.pk}),
    ("agency_create", "", "administrator", lambda s: {"successor": s.agency.pk, "valid_to": "1 Januari 2026"}),
    ("agency_edit", "", "administrator", lambda s: {"successor": s.agency.pk, "valid_to": "1 Januari 2026"}),
)


def test_ids_of_another_regency_in_what_is_sent_are_refused(world: World, open_forms: list[OpenForm]) -> None:
    wrong = []
    for name, what, who, ids in SMUGGLED:
        opened = next(each for each in open_forms if (each.address.name, each.address.what) == (name, what))
        address, url, data, sent = opened.address, opened.url, opened.data, ids(world.theirs)
        with undone(), watching() as seen:
            honest = world.client(who).post(url, data)
        if honest.status_code != 302 or not seen.writes:
            wrong.append(f"{address.label}: the honest form is not accepted: {honest.status_code}")
        before = _kept_answers(address, world, sent)
        with undone(), watching() as seen:
            response = world.client(who).post(url, data | sent)
            after = _kept_answers(address, world, sent)
        taken = after != before if before else bool(seen.writes)
        if response.status_code not in (200, 403, 404) or taken:
            wrong.append(f"{address.label} with {sent}: {response.status_code}, {after or seen.writes[:1]}")
    assert not wrong, "\n".join(wrong)


def _kept_answers(address: Address, world: World, sent: dict[str, Any]) -> dict[str, Any]:
    """What is stored of the fields sent, where a page stores the rest of itself although one field is refused."""
    if address.name != "initiative_edit":
        return {}
    initiative = Initiative.objects.get(pk=address.args(world.mine)["pk"])
    return {key: read_field(initiative, FIELDS[key]) for key in sent}


def test_an_indicator_of_another_regency_is_not_taken_over(world: World, open_forms: list[OpenForm]) -> None:
    """Its id in a row makes a new indicator of my program; theirs stays as it is."""
    opened = next(each for each in open_forms if each.address.name == "plan_element_edit")
    theirs = world.theirs.indicator
    with undone():
        data = opened.data | {"indikator-0-id": theirs.pk, "indikator-0-name": "Diambil alih"}
        world.client("coordinator").post(opened.url, data)
        theirs.refresh_from_db()
        assert theirs.element_id == world.theirs.elements["program"].pk
        assert theirs.name != "Diambil alih"


def test_a_place_of_another_regency_in_the_address_is_unknown(world: World) -> None:
    address = next(a for a in FORMS if a.name == "plan_element_create")
    url, client = address.url(world.mine), world.client("coordinator")
    for other in (world.theirs.elements["objective"].pk, 999_999_999, "x", 10**30):
        assert client.get(f"{url}?induk={other}").status_code == 404
        assert client.post(f"{url}?induk={other}", address.sends(world.mine)).status_code == 404
