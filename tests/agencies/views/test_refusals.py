"""Who asks for the pages of a regency without a role there is written down, and learns nothing by it."""

import time_machine
from django.utils import timezone

from agencies.actions.accounts import REFUSALS_PER_HOUR
from agencies.models import SecurityEvent
from agencies.roles import Role
from tests.factories import make_person


def test_a_refused_attempt_is_recorded_once_an_hour_and_answered_alike(client_of, outsider, regency):
    browser = client_of(outsider)
    home, nowhere = f"/wilayah/{regency.slug}/tim/", "/wilayah/kabupaten-yang-tidak-ada/tim/"
    with time_machine.travel("2026-11-30 02:00Z", tick=False) as clock:
        answers = [browser.get(home + "?q=rahasia"), browser.get(home), browser.get(nowhere)]
        clock.shift(3601)
        answers.append(browser.get(home))

    assert {answer.status_code for answer in answers} == {404}
    pages = {answer.content.replace(answer.headers["X-Reference"].encode(), b"") for answer in answers}
    assert len({page.split(b"csrf")[0] for page in pages}) == 1
    events = SecurityEvent.objects.order_by("pk").values_list("kind", "actor", "subject", "regency", "detail")
    known = ("access_refused", outsider.pk, outsider.email)
    assert list(events) == [(*known, regency.pk, home), (*known, None, nowhere), (*known, regency.pk, home)]


def test_members_leave_no_such_record_and_a_flood_is_cut(client_of, drafter, outsider, regency):
    assert client_of(drafter).get(f"/wilayah/{regency.slug}/tidak-ada/").status_code == 404
    assert not SecurityEvent.objects.exists()

    for number in range(REFUSALS_PER_HOUR + 2):
        client_of(outsider).get(f"/wilayah/{regency.slug}/{number}/")
    assert SecurityEvent.objects.count() == REFUSALS_PER_HOUR


def test_administrators_read_of_it_on_the_team_page(client_of, outsider, coordinator, regency):
    administrator = make_person(regency, Role.ADMINISTRATOR)
    client_of(outsider).get(f"/wilayah/{regency.slug}/inisiatif/")
    SecurityEvent.objects.create(
        kind="access_refused",
        actor=outsider,
        subject="lama@contoh.test",
        regency=regency,
        detail="/lama/",
        at=timezone.now() - timezone.timedelta(days=31),
    )

    team = f"/wilayah/{regency.slug}/tim/"
    page = client_of(administrator).get(team).content.decode()
    assert outsider.email in page
    assert f"<code>/wilayah/{regency.slug}/inisiatif/</code>" in page
    assert "lama@contoh.test" not in page
    assert outsider.email not in client_of(coordinator).get(team).content.decode()
