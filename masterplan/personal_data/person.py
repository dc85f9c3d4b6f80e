"""One person as the portal knows them: the account and its addresses, or an address that was only invited."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.utils import timezone

from agencies.models import Invitation, OutgoingMail, Regency, SecurityEvent, User

from .inventory import PERSON_TABLES, PersonTable

# Whom an emptied account is called after, and where no mail can ever arrive (RFC 2606).
NOBODYS_DOMAIN = "akun.invalid"


@dataclass(frozen=True)
class DataSubject:
    """Whom a request is about. `account` is None for an address that was invited and never came."""

    account: User | None
    addresses: tuple[str, ...]

    @property
    def name(self) -> str:
        """As the account says; "" for an address alone."""
        return self.account.name if self.account else ""

    @property
    def words(self) -> list[str]:
        """Name and addresses, to search texts for."""
        return [word for word in (self.name, *self.addresses) if word]

    @property
    def is_erased(self) -> bool:
        """Whether the account has been emptied already."""
        return self.account is not None and self.account.email.endswith(f"@{NOBODYS_DOMAIN}")


def find_person(address: str) -> DataSubject | None:
    """Whoever signs in by the address or has proved it; else the address alone, if it was ever written to."""
    address = address.strip().lower()
    proved = Q(emailaddress__email__iexact=address, emailaddress__verified=True)
    account = User.objects.filter(Q(email=address) | proved).distinct().first()
    if account is not None:
        return DataSubject(account, tuple(dict.fromkeys([account.email, *_further_addresses(account)])))
    known = (
        Invitation.objects.filter(email__iexact=address),
        OutgoingMail.objects.filter(to__iexact=address),
        SecurityEvent.objects.filter(subject__iexact=address),
    )
    return DataSubject(None, (address,)) if any(rows.exists() for rows in known) else None


def _further_addresses(account: User) -> list[str]:
    """Those the account has proved, and those it only claims where nobody else has them."""
    rows = EmailAddress.objects.filter(user=account)
    theirs = Q(email__in=User.objects.exclude(pk=account.pk).values("email")) | Q(
        email__in=EmailAddress.objects.filter(verified=True).exclude(user=account).values("email")
    )
    return [row.email.lower() for row in rows.exclude(theirs & Q(verified=False)).order_by("pk")]


def rows_about(person: DataSubject, about: PersonTable) -> QuerySet[Any]:
    """The rows of a table of the inventory that are about the person."""
    model = apps.get_model(about.table)
    if model is Session:
        return Session.objects.filter(pk__in=sessions_of(person))
    wanted = Q(pk__in=[])
    for lookup in about.account if person.account else ():
        wanted |= Q(**{lookup: person.account.pk})  # type: ignore[union-attr]
    for lookup in about.address:
        for address in person.addresses:
            wanted |= Q(**{f"{lookup}__iexact": address})
    for lookup in about.name if person.name else ():
        wanted |= Q(**{f"{lookup}__iexact": person.name, "page__workshop__regency__in": regencies_of(person)})
    return model._base_manager.filter(wanted).order_by("pk")


def sessions_of(person: DataSubject) -> list[str]:
    """Keys of the sessions in which the person is signed in; the account stands inside of each."""
    if person.account is None:
        return []
    open_ones = Session.objects.filter(expire_date__gte=timezone.now())
    wanted = str(person.account.pk)
    return [row.pk for row in open_ones.iterator() if row.get_decoded().get(SESSION_KEY) == wanted]


def regencies_of(person: DataSubject) -> QuerySet[Regency]:
    """Where the person holds or held a role, or was invited to one."""
    held = Q(memberships__user=person.account) if person.account else Q()
    return Regency.objects.filter(held | Q(invitations__email__in=person.addresses)).distinct()


def kept_about(person: DataSubject) -> Iterator[tuple[PersonTable, QuerySet[Any]]]:
    """The inventory's tables in order, each with its rows about the person."""
    for about in PERSON_TABLES:
        yield about, rows_about(person, about)
