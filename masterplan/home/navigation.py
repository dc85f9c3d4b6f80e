"""The masthead's menu, of the regency a page belongs to or of the ministry. A context processor: no view repeats it."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from agencies.access import (
    AnyUser,
    can,
    entered_regency,
    is_manager,
    is_regency_wide,
    main_membership,
    ministry_member,
    regencies,
)
from agencies.models import Regency, User
from agencies.notices import unread_news
from agencies.roles import Permission


@dataclass(frozen=True)
class MenuEntry:
    """One page of the menu: who sees it, and the first words of the URL names that belong to it.

    Neighbours that name the same `group` share one place in the masthead.
    """

    label: str
    page: str
    permission: Permission
    prefixes: tuple[str, ...]
    group: str = ""
    is_regency_wide: bool = False

    def is_for(self, user: User, regency: Regency) -> bool:
        """Whether `user` may open the page."""
        allowed = is_regency_wide if self.is_regency_wide else can
        return allowed(user, self.permission, regency)


_PLANS, _WATCHING = "Rencana", "Pantauan"
MENU: tuple[MenuEntry, ...] = (
    MenuEntry("Beranda", "regency_home", Permission.VIEW_REGENCY, ("regency_home",)),
    MenuEntry(
        "Inisiatif",
        "initiative_list",
        Permission.VIEW_REGENCY,
        ("initiative", "review", "thread", "comment", "link", "sheet", "evidence", "model", "workbook", "snippet"),
    ),
    MenuEntry(
        "Keselarasan",
        "alignment_matrix",
        Permission.VIEW_REGENCY,
        ("alignment", "inspection", "finding", "carry_over"),
    ),
    MenuEntry("Rencana induk", "master_plan_list", Permission.VIEW_REGENCY, ("master_plan",), group=_PLANS),
    MenuEntry(
        "RPJMD",
        "development_plan_list",
        Permission.VIEW_REGENCY,
        ("development_plan", "plan_element", "plan_import"),
        group=_PLANS,
    ),
    MenuEntry("Bimtek", "workshop_list", Permission.VIEW_REGENCY, ("workshop",)),
    MenuEntry(
        "Buku",
        "edition_list",
        Permission.DOWNLOAD_BOOK,
        ("edition", "book", "format", "outline", "section", "written", "analysis", "readiness", "gap", "swot"),
    ),
    MenuEntry(
        "Ikhtisar",
        "regency_overview",
        Permission.VIEW_REGENCY,
        (
            "regency_overview",
            "regency_coverage",
            "regency_plenary",
            "regency_reminders",
            "regency_letter",
            "regency_deadline",
            "regency_extension",
        ),
        group=_WATCHING,
        is_regency_wide=True,
    ),
    MenuEntry("Kemajuan", "progress_list", Permission.VIEW_REGENCY, ("progress",), group=_WATCHING),
    MenuEntry("Tim", "team_list", Permission.MANAGE_TEAM, ("team", "membership", "invitation", "agency")),
)
# The menu of the ministry: label, page, the first words of its URL names, whether it is for managers alone.
MINISTRY_MENU: tuple[tuple[str, str, tuple[str, ...], bool], ...] = (
    ("Wilayah", "national_desk", ("national_desk", "national_view", "national_export"), False),
    ("Peta", "national_map", ("national_map",), False),
    ("Orang", "member_list", ("member", "grant", "ministry"), True),
    ("Putaran", "round_list", ("round", "participation", "cluster"), True),
)
# Pages about the person alone: whoever belongs to one regency keeps its menu there, to several a way back to the list.
_ONES_OWN = ("account", "mfa", "notice", "guide")
_WAY_BACK = {"label": "Wilayah Anda", "current": False, "count": None, "pages": []}


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`regency`, `nav`, `acting_as` and `unread_news` for base.html; outside a regency without its menu.

    A view whose pages are about different things says with `request.belongs_to` which it is.
    """
    user = getattr(request, "user", None)
    here = getattr(request, "belongs_to", "") or (request.resolver_match and request.resolver_match.url_name) or ""
    regency = _regency_of(user, here) if user is not None else None
    unread = unread_news(user) if isinstance(user, User) else 0
    member = ministry_member(user) if user is not None else None
    several = user is not None and (len(regencies(user)) > 1 or member is not None)
    if user is not None and regency is None and member is not None:
        return {
            "regency": None,
            "nav": _ministry_menu(is_manager(user), here),
            "acting_as": {"role": member.get_role_display(), "agency": "Kementerian"},
            "questions_to": "pengelola program di kementerian",
            "several_regencies": bool(regencies(user)),
            "unread_news": unread,
        }
    if user is None or regency is None:
        back = [_WAY_BACK | {"url": reverse("home")}] if several and here.startswith(_ONES_OWN) else []
        return {"regency": None, "nav": back, "acting_as": None, "several_regencies": bool(back), "unread_news": unread}
    entries = [entry for entry in MENU if entry.is_for(user, regency)]
    membership = main_membership(user, regency)
    acting_as = membership and {
        "role": membership.get_role_display(),
        "agency": membership.agency.name if membership.agency else regency.full_name,
    }
    return {
        "regency": regency,
        "nav": [_place(list(found), regency, here) for _, found in groupby(entries, lambda each: each.group or each)],
        "acting_as": acting_as,
        "several_regencies": several,
        "unread_news": unread,
    }


def _ministry_menu(is_managing: bool, here: str) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": reverse(page), "current": here.startswith(prefixes), "count": None, "pages": []}
        for label, page, prefixes, for_managers in MINISTRY_MENU
        if is_managing or not for_managers
    ]


def _regency_of(user: AnyUser, here: str) -> Regency | None:
    """The regency that was entered; on a page about the person the one they belong to, if it is one."""
    entered = entered_regency(user)
    if entered is not None or not here.startswith(_ONES_OWN):
        return entered
    mine = regencies(user)
    return mine[0] if len(mine) == 1 and ministry_member(user) is None else None


def _place(entries: list[MenuEntry], regency: Regency, here: str) -> dict[str, Any]:
    """One place of the menu: a page, or several behind the name of their group."""
    pages = [
        {
            "label": entry.label,
            "url": reverse(entry.page, args=[regency.slug]),
            "current": here.startswith(entry.prefixes),
            "count": None,
        }
        for entry in entries
    ]
    if len(pages) == 1:
        return pages[0] | {"pages": []}
    return {"label": entries[0].group, "current": any(page["current"] for page in pages), "pages": pages}
