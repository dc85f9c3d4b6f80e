"""Every kind of row is saved in the same way: what differs is stored and recorded, nobody overwrites anybody."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from masterplan.analyses.actions import GAP
from masterplan.editing.actions import written
from masterplan.editing.actions.conflicts import EditConflict
from masterplan.models import GapItem
from tests.factories import make_gap
from tests.masterplan.editing.rows import EditedTogether


def test_a_save_is_recorded_and_nothing_new_changes_nothing(edited: EditedTogether, outsider) -> None:
    before, seen = edited.answers(), edited.row.edit_version

    saved = edited.save(edited.me, seen, first="Antrean panjang.")

    assert (edited.answers(), saved.edit_version) == (("Antrean panjang.", before[1]), seen + 1)
    assert saved.updated_by == edited.me
    change = saved.changes.first()
    assert (change.before, change.after) == ({edited.first: before[0]}, {edited.first: "Antrean panjang."})
    assert (change.by, change.version, change.source) == (edited.me, seen + 1, "form")
    assert change.by_role
    assert edited.save(edited.other, seen, first="Antrean panjang.").edit_version == seen + 1, "the same is no conflict"
    with pytest.raises(PermissionDenied):
        edited.save(outsider, seen + 1, first="Dari luar.")


def test_two_people_lose_nothing(edited: EditedTogether) -> None:
    """Different answers are merged; the same answer is a conflict that holds both texts and writes nothing."""
    seen = edited.row.edit_version
    edited.save(edited.other, seen, first="Milik orang.")

    edited.save(edited.me, seen, second="Milik saya.")

    assert edited.answers() == ("Milik orang.", "Milik saya.")
    for version in (seen, seen + 99):  # a version nobody can have seen does not skip the question
        with pytest.raises(EditConflict) as conflict, transaction.atomic():
            edited.save(edited.me, version, first="Milik saya.", second="Lagi.")
        assert conflict.value.current[edited.first] == "Milik orang."
        assert conflict.value.mine == {edited.first: "Milik saya.", edited.second: "Lagi."}
        assert conflict.value.version == seen + 2
    assert edited.answers() == ("Milik orang.", "Milik saya.")


def test_a_packet_sent_again_changes_nothing(edited: EditedTogether) -> None:
    """The answer to the first was lost and somebody else went on; the retry must neither undo that nor be a conflict."""
    seen = edited.row.edit_version
    edited.save(edited.me, seen, first="Sekali.", key="paket")
    edited.save(edited.other, seen + 1, first="Sesudahnya.")

    again = edited.save(edited.me, seen, first="Sekali.", key="paket")

    assert (edited.answers()[0], again.edit_version) == ("Sesudahnya.", seen + 2)


def test_a_row_that_was_removed_is_not_saved(plan, coordinator) -> None:
    gap = make_gap(plan, coordinator)
    written.remove(gap, kind=GAP, by=coordinator)

    with pytest.raises(GapItem.DoesNotExist):
        written.save(gap, kind=GAP, by=coordinator, data={"cause": "x"}, version=1)
