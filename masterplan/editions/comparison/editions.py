"""The two editions that are compared, and the names that each of them has for its ids."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from masterplan.editions.outline import OutlinePosition, positions_of
from masterplan.editions.schema import Row

Names = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Editions:
    """The contents of two snapshots of one plan."""

    before: Row
    after: Row

    @cached_property
    def names(self) -> tuple[Names, Names]:
        """Names by kind and id, of the older edition and of the newer."""
        return _names(self.before), _names(self.after)

    @cached_property
    def places(self) -> tuple[dict[str, OutlinePosition], dict[str, OutlinePosition]]:
        """The places of all books of each edition."""
        return positions_of(self.before), positions_of(self.after)

    @property
    def scale(self) -> list[str]:
        """The readiness scale where both editions have the same, best first; empty where they differ."""
        before, after = ((content.get("readiness") or {}).get("scale", []) for content in (self.before, self.after))
        return after if before in ([], after) else []


def _names(content: Row) -> dict[str, dict[str, str]]:
    development_plan = content["development_plan"]
    return {
        **{kind: {row["id"]: row["name"] for row in content[kind]} for kind in ("agencies", "districts")},
        "dimensions": {row["code"]: row["name"] for row in content["dimensions"]},
        "sub_dimensions": {
            sub["key"]: f"{dimension['name']}, {sub['name']}"
            for dimension in content["dimensions"]
            for sub in dimension["sub_dimensions"]
        },
        "missions": {row["id"]: f"Misi {row['code']}" for row in development_plan["missions"]},
        "programs": {row["id"]: f"{row['code']} {row['text']}".strip() for row in development_plan["programs"]},
        "initiatives": {row["id"]: f"{row['code']} {row['name']}" for row in content["initiatives"]},
    }
