"""Words in a section's text that stand for a figure of the plan, such as `{{jumlah_inisiatif}}`: a fixed list, no code.

They are filled in when an edition is frozen, so that a book, its Word file and a comparison show what was true then.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from smartcity.common.formatting import format_money, format_number
from smartcity.common.rich_text.marks import Run, write_line

Content = Mapping[str, Any]

_CHIP = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")


@dataclass(frozen=True)
class Placeholder:
    """`name` as it is typed, `label` for people, `value` out of a snapshot's content."""

    name: str
    label: str
    value: Callable[[Content], str]

    @property
    def chip(self) -> str:
        """As it stands in a text."""
        return f"{{{{{self.name}}}}}"


def _count(key: str) -> Callable[[Content], str]:
    return lambda content: format_number(len(content[key]))


def _budget(content: Content) -> str:
    rows = (row for initiative in content["initiatives"] for row in initiative["budgets"])
    return format_money(sum(amount or 0 for row in rows for amount in row["amounts"].values()))


def _leads(content: Content) -> str:
    return format_number(len({initiative["lead_agency"] for initiative in content["initiatives"]}))


def _quick_wins(content: Content) -> str:
    return format_number(sum(bool(initiative["quick_win"]) for initiative in content["initiatives"]))


def _answered_programs(content: Content) -> str:
    linked = {
        link["element_id"]
        for initiative in content["initiatives"]
        for link in initiative["links"]
        if link["state"] == "accepted"
    }
    return format_number(sum(program["id"] in linked for program in content["development_plan"]["programs"]))


PLACEHOLDERS = {
    each.name: each
    for each in (
        Placeholder("nama_daerah", "Nama daerah", lambda content: content["regency"]["full_name"]),
        Placeholder("ibu_kota", "Ibu kota", lambda content: content["regency"]["capital"]),
        Placeholder("judul_rpjmd", "Judul RPJMD", lambda content: content["development_plan"]["title"]),
        Placeholder("visi_rpjmd", "Visi RPJMD", lambda content: content["development_plan"]["vision"]),
        Placeholder("tahun_awal", "Tahun awal rencana", lambda content: str(content["plan"]["start_year"])),
        Placeholder("tahun_akhir", "Tahun akhir rencana", lambda content: str(content["plan"]["end_year"])),
        Placeholder("jumlah_inisiatif", "Jumlah inisiatif", _count("initiatives")),
        Placeholder("jumlah_quick_win", "Jumlah quick win", _quick_wins),
        Placeholder("jumlah_penanggung_jawab", "Jumlah perangkat daerah penanggung jawab", _leads),
        Placeholder("jumlah_perangkat_daerah", "Jumlah perangkat daerah", _count("agencies")),
        Placeholder("jumlah_kecamatan", "Jumlah kecamatan", _count("districts")),
        Placeholder(
            "jumlah_program",
            "Jumlah program RPJMD",
            lambda content: format_number(len(content["development_plan"]["programs"])),
        ),
        Placeholder("jumlah_program_terjawab", "Jumlah program RPJMD yang dijawab inisiatif", _answered_programs),
        Placeholder("jumlah_anggaran", "Jumlah anggaran semua tahun", _budget),
    )
}


def fill(text: str, content: Content) -> str:
    """`text` with every placeholder of the list replaced; what only looks like one stays as typed."""
    return _CHIP.sub(lambda chip: _value(chip, content), text)


def labelled(text: str) -> str:
    """`text` with the label of each placeholder in its place, for pages that have no edition to fill it from."""
    return _CHIP.sub(_label, text)


def unknown(text: str) -> list[str]:
    """What looks like a placeholder and is none of the list, as typed."""
    return [chip[0] for chip in _CHIP.finditer(text) if chip[1] not in PLACEHOLDERS]


def _label(chip: re.Match[str]) -> str:
    found = PLACEHOLDERS.get(chip[1])
    return f"\u2039{found.label}\u203a" if found else chip[0]


def _value(chip: re.Match[str], content: Content) -> str:
    found = PLACEHOLDERS.get(chip[1])
    return write_line([Run(" ".join(found.value(content).split()))]) if found else chip[0]
