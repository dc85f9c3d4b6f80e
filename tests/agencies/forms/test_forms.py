"""Every form gives the action exactly what it offers, whatever is posted."""

from agencies.forms.agencies import AgencyForm
from agencies.forms.team import InvitationForm
from agencies.roles import Role


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
