"""What sheets to be signed have in common: letterhead and roles. No person is ever named."""

from masterplan.books.chapters.lookup import Lookup
from masterplan.editions.schema import FrozenAgency, FrozenRegency

_CITY = "Kota "


def letterhead(plan: Lookup) -> list[str]:
    """The letterhead of the regency whose plan this is."""
    return letterhead_of(plan.content["regency"])


def letterhead_of(regency: FrozenRegency) -> list[str]:
    """The regency's letterhead line by line, else its government and province; the first line is set bold."""
    # An edition frozen before letterheads were kept has none.
    written = [line.strip() for line in regency.get("letterhead", "").splitlines() if line.strip()]
    return written or [regency["government"], f"Provinsi {regency['province']}"]


def regent(plan: Lookup) -> str:
    """`Bupati Semarang`, or `Wali Kota Salatiga` for a city."""
    name = plan.content["regency"]["full_name"]
    if name.startswith(_CITY):
        return f"Wali {name}"
    return f"Bupati {name.removeprefix('Kabupaten ')}"


def head_of(agency: FrozenAgency) -> str:
    """The head of an agency by the agency's name: what the office is called differs from kind to kind."""
    return f"Pimpinan {agency['name']}"
