"""The picture of streams and its table."""

import re

import pytest
from django.urls import reverse

from masterplan.alignment.actions import links as alignment
from tests.factories import make_initiative, make_program


@pytest.fixture
def tied(plan, agency, agency_head, coordinator):
    """An initiative with an accepted, a proposed and a rejected program."""
    initiative = make_initiative(plan, agency=agency, by=agency_head, name="Karcis & antrean")
    programs = [make_program(plan.development_plan, agency, text=f"Program {n}") for n in range(3)]
    links = [alignment.propose(initiative, element=program, by=coordinator) for program in programs]
    alignment.decide(links[0], accept=True, by=coordinator)
    alignment.decide(links[2], accept=False, reason="Bukan.", by=coordinator)
    return initiative


def page(regency, query=""):
    return reverse("alignment_flow", args=[regency.slug]) + query


def test_picture_and_table_say_the_same(client_of, coordinator, regency, tied):
    text = client_of(coordinator).get(page(regency)).content.decode()

    assert text.count('<path class="flow-stream') == 2 + 2 + 1
    rows = re.findall(
        r'<th scope="row">(.*?)</th><td data-label="Ke">(.*?)</td><td class="num" data-label="Tautan">(\d+)<', text
    )
    assert [int(count) for *_, count in rows] == [1, 1, 1, 1, 2]
    assert rows[-1][:2] == (f"{tied.code} Karcis &amp; antrean", "Smart Governance")
    assert f"<title>{tied.code} Karcis &amp; antrean: 2 tautan</title>" in text
    assert "<b>2</b> tautan" in text
    assert "Program 2" not in text
    assert 'role="img" aria-labelledby="alur-judul alur-uraian"' in text
    assert "style=" not in text


def test_filters_and_nothing(client_of, coordinator, regency, plan, other_agency, tied):
    client = client_of(coordinator)

    narrowed = client.get(page(regency, "?keadaan=diterima"))
    other = make_program(plan.development_plan, other_agency)
    nothing = client.get(page(regency, f"?opd={other.agency_id}"))

    assert narrowed.context["drawing"].total == 1
    assert "Tidak ada yang cocok" in nothing.content.decode()
    tied.links.all().delete()
    assert "Belum ada tautan" in client.get(page(regency)).content.decode()
