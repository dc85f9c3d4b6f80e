"""Who gets where among the pages of the ministry: every address as every persona, with unknown ids, read and sent."""

import re

import pytest
from django.urls import get_resolver, reverse

from agencies.actions import grants, ministry, rounds
from agencies.actions.grants import Scope
from agencies.models import Cluster, Grant, Invitation, Participation, SecurityEvent
from agencies.roles import Role
from masterplan.models import DeskView
from masterplan.national.actions.desk_views import keep_view
from tests.factories import make_member

PREFIX = "kementerian/"
# For managers alone; an expert is refused. All others of the ministry may open the rest.
FOR_MANAGERS = {
    "ministry_edit", "member_list", "member_invite", "member_invitation", "member_invitation_revoke", "member_edit",
    "member_suspend", "member_reinstate", "grant_create", "grant_end", "round_list", "round_create", "round_detail",
    "round_edit", "participation_end", "cluster_remove",
}  # fmt: skip
FOR_ALL = {"national_desk", "national_map", "national_export", "national_view_keep", "national_view_forget"}
ONLY_SENT = {"member_invitation_revoke", "member_reinstate", "national_view_keep", "national_view_forget"}
OUTSIDE = ("coordinator", "administrator", "executive", "agency_head", "drafter", "outsider", "suspended")
UNKNOWN_ID = 10**15


def routes() -> dict[str, str]:
    """The addresses below the prefix: name -> route."""
    found = get_resolver().url_patterns
    plain = [each for include in found for each in getattr(include, "url_patterns", [include])]
    return {each.name: str(each.pattern) for each in plain if str(each.pattern).startswith(PREFIX)}


@pytest.fixture
def manager(db):
    return make_member().user


@pytest.fixture
def objects(manager, expert, regency):
    """One row for each address with an id."""
    other = make_member(Role.EXPERT)
    made = rounds.save_round(None, by=manager, name="Putaran uji", year=2026, deadlines={})
    rounds.take_in(made, by=manager, codes=["33.22"], cluster="Klaster uji")
    grant = grants.assign(other, scope=Scope(round=made), by=manager)
    offer = ministry.invite_member(by=manager, email="baru@contoh.test", role=Role.EXPERT)
    return {
        "member": other.pk,
        "member_invitation": offer.pk,
        "grant_create": other.pk,
        "grant_end": grant.pk,
        "round": made.pk,
        "participation": Participation.objects.get().pk,
        "cluster": Cluster.objects.get().pk,
        "national_view_forget": 0,
    }


def address(name, objects, pk=None):
    if "<int:pk>" not in routes()[name]:
        return reverse(name)
    key = max((key for key in objects if name.startswith(key)), key=len)
    return reverse(name, args=[pk or objects[key]])


def test_every_address_of_the_ministry_is_swept_here():
    assert set(routes()) == FOR_MANAGERS | FOR_ALL


@pytest.mark.parametrize("name", sorted(FOR_MANAGERS | FOR_ALL))
def test_who_gets_in(name, request, client_of, manager, expert, objects):
    view = keep_view(by=expert, name="Milik saya", query="keadaan=menyusun")
    objects["national_view_forget"] = view.pk
    url = address(name, objects)
    for persona in OUTSIDE:
        client = client_of(request.getfixturevalue(persona))
        asked = [client.post(url)] if name in ONLY_SENT else [client.get(url), client.post(url)]
        assert {answer.status_code for answer in asked} <= {404, 405}, persona
    anonymous = client_of(None)
    asked = anonymous.post(url) if name in ONLY_SENT else anonymous.get(url)
    assert asked.status_code == 302
    assert asked.url.startswith("/akun/login/")
    if name in FOR_MANAGERS:
        refused = client_of(expert).post(url) if name in ONLY_SENT else client_of(expert).get(url)
        assert refused.status_code == 403
    if name not in ONLY_SENT:
        for person in (manager, expert) if name in FOR_ALL else (manager,):
            assert client_of(person).get(url).status_code == 200
        assert client_of(manager).get(url).headers["Cache-Control"].startswith("private") or name != "national_export"
    if "<int:pk>" in routes()[name]:
        unknown = address(name, objects, UNKNOWN_ID)
        answer = client_of(manager).post(unknown) if name in ONLY_SENT else client_of(manager).get(unknown)
        assert answer.status_code == 404


def test_a_view_of_somebody_else_stays_unknown(client_of, manager, expert):
    view = keep_view(by=expert, name="Milik saya", query="keadaan=menyusun")
    assert client_of(manager).post(reverse("national_view_forget", args=[view.pk])).status_code == 404
    assert DeskView.objects.count() == 1
    assert client_of(expert).post(reverse("national_view_forget", args=[view.pk])).status_code == 302
    assert not DeskView.objects.exists()


# The work of a manager, as a newcomer would do it --------------------------------------------------------------------


def test_a_manager_opens_a_round_invites_and_assigns_from_an_empty_database(client, client_of, manager):
    browser = client_of(manager)
    assert "Belum ada putaran" in browser.get(reverse("round_list")).content.decode()
    opened = browser.post(
        reverse("round_create"), {"name": "Putaran satu", "year": "2026", "submission": "31 Desember 2026"}
    )
    pasted = "33.22\nKabupaten Magelang\n\nKab. Kendal\n33.74 Kota Semarang"
    answer = browser.post(opened.url, {"regions": pasted, "cluster": "Jawa Tengah"}, follow=True)
    text = answer.content.decode()
    assert "4 kabupaten/kota ditambahkan." in text
    assert "Kota Semarang" in text

    offer_page = browser.post(
        reverse("member_invite"), {"email": "ahli.baru@contoh.test", "role": "expert"}, follow=True
    )
    link = re.search(r'value="https?://[^/]+(/undangan/[^"]+)"', offer_page.content.decode())[1]
    entered = client.post(
        link,
        {"name": "Ahli Baru", "password": "kata-sandi-panjang", "password_again": "kata-sandi-panjang"},
        follow=True,
    )
    assert "Belum ada penugasan" in entered.content.decode()

    member = Invitation.objects.get().accepted_by.ministry_member
    page = reverse("grant_create", args=[member.pk])
    browser.post(page, {"kind": "klaster", "cluster": Cluster.objects.get().pk, "is_lead": "on", "dimensions": ["GO"]})
    assert Grant.objects.get().dimensions == ["GO"]
    seen = client.get(reverse("national_desk")).content.decode()
    assert [seen.count(name) for name in ("Kabupaten Magelang", "Kabupaten Kendal", "Kota Semarang")] == [1, 1, 1]
    assert seen.count("Belum memakai portal") == 4
    kinds = set(SecurityEvent.objects.filter(regency=None).values_list("kind", flat=True))
    assert kinds == {"round_changed", "invited", "invitation_accepted", "granted"}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"regions": "33.22\nKabupaten Antah Berantah"}, "baris 2 “Kabupaten Antah Berantah”"),
        ({"regions": "  \n "}, "Tulis sedikitnya satu"),
        ({"regions": "99.99"}, "Tidak ditemukan: baris 1"),
    ],
)
def test_a_list_that_cannot_be_read_is_kept_and_its_lines_are_named(sent, sentence, client_of, manager):
    made = rounds.save_round(None, by=manager, name="Putaran uji", year=2026, deadlines={})
    text = client_of(manager).post(reverse("round_detail", args=[made.pk]), sent).content.decode()
    assert sentence in text
    assert sent["regions"].splitlines()[-1].strip() in text
    assert not Participation.objects.exists()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"kind": "putaran"}, "Pilih putaran yang ditelaah."),
        ({"kind": "wilayah", "region": "99.99"}, "Pilihan ini tidak ada."),
        ({"kind": "wilayah", "region": "33.22", "valid_to": "kemarin sore"}, "tanggal"),
        (
            {"kind": "wilayah", "region": "33.22", "valid_from": "2 Januari 2027", "valid_to": "1 Januari 2027"},
            "atau sesudahnya",
        ),
        ({"kind": "wilayah", "region": "33.22", "dimensions": ["XX"]}, "Pilihan ini tidak ada."),
    ],
)
def test_a_grant_that_cannot_be_is_told_at_its_field(sent, sentence, client_of, manager):
    member = make_member(Role.EXPERT)
    text = client_of(manager).post(reverse("grant_create", args=[member.pk]), sent).content.decode()
    assert sentence in text
    assert not Grant.objects.exists()


def test_a_manager_takes_away_and_gives_back(client_of, manager, regency):
    member = make_member(Role.EXPERT, [regency])
    browser, home = client_of(manager), reverse("regency_home", args=[regency.slug])
    assert client_of(member.user).get(home).status_code == 200
    browser.post(reverse("member_suspend", args=[member.pk]), {"reason": "Selesai bertugas."})
    assert client_of(member.user).get(home).status_code == 404
    assert "Selesai bertugas." in browser.get(reverse("member_edit", args=[member.pk])).content.decode()
    browser.post(reverse("member_reinstate", args=[member.pk]))
    assert client_of(member.user).get(home).status_code == 200
    browser.post(reverse("grant_end", args=[Grant.objects.get().pk]))
    assert client_of(member.user).get(home).status_code == 404
