"""Who gets where: every address with every persona and method, with foreign, unknown and malformed ids (S1)."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from django.test import Client
from django.urls import NoReverseMatch, resolve

from masterplan.models import Initiative
from masterplan.registry import FIELDS
from masterplan.registry.reading import read_field
from tests.sweep.addresses import ADDRESSES, FORMS, PAGES, Address, names_in_urlconf
from tests.sweep.conftest import World
from tests.sweep.pages import as_sent, form_that_sends, read
from tests.sweep.side import Side
from tests.sweep.walking import ANONYMOUS, EVERYONE, Visit, outcome, promised
from tests.sweep.watching import undone, watching

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# Addresses that write although they are only read, and why.
WRITES_WHEN_READ = {"book_download": "who took which book when is what the page is asked to note"}
# Forms that need no token, and why.
TOKENLESS = {"notice_stop": "mail programs press the button themselves; the address holds a signed token of its own"}
# Arguments that name a row of the database; the others are words of the portal or the number of an edition.
IDS = ("pk", "plan_pk", "subject")
UNKNOWN_IDS = (999_999_999, 10**30)
UNKNOWN_WORDS = {
    "section": "tidak-ada",
    "cell": "tidak-ada",
    "quarter": "tidak-ada",
    "kind": "tidak-ada",
    "name": "tidak-ada",
    "field": "tidak-ada",
    "book": "buku-99",
    "format": "exe",
    "paper": "tidak-ada",
    "key": "tidak-ada",
    "code": "2222-2222-2222-2222",
}


def test_every_address_has_an_entry_and_every_entry_an_address() -> None:
    described = {address.name for address in ADDRESSES}
    assert names_in_urlconf() - described == set(), "addresses nobody has described in tests/sweep/addresses.py"
    assert described - names_in_urlconf() == set(), "entries without an address"


def test_who_may_read(visits: list[Visit], built: World) -> None:
    wrong = []
    for seen in visits:
        got = outcome(seen.address, built.mine.slug, seen)
        want = promised(seen.address, seen.who, seen.address.readers)
        if got != want:
            wrong.append(f"{seen.label} is {got}, not {want}")
    assert not wrong, "\n".join(wrong)


def test_a_way_back_leads_where_one_may_go(visits: list[Visit]) -> None:
    may_read = {(page.name, who) for page in PAGES for who in (*page.readers, *page.strangers)}
    shown, wrong = set(), set()
    for seen in visits:
        crumbs = re.search(r'<nav class="crumbs".*?</nav>', seen.text, re.DOTALL)
        for url in re.findall(r'href="([^"?#]*)', crumbs[0]) if crumbs else ():
            name = resolve(url).url_name
            shown.add(name)
            if (name, seen.who) not in may_read:
                wrong.add(f"{seen.label} is led to {name}")
    assert not wrong, "\n".join(sorted(wrong))
    assert shown >= {"initiative_list", "initiative_detail", "edition_detail", "workshop_detail", "team_list"}


def test_reading_writes_nothing(visits: list[Visit]) -> None:
    wrong = [
        f"{seen.label}: {seen.writes[0]}"
        for seen in visits
        if seen.writes and seen.address.name not in WRITES_WHEN_READ
    ]
    assert not wrong, "\n".join(wrong)
    assert {seen.address.name for seen in visits if seen.writes} == set(WRITES_WHEN_READ)


def body_for(address: Address, world: World, url: str) -> dict[str, Any]:
    """What the first of those who may write sends: the form of the page with the changes of the table."""
    sends = address.sends(world.mine)
    if not address.get:
        return sends
    page = read(world.client(address.writers[0]).get(url))
    return as_sent(form_that_sends(page, url), sends)


def test_who_may_write(world: World) -> None:
    """Every form with every persona; for whoever is refused nothing changes."""
    wrong = []
    for address in FORMS:
        url = address.url(world.mine)
        data = body_for(address, world, url)
        for who in EVERYONE:
            with undone(), watching() as seen:
                response = world.client(who).post(url, data)
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


# Ids -----------------------------------------------------------------------------------------------------------------


def _with_other_ids(address: Address, mine: Side, theirs: Side) -> Iterator[str]:
    """The address with each of its arguments exchanged for one that is not of my regency, or of no regency at all."""
    own, foreign = address.args(mine), address.args(theirs)
    for name in own:
        if name in IDS:
            others = [foreign[name], *UNKNOWN_IDS]
        elif name in ("number", "version", "before", "after", "table", "row", "column"):
            others = [999, 10**30]
        elif name == "token":
            others = ["x", f"{own['token']}x", own["token"][::-1]]
        else:
            others = [UNKNOWN_WORDS[name]]
        for other in others:
            yield address.url(mine, **{name: other})


def test_ids_of_another_regency_and_of_nothing_are_unknown(world: World) -> None:
    wrong = []
    for address in ADDRESSES:
        for who, method in ((address.readers[:1], "get"), (address.writers[:1], "post")):
            for url in _with_other_ids(address, world.mine, world.theirs) if who else ():
                with undone(), watching() as seen:
                    response = getattr(world.client(who[0]), method)(url)
                if response.status_code != 404 or seen.writes:
                    wrong.append(f"{address.label}: {method} {url} gives {response.status_code}, {seen.writes[:1]}")
    assert not wrong, "\n".join(wrong)


def test_malformed_ids_lead_nowhere(world: World) -> None:
    wrong = []
    for address in ADDRESSES:
        for name, value in address.args(world.mine).items():
            if name not in (*IDS, "number"):
                continue
            url = address.url(world.mine)
            for other in ("-1", "1.5", "abc", "%00", "1%27--", "١٢"):
                changed = re.sub(rf"/{value}(?=/)", f"/{other}", url, count=1)
                response = world.client((address.readers or address.writers)[0]).get(changed)
                if response.status_code != 404:
                    wrong.append(f"{address.label}: {changed} gives {response.status_code}")
    assert not wrong, "\n".join(wrong)


def test_nothing_tells_a_regency_that_is_hidden_from_one_that_is_not_there(world: World) -> None:
    """For an outsider and a suspended person the page of a real regency is that of an invented one."""
    wrong = []
    for address in PAGES:
        if not address.in_regency:
            continue
        there, nowhere = address.url(world.mine), address.url(world.mine, slug="kabupaten-tidak-ada")
        for who in ("outsider", "suspended"):
            client = world.client(who)
            if _seen(client, there) != _seen(client, nowhere):
                wrong.append(f"{address.label} as {who}")
    assert not wrong, "\n".join(wrong)


def _seen(client: Client, url: str) -> tuple[int, str, list[str]]:
    response = client.get(url)
    text = response.content.decode().replace(response["X-Reference"], "")
    masked = re.sub(r'(csrfmiddlewaretoken" value|name="csrf[^>]*content)="[^"]*"', "", text).replace(url, "")
    return response.status_code, masked, sorted(response.headers)


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


def test_ids_of_another_regency_in_what_is_sent_are_refused(world: World) -> None:
    wrong = []
    for name, what, who, ids in SMUGGLED:
        address = next(a for a in FORMS if (a.name, a.what) == (name, what))
        url, sent = address.url(world.mine), ids(world.theirs)
        data = body_for(address, world, url)
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


def test_an_indicator_of_another_regency_is_not_taken_over(world: World) -> None:
    """Its id in a row makes a new indicator of my program; theirs stays as it is."""
    address = next(a for a in FORMS if a.name == "plan_element_edit")
    url, theirs = address.url(world.mine), world.theirs.indicator
    data = body_for(address, world, url) | {"indikator-0-id": theirs.pk, "indikator-0-name": "Diambil alih"}
    with undone():
        world.client("coordinator").post(url, data)
        theirs.refresh_from_db()
        assert theirs.element_id == world.theirs.elements["program"].pk
        assert theirs.name != "Diambil alih"


def test_a_place_of_another_regency_in_the_address_is_unknown(world: World) -> None:
    address = next(a for a in FORMS if a.name == "plan_element_create")
    url, client = address.url(world.mine), world.client("coordinator")
    for other in (world.theirs.elements["objective"].pk, 999_999_999, "x", 10**30):
        assert client.get(f"{url}?induk={other}").status_code == 404
        assert client.post(f"{url}?induk={other}", address.sends(world.mine)).status_code == 404


def test_strangers_are_sent_to_sign_in(visits: list[Visit]) -> None:
    """The way back is kept, so that after signing in they stand where they wanted to go."""
    lost = [
        seen.label
        for seen in visits
        if seen.who == ANONYMOUS and seen.status == 302 and f"next={seen.url}" not in seen.headers["Location"]
    ]
    assert lost == []


def test_an_argument_that_cannot_be_reversed_would_be_noticed(world: World) -> None:
    """Every entry gives what its address asks for."""
    broken = []
    for address in ADDRESSES:
        try:
            address.url(world.mine)
        except NoReverseMatch as error:
            broken.append(f"{address.label}: {error}")
    assert broken == []
