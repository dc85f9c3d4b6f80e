"""Reminders to copy: of whom, in which order, and for whom this page is."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from agencies.roles import Role
from masterplan.models import Workshop
from masterplan.overview.reminders import MESSAGE_LIMIT
from tests.factories import make_agency, make_initiative, make_person


def page(client, regency, query=""):
    return client.get(reverse("regency_reminders", args=[regency.slug]) + query)


def test_every_agency_that_is_awaited_has_its_own_text(
    client_of, coordinator, regency, plan, agency, agency_head, other_agency
):
    deadline = timezone.now() + timedelta(days=9)
    Workshop.objects.create(regency=regency, stage="II", title="II", deadline=deadline)
    make_initiative(plan, agency=agency, by=agency_head)
    done = make_agency(regency, "Dinas Sosial", "DINSOS")
    head = make_person(regency, Role.AGENCY_HEAD, done)
    make_initiative(plan, agency=done, by=head, coordinator=coordinator, status="approved")
    response = page(client_of(coordinator), regency, f"?opd={agency.pk}")
    html = response.content.decode()

    assert [row["agency"] for row in response.context["rows"]] == [other_agency, agency]
    texts = [row["text"] for row in response.context["rows"]]
    assert all(len(text) <= MESSAGE_LIMIT and reverse("regency_home", args=[regency.slug]) in text for text in texts)
    assert "1 draf belum dikirim" in texts[1]
    assert "(2): DINKES, DINPAR" in response.context["group"]
    assert html.count("<details open>") == 1
    assert f'data-copy="#teks-{agency.pk}" hidden' in html
    assert f'id="teks-{agency.pk}"' in html


def test_the_stage_somebody_chose_goes_along(client_of, coordinator, regency, plan, agency):
    now = timezone.now()
    first, _ = (
        Workshop.objects.create(regency=regency, stage=name, title="-", deadline=now + timedelta(days=days))
        for name, days in (("II", -3), ("III", 30))
    )
    client = client_of(coordinator)
    overview = client.get(reverse("regency_overview", args=[regency.slug]) + f"?tahap={first.pk}").content.decode()
    reminders, letters = (reverse(name, args=[regency.slug]) for name in ("regency_reminders", "regency_letters"))

    assert f'href="{reminders}?opd={agency.pk}&amp;tahap={first.pk}"' in overview
    assert f'href="{reminders}?tahap={first.pk}"' in overview
    chosen = page(client, regency, f"?tahap={first.pk}")
    assert "sudah lewat" in chosen.context["rows"][0]["text"]
    assert f'href="{letters}?opd={agency.pk}&amp;tahap={first.pk}"' in chosen.content.decode()
    assert "sudah lewat" not in page(client, regency).context["rows"][0]["text"]


def test_nobody_is_awaited(client_of, coordinator, regency, plan, agency, agency_head):
    make_initiative(plan, agency=agency, by=agency_head, status="submitted")
    assert "Tidak ada yang perlu diingatkan." in page(client_of(coordinator), regency).content.decode()
