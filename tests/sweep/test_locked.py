"""Every form of a plan whose edition was adopted: a sentence for whoever sends it, and no change of what is locked."""

from typing import Any

import pytest

from masterplan.models import MasterPlan, Snapshot
from masterplan.models.lock import FREE_COLUMNS, GUARDED
from tests.sweep.addresses import FORMS
from tests.sweep.conftest import World
from tests.sweep.pages import as_sent, form_that_sends, read
from tests.sweep.watching import undone


def what_is_held(plans: list[int]) -> dict[str, list[dict[str, Any]]]:
    """Every row of these plans that the lock holds, without the columns that stay free."""
    return {
        model._meta.label: list(
            model._base_manager.filter(**{f"{path}__in": plans})
            .order_by("pk")
            .values(
                *(
                    field.attname
                    for field in model._meta.concrete_fields
                    if field.column not in FREE_COLUMNS.get(model, ())
                )
            )
        )
        for model, path in GUARDED.items()
    }


@pytest.fixture
def sent(world: World) -> list[tuple[Any, str, dict[str, Any]]]:
    """What everybody has open when the edition is adopted."""
    found = []
    for address in FORMS:
        url = address.url(world.mine)
        page = read(world.client(address.writers[0]).get(url)) if address.get else None
        sends = address.sends(world.mine)
        found.append((address, url, as_sent(form_that_sends(page, url), sends) if page else sends))
    return found


def test_forms_that_were_open_when_the_edition_was_adopted(
    world: World, sent: list[tuple[Any, str, dict[str, Any]]]
) -> None:
    plan = MasterPlan.objects.filter(regency__slug=world.mine.slug, is_current=True)
    # A plan that is opened meanwhile for the next period is none of these.
    plans = list(MasterPlan.objects.values_list("pk", flat=True))
    before, wrong = what_is_held(plans), []
    edition = Snapshot.objects.filter(master_plan__in=plan).order_by("number").last()
    for address, url, data in sent:
        with undone():
            plan.update(locked_edition=edition)
            response = world.client(address.writers[0]).post(url, data)
            if response.status_code >= 500:
                wrong.append(f"{address.label}: {response.status_code}")
            elif changed := [label for label, rows in what_is_held(plans).items() if rows != before[label]]:
                wrong.append(f"{address.label}: {response.status_code}, changed {', '.join(changed)}")
    assert not wrong, "\n".join(wrong)
