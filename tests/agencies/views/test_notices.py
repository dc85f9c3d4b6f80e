"""The pages of news: the list, the choices, the link that stops a mail, and mails that lead to the exact page."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agencies.models import Membership, Notice, NoticeChoice, NoticeKind, OutgoingMail, stop_token
from agencies.notices import QUIET, mail_waiting, notify
from agencies.roles import Role
from masterplan.discussion.actions import threads
from tests.factories import make_initiative, make_regency

LIST, SETTINGS = "/kabar/", "/kabar/pengaturan/"


def told(user, subject="GO-01 Tiket: catatan", kind=NoticeKind.COMMENTED, **more):
    membership = user.memberships.select_related("user").first()
    path = more.get("path", f"/wilayah/{membership.regency.slug}/")
    notify([membership], kind, subject, "filled_in_on_behalf", {"by_role": "Koordinator"}, path=path)
    return Notice.objects.filter(user=user).order_by("-pk")[0]


def stop_page(user, news):
    return reverse("notice_stop", args=[stop_token(user.pk, news)])


# The list ---------------------------------------------------------------------------------------------------------------


def test_opening_leads_there_and_counts_as_read(client_of, drafter, regency):
    notice = told(drafter)
    client = client_of(drafter)
    page = client.get(LIST)
    assert page.context["unread"] == 1
    assert "Belum dibaca:" in page.content.decode()

    answer = client.post(reverse("notice_open", args=[notice.pk]))

    assert answer.url == f"/wilayah/{regency.slug}/"
    page = client.get(LIST)
    assert page.context["unread"] == 0
    assert "Belum dibaca:" not in page.content.decode()
    assert notice.subject not in client.get(LIST + "?keadaan=belum").content.decode()


def test_all_are_marked_at_once_and_only_ones_own(client_of, drafter, coordinator):
    for person in (drafter, drafter, coordinator):
        told(person)
    client_of(drafter).post(reverse("notice_read_all"))

    assert Notice.objects.unread().get().user == coordinator


def test_a_person_without_news_or_roles_reads_why(client_of, drafter, suspended):
    for person in (drafter, suspended):
        assert "Belum ada kabar." in client_of(person).get(LIST).content.decode()


def test_the_regency_is_named_where_there_are_several(client_of, drafter):
    told(drafter)
    assert not client_of(drafter).get(LIST).context["names_regency"]
    Membership.objects.create(user=drafter, regency=make_regency("Salatiga Uji"), role=Role.EXECUTIVE)

    assert "Kabupaten Semarang Uji" in client_of(drafter).get(LIST).content.decode()


# Choices ----------------------------------------------------------------------------------------------------------------


def test_the_choices_are_those_of_ones_roles(client_of, drafter, coordinator):
    staff = client_of(drafter).get(SETTINGS).context["form"]
    desk = client_of(coordinator).get(SETTINGS).context["form"]

    assert "returned" in staff.fields
    assert "submitted" not in staff.fields
    assert "submitted" in desk.fields
    assert "returned" not in desk.fields
    assert (staff["returned"].value(), staff["commented"].value()) == ("now", "digest")


def test_choices_are_kept_and_shown(client_of, drafter):
    client = client_of(drafter)
    data = dict.fromkeys(client.get(SETTINGS).context["form"].fields, "none") | {"commented": "now"}
    assert client.post(SETTINGS, data).url == SETTINGS

    form = client.get(SETTINGS).context["form"]
    assert {name: form[name].value() for name in form.fields} == data
    assert set(NoticeChoice.objects.values_list("user", flat=True)) == {drafter.pk}


def test_a_choice_that_is_missing_is_asked_for(client_of, drafter):
    html = client_of(drafter).post(SETTINGS, {"commented": "now", "returned": "kapan-kapan"}).content.decode()

    assert "perlu diperbaiki" in html
    assert not NoticeChoice.objects.exists()


# Stopping from a mail ---------------------------------------------------------------------------------------------------


def test_looking_at_the_link_changes_nothing_and_the_button_stops_it(drafter):
    anybody, url = Client(enforce_csrf_checks=True), stop_page(drafter, "commented")
    html = anybody.get(url).content.decode()
    assert "Catatan dan balasan" in html
    assert drafter.email not in html
    assert not NoticeChoice.objects.exists()

    for _ in range(2):
        assert "Surel dihentikan" in anybody.post(url, {"hentikan": "1"}).content.decode()
    assert NoticeChoice.objects.get().delivery == "none"
    assert told(drafter).waits == ""


def test_a_mail_program_stops_it_with_one_press_of_its_own(drafter):
    """RFC 8058: a POST to the address of the header, without a session, a token or a redirect."""
    told(drafter)
    url = stop_page(drafter, "digest")
    program = Client(enforce_csrf_checks=True)
    answer = program.post(url, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 200
    assert not Notice.objects.waiting().exists()
    assert NoticeChoice.objects.get(kind="commented").delivery == "none"
    assert "Tidak ada lagi kabar" in program.get(url).content.decode()


@pytest.mark.parametrize("token", ["x", "WzEsImRpZ2VzdCJd:x", "WzEsImRpZ2VzdCJd"])
def test_a_link_that_is_not_ours_is_unknown(db, token):
    url = reverse("notice_stop", args=[token])

    assert Client().get(url).status_code == Client().post(url).status_code == 404


def test_the_link_of_one_thing_stops_nothing_else(client, drafter):
    client.post(stop_page(drafter, "commented"), {"hentikan": "1"})

    assert NoticeChoice.objects.values_list("kind").get() == ("commented",)
    assert client.get(stop_page(drafter, "invitation")).status_code == 404


# Mails that lead to the page --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("on_a_sunday")
@pytest.mark.parametrize("second_factor", [False, True])
def test_the_link_of_a_mail_survives_signing_in(client, plan, agency, coordinator, drafter, second_factor):
    """To one contribution in a conversation, through the password and, where there is one, the second factor."""
    initiative = make_initiative(plan, agency=agency, by=drafter)
    thread = threads.open_thread(initiative, field="risk", body="Kapan?", by=coordinator)
    threads.assign(thread, to=drafter, by=coordinator)
    drafter.set_password("kata-sandi-panjang")
    drafter.save()
    secret = totp.generate_totp_secret()
    if second_factor:
        totp.TOTP.activate(drafter, secret)
    assert mail_waiting(timezone.now() + QUIET) == 1
    link = re.search(r"Buka halamannya: \S+?(/wilayah/\S+)", OutgoingMail.objects.get().body)[1]

    where = client.get(link).url
    assert where.startswith(reverse("account_login"))
    form = client.get(where)
    answer = client.post(
        where, {"login": drafter.email, "password": "kata-sandi-panjang", "next": form.context["redirect_field_value"]}
    )
    if second_factor:
        assert answer.url.startswith("/akun/2fa/")
        code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
        answer = client.post(answer.url, {"code": code})
    assert answer.url == link
    assert f"?catatan={thread.pk}" in client.get(answer.url).url
