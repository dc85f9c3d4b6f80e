"""What the list of initiatives is narrowed to: read from the address, and turned into a query."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q

from agencies.models import User
from masterplan.models.initiatives.initiative import InitiativeQuerySet
from masterplan.reference import InitiativeStatus
from smartcity.common.text import search_words, whole_number

ALL_AGENCIES = "semua"
ORDERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "kode": ("Kode", ("sub_dimension__dimension__order", "code")),
    "nama": ("Nama", ("name", "code")),
    "terbaru": ("Terakhir diubah", ("-updated_at", "code")),
    "opd": ("Perangkat daerah", ("lead_agency__order", "lead_agency__name", "code")),
}


MINE, NOBODYS = "saya", "belum"
REVIEWERS: dict[str, str] = {"": "Semua peninjau", MINE: "Saya", NOBODYS: "Belum ditentukan"}


def for_reviewer(rows: InitiativeQuerySet, wanted: str, user: User) -> InitiativeQuerySet:
    """The rows that wait for `user` (`MINE`) or for nobody in particular; an unknown value narrows nothing."""
    if wanted == MINE:
        return rows.filter(reviewer=user.pk)
    return rows.filter(reviewer=None) if wanted == NOBODYS else rows


@dataclass(frozen=True)
class InitiativeFilter:
    """A search as understood; an unknown value narrows nothing."""

    q: str = ""
    status: str = ""
    dimension: str = ""
    agency: str = ""
    order: str = "kode"

    @classmethod
    def read(cls, query: Mapping[str, str], *, default_agency: str) -> "InitiativeFilter":
        """From the address; without a word about the agency it is `default_agency`."""
        status, agency, order = query.get("status", ""), query.get("opd", default_agency), query.get("urut", "")
        return cls(
            q=search_words(query.get("q", "")),
            status=status if status in InitiativeStatus.values else "",
            dimension=query.get("dimensi", "").replace("\x00", "")[:4],
            agency=agency if whole_number(agency) else "",
            order=order if order in ORDERS else "kode",
        )

    def narrow(self, rows: InitiativeQuerySet) -> InitiativeQuerySet:
        """The rows that fit, whatever their state."""
        if self.dimension:
            rows = rows.filter(sub_dimension__dimension__code=self.dimension)
        if self.agency:
            rows = rows.filter(lead_agency_id=int(self.agency))
        for word in self.q.split():
            agency = Q(lead_agency__name__icontains=word) | Q(lead_agency__short_name__icontains=word)
            rows = rows.filter(Q(name__icontains=word) | Q(code__icontains=word) | agency)
        return rows

    def in_order(self, rows: InitiativeQuerySet) -> InitiativeQuerySet:
        """The rows of the chosen state in the chosen order."""
        if self.status:
            rows = rows.filter(status=self.status)
        return rows.order_by(*ORDERS[self.order][1])

    @property
    def is_narrow(self) -> bool:
        """Whether something other than the agency hides rows."""
        return bool(self.q or self.status or self.dimension)

    def query(self, **changes: str) -> str:
        """The address's query with `changes`; the page number is left out."""
        values = {
            "q": self.q,
            "status": self.status,
            "dimensi": self.dimension,
            "opd": self.agency or ALL_AGENCIES,
            "urut": "" if self.order == "kode" else self.order,
        }
        return urlencode({key: value for key, value in (values | changes).items() if value})
