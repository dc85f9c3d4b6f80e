"""People of the ministry, their grants and the rounds: who may do what, and what each act leaves behind."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from agencies.access import can, experts_of, get_regency_or_404, load_user, require_ministry
from agencies.actions import grants, invitations, ministry, rounds, team
from agencies.actions.grants import Scope
from agencies.models import (
    Grant,
    Invitation,
    Membership,
    MinistryMember,
    Notice,
    Participation,
    RoundStageKind,
    SecurityEvent,
    User,
)
from agencies.notices import unread_news
from agencies.roles import Permission, Role
from tests.factories import make_member, make_person, make_regency

SEMARANG, MAGELANG, KENDAL = "33.22", "33.08", "33.24"
PASSWORD = "kata-sandi-yang-panjang"


@pytest.fixture
def manager(db) -> User:
    return make_member().user


@pytest.fixture
def semarang(db):
    return make_regency("Semarang", "kabupaten-semarang", code=SEMARANG)


@pytest.fixture
def magelang(db):
    return make_regency("Magelang", "kabupaten-magelang", code=MAGELANG)


@pytest.fixture
def round_of_three(manager):
    made = rounds.save_round(None, by=manager, name="Putaran uji", year=2026, deadlines={})
    rounds.take_in(made, by=manager, codes=[SEMARANG, MAGELANG], cluster="Jawa Tengah")
    rounds.take_in(made, by=manager, codes=[KENDAL])
    return made


def new_expert() -> MinistryMember:
    return make_member(Role.EXPERT)


def reached(user: User, *regencies) -> list[bool]:
    """Which of the regencies the person can open, asked as a request would ask."""
    found = []
    for regency in regencies:
        try:
            get_regency_or_404(load_user(user.pk), regency.slug)
            found.append(True)
        except Http404:
            found.append(False)
    return found


# People --------------------------------------------------------------------------------------------------------------


def test_the_operator_invites_the_first_manager_who_invites_everybody_else(db):
    operator = User.objects.create_superuser("operator@contoh.test", PASSWORD, name="Operator")
    first = ministry.invite_first_manager(by=operator, email="Kelola@contoh.test")
    manager = invitations.accept_invitation(first, by=None, name="Pengelola", password=PASSWORD).user

    with pytest.raises(ValidationError, match="sudah punya pengelola"):
        ministry.invite_first_manager(by=operator, email="lain@contoh.test")
    offer = ministry.invite_member(by=manager, email="ahli@contoh.test", role=Role.EXPERT)
    expert = invitations.accept_invitation(offer, by=None, name="Ahli", password=PASSWORD)

    assert (manager.ministry_member.role, expert.role) == (Role.PROGRAMME_MANAGER, Role.EXPERT)
    assert set(SecurityEvent.objects.values_list("kind", "regency")) == {
        ("invited", None),
        ("invitation_accepted", None),
    }


@pytest.mark.parametrize("persona", ["expert", "coordinator", "administrator", "executive", "drafter", "outsider"])
def test_nobody_but_a_manager_acts_at_the_ministry(persona, request, regency):
    by, member = request.getfixturevalue(persona), new_expert()
    for act in (
        lambda: ministry.invite_member(by=by, email="x@contoh.test", role=Role.EXPERT),
        lambda: ministry.invite_first_manager(by=by, email="x@contoh.test"),
        lambda: ministry.suspend_member(member, by=by, reason="x"),
        lambda: ministry.reinstate_member(member, by=by),
        lambda: ministry.change_member(member, by=by, role=Role.PROGRAMME_MANAGER),
        lambda: ministry.name_ministry(by=by, name="Lain"),
        lambda: grants.assign(member, scope=Scope(region_code=SEMARANG), by=by),
        lambda: rounds.save_round(None, by=by, name="Uji", year=2026, deadlines={}),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert not Invitation.objects.exists()


def test_people_of_a_regency_can_neither_appoint_nor_touch_an_expert(administrator, coordinator, regency, expert):
    for by in (administrator, coordinator):
        with pytest.raises(PermissionDenied):
            team.invite(regency, by=by, email="ahli.baru@contoh.test", role=Role.EXPERT)
    assert [row.user for row in experts_of(regency)] == [expert]


def test_a_role_of_the_ministry_is_never_a_membership_nor_offered_by_a_regency(regency, outsider):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=outsider, regency=regency, role=Role.EXPERT)
    offer = {"email": "a@contoh.test", "invited_by": outsider, "expires_at": timezone.now()}
    for terms in ({"regency": regency, "role": Role.EXPERT}, {"regency": None, "role": Role.COORDINATOR}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.create(**offer, **terms)


def test_an_address_is_at_the_ministry_once(manager):
    held = new_expert()
    with pytest.raises(ValidationError, match="sudah terdaftar"):
        ministry.invite_member(by=manager, email=held.user.email, role=Role.PROGRAMME_MANAGER)
    offer = ministry.invite_member(by=manager, email="dua@contoh.test", role=Role.EXPERT)
    again = ministry.invite_member(by=manager, email="DUA@contoh.test", role=Role.EXPERT)
    assert offer.pk == again.pk
    ministry.revoke_member_invitation(again, by=manager)
    assert invitations.find_invitation(again.token) is None
    with pytest.raises(ValidationError, match="diri sendiri"):
        ministry.invite_member(by=manager, email=manager.email, role=Role.EXPERT)


def test_the_programme_keeps_a_manager_and_nobody_acts_on_their_own_role(manager):
    other = make_member()
    with pytest.raises(ValidationError, match="peran Anda sendiri"):
        ministry.suspend_member(manager.ministry_member, by=manager, reason="x")
    ministry.suspend_member(other, by=manager, reason="Selesai bertugas.")
    with pytest.raises(PermissionDenied):
        ministry.change_member(manager.ministry_member, by=User.objects.get(pk=other.user_id), role=Role.EXPERT)
    ministry.reinstate_member(other, by=manager)
    ministry.change_member(other, by=manager, role=Role.EXPERT)
    last = User.objects.get(pk=manager.pk)
    with pytest.raises(ValidationError, match="pengelola program terakhir"):
        ministry.keep_a_manager(last.ministry_member)


@pytest.mark.parametrize("reason", ["", " \n "])
def test_a_suspension_needs_a_reason(reason, manager):
    with pytest.raises(ValidationError, match="alasan"):
        ministry.suspend_member(new_expert(), by=manager, reason=reason)


# Grants --------------------------------------------------------------------------------------------------------------


def test_one_grant_opens_a_round_a_cluster_or_a_regency(manager, semarang, magelang, round_of_three):
    expectations = {
        Scope(round=round_of_three): [True, True],
        Scope(cluster=round_of_three.clusters.get()): [True, True],
        Scope(region_code=MAGELANG): [False, True],
    }
    for scope, expected in expectations.items():
        member = new_expert()
        assert reached(member.user, semarang, magelang) == [False, False]
        grants.assign(member, scope=scope, by=manager)
        assert reached(member.user, semarang, magelang) == expected


def test_who_is_taken_out_of_a_round_is_closed_and_who_comes_later_is_open(manager, semarang, magelang, round_of_three):
    member = new_expert()
    grants.assign(member, scope=Scope(round=round_of_three), by=manager)
    rounds.take_out(Participation.objects.select_related("round").get(region_code=SEMARANG), by=manager)
    assert reached(member.user, semarang, magelang) == [False, True]
    rounds.take_in(round_of_three, by=manager, codes=[SEMARANG])
    assert reached(member.user, semarang, magelang) == [True, True]


def test_a_grant_counts_between_its_days_and_until_it_ends(manager, semarang):
    today = timezone.localdate()
    later, past = new_expert(), new_expert()
    grants.assign(later, scope=Scope(region_code=SEMARANG), by=manager, valid_from=today + timedelta(1))
    over = grants.assign(past, scope=Scope(region_code=SEMARANG), by=manager, valid_from=today - timedelta(9))
    assert (reached(later.user, semarang), reached(past.user, semarang)) == ([False], [True])
    grants.end_grant(over, by=manager)
    grants.end_grant(over, by=manager)
    assert reached(past.user, semarang) == [False]
    assert experts_of(semarang) == []
    assert SecurityEvent.objects.filter(kind="grant_ended").count() == 1


def test_a_suspended_or_ended_expert_and_a_closed_account_open_nothing(manager, semarang):
    today = timezone.localdate()
    people = [make_member(Role.EXPERT, [semarang]) for _ in range(3)]
    ministry.suspend_member(people[0], by=manager, reason="Selesai.")
    MinistryMember.objects.filter(pk=people[1].pk).update(
        valid_from=today - timedelta(5), valid_to=today - timedelta(1)
    )
    User.objects.filter(pk=people[2].user_id).update(is_active=False)
    assert [reached(member.user, semarang) for member in people] == [[False]] * 3
    assert experts_of(semarang) == []
    for member in people:
        with pytest.raises(Http404):
            require_ministry(load_user(member.user_id))


def test_nobody_looks_after_the_plan_they_help_to_write(manager, semarang, magelang, round_of_three):
    member = new_expert()
    Membership.objects.create(user=member.user, regency=semarang, role=Role.EXECUTIVE)
    for scope in (
        Scope(region_code=SEMARANG),
        Scope(round=round_of_three),
        Scope(cluster=round_of_three.clusters.get()),
    ):
        with pytest.raises(ValidationError, match="Kabupaten Semarang"):
            grants.assign(member, scope=scope, by=manager)
    assert grants.assign(member, scope=Scope(region_code=MAGELANG), by=manager).pk


@pytest.mark.parametrize("wrong", ["twice", "manager", "unknown", "dates"])
def test_a_grant_that_makes_no_sense_is_a_sentence(wrong, manager, semarang):
    member, scope, terms = new_expert(), Scope(region_code=SEMARANG), {}
    if wrong == "twice":
        grants.assign(member, scope=scope, by=manager)
    elif wrong == "manager":
        member = make_member()
    elif wrong == "unknown":
        scope = Scope(region_code="99.99")
    else:
        terms = {"valid_to": timezone.localdate() - timedelta(1)}
    before = Grant.objects.count()
    with pytest.raises(ValidationError):
        grants.assign(member, scope=scope, by=manager, **terms)
    assert Grant.objects.count() == before


def test_a_grant_has_one_scope_in_the_database_too(round_of_three, db):
    member = new_expert()
    for terms in ({}, {"round": round_of_three, "region_code": SEMARANG}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Grant.objects.create(member=member, **terms)


def test_an_expert_reads_and_comments_and_may_ask_for_books_but_decides_nothing(manager, semarang):
    user = load_user(make_person(semarang, Role.EXPERT).pk)
    allowed = {permission for permission in Permission if can(user, permission, semarang)}
    assert allowed == {
        Permission.VIEW_REGENCY,
        Permission.COMMENT,
        Permission.REQUEST_BOOK,
        Permission.DOWNLOAD_BOOK,
    }
    assert {each for each in Permission if can(load_user(manager.pk), each, semarang)} == allowed


def test_an_expert_is_told_of_a_grant_and_reads_it_only_while_it_holds(manager, semarang, round_of_three):
    member = new_expert()
    grant = grants.assign(member, scope=Scope(round=round_of_three), by=manager, is_lead=True)
    notice = Notice.objects.get(user=member.user)
    assert notice.subject == "Penugasan Anda: Semua wilayah Putaran uji"
    assert "pendamping utama" in notice.text
    assert unread_news(load_user(member.user_id)) == 1
    Notice.objects.create(user=member.user, regency=semarang, role=Role.EXPERT, kind="commented", subject="x", path="/")
    assert unread_news(load_user(member.user_id)) == 2
    grants.end_grant(grant, by=manager)
    assert unread_news(load_user(member.user_id)) == 1


def test_entering_costs_the_same_for_one_regency_and_for_514(manager, semarang, django_assert_num_queries):
    from agencies.regions import regions

    everywhere, one = new_expert(), make_member(Role.EXPERT, [semarang])
    national = rounds.save_round(None, by=manager, name="Semua", year=2026, deadlines={})
    rounds.take_in(national, by=manager, codes=[region.code for region in regions()])
    grants.assign(everywhere, scope=Scope(round=national), by=manager)
    for member in (everywhere, one):
        with django_assert_num_queries(3):
            user = load_user(member.user_id)
            regency = get_regency_or_404(user, semarang.slug)
            assert can(user, Permission.COMMENT, regency)


# Rounds --------------------------------------------------------------------------------------------------------------


def test_regencies_are_taken_in_once_and_moved_between_clusters(manager, round_of_three):
    assert rounds.take_in(round_of_three, by=manager, codes=[SEMARANG, KENDAL, KENDAL], cluster="Pantura") == 0
    found = {each.region_code: each.cluster and each.cluster.name for each in rounds.participants(round_of_three)}
    assert found == {SEMARANG: "Pantura", MAGELANG: "Jawa Tengah", KENDAL: "Pantura"}
    with pytest.raises(ValidationError, match="Tidak ada dalam daftar"):
        rounds.take_in(round_of_three, by=manager, codes=["99.99"])


def test_deadlines_follow_each_other_and_names_are_told_apart(manager, round_of_three):
    today = timezone.localdate()
    wrong = {RoundStageKind.DRAFTING: today, RoundStageKind.BOOKS: today - timedelta(1)}
    with pytest.raises(ValidationError) as refused:
        rounds.save_round(None, by=manager, name="Lain", year=2026, deadlines=wrong)
    assert list(refused.value.message_dict) == ["books"]
    with pytest.raises(ValidationError, match="sudah ada"):
        rounds.save_round(None, by=manager, name="putaran UJI", year=2026, deadlines={})
    saved = rounds.save_round(
        round_of_three, by=manager, name="Putaran uji", year=2027, deadlines={RoundStageKind.BOOKS: today}
    )
    assert [(stage.kind, stage.deadline) for stage in saved.stages.all()] == [("books", today)]


def test_a_cluster_that_was_ever_granted_stays_in_the_record(manager, round_of_three):
    cluster = round_of_three.clusters.get()
    grant = grants.assign(new_expert(), scope=Scope(cluster=cluster), by=manager)
    grants.end_grant(grant, by=manager)
    with pytest.raises(ValidationError, match="tercatat"):
        rounds.remove_cluster(cluster, by=manager)
    Grant.objects.all().delete()
    rounds.remove_cluster(cluster, by=manager)
    assert round_of_three.participations.filter(cluster=None).count() == 3
