"""Whoever asks sees what is kept about them, and after erasing nothing of any table knows them, but what has to (S16)."""

import json
import stat
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from agencies.actions import invitations, notices, team
from agencies.mail import queue
from agencies.models import (
    Digest,
    Invitation,
    Membership,
    MinistryMember,
    Notice,
    OutgoingMail,
    SecurityEvent,
    User,
)
from agencies.roles import Role
from masterplan.books import actions as books
from masterplan.discussion.actions import threads
from masterplan.editions import actions as editions
from masterplan.initiatives.actions import presence
from masterplan.models import Attendee, BookJob, EditionReading, EvidenceUpload, InitiativePresence, SignInPage, Thread
from masterplan.national.actions.desk_views import keep_view
from masterplan.personal_data.acts import ACTS
from masterplan.personal_data.inventory import PERSON_TABLES, ErasureEffect
from masterplan.registry import SECTIONS
from tests.factories import make_person
from tests.sweep.conftest import World
from tests.sweep.content import mail_news

NAME, ADDRESS, SECOND = "Wulandari Qoriantika", "wulandari.qori@contoh.test", "qori.pribadi@contoh.test"
PASSWORD, TOTP = "Sandi-Rahasia-77", "RAHASIATOTPQORI7"
# Tables whose rows are only ever added; the record of access keeps the address it was about.
APPEND_ONLY = (
    *("agencies.SecurityEvent", "masterplan.InitiativeChange", "masterplan.WritingChange"),
    *("masterplan.StatusChange", "masterplan.BookDownload"),
)


@pytest.fixture
def qori(world: World) -> User:
    """The coordinator of my regency, who has done what coordinators do, and left a trace of every other kind too."""
    mine = world.mine
    person = User.objects.get(pk=mine.people["coordinator"].pk)  # the world's own object is shared with other tests
    person.name, person.email, person.is_staff = NAME, ADDRESS, True
    person.set_password(PASSWORD)
    person.save()
    Client().force_login(person)
    person.groups.add(Group.objects.create(name="pengelola"))
    person.user_permissions.add(Permission.objects.first())
    EmailAddress.objects.create(user=person, email=ADDRESS, primary=True, verified=True)
    further = EmailAddress.objects.create(user=person, email=SECOND)
    EmailConfirmation.objects.create(email_address=further, key="kunci-surel-qori", sent=timezone.now())
    Authenticator.objects.create(user=person, type="totp", data={"secret": TOTP})
    SocialAccount.objects.create(user=person, provider="https://masuk.contoh.test", uid="tanda-qori")
    boss = mine.people["administrator"]
    team.invite(mine.regency, by=person, email="calon.staf@contoh.test", role=Role.AGENCY_STAFF, agency=mine.agency)
    invitations.accept_invitation(
        team.invite(mine.regency, by=boss, email=ADDRESS, role=Role.ADMINISTRATOR), by=User.objects.get(pk=person.pk)
    )
    team.invite(mine.regency, by=boss, email=ADDRESS, role=Role.EXECUTIVE)
    MinistryMember.objects.create(user=person, role=Role.EXPERT)
    keep_view(by=User.objects.get(pk=person.pk), name="Tampilan saya", query="keadaan=menyusun")
    notices.choose({"book": "digest"}, by=person)
    mail_news()
    queue(ADDRESS, "Kabar", "Isi.", recipient=person, news="book")
    queue(SECOND, "Pastikan alamat", f"Yth. {NAME}")
    Digest.objects.get_or_create(user=person, day=timezone.localdate())
    thread = Thread.objects.filter(initiative__master_plan=mine.plan, private_to=None)[0]
    threads.reply(thread, body="Balasan saya", by=person)
    presence.announce(mine.initiatives["in_review"], section=SECTIONS[0].key, by=person)
    editions.note_reading(mine.editions[0], by=person)
    books.record_download(BookJob.objects.filter(file__isnull=False, snapshot__master_plan=mine.plan)[0], by=person)
    EvidenceUpload.objects.create(
        initiative=mine.initiatives["draft"], by=person, key="q", name="ktp.pdf", size=9, part="bukti/qori.part"
    )
    day = SignInPage.objects.filter(workshop__regency=mine.regency)[0]
    Attendee.objects.create(page=day, name=NAME.upper(), position="Kepala", institution="Kampus", mode="on_site")
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.log_actions(boss.pk, [person], CHANGE, [{"changed": {"fields": ["Nama"]}}])
    assert LogEntry.objects.filter(content_type=kind, object_repr=NAME).exists()
    # What somebody else writes of her is theirs.
    threads.reply(thread, body=f"Sudah dibahas dengan {NAME}.", by=mine.people["agency_head"])
    make_person(mine.regency, Role.COORDINATOR)
    return person


def erase(address: str, *options: str) -> str:
    output = StringIO()
    call_command("erase_person", address, *options, stdout=output)
    return output.getvalue()


def exported(address: str, path: Path) -> dict[str, Any]:
    call_command("export_person", address, out=path, stdout=StringIO())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def cells() -> Iterator[tuple[str, str]]:
    """Every column of every table of the database, of Django's own and of no model too, with each text that stands there."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                cursor.execute(f'SELECT CAST("{column.name}" AS text) FROM "{table}"')
                for (text,) in cursor.fetchall():
                    yield f"{table}.{column.name}", text or ""


def written(*words: str) -> dict[str, int]:
    """Table and column -> how often one of `words` stands there."""
    found: dict[str, int] = {}
    for place, text in cells():
        if any(word.lower() in text.lower() for word in words):
            found[place] = found.get(place, 0) + 1
    return found


def rows(table: str) -> list[dict[str, Any]]:
    return list(apps.get_model(table)._base_manager.order_by("pk").values())


def test_an_export_holds_every_kind_of_row_and_no_secret(qori: User, tmp_path: Path) -> None:
    found = exported(ADDRESS.upper(), tmp_path / "qori.json")
    tables = {entry["tabel"].partition("(")[2].rstrip(")"): entry["baris"] for entry in found["yang disimpan"]}
    assert list(tables) == [about.table for about in PERSON_TABLES]
    assert [table for table, kept in tables.items() if not kept] == []
    assert found["alamat"] == [ADDRESS, SECOND]
    account = tables["agencies.User"][0]
    assert (account["nama"], account["alamat surel"], account["kata sandi (hanya sidiknya)"]) == (
        NAME,
        ADDRESS,
        "tersimpan",
    )
    acts = found["yang dilakukan"]["baris"]
    assert {"mengunduh buku", "menyetujui inisiatif", "menulis tanggapan", "mengundang"} <= {act["apa"] for act in acts}
    assert all(act["wilayah"] for act in acts if act["tabel"].endswith("(masterplan.Comment)"))
    text = json.dumps(found, ensure_ascii=False)
    assert "Balasan saya" in text
    assert "Sudah dibahas" not in text
    held = [qori.password, TOTP, "kunci-surel-qori", *Session.objects.values_list("pk", flat=True)]
    held += [invitations.invitation_url(invitation) for invitation in Invitation.objects.all()]
    assert [secret for secret in held if secret in text] == []
    places = {entry["tempat"].rpartition("(")[2].rstrip(")") for entry in found["nama atau alamat tertulis dalam"]}
    assert {"agencies.User.name", "masterplan.Comment.body", "agencies.SecurityEvent.subject"} <= places


def test_who_is_erased_is_known_to_no_table_any_more(qori: User) -> None:
    browser = Client()
    browser.force_login(qori)
    assert browser.get("/panduan/").wsgi_request.user == qori
    assert len(written(NAME, ADDRESS, SECOND)) > 10
    frozen = {table: rows(table) for table in APPEND_ONLY}
    acting = {act.column: set(acted(act.column, qori)) for act in ACTS}
    erase(ADDRESS, "--confirm")

    # A sentence of somebody else stays, and so does the news of it, for a while.
    assert set(written(NAME)) == {"masterplan_comment.body", "agencies_notice.text"}
    assert written(SECOND) == {}
    assert set(written(ADDRESS)) == {"agencies_securityevent.subject"}
    for table, before in frozen.items():
        assert rows(table)[: len(before)] == before, table
    # Every act is still there and names the emptied account; only a printed list of those who came went with her name.
    gone = {column for column, before in acting.items() if before - set(acted(column, qori))}
    assert gone == {"masterplan.WorkshopPaper.requested_by"}
    emptied = User.objects.get(pk=qori.pk)
    assert (emptied.name, emptied.email) == (f"Akun dihapus {qori.pk}", f"dihapus-{qori.pk}@akun.invalid")
    assert not emptied.is_active
    assert not emptied.is_staff
    assert not emptied.has_usable_password()
    assert not Membership.objects.active_on(timezone.localdate()).filter(user=qori).exists()
    assert not Membership.objects.active_on(timezone.localdate() + timedelta(days=1)).filter(user=qori).exists()
    for about in PERSON_TABLES:
        if about.effect is ErasureEffect.REMOVED and about.account:
            assert not apps.get_model(about.table)._base_manager.filter(**{about.account[0]: qori.pk}).exists(), (
                about.table
            )
    open_offers = Invitation.objects.filter(invited_by=qori, accepted_at=None, revoked_at=None)
    assert not open_offers.exists()
    # The session that is open ends with the next request, and nobody can sign in.
    assert browser.get("/", follow=False).url.startswith("/akun/login/")
    answer = browser.post("/akun/login/", {"login": ADDRESS, "password": PASSWORD})
    assert answer.status_code == 200
    assert "tidak cocok" in answer.content.decode()


def acted(column: str, person: User) -> list[int]:
    table, _, name = column.rpartition(".")
    return list(apps.get_model(table)._base_manager.filter(**{name: person.pk}).values_list("pk", flat=True))


def test_without_confirm_nothing_changes_and_the_figures_are_those_of_the_act(qori: User) -> None:
    before = sorted(cells())
    output = erase(ADDRESS)
    assert sorted(cells()) == before
    assert "Belum ada yang diubah" in output
    assert "2 × keanggotaan (agencies.Membership): diakhiri" in output
    figures = [line for line in output.splitlines() if "×" in line and "Comment" not in line]
    done = erase(ADDRESS, "--confirm")
    assert [line for line in figures if line not in done] == []
    assert "tanggapan (masterplan.Comment.body)" in output


def test_erasing_twice_says_that_it_is_done(qori: User, tmp_path: Path) -> None:
    erase(ADDRESS, "--confirm")
    before = sorted(cells())
    assert "Sudah dihapus" in erase(ADDRESS, "--confirm")  # the record of access still knows the address
    assert "Sudah dihapus" in erase(f"dihapus-{qori.pk}@akun.invalid", "--confirm")
    assert "belum pernah ada, atau sudah dihapus" in erase("tidak.dikenal@contoh.test", "--confirm")
    assert sorted(cells()) == before
    with pytest.raises(CommandError, match="Tidak ada akun, undangan, atau surel"):
        call_command("export_person", "tidak.dikenal@contoh.test")
    with pytest.raises(CommandError, match="tidak dapat ditulis"):
        call_command("export_person", ADDRESS, out=tmp_path / "tidak-ada" / "qori.json")


@pytest.mark.parametrize(("who", "words"), [("coordinator", "koordinator"), ("administrator", "administrator")])
def test_the_last_of_a_regency_is_not_erased(world: World, who: str, words: str) -> None:
    before = sorted(cells())
    with pytest.raises(CommandError, match=f"{words} terakhir di .*Angkat penggantinya"):
        erase(world.mine.people[who].email, "--confirm")
    assert sorted(cells()) == before


def test_an_address_that_was_only_invited_is_forgotten(world: World) -> None:
    offer = world.mine.invitations["staff"]
    others = Invitation.objects.exclude(pk=offer.pk).count()
    assert OutgoingMail.objects.filter(to=offer.email).exists()
    erase(offer.email, "--confirm")
    assert invitations.find_invitation(offer.token) is None
    assert set(written(offer.email)) == {"agencies_securityevent.subject"}
    assert Invitation.objects.count() == others


def test_nobody_else_loses_anything(qori: User, world: World) -> None:
    others = [person for person in world.mine.people.values() if person != qori]
    models = (Notice, InitiativePresence, EditionReading)
    before = [model.objects.exclude(user=qori).count() for model in models]
    known = {person.pk: (person.name, person.email) for person in others}
    events = SecurityEvent.objects.count()
    erase(ADDRESS, "--confirm")
    assert [model.objects.exclude(user=qori).count() for model in models] == before
    assert {person.pk: (person.name, person.email) for person in User.objects.filter(pk__in=known)} == known
    events_since = SecurityEvent.objects.order_by("pk")[events:]
    assert {(event.actor_id, event.subject) for event in events_since if event.kind == "suspended"} == {
        (qori.pk, f"dihapus-{qori.pk}@akun.invalid")
    }
