"""The team page, and changing, suspending and reinstating people from it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from agencies.models import Membership


def page(name, regency, *args):
    return reverse(name, args=[regency.slug, *args])


def membership_of(user):
    return Membership.objects.get(user=user)


def terms(membership, **other):
    return {"role": membership.role, "agency": membership.agency_id or "", "valid_to": ""} | other


def listed(client, regency, query=""):
    return client.get(page("team_list", regency) + query).content.decode()


# The list -----------------------------------------------------------------------------------------------------------


def test_the_list_shows_who_does_what(client_of, coordinator, drafter, suspended, regency):
    text = listed(client_of(coordinator), regency)

    for person in (coordinator, drafter, suspended):
        assert person.email in text
    assert "(Anda)" in text
    assert "Dinonaktifkan" in text
    assert page("membership_edit", regency, membership_of(drafter).pk) in text
    assert page("membership_edit", regency, membership_of(coordinator).pk) not in text
    assert page("membership_reinstate", regency, membership_of(suspended).pk) in text


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("", {"drafter", "agency_head", "executive", "suspended"}),
        ("?q=agency_staff", {"drafter", "suspended"}),
        ("?peran=executive", {"executive"}),
        ("?keadaan=nonaktif", {"suspended"}),
        ("?keadaan=aktif&peran=agency_staff", {"drafter"}),
        ("?opd={agency}&urut=nama", {"drafter", "agency_head", "suspended"}),
        ("?q=tidak-ada-yang-begini", set()),
        (
            "?peran=raja&keadaan=x&opd=9999999&urut=y&page=99&q=" + "a" * 200,
            {"drafter", "agency_head", "executive", "suspended"},
        ),
    ],
)
def test_the_list_is_narrowed(
    query, seen, client_of, coordinator, regency, agency, drafter, agency_head, executive, suspended
):
    people = {"drafter": drafter, "agency_head": agency_head, "executive": executive, "suspended": suspended}
    text = listed(client_of(coordinator), regency, query.format(agency=agency.pk))

    assert {name for name, person in people.items() if person.email in text} == seen


def test_the_states_are_counted(client_of, coordinator, drafter, suspended, executive, regency):
    today = timezone.localdate()
    Membership.objects.filter(user=executive).update(valid_from=today - timedelta(9), valid_to=today - timedelta(1))
    text = listed(client_of(coordinator), regency)

    assert "Semua <b>5</b>" in text
    assert "Aktif <b>3</b>" in text
    assert "Dinonaktifkan <b>1</b>" in text
    assert "Berakhir <b>1</b>" in text


def test_agencies_without_members_are_a_hole_with_a_way_to_fill_it(
    client_of, coordinator, regency, drafter, other_agency
):
    text = listed(client_of(coordinator), regency)

    assert f"{page('invitation_create', regency)}?opd={other_agency.pk}" in text
    assert f"?opd={membership_of(drafter).agency_id}&" not in text


# Changing -----------------------------------------------------------------------------------------------------------


def test_a_role_is_changed(client_of, coordinator, drafter, regency, other_agency):
    membership = membership_of(drafter)
    form = page("membership_edit", regency, membership.pk)
    assert "Simpan peran" in client_of(coordinator).get(form).content.decode()

    client_of(coordinator).post(form, terms(membership, agency=other_agency.pk, may_submit="on", valid_to="31/12/2030"))

    membership.refresh_from_db()
    assert (membership.agency, membership.may_submit) == (other_agency, True)
    assert f"{membership.valid_to:%Y-%m-%d}" == "2030-12-31"
    assert "→" in client_of(coordinator).get(form).content.decode()


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ({"valid_to": "kapan-kapan"}, "kapan-kapan"),
        ({"valid_to": "1 Januari 2001"}, "atau sesudahnya"),
        ({"agency": ""}, "pilih yang mana"),
        ({"role": "administrator"}, "Pilihan ini tidak ada"),
    ],
)
def test_bad_terms_are_named_and_kept(bad, words, client_of, coordinator, drafter, regency):
    membership = membership_of(drafter)
    answer = client_of(coordinator).post(page("membership_edit", regency, membership.pk), terms(membership, **bad))
    text = answer.content.decode()

    assert "<title>Galat: " in text
    assert words in text
    membership.refresh_from_db()
    assert (membership.role, membership.valid_to) == ("agency_staff", None)


# Suspending ---------------------------------------------------------------------------------------------------------


def test_suspending_asks_first(client_of, coordinator, drafter, regency):
    confirm = page("membership_suspend", regency, membership_of(drafter).pk)
    client = client_of(coordinator)

    assert "Nonaktifkan akses" in client.get(confirm).content.decode()
    assert membership_of(drafter).suspended_at is None
    assert "Tulis alasan singkat" in client.post(confirm, {"reason": " "}).content.decode()
    assert membership_of(drafter).suspended_at is None
    client.post(confirm, {"reason": "Pindah tugas"})

    assert membership_of(drafter).suspended_reason == "Pindah tugas"
    assert membership_of(drafter).suspended_by == coordinator


def test_a_suspended_person_is_out_at_the_next_request(client_of, coordinator, drafter, regency, plan):
    theirs = client_of(drafter)
    home = page("regency_home", regency)
    assert theirs.get(home).status_code == 200

    client_of(coordinator).post(
        page("membership_suspend", regency, membership_of(drafter).pk), {"reason": "Pindah tugas"}
    )

    assert theirs.get(home).status_code == 404
    assert "Anda belum punya peran" in theirs.get("/").content.decode()
    client_of(coordinator).post(page("membership_reinstate", regency, membership_of(drafter).pk))
    assert theirs.get(home).status_code == 200


@pytest.mark.parametrize("persona", ["administrator", "executive", "coordinator"])
def test_a_coordinator_has_no_page_for_higher_roles_or_their_own(persona, client_of, coordinator, regency, request):
    pk = membership_of(request.getfixturevalue(persona)).pk
    client = client_of(coordinator)
    for name in ("membership_edit", "membership_suspend"):
        assert client.get(page(name, regency, pk)).status_code == 403
        assert client.post(page(name, regency, pk), {"reason": "x"}).status_code == 403
    assert Membership.objects.get(pk=pk).suspended_at is None
