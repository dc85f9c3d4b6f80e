"""Warnings about the printed pages of an initiative, each with the question where it can be corrected. Writes nothing.

`completeness` decides whether an initiative may be sent; of these warnings only a missing answer prevents it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from masterplan.library import placeholders
from masterplan.models import Initiative
from masterplan.registry import FIELDS, SECTION_OF_FIELD, Content, FormSection, texts_in
from masterplan.registry.completeness import missing_for_submission
from masterplan.registry.reading import read

_LONGEST_QUOTE = 60
# A shorter text stands in many answers.
_SHORTEST_QUOTE = 8


@dataclass(frozen=True)
class PrintWarning:
    """One sentence; `field` is the question where it can be corrected, "" when it belongs to none."""

    sentence: str
    field: str = ""

    @property
    def section(self) -> FormSection | None:
        """The page of the form with that question."""
        return SECTION_OF_FIELD.get(self.field)


def print_warnings(initiative: Initiative, problems: Iterable[Mapping[str, Any]] = ()) -> list[PrintWarning]:
    """All warnings about the printed pages of `initiative` (read with `complete()`), most serious first.

    `problems` is what the print job reported: text that was cut or runs off the paper, letters without a shape, and
    whatever else a part of the page said of itself (`key` names the place, `sentence` is for people).
    """
    content = read(initiative)
    missing = missing_for_submission(initiative)
    return [
        *press_warnings(problems, content),
        *(PrintWarning(gap.sentence, gap.field) for gap in missing),
        *_unfilled(content),
        *_indicator_warnings(content, initiative.master_plan.years, " ".join(gap.sentence for gap in missing)),
        *_activity_warnings(content),
    ]


def unfilled_placeholders(initiative: Initiative) -> list[PrintWarning]:
    """Requests such as "[sebutkan jumlah ...]" that still stand in an answer."""
    return list(_unfilled(read(initiative)))


def _unfilled(content: Content) -> Iterator[PrintWarning]:
    for key, value in content.items():
        found = [request for text in texts_in(value) for request in placeholders(text)]
        if found:
            more = f" dan {len(found) - 1} lainnya" if len(found) > 1 else ""
            yield PrintWarning(
                f"{FIELDS[key].label}: “{_short(found[0])}”{more} belum diganti dengan keadaan Anda.", key
            )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def _indicator_warnings(content: Content, years: range, named: str) -> Iterator[PrintWarning]:
    """Rows that look wrong in print; a unit of which `named` speaks already is not missed twice."""
    for row in content["indicators"]:
        if row["targets"] and not row["unit"] and f"“{_short(row['name'])}”: satuan" not in named:
            yield PrintWarning(f"Indikator “{_short(row['name'])}” punya target tanpa satuan.", "indicators")
        outside = [year for year in row["targets"] if int(year) not in years]
        if outside:
            when = ", ".join(sorted(outside))
            yield PrintWarning(
                f"Indikator “{_short(row['name'])}” punya target {when}, di luar masa rencana.", "indicators"
            )


def _activity_warnings(content: Content) -> Iterator[PrintWarning]:
    start, end = content["start_year"], content["end_year"]
    for row in content["activities"]:
        running = {int(row[key][:4]) for key in ("start", "end") if row[key]}
        if start and end and any(not start <= year <= end for year in running):
            yield PrintWarning(
                f"Kegiatan “{_short(row['name'])}” berlangsung di luar {start} sampai {end}, tahun inisiatif ini.",
                "activities",
            )


# The report of the press ---------------------------------------------------------------------------------------------


def press_warnings(problems: Iterable[Mapping[str, Any]], content: Content) -> Iterator[PrintWarning]:
    """The report of a print job, each problem at the question it is about.

    That is the one its key names ("initiatives[BR-07].problem"), or the one whose answer holds the text it quotes.
    """
    for problem in problems:
        sentence = str(problem.get("sentence", ""))
        words = re.findall(r"[a-z_]+", str(problem.get("key", "")))
        named = next((word for word in words if word in FIELDS), "")
        yield PrintWarning(sentence, named or _holder(sentence.rpartition(": ")[2], content))


def _holder(quoted: str, content: Content) -> str:
    """The question whose answer holds a text, "" when none does or the text says too little."""
    quoted = quoted.strip(" .…“”")
    if len(quoted) < _SHORTEST_QUOTE:
        return ""
    return next((key for key, value in content.items() if any(quoted in text for text in texts_in(value))), "")
