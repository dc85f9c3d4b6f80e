"""The pages on which agencies get more time, and every page that tells an agency when it is due."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from masterplan.models import DeadlineExtension, Workshop
from smartcity.common.formatting import format_date
from tests.factories import make_agency, make_initiative, make_regency
from tests.masterplan.page_form import form_of


@pytest.fixture
def second(regency):
    regency.time_zone = "Asia/Makassar"
    regency.save()
    deadline = datetime(2095, 10, 1, 16, tzinfo=ZoneInfo("Asia/Makassar"))
    return Workshop.objects.create(regency=regency, stage="II", title="Tahap II", deadline=deadline)


def address(regency, name="regency_deadlines", *args):
    return reverse(name, args=[regency.slug, *args])


def given(workshop, agency, coordinator, days=5):
    deadline = workshop.deadline + timedelta(days=days)
    more = {"reason": "Pindah kantor.", "granted_by": coordinator}
    return DeadlineExtension.objects.create(workshop=workshop, agency=agency, deadline=deadline, **more)


def test_more_time_is_given_changed_and_taken_back(client_of, coordinator, regency, agency, second):
    client = client_of(coordinator)
    form = address(regency, "regency_deadline_extend", second.pk) + f"?opd={agency.pk}"
    sent = form_of(client.get(form)) | {"day": "5 Oktober 2095", "clock": "09.30", "reason": "Pindah kantor."}
    page = client.post(form, sent, follow=True).content.decode()

    extension = DeadlineExtension.objects.get()
    assert extension.deadline == datetime(2095, 10, 5, 9, 30, tzinfo=ZoneInfo("Asia/Makassar"))
    assert "Batas kirim Dinas Pariwisata diperpanjang sampai Rabu, 5 Oktober 2095 pukul 09.30 WITA." in page
    again = client.get(form).content.decode()
    assert 'value="5 Oktober 2095"' in again
    assert "Pindah kantor." in again

    withdrawal = address(regency, "regency_extension_withdraw", extension.pk)
    assert "kembali ke Sabtu, 1 Oktober 2095 pukul 16.00 WITA" in client.get(withdrawal).content.decode()
    assert "dicabut" in client.post(withdrawal, follow=True).content.decode()
    assert not DeadlineExtension.objects.exists()


def test_what_was_typed_stays_beside_what_is_wrong(client_of, coordinator, regency, agency, second):
    sent = {"agency": agency.pk, "day": "30 September 2095", "clock": "25.00", "reason": "Pindah kantor."}
    form = address(regency, "regency_deadline_extend", second.pk)
    page = client_of(coordinator).post(form, sent).content.decode()
    assert "Pukul 25.00 tidak ada: jam sampai 23, menit sampai 59. Tulis jam dan menit" in page
    assert "Pindah kantor." in page

    page = client_of(coordinator).post(form, sent | {"clock": "16.00"}).content.decode()
    assert "Batas kirim semua perangkat daerah Sabtu, 1 Oktober 2095 pukul 16.00 WITA. Tulis waktu sesudahnya." in page
    assert 'href="#id_day"' in page
    assert not DeadlineExtension.objects.exists()


def test_stages_and_extensions_of_another_regency_do_not_exist(client_of, coordinator, agency, regency, second):
    elsewhere = Workshop.objects.create(
        regency=make_regency(), stage="II", title="-", deadline=timezone.now() + timedelta(days=1)
    )
    foreign = given(elsewhere, make_agency(elsewhere.regency), coordinator)
    undated = Workshop.objects.create(regency=regency, stage="III", title="-")
    for name, pk in (
        ("regency_deadline_extend", elsewhere.pk),
        ("regency_deadline_extend", undated.pk),
        ("regency_extension_withdraw", foreign.pk),
    ):
        assert client_of(coordinator).get(address(regency, name, pk)).status_code == 404


def test_every_page_of_the_agency_tells_its_own_deadline(
    client_of, drafter, agency, other_agency, agency_head, coordinator, plan, regency, second
):
    initiative = make_initiative(plan, agency=agency, by=agency_head)
    others = make_initiative(plan, agency=other_agency)
    given(second, agency, coordinator)
    client = client_of(drafter)
    home = client.get(reverse("regency_home", args=[regency.slug])).content.decode()
    detail, check = (
        client.get(reverse(name, args=[regency.slug, initiative.pk])).content.decode()
        for name in ("initiative_detail", "initiative_check")
    )

    assert "Kamis, 6 Oktober 2095 pukul 16.00 WITA" in home
    assert "Jatuh tempo: Bimtek II, 6 Oktober 2095." in detail
    assert '<b>Kamis, 6 Oktober 2095</b><br><span class="muted">pukul 16.00 WITA' in detail
    assert "Bimtek II, paling lambat 6 Oktober 2095" in check
    page = client_of(coordinator).get(reverse("initiative_detail", args=[regency.slug, others.pk])).content.decode()
    assert f"Jatuh tempo: Bimtek II, {format_date(regency.local(second.deadline))}." in page


def test_the_list_tells_what_counts_no_more(client_of, coordinator, regency, agency, other_agency, second):
    given(second, agency, coordinator)
    given(second, other_agency, coordinator, days=90)
    second.deadline += timedelta(days=30)
    second.save()
    (stage,) = client_of(coordinator).get(address(regency)).context["stages"]

    assert {item["row"].agency: item["is_overtaken"] for item in stage["extensions"]} == {
        agency: True,
        other_agency: False,
    }
