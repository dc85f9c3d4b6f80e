"""Erasing a person: rows about them are deleted or emptied as the inventory says; the record of the office stays.

Tables whose rows are only ever added are not touched. What the office wrote is not either; `still_written` names it.
"""

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from agencies.actions.leaving import leave_everywhere, leave_ministry
from agencies.models import Invitation, User
from masterplan.models import Attendee, EvidenceUpload
from masterplan.personal_data.inventory import MENTIONS, PERSON_TABLES, ErasureEffect, Mention, PersonTable
from masterplan.personal_data.person import NOBODYS_DOMAIN, DataSubject, rows_about
from masterplan.personal_data.search import contains_any, spellings
from masterplan.workshops.actions.attendance import forget_person
from smartcity.common.storage.files import forget_with_files


@dataclass(frozen=True)
class ErasureResult:
    """What was done with how many rows of a table."""

    table: str
    effect: str
    count: int


@transaction.atomic
def erase(person: DataSubject, *, by: None = None) -> list[ErasureResult]:
    """Empty the account, or forget an address that never had one; nobody of a regency acts, the person has asked.

    Returns what was done, which is nothing for somebody who is erased already. Raises ValidationError where a regency
    would be left without its last administrator or coordinator, or the programme without its last manager.
    """
    if person.is_erased:
        return []
    done = []
    if person.account is not None:
        account = _emptied(User.objects.get(pk=person.account.pk))
        done.append(ErasureResult("agencies.Membership", ErasureEffect.ENDED.value, leave_everywhere(account)))
        done.append(ErasureResult("agencies.MinistryMember", ErasureEffect.ENDED.value, leave_ministry(account)))
        account.save()
        done.append(ErasureResult("agencies.User", ErasureEffect.REPLACED.value, 1))
    done += [
        ErasureResult(about.table, about.effect.value, _remove(person, about))
        for about in PERSON_TABLES
        if about.effect is ErasureEffect.REMOVED
    ]
    done.append(ErasureResult("agencies.Invitation", ErasureEffect.REPLACED.value, _forget_invitations(person)))
    done += [
        ErasureResult(mention.table, ErasureEffect.REPLACED.value, _put_marker(person, mention)) for mention in MENTIONS
    ]
    return [one for one in done if one.count]


def _remove(person: DataSubject, about: PersonTable) -> int:
    """The rows themselves, with the files that only they name."""
    rows = rows_about(person, about)
    model = apps.get_model(about.table)
    if model is Attendee:
        return forget_person(rows)
    if model is EvidenceUpload:
        return forget_with_files(rows, lambda upload: [upload.part])
    count = rows.count()
    rows.delete()
    return count


def _emptied(account: User) -> User:
    """The emptied account: no personal data, no access, and an address that receives no mail."""
    account.name, account.email = _marker(account.pk), f"dihapus-{account.pk}@{NOBODYS_DOMAIN}"
    account.is_active = account.is_staff = account.is_superuser = False
    account.last_login = None
    account.set_unusable_password()
    return account


def _marker(pk: int) -> str:
    return f"Akun dihapus {pk}"


def _forget_invitations(person: DataSubject) -> int:
    """What was taken up tells who let the account in, and stays without the address. What was not leads nowhere any
    more: the record of access says that it was offered.
    """
    mine = Q(email__in=person.addresses)
    count, _ = Invitation.objects.filter(mine, accepted_at=None).delete()
    if person.account is not None:
        neutral = f"dihapus-{person.account.pk}@{NOBODYS_DOMAIN}"
        count += Invitation.objects.filter(mine | Q(accepted_by=person.account)).update(email=neutral)
    return count


def _put_marker(person: DataSubject, mention: Mention) -> int:
    """Exchange the person's name and addresses, as whole words, in what the portal wrote."""
    words = sorted(spellings(person.words), key=len, reverse=True)
    marker = _marker(person.account.pk) if person.account else "alamat yang dihapus"
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)", re.IGNORECASE)
    wanted = reduce(or_, (contains_any(column, words) for column in mention.columns))
    changed = 0
    for row in apps.get_model(mention.table)._base_manager.filter(wanted, **dict(mention.only)).iterator():
        before = {column: getattr(row, column) for column in mention.columns}
        after = {column: pattern.sub(marker, text) for column, text in before.items()}
        if after != before:
            type(row)._base_manager.filter(pk=row.pk).update(**after)
            changed += 1
    return changed
