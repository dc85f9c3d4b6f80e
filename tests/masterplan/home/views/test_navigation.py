"""The menu names the place in which one is, on every page of a regency, and offers what the person may open."""

import pytest
from django.urls import reverse

from agencies.models import Membership, NoticeKind
from agencies.notices import notify
from agencies.roles import Role
from masterplan.home.navigation import MENU
from tests.factories import make_regency
from tests.sweep.addresses import names_in_urlconf

# Pages of nobody's chapter: the list of regencies, the guide, a person's own news, the public check of books, and what
# only scripts and machines ask for.
APART = {
    "home", "guide", "healthz", "readyz", "attendance", "text_paste", "verification", "verification_detail",
    "notice_list", "notice_open", "notice_read_all", "notice_settings", "notice_stop",
}  # fmt: skip


def test_every_page_belongs_to_an_entry_of_the_menu():
    prefixes = tuple(prefix for entry in MENU for prefix in entry.prefixes)

    assert {name for name in names_in_urlconf() if not name.startswith(prefixes)} == APART


EVERYBODY = ["Beranda", "Inisiatif", "Keselarasan", {"Rencana": ["Rencana induk", "RPJMD"]}, "Bimtek"]
WATCHING = {"Pantauan": ["Ikhtisar", "Kemajuan"]}


@pytest.mark.parametrize(
    ("persona", "menu"),
    [
        ("drafter", [*EVERYBODY, "Buku", "Kemajuan"]),
        ("agency_head", [*EVERYBODY, "Buku", "Kemajuan"]),
        ("coordinator", [*EVERYBODY, "Buku", WATCHING, "Tim"]),
        ("executive", [*EVERYBODY, "Buku", WATCHING]),
        ("expert", [*EVERYBODY, "Buku", WATCHING]),
        ("administrator", [*EVERYBODY, WATCHING, "Tim"]),
    ],
)
def test_everybody_is_offered_what_they_may_open(client_of, regency, plan, persona, menu, request):
    client = client_of(request.getfixturevalue(persona))
    page = client.get(reverse("regency_home", args=[regency.slug]))

    assert _labels(page.context["nav"]) == menu
    pages = [each for place in page.context["nav"] for each in place["pages"] or [place]]
    assert [client.get(each["url"]).status_code for each in pages] == [200] * len(pages)
    assert [each["label"] for each in pages if each["current"]] == ["Beranda"]


def test_a_group_is_current_with_any_of_its_pages(client_of, regency, plan, coordinator):
    page = client_of(coordinator).get(reverse("regency_coverage", args=[regency.slug]))

    (place,) = [each for each in page.context["nav"] if each["current"]]
    assert (place["label"], [each["label"] for each in place["pages"] if each["current"]]) == ("Pantauan", ["Ikhtisar"])


@pytest.mark.parametrize("address", ["notice_list", "account_change_password", "mfa_index", "guide"])
def test_pages_of_ones_own_keep_the_menu_of_the_one_regency(client_of, regency, drafter, address):
    client = client_of(drafter)
    assert client.get(reverse(address)).context["regency"] == regency

    Membership.objects.create(user=drafter, regency=make_regency("Salatiga Uji"), role=Role.EXECUTIVE)
    page = client.get(reverse(address))
    assert page.context["regency"] is None
    assert [(place["label"], place["url"]) for place in page.context["nav"]] == [("Wilayah Anda", reverse("home"))]
    assert "Ganti wilayah" in page.content.decode()


@pytest.mark.parametrize("address", ["verification", "home"])
def test_what_is_public_and_the_list_itself_are_of_no_regency(client_of, drafter, address):
    Membership.objects.create(user=drafter, regency=make_regency("Salatiga Uji"), role=Role.EXECUTIVE)
    page = client_of(drafter).get(reverse(address))

    assert (page.context["regency"], page.context["nav"], page.context["several_regencies"]) == (None, [], False)


def test_the_masthead_counts_what_was_not_read(client_of, regency, drafter):
    client, home = client_of(drafter), reverse("regency_home", args=[regency.slug])
    assert "Kabar belum dibaca" not in client.get(home).content.decode()
    context = {"by_role": "Koordinator"}
    notify(drafter.memberships.all(), NoticeKind.COMMENTED, "GO-01 Tiket", "filled_in_on_behalf", context, path=home)

    page = client.get(home)
    assert page.context["unread_news"] == 1
    assert "Kabar belum dibaca: </span>1<" in page.content.decode()
    assert "Kabar (1)" in page.content.decode()
    client.post(reverse("notice_read_all"))
    assert client.get(home).context["unread_news"] == 0


def _labels(nav):
    return [
        {place["label"]: [page["label"] for page in place["pages"]]} if place["pages"] else place["label"]
        for place in nav
    ]
