"""What a development plan is narrowed to on its page: read from the address, and held against its nodes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from masterplan.models import Indicator, PlanElement
from masterplan.reference import Level
from smartcity.common.text import search_words, whole_number

ALL = "semua"


@dataclass(frozen=True)
class TreeFilter:
    """What of the tree is wanted; an unknown value narrows nothing."""

    search: str = ""
    level: str = ""
    agency: str = ""
    mission: str = ""
    opened: str = ""
    branch: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> "TreeFilter":
        """From the address."""
        level, opened = query.get("jenjang", ""), query.get("buka", "")
        return cls(
            search=search_words(query.get("cari", "")),
            level=level if level in Level.values else "",
            agency=_number(query.get("opd", "")),
            mission=_number(query.get("misi", "")),
            opened=ALL if opened == ALL else "",
            branch=_number(query.get("cabang", "")),
        )

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words that must all be found."""
        return tuple(self.search.casefold().split())

    @property
    def is_narrow(self) -> bool:
        """Whether something is hidden."""
        return bool(self.search or self.level or self.agency or self.mission)

    @property
    def keeps_below(self) -> bool:
        """Whether what stands below a match is shown too: not when a level or an agency was asked for."""
        return not (self.level or self.agency)

    def query(self, **changes: str) -> str:
        """The address's query with `changes`."""
        changed = replace(self, **changes)
        values = {
            "cari": changed.search,
            "jenjang": changed.level,
            "opd": changed.agency,
            "misi": changed.mission,
            "buka": changed.opened,
        }
        return urlencode({key: value for key, value in values.items() if value})

    def fits(self, element: PlanElement, indicators: Sequence[Indicator]) -> bool:
        """Whether a node with these indicators is what was asked for; the mission is a matter of its place."""
        if self.level and element.level != self.level:
            return False
        if self.agency and int(self.agency) not in {element.agency_id, *(row.agency_id for row in indicators)}:
            return False
        text = _text_of(element, indicators) if self.words else ""
        return all(word in text for word in self.words)


def marked(text: str, words: Iterable[str]) -> SafeString:
    """`text`, escaped, with every occurrence of the words in `<mark>`."""
    pattern = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if not pattern:
        return format_html("{}", text)
    parts = re.split(f"({pattern})", text, flags=re.IGNORECASE)
    formats = ("{}", "<mark>{}</mark>")
    return format_html_join("", "{}", ((format_html(formats[n % 2], part),) for n, part in enumerate(parts) if part))


def _number(text: str) -> str:
    return text if whole_number(text) else ""


def _text_of(element: PlanElement, indicators: Sequence[Indicator]) -> str:
    agency = [element.agency.name, element.agency.short_name] if element.agency else []
    return " ".join((element.code, element.text, *agency, *(row.name for row in indicators))).casefold()
