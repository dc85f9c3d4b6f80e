"""No page of one regency holds a word of another, and none holds what a person may not know yet (S1)."""

import re
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.apps import apps
from django.contrib import admin
from django.db.models import CharField, Field, JSONField, Model, Q, TextField

from agencies.models import Notice, OutgoingMail
from masterplan.editions.snapshot import canonical, compose, compose_sheet
from masterplan.models import Comment, Initiative, Thread
from tests.sweep.addresses import AGENCY, NO_DRAFTS, PAGES, Address, foreign_filters
from tests.sweep.conftest import World
from tests.sweep.content import mail_news
from tests.sweep.side import INSIDERS
from tests.sweep.walking import Visit, visit, walk
from tests.sweep.watching import undone
from tests.sweep.words import MINE, PRIVATE, THEIRS, UNSENT

# Texts without a word of a person: codes the portal gives, names of choices, hashes, states of jobs. The regency's
# official code is too short for a mark.
NO_WORDS = re.compile(
    r"\.(slug|key|request_key|section|code|sort_key|sha256|state|stage|error|book|portion|variant|stored|check_code|logo|time_zone|field|"
    r"transition|from_status|to_status|by_role|author_role|assigned_as|behalf_as|behalf_confirmed_as|closed_as|reopened_as|ticked_as|content|before|"
    r"after|report|password|mode|email|to|subject|sent_sha256|part|chosen|news|answers|removed|roles|signature)$"
)
# Tables that belong to the portal or to the ministry as a whole; what a manager wrote there is of no regency.
NATIONAL = {
    "smartcity.AuditSeal", "smartcity.Heartbeat", "agencies.SetupLink", "agencies.Ministry", "agencies.MinistryMember",
    "agencies.Grant", "agencies.ProgrammeRound", "agencies.Cluster", "agencies.Participation", "masterplan.DeskView",
}  # fmt: skip
# Pages with a link that is signed anew each time it is shown.
SIGNED = {"invitation_detail", "team_list"}
# Columns nobody can write yet, and that no page shows.
# What nobody of a regency writes, and the decree: an adopted edition would lock the plan that the sweep writes to.
UNWRITTEN = {
    "agencies.District.bps_code", "masterplan.Initiative.model_key", "masterplan.Snapshot.decree_number",
    "masterplan.OutlineCount.places",
}  # fmt: skip


def words(text: str, mark: str) -> list[str]:
    """The marked words, with what stands around them."""
    return [text[max(0, found.start() - 60) : found.end() + 40] for found in re.finditer(mark, text, re.IGNORECASE)]


def leaks(seen: Iterable[Visit], mark: str) -> list[str]:
    """Visits on which a mark was found, but for the address itself where the person wrote it there."""
    found = []
    for one in seen:
        text = one.body.decode(errors="replace") + repr(one.headers)
        if hits := words(text.replace(one.url, ""), mark):
            found.append(f"{one.label}: {hits[0]!r}")
    return found


def plain(seen: Visit) -> bytes:
    """A page without what differs each time: the tokens of its forms, and ages; of an error page only which one."""
    if seen.status >= 400:
        return str(seen.status).encode()
    if seen.headers.get("Content-Type", "").startswith("application/vnd.openxmlformats"):
        return repr(_parts(seen.body)).encode()
    body = re.sub(rb'("csrfmiddlewaretoken"|"csrf-token"|"token")[^>]*(value|content)="[^"]*"', b"", seen.body)
    return re.sub(rb"(\d+ menit lalu|baru saja|Keadaan pukul \d\d\.\d\d)", b"", body)


def _parts(body: bytes) -> dict[str, bytes]:
    """What an Office file holds, but for the moment at which it was made."""
    with ZipFile(BytesIO(body)) as book:
        parts = {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}
    return {name: re.sub(rb"pukul \d\d\.\d\d", b"", part) for name, part in parts.items()}


def read_by(who: str) -> list[Address]:
    """The pages that a person may read, in their own regency."""
    return [page for page in PAGES if who.removeprefix("their ") in page.readers]


def columns() -> list[tuple[type[Model], Field]]:
    """Every column of ours that holds what a person wrote."""
    return [
        (model, field)
        for model in apps.get_models()
        if model._meta.app_label in ("agencies", "masterplan") and model._meta.label not in NATIONAL
        for field in model._meta.concrete_fields
        if isinstance(field, CharField | TextField | JSONField)
        and not field.choices
        and not NO_WORDS.search(f"{model._meta.label}.{field.name}")
    ]


def test_every_text_of_the_other_regency_is_marked(world: World) -> None:
    """Without this the search below could overlook a column."""
    unmarked = {
        f"{model._meta.label}.{field.name}"
        for model, field in columns()
        if not model._base_manager.filter(**{f"{field.name}__icontains": THEIRS}).exists()
    }
    assert unmarked == UNWRITTEN


def test_no_page_holds_a_word_of_the_other_regency(visits: list[Visit]) -> None:
    mine = [seen for seen in visits if not (seen.who == "outsider" and not seen.address.in_regency)]
    found = leaks(mine, THEIRS)
    assert not found, "\n".join(found)


def test_my_own_words_are_found(visits: list[Visit]) -> None:
    """The search can find something: every page that shows a row shows a mark of mine."""
    marked = {seen.address.name for seen in visits if words(seen.text, MINE)}
    assert {
        "team_list",
        "agency_list",
        "regency_home",
        "initiative_list",
        "initiative_review",
        "review_queue",
    } <= marked
    assert {"alignment_matrix", "link_decide", "development_plan_detail", "plan_element_edit"} <= marked
    assert {
        "section_edit",
        "workshop_list",
        "workshop_detail",
        "workshop_attendance_list",
        "edition_list",
        "edition_detail",
        "book_progress",
    } <= marked


def test_no_page_of_theirs_holds_a_word_of_mine(world: World) -> None:
    people = ("their coordinator", "their administrator")  # between them they see every page
    seen = (one for who in people for one in walk(world, read_by(who), [who], side=world.theirs))
    found = leaks(seen, f"{MINE}|{UNSENT}")
    assert not found, "\n".join(found)


def test_drafts_are_unknown_to_whoever_may_not_see_them(visits: list[Visit]) -> None:
    """On no page at all: not in lists, counts by name, matrices, links or editions."""
    found = leaks([seen for seen in visits if seen.who in NO_DRAFTS.split()], UNSENT)
    assert not found, "\n".join(found)


def test_drafts_are_found_by_whoever_may_see_them(visits: list[Visit]) -> None:
    for who in ("drafter", "agency_head", "coordinator", "executive"):
        assert leaks([seen for seen in visits if seen.who == who], UNSENT), who


def test_what_an_agency_keeps_to_itself_is_unknown_to_everybody_else(visits: list[Visit]) -> None:
    """No text of a private note on any page: not in lists, threads, history, tasks or books."""
    found = leaks([seen for seen in visits if seen.who not in AGENCY.split()], PRIVATE)
    assert not found, "\n".join(found)


def test_what_an_agency_keeps_to_itself_is_found_by_its_people(visits: list[Visit]) -> None:
    for who in AGENCY.split():
        pages = {seen.address.name for seen in visits if seen.who == who and words(seen.text, PRIVATE)}
        assert {"initiative_review", "comment_create", "thread_assign"} <= pages, who
    drafter = [seen for seen in visits if seen.who == "delegate" and seen.address.name == "regency_home"]
    assert "6 catatan" in drafter[0].text


def test_nobody_else_can_tell_from_a_page_that_there_is_a_private_note(visits: list[Visit], world: World) -> None:
    """Not from a count, a number or an order: without the notes every page is the same to them, byte for byte.

    What they may not read tells nothing at all (`test_access`).
    """
    others = [name for name in INSIDERS if name not in AGENCY.split()]
    Thread.objects.exclude(private_to=None).delete()
    before = {seen.label: seen for seen in visits}
    found = [
        seen.label
        for who in others
        for seen in walk(world, [page for page in read_by(who) if page.in_regency and page.name not in SIGNED], [who])
        if plain(seen) != plain(before[seen.label])
    ]
    assert not found, "\n".join(found)


def test_a_private_note_goes_into_no_mail_book_or_admin_page(world: World, rf: Any) -> None:
    """Its words stay where they are: news and mail name the place and reach the agency alone."""
    mine = world.mine
    mail_news()
    assert not OutgoingMail.objects.filter(Q(body__icontains=PRIVATE) | Q(subject__icontains=PRIVATE)).exists()
    assert not Notice.objects.filter(Q(text__icontains=PRIVATE) | Q(subject__icontains=PRIVATE)).exists()
    agency = {mine.people[name].email for name in AGENCY.split()}
    mails = OutgoingMail.objects.filter(body__contains="Catatan internal")
    assert mails.exists()
    assert set(mails.values_list("to", flat=True)) <= agency | {person.email for person in world.theirs.people.values()}
    internal = Notice.objects.filter(text__contains="Catatan internal", regency=mine.regency)
    assert set(internal.values_list("user__email", flat=True)) == agency
    for content in (compose(mine.plan, number=9, label="", day=date(2026, 3, 1), scope="submitted"),):
        assert not words(canonical(content).decode(), PRIVATE)
    shown = admin.site.get_model_admin(Thread).get_queryset(rf.get("/"))
    assert shown.exists()
    assert not shown.exclude(private_to=None).exists()
    assert not admin.site.is_registered(Comment)


def test_filters_with_ids_of_the_other_regency_show_nothing_of_it(world: World) -> None:
    found = []
    for address in PAGES:
        if not address.filters:
            continue
        query = foreign_filters(address, world.theirs)
        for part in (query, *query.split("&")):
            who = address.readers[0]
            seen = visit(world.client(who), address, who, f"{address.url(world.mine)}?{part}")
            echoed = seen.text.replace(part, "").replace(f'value="{THEIRS}"', "").replace(f"q={THEIRS}", "")
            echoed = echoed.replace(f"cari={THEIRS}", "").replace(f"“{THEIRS}”", "")
            found += [f"{address.label} ?{part}: {hit!r}" for hit in words(echoed, THEIRS)]
            if seen.status not in (200, 404):
                found.append(f"{address.label} ?{part}: {seen.status}")
    assert not found, "\n".join(found)


def test_what_goes_into_a_book_is_of_one_regency(world: World) -> None:
    """Books and sheets are made of this alone."""
    mine, day = world.mine, date(2026, 3, 1)
    book = compose(mine.plan, number=9, label="", day=day, scope="submitted")
    sheet = compose_sheet(Initiative.objects.complete().get(pk=mine.initiatives["approved"].pk), day=day)
    for content in (book, sheet, *(edition.content for edition in mine.editions)):
        text = canonical(content).decode()
        assert words(text, MINE)
        assert not words(text, THEIRS)
        assert not words(text, UNSENT)


def test_mail_stays_within_its_regency(world: World) -> None:
    """Every step, comment and decision while the sample was made reached somebody; nothing crossed over."""
    mail_news()
    mine = {person.email for person in world.mine.people.values()}
    mine |= {invitation.email for invitation in world.mine.invitations.values()}
    letters = [(letter.to, f"{letter.subject} {letter.body}") for letter in OutgoingMail.objects.all()]
    letters += [
        (row.user.email, f"{row.subject} {row.text} {row.path}") for row in Notice.objects.select_related("user")
    ]
    assert sum(to in mine for to, _ in letters) > 40
    for to, text in letters:
        own, foreign = (MINE, THEIRS) if to in mine else (THEIRS, MINE)
        assert words(text, f"{own}|{UNSENT}" if own == MINE else own), text
        assert not words(text, foreign), text


def test_a_page_as_the_next_person_holds_nothing_of_the_one_before(world: World) -> None:
    """One process answers everybody; what it remembers of a person must not outlive the request."""
    address = next(address for address in PAGES if address.name == "regency_home")
    with undone():
        for who, side, foreign in (("coordinator", "mine", THEIRS), ("outsider", "theirs", MINE)) * 2:
            seen = visit(world.client(who), address, who, address.url(getattr(world, side)))
            assert seen.status == 200
            assert not words(seen.text, foreign)
