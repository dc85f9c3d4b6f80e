"""What a reader must find in Buku 3: it shows a part of the plan, and the check after assembly looks for that part."""

from collections.abc import Mapping
from typing import Any

from masterplan.documents.contents.executive import chosen
from masterplan.documents.contents.lookup import Lookup, index
from masterplan.documents.contents.printed import printed_texts
from masterplan.documents.contents.sheet import day_in_full


def promised_texts(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """(path, text) for everything of the snapshot that Buku 3 prints when none of its sections is left out."""
    plan = index(content)
    answered = content["development_plan"]
    shown = {
        "regency": content["regency"],
        "plan": content["plan"],
        "edition": content["edition"],
        "development_plan": {key: answered[key] for key in ("title", "legal_basis", "vision", "missions")},
        "dimensions": [
            {
                "code": row["code"],
                "name": row["name"],
                "sub_dimensions": [{"name": sub["name"]} for sub in row["sub_dimensions"]],
            }
            for row in content["dimensions"]
        ],
        "districts": [{"name": row["name"]} for row in content["districts"]],
        "sections": {
            key: {"body": section["body"]}
            for key, section in content["sections"].items()
            if key in {f"visi.sasaran-{code.lower()}" for code in plan.dimensions}
        },
    }
    return [*printed_texts(shown), *_flagships(plan), *_quick_wins(plan)]


def _flagships(plan: Lookup) -> list[tuple[str, str]]:
    return [
        (f"initiatives[{row['code']}].{key}", row[key])
        for code in plan.dimensions
        for row in chosen.flagships(plan, code)
        for key in ("code", "name")
    ]


def _quick_wins(plan: Lookup) -> list[tuple[str, str]]:
    found = []
    for row in chosen.quick_wins_of(plan.initiatives):
        path, worksheet = f"initiatives[{row['code']}]", row["worksheet"]
        found += [(f"{path}.code", row["code"]), (f"{path}.name", row["name"])]
        if worksheet:
            found += [
                (f"{path}.worksheet.deliverable", worksheet["deliverable"]),
                (f"{path}.worksheet.due_date", day_in_full(worksheet["due_date"])),
            ]
    return [(path, text) for path, text in found if text]
