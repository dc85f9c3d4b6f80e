"""What a reader must find in Buku 3: it shows a part of the plan, and the check after assembly looks for that part."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from masterplan.books.chapters.executive import selection
from masterplan.books.chapters.lookup import Lookup, index
from masterplan.books.chapters.printed import printed_texts
from masterplan.editions.days import day_in_full
from masterplan.editions.schema import ListedInitiative

Texts = list[tuple[str, str]]


def promised_texts(content: Mapping[str, Any], sections: Collection[str] | None = None) -> Texts:
    """(path, text) for everything of the snapshot that these sections print, by the names of their functions.

    All sections where none is named; the cover's words are always among them.
    """
    plan = index(content)
    wanted = _PROMISES if sections is None else [name for name in _PROMISES if name in sections]
    found = printed_texts({"edition": content["edition"]})
    for name in wanted:
        found += _PROMISES[name](plan)
    return found


def _profile(plan: Lookup) -> Texts:
    answered = plan.content["development_plan"]
    return printed_texts(
        {
            "regency": plan.content["regency"],
            "plan": {"title": plan.content["plan"]["title"]},
            "development_plan": {"title": answered["title"], "legal_basis": answered["legal_basis"]},
        }
    )


def _vision(plan: Lookup) -> Texts:
    answered = plan.content["development_plan"]
    return printed_texts(
        {
            "plan": {"vision": plan.content["plan"]["vision"]},
            "development_plan": {"vision": answered["vision"], "missions": answered["missions"]},
        }
    )


def _overview(plan: Lookup) -> Texts:
    best = [row for code in plan.dimensions for row in selection.flagships(plan, code)[:1]]
    return [*_names(plan), *(text for row in best for text in _named(row))]


def _dimensions(plan: Lookup) -> Texts:
    keys = [f"visi.sasaran-{code.lower()}" for code in plan.dimensions]
    shown = {
        "dimensions": [
            {"code": code, "sub_dimensions": [{"name": sub["name"]} for sub in row["sub_dimensions"]]}
            for code, row in plan.dimensions.items()
        ],
        "sections": {key: {"body": plan.section(key)["body"]} for key in keys},
    }
    best = [row for code in plan.dimensions for row in selection.flagships(plan, code)]
    return [*_names(plan), *printed_texts(shown), *(text for row in best for text in _named(row))]


def _districts(plan: Lookup) -> Texts:
    return printed_texts({"districts": [{"name": row["name"]} for row in plan.districts.values()]})


def _quick_wins(plan: Lookup) -> Texts:
    found: Texts = []
    for row in selection.shown_quick_wins(plan):
        worksheet = row["worksheet"]
        path = f"initiatives[{row['code']}].worksheet"
        found += [*_named(row), *printed_texts({path: {"deliverable": worksheet["deliverable"] if worksheet else ""}})]
        found.append((f"{path}.due_date", day_in_full(worksheet["due_date"] if worksheet else None)))
    return found


def _names(plan: Lookup) -> Texts:
    return [(f"dimensions[{code}].name", row["name"]) for code, row in plan.dimensions.items()]


def _named(row: ListedInitiative) -> Texts:
    path = f"initiatives[{row['code']}]"
    return [(f"{path}.code", row["code"]), (f"{path}.name", row["name"])]


_PROMISES: dict[str, Callable[[Lookup], Texts]] = {
    "profile": _profile,
    "vision": _vision,
    "overview": _overview,
    "dimensions": _dimensions,
    "districts": _districts,
    "quick_wins": _quick_wins,
}
