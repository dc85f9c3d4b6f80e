"""Saved replies: kept by the desk, mended, removed, and put into messages and comments without JavaScript."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from masterplan.discussion.actions import threads
from masterplan.discussion.actions.snippets import MOST_SNIPPETS, remove_snippet, save_snippet
from masterplan.models import Initiative, ReplySnippet
from tests.factories import make_initiative


@pytest.fixture
def snippet(regency, coordinator):
    return save_snippet(ReplySnippet(regency=regency), title="Target", text="Lengkapi target.", by=coordinator)


def of(snippet, name, *more):
    return reverse(name, args=[snippet.regency.slug, *more])


def test_one_is_written_mended_and_removed(client_of, coordinator, regency, plan):
    client, address = client_of(coordinator), reverse("snippet_list", args=[regency.slug])
    assert "Belum ada balasan tersimpan." in client.get(address).content.decode()
    words = {"title": "  Indikator  belum ", "text": "Lengkapi\x00 satuan.\r\n"}
    assert client.post(reverse("snippet_create", args=[regency.slug]), words).url == address
    made = ReplySnippet.objects.get()
    assert (made.title, made.text, made.by) == ("Indikator belum", "Lengkapi satuan.", coordinator)

    assert client.post(of(made, "snippet_edit", made.pk), {"title": "Lain", "text": "Lain."}).url == address
    assert "Lain." in client.get(address).content.decode()
    assert "Hapus balasan “Lain”?" in client.get(of(made, "snippet_remove", made.pk)).content.decode()
    client.post(of(made, "snippet_remove", made.pk))
    assert not ReplySnippet.objects.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"title": "", "text": "x"}, "Beri judul singkat"),
        ({"title": "x", "text": " "}, "Tulis isi balasannya."),
        ({"title": "TARGET", "text": "x"}, "Judul ini sudah dipakai"),
    ],
)
def test_a_fault_is_said_and_the_words_are_kept(client_of, coordinator, snippet, plan, words, said):
    page = client_of(coordinator).post(of(snippet, "snippet_create"), words).content.decode()

    assert said in page
    assert f'value="{words["title"]}"' in page or not words["title"]
    assert ReplySnippet.objects.count() == 1


def test_there_is_an_end_to_them(regency, coordinator):
    for number in range(MOST_SNIPPETS):
        save_snippet(ReplySnippet(regency=regency), title=f"Balasan {number}", text="x", by=coordinator)
    with pytest.raises(ValidationError, match="Hapus yang tidak dipakai"):
        save_snippet(ReplySnippet(regency=regency), title="Satu lagi", text="x", by=coordinator)
    save_snippet(ReplySnippet.objects.all()[0], title="Diubah", text="x", by=coordinator)


def test_only_the_desk_of_the_regency_keeps_them(snippet, executive, outsider):
    for by in (executive, outsider):
        with pytest.raises(PermissionDenied):
            save_snippet(snippet, title="x", text="x", by=by)
        with pytest.raises(PermissionDenied):
            remove_snippet(snippet, by=by)


# Putting one in ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def initiative(plan, agency, agency_head, coordinator):
    return make_initiative(plan, agency=agency, by=agency_head, coordinator=coordinator, status="in_review")


@pytest.mark.parametrize("place", ["return", "thread", "reply"])
def test_it_stands_behind_what_was_written_and_nothing_is_sent(client_of, coordinator, snippet, initiative, place):
    thread = threads.open_thread(initiative, field="risk", body="Kapan?", by=coordinator)
    url, key = {
        "return": (of(snippet, "initiative_transition", initiative.pk, "return"), "comment"),
        "thread": (of(snippet, "thread_create", initiative.pk, "problem"), "body"),
        "reply": (of(snippet, "comment_create", thread.pk), "body"),
    }[place]
    client = client_of(coordinator)
    assert 'data-text="Lengkapi target."' in client.get(url).content.decode()
    for typed, expected in (("", "Lengkapi target."), ("Halo. ", "Halo.\n\nLengkapi target.")):
        form = client.post(url, {key: typed, "balasan": snippet.pk, "sisipkan": "1"}).context["form"]
        assert (form[key].value(), form.errors) == (expected, {})
    kept = client.post(url, {key: "Halo.", "balasan": "999", "sisipkan": "1"}).context["form"]
    assert kept[key].value() == "Halo."

    assert Initiative.objects.get(pk=initiative.pk).status == "in_review"
    assert (initiative.threads.count(), thread.comments.count()) == (1, 1)


def test_others_are_offered_none(client_of, agency_head, expert, snippet, initiative):
    for person in (agency_head, expert):
        page = client_of(person).get(of(snippet, "thread_create", initiative.pk, "problem")).content.decode()
        assert "Lengkapi target." not in page
        assert "Balasan tersimpan" not in page
