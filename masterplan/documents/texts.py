"""Which texts of a snapshot a book must hold, each with its path, line by line. Looking for them is `check`'s work."""

from collections.abc import Iterator, Mapping
from typing import Any

from smartcity.common.text import blocks

# Values for the machine: identities, ISO dates (printed as Indonesians write them), codes of what is named in full.
_NOT_WORDS = frozenset(
    {
        "schema_version",
        "id",
        "key",
        "dimension",
        "sub_dimension",
        "scope",
        "date",
        "start",
        "end",
        "due_date",
        "plan_kind",
        "aspect",
        "lead_agency",
        "supporting_agencies",
        "districts",
        "carries_out",
    }
)


def book_texts(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(path, text) for every line that somebody wrote, list marks left out."""
    yield from _walk(content, "")


def _walk(value: Any, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        for block in blocks(value):
            for line in block.lines:
                yield path, line
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if key not in _NOT_WORDS and not key.endswith("_id") and f"{key}_label" not in value:
                yield from _walk(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list | tuple):
        for number, item in enumerate(value):
            yield from _walk(item, f"{path}[{_name(item, number)}]")


def _name(item: Any, number: int) -> str:
    """A list's item is named by its code, as people know it, else by its place."""
    code = item.get("code") if isinstance(item, Mapping) else None
    return str(code or number)
