"""Pages of the library of models: everybody reads, who fills in begins a draft, and the draft shows what is still a model's."""

import pytest
from django.urls import reverse

from masterplan.library import find, models
from masterplan.models import Initiative
from tests.factories import make_master_plan
from tests.masterplan.page_form import form_of

KEY = "tiket-wisata-nontunai"


@pytest.fixture
def address(regency, plan):
    def of(name, **more):
        return reverse(name, kwargs={"slug": regency.slug, **more})

    return of


def test_every_model_is_listed_under_its_dimension(client_of, expert, address):
    html = client_of(expert).get(address("initiative_library")).content.decode()

    assert [model.name for model in models() if model.name not in html] == []
    assert f"{len(models())} contoh yang sudah ditulis lengkap" in html


def test_the_list_is_narrowed_by_dimension_and_words(client_of, drafter, address):
    response = client_of(drafter).get(address("initiative_library"), {"dimensi": "BR", "q": "loket"})

    assert [model.key for group in response.context["groups"] for model in group["models"]] == [KEY]
    nothing = client_of(drafter).get(address("initiative_library"), {"q": "tidakadasamasekali"}).content.decode()
    assert "Tidak ada contoh yang cocok dengan “tidakadasamasekali”." in nothing


def test_a_model_is_shown_whole_and_as_a_model(client_of, expert, address):
    html = client_of(expert).get(address("model_detail", key=KEY)).content.decode()
    model = find(KEY)

    assert "bukan keadaan daerah mana pun" in html
    for text in (model.answers["risk"], model.answers["activities"][0]["name"], model.answers["partners"][0]["name"]):
        assert text in html
    assert '<mark class="fill-in">[sebutkan berapa minggu]</mark>' in html
    assert "Mulai dari contoh ini" not in html


def test_a_draft_begins_once_with_the_words_of_the_model_marked(client_of, drafter, agency, address):
    client, url = client_of(drafter), address("model_use", key=KEY)
    sent = form_of(client.get(url)) | {"name": "Tiket kita", "first_year": "2024"}

    first, second = client.post(url, sent), client.post(url, sent)

    draft = Initiative.objects.get()
    assert first.url == second.url == address("initiative_edit", pk=draft.pk, section="identitas")
    assert (draft.name, draft.start_year, draft.lead_agency) == ("Tiket kita", 2024, agency)
    html = client.get(first.url).content.decode()
    assert html.count("Masih sama dengan contoh model") == 4
    client.post(first.url, form_of(client.get(first.url)) | {"problem": "Antrean di Kopeng dua jam."})
    assert client.get(first.url).content.decode().count("Masih sama dengan contoh model") == 3
    check = client.get(address("initiative_check", pk=draft.pk)).content.decode()
    assert "Masih sama dengan contoh model:" in check
    assert "“[sebutkan jumlah destinasi]” belum diganti" in check
    assert "Dimulai dari contoh model" in client.get(address("initiative_detail", pk=draft.pk)).content.decode()


def test_bad_input_is_kept(client_of, drafter, address):
    client, url = client_of(drafter), address("model_use", key=KEY)

    html = client.post(url, form_of(client.get(url)) | {"name": "", "first_year": "1999"}).content.decode()

    assert "Nama inisiatif: Isian ini masih kosong." in html
    assert not Initiative.objects.exists()


def test_without_a_master_plan_nothing_begins(client_of, drafter, regency, address, plan):
    plan.is_current = False
    plan.save()
    assert "Rencana induk belum dibuka" in client_of(drafter).get(address("model_use", key=KEY)).content.decode()
    make_master_plan(regency, plan.development_plan, start_year=2031, end_year=2035)
    assert client_of(drafter).get(address("model_use", key=KEY)).context["form"]
