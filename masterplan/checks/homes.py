"""System check: the home page that each role declares exists."""

from collections.abc import Container, Mapping, Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register

from agencies.roles import ROLES, Home, Role, RoleSpec


@register()
def homes_have_pages(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Compare every declared home with the existing pages; the views are loaded only here."""
    from masterplan.home.views.roles import HOMES  # noqa: PLC0415 (commands that check nothing need no views)

    return home_errors(ROLES, HOMES)


def home_errors(roles: Mapping[Role, RoleSpec], homes: Container[Home]) -> list[CheckMessage]:
    """An error for each role whose home is not among `homes`."""
    return [
        Error(
            f"The role {role} has the home {spec.home}, which has no page.",
            hint="Give that home a function in HOMES of masterplan/home/views/roles.py.",
            id="masterplan.E030",
        )
        for role, spec in roles.items()
        if spec.home not in homes
    ]
