"""The masthead's menu for the regency a page belongs to. A context processor, so no view repeats it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from agencies.access import can, entered_regency, main_membership, regencies
from agencies.roles import Permission

# Label, the page it opens, the permission it needs, and the first words of the URL names that belong to it.
MENU: tuple[tuple[str, str, Permission, tuple[str, ...]], ...] = (
    ("Beranda", "regency_home", Permission.VIEW_REGENCY, ("regency",)),
    (
        "Inisiatif",
        "initiative_list",
        Permission.VIEW_REGENCY,
        (
            "initiative",
            "review",
            "thread",
            "comment",
            "link",
            "sheet",
            "evidence",
            "model",
            "workbook",
            "progress",
            "snippet",
        ),
    ),
    ("Keselarasan", "alignment_matrix", Permission.VIEW_REGENCY, ("alignment", "inspection", "finding", "carry_over")),
    ("RPJMD", "development_plan_list", Permission.VIEW_REGENCY, ("development_plan", "plan_element", "plan_import")),
    ("Bimtek", "workshop_list", Permission.VIEW_REGENCY, ("workshop",)),
    (
        "Buku",
        "edition_list",
        Permission.DOWNLOAD_BOOK,
        ("edition", "book", "shape", "outline", "section", "written", "analysis", "readiness", "gap", "swot"),
    ),
    ("Tim", "team_list", Permission.MANAGE_TEAM, ("team", "membership", "invitation", "agency")),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`regency`, `nav` and `acting_as` for base.html; all empty outside a regency.

    A view whose pages are about different things says with `request.belongs_to` which it is.
    """
    user = getattr(request, "user", None)
    regency = entered_regency(user) if user is not None else None
    if user is None or regency is None:
        return {"regency": None, "nav": [], "acting_as": None, "several_regencies": False}
    here = getattr(request, "belongs_to", "") or (request.resolver_match.url_name if request.resolver_match else "")
    nav = [
        {
            "label": label,
            "url": reverse(name, args=[regency.slug]),
            "current": (here or "").startswith(prefixes),
            "count": None,
        }
        for label, name, permission, prefixes in MENU
        if can(user, permission, regency)
    ]
    membership = main_membership(user, regency)
    acting_as = membership and {
        "role": membership.get_role_display(),
        "agency": membership.agency.name if membership.agency else regency.full_name,
    }
    return {
        "regency": regency,
        "nav": nav,
        "acting_as": acting_as,
        "several_regencies": len(regencies(user)) > 1,
    }
