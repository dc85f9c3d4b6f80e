"""What an outline is made of before a regency changes it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class OutlineEntry:
    """One place of a book; `lead` opens a chapter, `body` is the text a new plan opens with, empty where data speak."""

    key: str
    title: str
    body: str = ""
    lead: str = ""
    children: "tuple[OutlineEntry, ...]" = ()
