"""Every page of questions saves by its button and while one types, and shows both texts where two people meet."""

from typing import Any

from tests.masterplan.editing.rows import EditedTogether
from tests.masterplan.page_form import form_of
from tests.masterplan.page_text import text_of


def test_both_texts_are_shown_and_the_choice_is_stored(edited: EditedTogether, client_of) -> None:
    client, address = client_of(edited.me), edited.url("edit")
    sent = form_of(client.get(address))
    before = edited.answers()
    edited.save(edited.other, edited.row.edit_version, first="Milik orang.")

    shown = client.post(address, sent | {edited.first: "Milik saya.", edited.second: "Jawab."})

    assert "Milik orang." in text_of(shown)
    assert "Milik<del>orang.</del><ins>saya.</ins>" in text_of(shown)
    assert edited.answers() == ("Milik orang.", before[1])
    again = client.post(address, form_of(shown))
    assert "Pilih naskah yang benar." in text_of(again)
    names = [f"conflict-{part}_{edited.first}" for part in ("choice", "merged")]
    choice = form_of(again) | dict(zip(names, ("merged", "Milik bersama."), strict=True))
    assert client.post(address, choice | {"next": "stay"}).status_code == 302
    assert edited.answers() == ("Milik bersama.", "Jawab.")


def test_what_nobody_touched_is_not_written(edited: EditedTogether, client_of) -> None:
    """A page with JavaScript names what was changed; the rest of it may be old."""
    client, address = client_of(edited.me), edited.url("edit")
    sent = form_of(client.get(address))
    edited.save(edited.other, edited.row.edit_version, first="Milik orang.")

    client.post(address, sent | {edited.second: "Jawab.", "tracked": "1", "changed": edited.second})

    assert edited.answers() == ("Milik orang.", "Jawab.")


def test_packets_are_stored_once_and_name_what_others_changed(edited: EditedTogether, client_of) -> None:
    client, seen = client_of(edited.me), edited.row.edit_version
    edited.save(edited.other, seen, first="Milik orang.")

    def packet(**data: Any) -> Any:
        names = {"first": edited.first, "second": edited.second}
        data = {names.get(name, name): value for name, value in data.items()}
        headers = {"Accept": "application/json"}
        answer = client.post(edited.url("autosave"), {"edit_version": seen, **data}, headers=headers)
        assert answer.status_code == 200
        return answer.json()

    saved = packet(second="Jawab.", key="satu")
    assert (saved["state"], saved["version"]) == ("saved", seen + 2)
    assert [other["key"] for other in saved["others"]] == [edited.first]
    assert packet(second="Jawab.", key="satu")["version"] == seen + 2

    clash = packet(first="Milik saya.")
    assert clash["state"] == "conflict"
    assert [each["key"] for each in clash["clashes"]] == [edited.first]
    assert packet(first="Milik saya.", person=edited.other.pk)["state"] == "signed_out"
    assert edited.answers() == ("Milik orang.", "Jawab.")
