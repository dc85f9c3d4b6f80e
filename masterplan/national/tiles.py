"""The three letters that stand on the tile of a regency, different from all others of its province."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from agencies.regions import regions


@cache
def tile_letters() -> dict[str, str]:
    """Letters by official code, for the whole catalogue: what is shown of it does not change them."""
    taken: set[tuple[str, str]] = set()
    found: dict[str, str] = {}
    for region in sorted(regions(), key=lambda region: region.code):
        province = region.province.code
        letters = next(each for each in _letters(region.name) if (province, each) not in taken)
        taken.add((province, letters))
        found[region.code] = letters
    return found


def _letters(name: str) -> Iterator[str]:
    """Letters that may stand for a name, the plainest first.

    Of several words their first letters or the start of the last; then the first letter with any two that follow it.
    """
    words = name.upper().split()
    if len(words) > 2:
        yield "".join(word[0] for word in words)[:3]
    yield words[-1][:3]
    together = "".join(words)
    for second, third in combinations(together[1:], 2):
        yield together[0] + second + third
