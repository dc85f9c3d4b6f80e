"""The one-time set-up address: random, expiring, for one use, and only while nobody looks after the portal."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from agencies.actions import setup
from agencies.models import SecurityEvent, SetupLink, User

PASSWORD = "kata-sandi-panjang"
TERMS = {"by": None, "name": "Pengelola Uji", "email": "Kelola@contoh.test", "password": PASSWORD}

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    """Somebody who looks after the portal already."""
    return User.objects.create_superuser("lama@contoh.test", PASSWORD, name="Pengelola Lama")


def test_the_address_makes_one_operator():
    token = setup.make_setup_link()
    made = setup.use_setup_link(token, **TERMS)

    assert (made.email, made.is_superuser, made.is_staff) == ("kelola@contoh.test", True, True)
    assert made.check_password(PASSWORD)
    assert made.emailaddress_set.get().verified
    assert set(SecurityEvent.objects.values_list("kind", "actor", "regency")) == {
        ("setup_link_made", None, None), ("operator_made", made.pk, None),
    }  # fmt: skip
    with pytest.raises(setup.SetupLinkClosed):
        setup.use_setup_link(token, **TERMS | {"email": "lagi@contoh.test"})
    assert User.objects.count() == 1


def test_the_database_does_not_hold_the_address():
    token = setup.make_setup_link()

    assert len(token) >= 40
    assert token not in str(list(SetupLink.objects.values())) + str(list(SecurityEvent.objects.values()))


def _expire(token):
    SetupLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    return token


@pytest.mark.parametrize(
    "spoil",
    [_expire, lambda token: setup.make_setup_link() and token, lambda token: token[:-1], lambda token: ""],
    ids=["expired", "replaced", "cut short", "empty"],
)
def test_an_address_that_does_not_work_makes_nobody(spoil):
    token = spoil(setup.make_setup_link())

    assert setup.find_setup_link(token) is None
    with pytest.raises(setup.SetupLinkClosed):
        setup.use_setup_link(token, **TERMS)
    assert not User.objects.exists()


def test_an_address_holds_for_a_day():
    setup.make_setup_link()
    link = SetupLink.objects.get()

    assert link.expires_at - link.made_at == timedelta(hours=24)


def test_a_portal_with_an_operator_gives_none_unless_access_was_lost(operator):
    with pytest.raises(ValidationError, match="--again"):
        setup.make_setup_link()
    token = setup.make_setup_link(again=True)
    with pytest.raises(ValidationError, match="sudah punya akun"):
        setup.use_setup_link(token, **TERMS | {"email": operator.email})

    assert setup.use_setup_link(token, **TERMS).is_superuser


def test_the_command_prints_the_address_once(operator):
    with pytest.raises(CommandError, match="--again"):
        call_command("setup_link")
    told = StringIO()
    call_command("setup_link", if_needed=True, stdout=told)
    assert told.getvalue() == ""

    User.objects.update(is_active=False)
    call_command("setup_link", if_needed=True, base_url="https://portal.contoh.test/", stdout=told)
    address = told.getvalue().split()[-1]

    assert address.startswith("https://portal.contoh.test/penyiapan/")
    assert setup.find_setup_link(address.split("/")[-2])
