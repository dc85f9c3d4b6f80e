"""The outline that a plan has stored, completed by what it lacks. Pure functions on a snapshot's data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from masterplan.editions.outline.entry import OutlineEntry
from masterplan.editions.schema import FrozenPicture, FrozenPlace, FrozenSection


@dataclass(frozen=True)
class OutlineNode:
    """One place of a book as it is printed, with the `pictures` of its text as the snapshot has them.

    `wants_text`: without a text of its own it says that none is written.
    """

    key: str
    title: str
    body: str
    lead: str
    wants_text: bool
    pictures: tuple[FrozenPicture, ...] = ()
    children: "tuple[OutlineNode, ...]" = ()


def merge(
    stored: Sequence[FrozenPlace], defaults: Sequence[OutlineEntry], texts: Mapping[str, FrozenSection]
) -> tuple[OutlineNode, ...]:
    """The included places of a stored tree ({key, included, children}), then those of `defaults` that it lacks."""
    known = {entry.key: entry for entry in _all(defaults)}
    present = set(_keys(stored))

    def nodes(rows: Sequence[FrozenPlace], entries: Sequence[OutlineEntry]) -> tuple[OutlineNode, ...]:
        own = [node(row["key"], known.get(row["key"]), row["children"]) for row in rows if row["included"]]
        return (*own, *(node(entry.key, entry, ()) for entry in entries if entry.key not in present))

    def node(key: str, entry: OutlineEntry | None, children: Sequence[FrozenPlace]) -> OutlineNode:
        text = texts.get(key) or {"title": "", "body": ""}
        return OutlineNode(
            key=key,
            title=text.get("title") or (entry.title if entry else key),
            body=text.get("body", ""),
            lead=text.get("lead") or (entry.lead if entry else ""),
            wants_text=entry is None or bool(entry.body),
            pictures=tuple(text.get("pictures", ())),
            children=nodes(children, entry.children if entry else ()),
        )

    return nodes(stored, defaults)


def place_texts(defaults: Sequence[OutlineEntry], texts: Iterable[str]) -> list[FrozenPlace]:
    """A tree of all default places; keys of `texts` that it lacks end the chapter that theirs begin with, or the last.

    Annexes are no chapters: their keys have a dot.
    """
    known = {entry.key for entry in _all(defaults)}
    extra = [key for key in texts if key not in known]
    chapters = [entry.key for entry in defaults if "." not in entry.key]

    def row(entry: OutlineEntry) -> FrozenPlace:
        own = [key for key in extra if _chapter(key, chapters) == entry.key] if entry.key in chapters else []
        below: list[FrozenPlace] = [{"key": key, "included": True, "children": []} for key in own]
        return {"key": entry.key, "included": True, "children": [*map(row, entry.children), *below]}

    return [row(entry) for entry in defaults]


def _chapter(key: str, chapters: Sequence[str]) -> str:
    prefix = key.partition(".")[0]
    return prefix if prefix in chapters else chapters[-1]


def _all(entries: Iterable[OutlineEntry]) -> Iterator[OutlineEntry]:
    for entry in entries:
        yield entry
        yield from _all(entry.children)


def _keys(rows: Iterable[FrozenPlace]) -> Iterator[str]:
    for row in rows:
        yield row["key"]
        yield from _keys(row["children"])
