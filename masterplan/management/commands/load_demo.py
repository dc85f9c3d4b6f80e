"""`manage.py load_demo`: the sample regency with its accounts, and a second one to see that neither sees the other."""

import secrets
import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import transaction

from agencies.models import Notice, OutgoingMail, Regency, User
from masterplan.books import actions as books
from masterplan.discussion.actions import snippets
from masterplan.editions import actions as editions
from masterplan.management.sample.analyses import load_analyses
from masterplan.management.sample.conversations import load_section_conversations
from masterplan.management.sample.files import sample
from masterplan.management.sample.initiatives import InitiativeLoader
from masterplan.management.sample.ministry import MINISTRY_ACCOUNTS, load_ministry
from masterplan.management.sample.notices import mark_past_notices_read
from masterplan.management.sample.pictures import load_picture
from masterplan.management.sample.plans import load_master_plan, load_renstra, load_rpjmd
from masterplan.management.sample.progress import load_progress
from masterplan.management.sample.regencies import (
    ACCOUNTS,
    DOMAIN,
    SampleRegency,
    load_accounts,
    load_other,
    load_semarang,
)
from masterplan.management.sample.workshops import load_bimtek
from masterplan.models import MasterPlan, ReplySnippet
from masterplan.reasoning import plan_figures
from masterplan.reference import BookName
from masterplan.sections.actions import outline
from smartcity.common.task_queue import without_enqueueing

VISION = (
    "Kabupaten Semarang yang melayani, berdaya, dan lestari dengan gotong royong dan teknologi yang tepat guna (contoh)"
)


class Command(BaseCommand):
    """Load the sample once; later calls only see to the password and say who may sign in."""

    help = "Memuat Kabupaten Semarang sebagai contoh beserta akun tiap peran. Aman dijalankan berulang."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Options of the command."""
        parser.add_argument("--no-book", action="store_true", help="jangan mengantrekan Buku 2")

    def handle(self, *args: Any, **options: Any) -> None:
        """Refuse outside demo mode, load, print the accounts."""
        if not settings.DEMO:
            raise CommandError("Data contoh hanya untuk mode contoh. Jalankan dengan DEMO=1 bila memang dikehendaki.")
        password = settings.DEMO_PASSWORD or secrets.token_urlsafe(9)
        if not Regency.objects.filter(slug="kabupaten-semarang").exists():
            self.stdout.write("Memuat kabupaten contoh.")
            self.stdout.flush()
            with transaction.atomic():
                with without_enqueueing():
                    plan, people = _load(password)
                    OutgoingMail.objects.all().delete()
                    Notice.objects.update(waits="")  # nobody reads these mailboxes; the page of news shows them
                    mark_past_notices_read()
                if not options["no_book"]:
                    edition = editions.take_snapshot(plan, by=people["koordinator"], label="Edisi contoh")
                    books.request_book(edition, book=BookName.MASTER_PLAN, by=people["koordinator"])
        else:
            _set_password(password)
        self._tell(password)

    def _tell(self, password: str) -> None:
        self.stdout.write("\nAkun contoh, kata sandi untuk semua: " + password)
        for local, _name, role, _agency, _may_submit in ACCOUNTS:
            self.stdout.write(f"  {local}@{DOMAIN:<16} {role.label}")
        for local, _name, role in MINISTRY_ACCOUNTS:
            self.stdout.write(f"  {local}@{DOMAIN:<16} {role.label}")
        self.stdout.write(f"  luar@{DOMAIN:<16} Koordinator kabupaten lain\n")
        sys.stdout.flush()


def _load(password: str) -> tuple[MasterPlan, dict[str, User]]:
    place, second = load_semarang(), sample("second_regency.json")
    other = load_other(second)
    people = load_accounts(place, other, password) | load_ministry(place, other, password)
    rpjmd = load_rpjmd(place, sample("rpjmd.json"))
    load_rpjmd(place, sample("rpjmd_2025.json"), predecessor=rpjmd)
    renstra = load_renstra(place, sample("renstra.json"), rpjmd)
    plan = load_master_plan(place, rpjmd, VISION)
    outline.complete_outline(plan, bodies=sample("sections.json"), by=people["koordinator"])
    load_picture(plan, by=people["koordinator"])
    loader = InitiativeLoader(place, plan, people, rpjmd, renstra)
    rows = [*sample("initiatives-go-br-ec.json"), *sample("initiatives-li-so-en.json")]
    loaded = {row["ref"]: loader.load(row) for row in rows}
    load_section_conversations(plan, sample("section_threads.json"), place=place, people=people)
    load_analyses(plan, sample("analyses.json"), loaded, by=people["koordinator"])
    load_bimtek(place, sample("workshops.json"), by=people["koordinator"])
    load_progress(plan, sample("progress.json"), loaded, place=place, by=people["koordinator"])
    for words in sample("snippets.json"):
        snippets.save_snippet(ReplySnippet(regency=place.regency), by=people["koordinator"], **words)
    _load_other_plan(other, second, people["luar"])
    plan_figures.refresh_all()
    return plan, people


def _load_other_plan(place: SampleRegency, data: dict[str, Any], coordinator: User) -> None:
    rpjmd = load_rpjmd(place, data["rpjmd"])
    plan = load_master_plan(place, rpjmd, "Contoh visi kabupaten lain.")
    outline.complete_outline(plan, bodies={}, by=coordinator)
    loader = InitiativeLoader(place, plan, {"koordinator": coordinator}, rpjmd, {})
    for row in data["initiatives"]:
        loader.load(row)


def _set_password(password: str) -> None:
    """A sample account always opens with the password that is printed."""
    names = [f"{local}@{DOMAIN}" for local, *_ in (*ACCOUNTS, *MINISTRY_ACCOUNTS)] + [f"luar@{DOMAIN}"]
    for user in User.objects.filter(email__in=names):
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])
