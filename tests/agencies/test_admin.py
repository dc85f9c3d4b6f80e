"""Django's admin: it shows and searches everything, and changes nothing that has rules."""

import pytest
from django.contrib import admin
from django.urls import reverse

from agencies.admin import ReadOnlyAdmin
from agencies.models import Invitation, Membership, OutgoingMail, Regency, User
from agencies.roles import Role
from tests.factories import make_initiative

EDITABLE = {"Regency", "District", "User"}


@pytest.fixture
def installer(db):
    """Somebody who installed the portal."""
    return User.objects.create_superuser("pasang@contoh.test", "kata-sandi-panjang", name="Pemasang")


def registered(*apps):
    return [(model, site) for model, site in admin.site._registry.items() if model._meta.app_label in apps]


def address(model, view, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}", args=args)


def test_only_reference_data_and_names_are_editable():
    ours = registered("agencies", "masterplan")

    assert len(ours) > 20
    assert {model.__name__ for model, site in ours if not isinstance(site, ReadOnlyAdmin)} == EDITABLE


def test_every_list_can_be_searched(client_of, installer, plan, agency_head, coordinator):
    make_initiative(plan, status="submitted")
    client = client_of(installer)
    for model, site in registered("agencies", "masterplan"):
        assert site.search_fields, model
        assert client.get(address(model, "changelist") + "?q=a").status_code == 200, model


def test_every_row_can_be_read_but_not_changed(client_of, installer, plan, agency_head, coordinator):
    make_initiative(plan, status="submitted")
    client = client_of(installer)
    seen = 0
    for model, site in registered("agencies", "masterplan"):
        row = model._default_manager.first()
        if row is None or not isinstance(site, ReadOnlyAdmin):
            continue
        seen += 1
        assert client.get(address(model, "change", row.pk)).status_code == 200, model
        assert client.post(address(model, "change", row.pk), {"status": "approved"}).status_code == 403, model
        assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403, model
    assert seen >= 6


def test_an_account_can_be_closed_but_not_raised(client_of, installer, drafter):
    data = {"name": "Nama Baru", "is_staff": "on", "is_superuser": "on", "email": "lain@contoh.test", "password": "x"}
    email, password = drafter.email, drafter.password
    client_of(installer).post(address(User, "change", drafter.pk), data)

    drafter.refresh_from_db()
    assert (drafter.name, drafter.is_active) == ("Nama Baru", False)
    assert (drafter.is_staff, drafter.is_superuser, drafter.email, drafter.password) == (False, False, email, password)


def test_the_text_of_mail_is_hidden(client_of, installer):
    mail = OutgoingMail.objects.create(to="x@contoh.test", subject="Perihal", body="tautan-rahasia")

    assert "tautan-rahasia" not in client_of(installer).get(address(OutgoingMail, "change", mail.pk)).content.decode()


def test_the_address_of_a_regency_is_chosen_once(client_of, installer, regency):
    text = client_of(installer).get(address(Regency, "change", regency.pk)).content.decode()

    assert 'name="name"' in text
    assert 'name="slug"' not in text
    assert 'name="slug"' in client_of(installer).get(address(Regency, "add")).content.decode()


def test_the_first_administrator_is_invited_here(client_of, installer, regency):
    client = client_of(installer)
    assert 'name="role"' not in client.get(address(Invitation, "add")).content.decode()
    client.post(address(Invitation, "add"), {"regency": regency.pk, "email": "admin@contoh.test", "role": "executive"})

    invitation = Invitation.objects.get()
    assert (invitation.role, invitation.invited_by, invitation.is_open) == (Role.ADMINISTRATOR, installer, True)
    assert OutgoingMail.objects.get().to == "admin@contoh.test"


def test_a_regency_with_an_administrator_is_refused_in_words(client_of, installer, regency, administrator):
    answer = client_of(installer).post(
        address(Invitation, "add"), {"regency": regency.pk, "email": "admin@contoh.test"}
    )

    assert "sudah punya administrator" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_staff_without_superuser_rights_see_nothing(client_of, db):
    staff = User.objects.create_user("staf@contoh.test", "kata-sandi-panjang", name="Staf", is_staff=True)
    client = client_of(staff)

    assert client.get(address(Membership, "changelist")).status_code == 403
    assert client.post(address(Invitation, "add"), {}).status_code == 403


def test_members_do_not_enter(client_of, administrator):
    assert client_of(administrator).get(reverse("admin:index")).status_code in (302, 403)
