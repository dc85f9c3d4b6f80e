"""System checks of the declarations of roles: each must be complete and free of contradictions.

How to add a role is written in `agencies.roles`.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from agencies.forms.regencies import FirstPeopleForm, RegencyForm
from agencies.notice_kinds import NoticeKind
from agencies.roles import ROLES, Home, Permission, Role, RoleSpec


@register()
def roles_are_complete(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """The declared roles of this portal."""
    return role_errors(ROLES)


def role_errors(roles: Mapping[Role, RoleSpec]) -> list[CheckMessage]:
    """What the declarations `roles` lack, by role; an empty list for a complete set.

    Reads `roles` alone, so a test can hand it a wrong one.
    """
    found: list[CheckMessage] = [
        _error("has no entry in ROLES.", role, "E001") for role in Role if not isinstance(roles.get(role), RoleSpec)
    ]
    ranks = Counter(spec.rank for spec in roles.values())
    given: frozenset[Role] = frozenset().union(*(spec.grants for spec in roles.values()))
    for role, spec in roles.items():
        found += _errors_of(role, spec)
        if ranks[spec.rank] > 1:
            found.append(_error(f"shares rank {spec.rank} with another role.", role, "E007"))
        if role not in given:
            found.append(_error("is granted by no role, so nobody can be invited to it.", role, "E008"))
    return found


def _errors_of(role: Role, spec: RoleSpec) -> Iterator[CheckMessage]:
    """The errors of one declaration."""
    if not spec.description.endswith("."):
        yield _error("has no description that is a sentence.", role, "E002")
    if spec.home not in tuple(Home):
        yield _error(f"has a home that Home does not name: {spec.home!r}.", role, "E003")
    if spec.home is Home.AGENCY and not spec.needs_agency:
        yield _error("has the home of an agency and belongs to none: give another home or needs_agency.", role, "E003")
    kinds: tuple[tuple[str, frozenset[Any], type, str], ...] = (
        ("grants", spec.grants, Role, "E004"),
        ("notices", spec.notices, NoticeKind, "E005"),
        ("permissions", spec.permissions | spec.delegable, Permission, "E006"),
    )
    for name, values, kind, number in kinds:
        unknown = sorted(str(value) for value in values if not isinstance(value, kind))
        if unknown:
            yield _error(f"has {name} that {kind.__name__} does not name: {', '.join(unknown)}.", role, number)
    if Permission.VIEW_REGENCY not in spec.permissions:
        yield _error("may not open the regency's pages: give it VIEW_REGENCY.", role, "E006")
    if spec.opening_place:
        for form in (RegencyForm, FirstPeopleForm):
            if role not in form.base_fields:
                yield _error(f"is asked for when a regency is opened; {form.__name__} has no such field.", role, "E009")


def _error(sentence: str, role: Role, number: str) -> Error:
    return Error(f"The role {role} {sentence}", hint="See the head of agencies/roles.py.", id=f"agencies.{number}")
