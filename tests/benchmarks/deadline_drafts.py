"""What stands before the night of a deadline, made inside the processes of a portal under test: drafts, and books to print.

Called through `Portal.ask`, where there is no pytest: each function returns something JSON can say.
"""

from agencies.models import User
from masterplan.books import actions as books
from masterplan.editions import actions as editions
from masterplan.models import MasterPlan, Snapshot
from masterplan.reference import EditionScope
from tests.factories import make_initiative


def _plan() -> MasterPlan:
    return MasterPlan.objects.select_related("regency").get(regency__slug="kabupaten-semarang", is_current=True)


def _person(login: str) -> User:
    return User.objects.get(email=f"{login}@contoh.test")


def drafts(count: int, complete: bool) -> list[list[int]]:
    """That many drafts of the agency of the sample's clerk, `complete` ones ready to be sent: id and version of each."""
    plan, clerk = _plan(), _person("petugas")
    agency = clerk.memberships.get(regency=plan.regency).agency
    made = (
        make_initiative(plan, agency=agency, by=clerk, name=f"Layanan {number}", complete=complete)
        for number in range(count)
    )
    return [[initiative.pk, initiative.edit_version] for initiative in made]


def ask_for_books(variants: list[str]) -> int:
    """The coordinator freezes an edition and asks for its Buku 2 in each variant. Returns the number of the edition."""
    by = _person("koordinator")
    edition: Snapshot = editions.take_snapshot(_plan(), by=by, scope=EditionScope.SUBMITTED, label="Malam batas kirim")
    for variant in variants:
        books.request_book(edition, by=by, book="buku-2", variant=variant)
    return edition.number
