"""Every form gives the action exactly what it offers, whatever is posted."""

import pytest

from agencies.actions.agencies import COLUMNS
from agencies.forms.agencies import AgencyForm
from agencies.forms.team import AccountForm, InvitationForm, MembershipForm, SuspensionForm
from agencies.models import Agency, Invitation, Membership, User
from agencies.roles import Role


def hostile(*models):
    """Every column of the models, as a stranger would post them."""
    return {field.name: "1" for model in models for field in model._meta.get_fields()}


@pytest.fixture
def forms(regency, agency):
    """Each form filled in well, with every column of every model posted besides."""
    every = hostile(User, Membership, Invitation, Agency)
    terms = {"role": "agency_staff", "agency": agency.pk, "valid_to": ""}
    password = {"name": "Orang Baru", "password": "kata-sandi-panjang", "password_again": "kata-sandi-panjang"}
    unit = {
        "name": "Dinas Arsip",
        "short_name": "DA",
        "kind": "dinas",
        "parent": "",
        "valid_from": "",
        "valid_to": "",
        "successor": "",
    }
    return {
        "invitation": InvitationForm(
            every | terms | {"email": "x@contoh.test"}, regency=regency, roles=frozenset(Role)
        ),
        "membership": MembershipForm(every | terms, regency=regency, roles=frozenset(Role)),
        "suspension": SuspensionForm(every | {"reason": "Pindah"}),
        "account": AccountForm(every | password, email="x@contoh.test"),
        "agency": AgencyForm(every | unit, regency=regency),
    }


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("invitation", {"email", "role", "agency", "may_submit"}),
        ("membership", {"role", "agency", "may_submit", "valid_to"}),
        ("suspension", {"reason"}),
        ("account", {"name", "password", "password_again"}),
        ("agency", set(COLUMNS)),
    ],
)
def test_a_form_hands_on_only_what_it_offers(name, offered, forms):
    form = forms[name]

    assert form.is_valid(), form.errors
    assert set(form.cleaned_data) == offered


def test_the_roles_on_offer_are_described_in_a_fixed_order(regency):
    form = InvitationForm(regency=regency, roles=frozenset({Role.EXPERT, Role.AGENCY_STAFF}))

    assert [value for value, _ in form.fields["role"].choices] == ["agency_staff", "expert"]
    assert form.fields["role"].choices[0][1] == "Staf perangkat daerah: Mengisi inisiatif untuk satu perangkat daerah."


def test_text_is_tidied(regency):
    form = AgencyForm(
        {"name": "  Dinas \t Arsip\n", "short_name": "DA", "kind": "dinas", "order": "1", "aliases": "a\r\n\x0bb"},
        regency=regency,
    )

    assert form.is_valid(), form.errors
    assert form.cleaned_data["name"] == "Dinas Arsip"
    assert form.cleaned_data["aliases"] == ["a", "b"]
