"""The catalogue of provinces, regencies, cities and districts, from which a regency is opened.

The files lie in `reference_data/regions/`, with source and licence. The data set counts 416 kabupaten and 98 kota.
Six of these 514 are administrative units of DKI Jakarta without a government of their own: Kabupaten Administrasi
Kepulauan Seribu (one of the 416) and five Kota Administrasi (of the 98). They are offered like all others.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.text import slugify

from agencies.models import RegencyKind, TimeZone

FOLDER = Path(__file__).parent / "reference_data" / "regions"

# Provinces by official code. Kalimantan is divided: Barat and Tengah WIB, Selatan, Timur and Utara WITA.
_CENTRAL = frozenset({"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"})
_EASTERN = frozenset({"81", "82", "91", "92", "93", "94", "95", "96"})

_KEPT_UPPER = {"Dki": "DKI"}
_KEPT_LOWER = {"Dan": "dan"}


@dataclass(frozen=True)
class Province:
    """A province: its official code of two digits, and its name."""

    code: str
    name: str

    @property
    def time_zone(self) -> TimeZone:
        """The zone that its clocks show."""
        if self.code in _EASTERN:
            return TimeZone.EASTERN
        return TimeZone.CENTRAL if self.code in _CENTRAL else TimeZone.WESTERN


@dataclass(frozen=True)
class Region:
    """A kabupaten or kota: its official code as in "33.22", its kind, its name without the kind, its province."""

    code: str
    kind: RegencyKind
    name: str
    province: Province

    @property
    def full_name(self) -> str:
        """Kind and name, as in "Kabupaten Semarang"."""
        return f"{self.kind.label} {self.name}"

    @property
    def slug(self) -> str:
        """What stands in the addresses of its pages, as in "kabupaten-semarang"."""
        return slugify(self.full_name)

    @property
    def districts(self) -> tuple["DistrictEntry", ...]:
        """Its districts in the order of their codes."""
        return _districts().get(self.code, ())


@dataclass(frozen=True)
class DistrictEntry:
    """A kecamatan: its official code as in "33.22.01", and its name."""

    code: str
    name: str


@cache
def provinces() -> tuple[Province, ...]:
    """All provinces in the order of their codes."""
    return tuple(Province(code, _spell(name)) for code, name in _rows("provinces.csv"))


@cache
def regions() -> tuple[Region, ...]:
    """All regencies and cities in the order of their codes."""
    by_code = {province.code: province for province in provinces()}
    found = []
    for code, published in _rows("regencies.csv"):
        kind, _, name = published.partition(" ")
        found.append(Region(code, RegencyKind(kind.lower()), _spell(name), by_code[code[:2]]))
    return tuple(found)


def find_region(code: str) -> Region | None:
    """The regency or city with this official code, or None."""
    return _by_code().get(code)


def search_regions(words: str = "", province: str = "") -> list[Region]:
    """Those whose kind and name, or code, hold every one of `words`; only of the province with that code when given."""
    wanted = words.casefold().split()
    return [
        region
        for region in regions()
        if province in ("", region.province.code)
        and all(word in f"{region.full_name} {region.code}".casefold() for word in wanted)
    ]


@cache
def _by_code() -> dict[str, Region]:
    return {region.code: region for region in regions()}


@cache
def _districts() -> dict[str, tuple[DistrictEntry, ...]]:
    found: dict[str, list[DistrictEntry]] = {}
    for code, name in _rows("districts.csv"):
        found.setdefault(code[:5], []).append(DistrictEntry(code, name))
    return {code: tuple(entries) for code, entries in found.items()}


def _rows(file: str) -> list[tuple[str, str]]:
    with (FOLDER / file).open(encoding="utf-8", newline="") as handle:
        return [(row["code"], row["name"]) for row in csv.DictReader(handle)]


def _spell(published: str) -> str:
    """A name in upper case as people write it."""
    words = re.split(r"(\W+)", published.title())
    return "".join(_KEPT_UPPER.get(word, _KEPT_LOWER.get(word, word)) for word in words)
