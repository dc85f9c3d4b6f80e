"""Every form of a plan whose edition was adopted: a sentence for whoever sends it, and no change of what is locked."""

from typing import Any

from masterplan.models import MasterPlan, Snapshot
from masterplan.models.lock import FREE_COLUMNS, GUARDED
from tests.sweep.conftest import World
from tests.sweep.pages import OpenForm
from tests.sweep.watching import undone, watching


def locked_rows(plans: list[int]) -> dict[str, list[dict[str, Any]]]:
    """Every row of these plans that the lock guards, without the columns that stay free."""
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


def test_forms_that_were_open_when_the_edition_was_adopted(world: World, open_forms: list[OpenForm]) -> None:
    plan = MasterPlan.objects.filter(regency__slug=world.mine.slug, is_current=True)
    # A plan that is opened meanwhile for the next period is none of these.
    plans = list(MasterPlan.objects.values_list("pk", flat=True))
    before, wrong = locked_rows(plans), []
    guarded = {model._meta.db_table for model in GUARDED}
    edition = Snapshot.objects.filter(master_plan__in=plan).order_by("number").last()
    for opened in open_forms:
        with undone():
            plan.update(locked_edition=edition)
            with watching() as seen:
                response = world.client(opened.writer).post(opened.url, opened.data)
            after = locked_rows(plans) if seen.tables & guarded else before
            if response.status_code >= 500:
                wrong.append(f"{opened.address.label}: {response.status_code}")
            elif changed := [label for label, rows in after.items() if rows != before[label]]:
                wrong.append(f"{opened.address.label}: {response.status_code}, changed {', '.join(changed)}")
    assert not wrong, "\n".join(wrong)
