"""Founding, renaming and ending agencies."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from agencies.actions.agencies import COLUMNS, change_agency, create_agency
from agencies.models import Agency, AgencyKind
from tests.factories import make_agency, make_regency


def values(**other):
    return {
        "name": "Dinas Arsip",
        "short_name": "DISARSIP",
        "kind": AgencyKind.OFFICE,
        "code": "",
        "parent": None,
        "order": 5,
        "aliases": [],
        "valid_from": None,
        "valid_to": None,
        "successor": None,
    } | other


def values_of(agency, **other):
    return {column: getattr(agency, column) for column in COLUMNS} | other


def test_an_agency_is_founded(regency, administrator):
    agency = create_agency(regency, by=administrator, data=values(aliases=["Kantor Arsip", "Dinas Arsip"]))

    agency.refresh_from_db()
    assert (agency.regency, agency.name, agency.aliases) == (regency, "Dinas Arsip", ["Kantor Arsip"])


def test_a_new_agency_without_an_order_comes_last(regency, administrator, agency):
    Agency.objects.filter(pk=agency.pk).update(order=41)

    assert create_agency(regency, by=administrator, data=values(order=None)).order == 42


def test_a_code_is_used_once_and_a_parent_makes_no_circle(regency, administrator, agency, other_agency):
    change_agency(agency, by=administrator, data=values_of(agency, code="1.02", parent=other_agency))
    agency.refresh_from_db()
    assert (agency.code, agency.parent) == ("1.02", other_agency)

    for column, value in (("code", "1.02"), ("parent", agency), ("parent", other_agency)):
        with pytest.raises(ValidationError) as caught:
            change_agency(other_agency, by=administrator, data=values_of(other_agency, **{column: value}))
        assert set(caught.value.error_dict) == {column}
    with pytest.raises(PermissionDenied):
        change_agency(agency, by=administrator, data=values_of(agency, parent=make_agency(make_regency())))


def test_a_name_that_is_given_up_stays_findable(agency, administrator):
    change_agency(agency, by=administrator, data=values_of(agency, name="Dinas Pariwisata dan Kebudayaan"))
    agency.refresh_from_db()
    change_agency(agency, by=administrator, data=values_of(agency, name="Dinas Kepariwisataan", short_name="DISPAR"))

    agency.refresh_from_db()
    assert agency.name == "Dinas Kepariwisataan"
    assert agency.aliases == ["Dinas Pariwisata", "Dinas Pariwisata dan Kebudayaan", "DINPAR"]


def test_a_name_that_comes_back_is_no_alias_any_more(agency, administrator):
    change_agency(agency, by=administrator, data=values_of(agency, name="Dinas Lain"))
    agency.refresh_from_db()
    change_agency(agency, by=administrator, data=values_of(agency, name="Dinas Pariwisata"))

    agency.refresh_from_db()
    assert agency.aliases == ["Dinas Lain"]


def test_two_agencies_of_today_share_no_name(agency, other_agency, administrator):
    with pytest.raises(ValidationError) as caught:
        change_agency(other_agency, by=administrator, data=values_of(other_agency, name="DINAS PARIWISATA"))
    assert set(caught.value.error_dict) == {"name"}
    with pytest.raises(ValidationError):
        create_agency(agency.regency, by=administrator, data=values(short_name="dinpar"))


def test_an_agency_that_ended_frees_its_name(agency, administrator):
    change_agency(agency, by=administrator, data=values_of(agency, valid_to=date(2024, 12, 31)))

    assert create_agency(agency.regency, by=administrator, data=values(name=agency.name, short_name="DINPAR")).pk


def test_a_merger_names_the_successor(agency, other_agency, administrator):
    end = date(2024, 12, 31)
    change_agency(agency, by=administrator, data=values_of(agency, valid_to=end, successor=other_agency))

    agency.refresh_from_db()
    assert (agency.valid_to, agency.successor) == (end, other_agency)


def test_only_an_agency_that_ends_has_a_successor(agency, other_agency, administrator):
    with pytest.raises(ValidationError) as caught:
        change_agency(agency, by=administrator, data=values_of(agency, successor=other_agency))
    assert set(caught.value.error_dict) == {"valid_to"}


def test_successors_do_not_go_round_in_circles(agency, other_agency, administrator):
    end = date(2024, 12, 31)
    change_agency(agency, by=administrator, data=values_of(agency, valid_to=end, successor=other_agency))
    for successor in (agency, other_agency):
        with pytest.raises(ValidationError):
            change_agency(
                other_agency, by=administrator, data=values_of(other_agency, valid_to=end, successor=successor)
            )


def test_a_successor_is_of_the_same_regency(agency, administrator):
    foreign = make_agency(make_regency())
    with pytest.raises(PermissionDenied):
        change_agency(agency, by=administrator, data=values_of(agency, valid_to=date(2024, 1, 1), successor=foreign))


def test_only_the_secretariat_touches_agencies(regency, agency, agency_head, outsider):
    for by in (agency_head, outsider):
        with pytest.raises(PermissionDenied):
            create_agency(regency, by=by, data=values())
        with pytest.raises(PermissionDenied):
            change_agency(agency, by=by, data=values_of(agency, name="Dinas Lain"))
    assert list(Agency.objects.filter(regency=regency)) == [agency]
