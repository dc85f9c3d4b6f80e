"""A regency with nothing in it: no entry of the menu leads nowhere, each says what comes first and who does it."""

import re

import pytest
from django.urls import reverse

from agencies.models import Agency, Regency
from masterplan.home.navigation import MENU
from masterplan.models import MasterPlan
from masterplan.reference import Level
from tests.factories import make_agency, make_element, make_program, make_rpjmd

PERSONAS = ("drafter", "agency_head", "coordinator", "executive", "expert", "administrator")
# What a page may say instead of what it shows once there is a plan.
WAITS_FOR_PLAN = {
    "initiative_list", "alignment_matrix", "edition_list", "regency_overview", "progress_list",
}  # fmt: skip
COMES_FIRST = "Halaman ini terisi sesudah rencana induk"


@pytest.fixture
def secretariat(regency: Regency) -> Agency:
    """The agency that looks after the programme, and the regency knows it."""
    regency.secretariat = make_agency(regency, "Dinas Komunikasi dan Informatika", "DISKOMINFO")
    regency.save()
    return regency.secretariat


def links_in(page) -> set[str]:
    """Where the links of a page lead, as far as they lead into the portal."""
    found = re.findall(r'<a [^>]*href="([^"#]+)', page.content.decode())
    return {url.replace("&amp;", "&") for url in found if url.startswith(("/wilayah/", "?"))}


@pytest.mark.parametrize("persona", PERSONAS)
def test_every_entry_of_the_menu_says_what_comes_first(client_of, regency, secretariat, persona, request):
    user = request.getfixturevalue(persona)
    client, seen = client_of(user), {}
    for entry in (each for each in MENU if each.is_for(user, regency)):
        url = reverse(entry.page, args=[regency.slug])
        page = client.get(url)
        assert page.status_code == 200, entry.page
        text = page.content.decode()
        if entry.page in WAITS_FOR_PLAN:
            assert COMES_FIRST in text, entry.page
            assert "koordinator di Dinas Komunikasi dan Informatika" in text, entry.page
            assert (reverse("master_plan_create", args=[regency.slug]) in text) == (persona == "coordinator")
        seen |= {url + link if link.startswith("?") else link: entry.page for link in links_in(page)}
    for link, origin in seen.items():
        assert client.get(link).status_code < 400, f"{link} on {origin}"
    assert client.get(reverse("initiative_create", args=[regency.slug])).status_code in (200, 403)


def test_an_outsider_learns_nothing_and_an_act_is_refused(client_of, regency, outsider, coordinator):
    url = reverse("edition_create", args=[regency.slug])
    assert client_of(outsider).get(url).status_code == 404
    refused = client_of(coordinator).post(url, {"label": "Rapat"})
    assert (refused.status_code, COMES_FIRST in refused.content.decode()) == (409, True)
    script = client_of(coordinator).post(url, {}, headers={"accept": "application/json"})
    assert (script.status_code, COMES_FIRST in script.json()["message"]) == (409, True)


def test_without_a_coordinator_the_administrator_is_led_to_inviting_one(client_of, regency, administrator):
    page = client_of(administrator).get(reverse("initiative_list", args=[regency.slug])).content.decode()

    assert reverse("invitation_create", args=[regency.slug]) + "?peran=coordinator" in page


def states(client, regency) -> list[tuple[str, str, bool]]:
    """Title, state and whether it is a link, of the steps on the home."""
    page = client.get(reverse("regency_home", args=[regency.slug]))
    assert page.status_code == 200
    assert "Isian dibuka sesudah" not in page.content.decode()
    return [(row["title"], row["label"], bool(row["url"])) for row in page.context["steps"]]


def test_the_steps_from_nothing_to_filling_in(client_of, regency, secretariat, coordinator, administrator, request):
    """Every step is seen by both roles, done on the page it leads to, and the list goes when all are done."""
    desk, admin = client_of(coordinator), client_of(administrator)
    nothing = states(desk, regency)
    first = desk.get(reverse("regency_home", args=[regency.slug])).context["steps"][0]
    assert first["url"] == reverse("agency_import", args=[regency.slug])
    assert [state for _, state, _ in nothing] == ["Berikutnya", *["Belum"] * 5]
    mine, theirs = ([is_link for _, _, is_link in states(each, regency)] for each in (desk, admin))
    assert all(one or other for one, other in zip(mine, theirs, strict=True))
    assert [is_link for _, _, is_link in states(admin, regency)] == [True, True, False, False, True, False]

    form = {
        "title": "Rencana Kota Cerdas", "start_year": "2026", "end_year": "2030", "development_plan": "baru",
        "rpjmd_title": "RPJMD Semarang Uji 2025–2029", "rpjmd_start_year": "2025", "rpjmd_end_year": "2029",
    }  # fmt: skip
    create = reverse("master_plan_create", args=[regency.slug])
    wrong = desk.post(create, form | {"end_year": "2025"})
    assert "Tulis 2026 atau sesudahnya" in wrong.content.decode()
    assert "Rencana Kota Cerdas" in wrong.content.decode()
    assert desk.post(create, form).status_code == 302
    plan = regency.master_plans.get()
    assert [state for _, state, _ in states(desk, regency)] == [
        "Berikutnya", "Belum", "Belum", "Selesai", "Belum", "Belum",
    ]  # fmt: skip

    drafter = request.getfixturevalue("drafter")  # of an agency, so that two steps are done
    beginning = reverse("initiative_create", args=[regency.slug])
    closed = client_of(drafter).get(beginning)
    assert "Pengisian belum dibuka oleh sekretariat (Dinas Komunikasi dan Informatika)" in closed.content.decode()
    assert "form" not in (closed.context or {})
    assert "Pengisian belum dibuka" in client_of(drafter).get(f"/wilayah/{regency.slug}/").content.decode()
    assert desk.get(beginning).context["form"]

    make_program(plan.development_plan)
    regency.workshops.create(stage=1, title="Tahap I", deadline="2026-12-01T00:00Z")
    assert [state for _, state, _ in states(admin, regency)] == [*["Selesai"] * 5, "Berikutnya"]
    assert desk.post(reverse("master_plan_open_filling", args=[regency.slug, plan.pk])).status_code == 302
    assert states(desk, regency) == states(admin, regency) == []
    assert client_of(drafter).get(beginning).context["form"]


def test_the_next_period_is_opened_on_the_same_page(client_of, regency, coordinator):
    desk = client_of(coordinator)
    rpjmd = make_rpjmd(regency, 2025, 2034)
    make_element(rpjmd, Level.MISSION)
    create, listing = (reverse(name, args=[regency.slug]) for name in ("master_plan_create", "master_plan_list"))
    form = {"title": "Rencana", "start_year": "2026", "end_year": "2030", "development_plan": str(rpjmd.pk)}
    desk.post(create, form)
    first = regency.master_plans.get()
    following = form | {"start_year": "2031", "end_year": "2035"}

    assert "Beri tanda bila rencana induk 2026–2030 boleh dihentikan" in desk.post(create, following).content.decode()
    desk.post(create, following | {"agreed": "on"})
    second = regency.master_plans.get(is_current=True)
    assert (second.start_year, MasterPlan.objects.get(pk=first.pk).is_current) == (2031, False)
    assert [plan.pk for plan in desk.get(listing).context["plans"]] == [second.pk, first.pk]
    assert desk.get(reverse("regency_home", args=[regency.slug])).context["plan"].pk == second.pk

    edit = reverse("master_plan_edit", args=[regency.slug, second.pk])
    desk.post(edit, following | {"vision": "Kota yang melayani"})
    second.refresh_from_db()
    assert second.vision == "Kota yang melayani"
    resume = reverse("master_plan_resume", args=[regency.slug, first.pk])
    assert "berhenti" in desk.get(resume).content.decode()
    desk.post(resume)
    assert MasterPlan.objects.get(pk=first.pk).is_current
