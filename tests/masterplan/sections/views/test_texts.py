"""What the editor of rich text asks while somebody writes."""

from pathlib import Path

import pytest
from django.urls import reverse

from masterplan.initiatives.actions.initiatives import save
from masterplan.sections.actions.outline import complete_outline
from masterplan.sections.actions.sections import save_section
from smartcity.common.reading import Unreadable
from tests.factories import make_initiative
from tests.masterplan.page_form import form_of

CLIPBOARD = Path(__file__).parents[3] / "smartcity" / "common" / "clipboard"
TOO_MUCH = {
    "links": ("[a](https://a.id) " * 51, "51 tautan, batasnya 50"),
    "columns": ("| " + " | ".join("abcdefghi") + " |", "9 kolom, batasnya 8"),
    "rows": ("| a | b |\n" * 61, "61 baris, batasnya 60"),
    "cell": (f"| a | {'b' * 301} |", "301 karakter, batasnya 300"),
    "bold": ("**a** b " * 501, "501 bagian tebal, batasnya 500"),
    "tables": ("| a | b |\n\nx\n\n" * 21, "21 tabel, batasnya 20"),
}


@pytest.fixture
def address(regency):
    return reverse("text_paste", args=[regency.slug])


@pytest.fixture
def initiative(plan, agency, agency_head):
    return make_initiative(plan, agency=agency, by=agency_head)


def test_html_and_plain_text_become_marks(client_of, drafter, address):
    client = client_of(drafter)
    word = (CLIPBOARD / "word_table.html").read_text(encoding="utf-8")

    assert client.post(address, {"html": word}).json() == {
        "text": (CLIPBOARD / "word_table.marks").read_text(encoding="utf-8").strip()
    }
    assert client.post(address, {"plain": "*tebal*"}).json() == {"text": "**tebal**"}
    assert client.post(address).json() == {"text": ""}


def test_too_much_is_refused_in_words(client_of, drafter, address):
    response = client_of(drafter).post(address, {"html": "x" * 2 * 1024 * 1024})

    assert response.json() == {
        "problem": "Tempelan ini berukuran 2.048 KB, batasnya 1.024 KB. Tempel bagian demi bagian."
    }


@pytest.mark.parametrize("name", [name for name in TOO_MUCH if len(TOO_MUCH[name][0]) <= 1500])
def test_the_form_refuses_with_the_limit_and_keeps_what_was_typed(client_of, initiative, agency_head, name):
    text, words = TOO_MUCH[name]
    url = reverse("initiative_edit", args=[initiative.regency.slug, initiative.pk, "identitas"])
    client = client_of(agency_head)

    response = client.post(url, form_of(client.get(url)) | {"problem": text})

    assert response.status_code == 200
    assert words in response.content.decode()
    assert form_of(response)["problem"] == [text]
    initiative.refresh_from_db()
    assert initiative.problem == ""


@pytest.mark.parametrize("name", TOO_MUCH)
def test_whoever_comes_by_another_way_is_refused_too(plan, initiative, agency_head, coordinator, name):
    text, words = TOO_MUCH[name]
    with pytest.raises(Unreadable, match=words):
        save(initiative, by=agency_head, data={"risk": text}, version=initiative.edit_version)
    complete_outline(plan, bodies={}, by=coordinator)
    section = plan.sections.first()
    with pytest.raises(Unreadable, match=words):
        save_section(section, by=coordinator, data={"body": text}, version=section.edit_version)


def test_marks_are_understood_on_the_page_and_readable_in_the_history(client_of, initiative, agency_head):
    save(
        initiative, by=agency_head, version=initiative.edit_version,
        data={"problem": "**Tebal** dan <b>bukan</b>\n\n| a | b |\n| c | [d](https://a.id) |"},
    )  # fmt: skip
    client = client_of(agency_head)
    arguments = [initiative.regency.slug, initiative.pk]

    shown = client.get(reverse("initiative_check", args=arguments)).content.decode()
    history = client.get(reverse("initiative_history", args=arguments)).content.decode()

    assert "<p><strong>Tebal</strong> dan &lt;b&gt;bukan&lt;/b&gt;</p>" in shown
    assert '<td><a href="https://a.id">d</a></td>' in shown
    assert "**Tebal** dan &lt;b&gt;bukan&lt;/b&gt;" in history
