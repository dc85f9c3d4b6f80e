"""Who gets where: every page as every persona, with foreign, unknown and malformed ids (S1)."""

import re
from collections.abc import Iterator
from contextlib import suppress

from django.urls import Resolver404, resolve

from tests.sweep.addresses import ADDRESSES, PAGES, Address, names_in_urlconf
from tests.sweep.conftest import World
from tests.sweep.side import Side
from tests.sweep.walking import ANONYMOUS, Visit, outcome, promised, walk
from tests.sweep.watching import undone, watching

# Addresses that write although they are only read, and why.
WRITES_WHEN_READ = {"book_download": "who took which book when is what the page is asked to note"}
# Arguments that name a row of the database; the others are words of the portal or the number of an edition.
IDS = ("pk", "plan_pk", "subject")
# Larger than any number that a database holds.
UNKNOWN_ID = 10**30
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


# Ids -----------------------------------------------------------------------------------------------------------------


def _with_other_ids(address: Address, mine: Side, theirs: Side) -> Iterator[str]:
    """The address with each of its arguments exchanged for one that is not of my regency, or of no regency at all."""
    own, foreign = address.args(mine), address.args(theirs)
    for name in own:
        if name in IDS:
            others = [foreign[name], UNKNOWN_ID]
        elif name in ("number", "version", "before", "after", "table", "row", "column"):
            others = [999, UNKNOWN_ID]
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
    """No address takes them, so that no view is asked; what such an address answers is in `test_error_pages`."""
    wrong = []
    for address in ADDRESSES:
        url = address.url(world.mine)
        for name, value in address.args(world.mine).items():
            for other in ("-1", "1.5", "abc", "\0", "1'--", "١٢") if name in (*IDS, "number") else ():
                changed = re.sub(rf"/{value}(?=/)", f"/{other}", url, count=1)
                with suppress(Resolver404):
                    wrong.append(f"{address.label}: {changed!r} leads to {resolve(changed).url_name}")
    assert not wrong, "\n".join(wrong)


def test_nothing_tells_a_regency_that_is_hidden_from_one_that_is_not_there(visits: list[Visit], world: World) -> None:
    """For an outsider and a suspended person the page of a real regency is that of an invented one."""
    inside = [page for page in PAGES if page.in_regency]
    invented = {
        who: {_without_marks(seen) for seen in walk(world, pages, [who], slug="kabupaten-tidak-ada")}
        for who, pages in (("outsider", inside), ("suspended", inside[:1]))
    }
    assert [len(pages) for pages in invented.values()] == [1, 1]
    hidden = [seen for seen in visits if seen.who in invented and seen.address.in_regency]
    wrong = [seen.label for seen in hidden if _without_marks(seen) not in invented[seen.who]]
    assert not wrong, "\n".join(wrong)


def _without_marks(seen: Visit) -> tuple[int, str, tuple[str, ...]]:
    """An answer without what is another one each time: address, token and reference number."""
    text = seen.body.decode().replace(seen.headers["X-Reference"], "").replace(seen.url, "")
    masked = re.sub(r'(csrfmiddlewaretoken" value|name="csrf[^>]*content)="[^"]*"', "", text)
    return seen.status, masked, tuple(sorted(seen.headers))


def test_strangers_are_sent_to_sign_in(visits: list[Visit]) -> None:
    """The way back is kept, so that after signing in they stand where they wanted to go."""
    lost = [
        seen.label
        for seen in visits
        if seen.who == ANONYMOUS and seen.status == 302 and f"next={seen.url}" not in seen.headers["Location"]
    ]
    assert lost == []
