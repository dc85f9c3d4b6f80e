"""A plan of any size: the snapshot of a loaded sample with its initiatives multiplied. Pure: no rows are made."""

import copy
import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

Row = dict[str, Any]
# Answers that are long enough to say the same in another order.
_TEXTS = (
    "problem",
    "description",
    "smart_city_target",
    "strategy",
    "beneficiaries",
    "benefit_citizens",
    "benefit_business",
    "risk",
    "mitigation",
    "sustainability",
)


def enlarge(content: Mapping[str, Any], count: int) -> Row:
    """The snapshot `content` with `count` initiatives: its own by turns of dimension, then copies of them.

    A copy has a code, an id and a name of its own, its sentences in another order and no pictures. The same arguments
    give the same snapshot, and the first initiatives of a larger one are those of a smaller one.
    """
    large: Row = json.loads(json.dumps(content))
    own = _by_turns(large["initiatives"])
    last = _last_numbers(own)
    rows = own[:count]
    while len(rows) < count:
        turn, place = divmod(len(rows), len(own))
        rows.append(_copied(own[place], turn + 1, last))
    large["initiatives"] = sorted(rows, key=lambda row: row["code"])
    return large


def edited(content: Mapping[str, Any], code: str, **answers: Any) -> Row:
    """The snapshot with other answers of one initiative. Raises KeyError when it has none of this code."""
    changed: Row = copy.deepcopy(dict(content))
    by_code = {row["code"]: row for row in changed["initiatives"]}
    by_code[code].update(answers)
    return changed


def _by_turns(rows: list[Row]) -> list[Row]:
    """One of each dimension after the other, so that any number of them is spread over all."""
    place: dict[str, int] = defaultdict(int)
    turns = []
    for row in sorted(rows, key=lambda row: row["code"]):
        turns.append((place[row["dimension"]], row["code"], row))
        place[row["dimension"]] += 1
    return [row for *_, row in sorted(turns, key=lambda turn: turn[:2])]


def _last_numbers(rows: list[Row]) -> dict[str, int]:
    last: dict[str, int] = defaultdict(int)
    for row in rows:
        dimension, _, number = row["code"].partition("-")
        last[dimension] = max(last[dimension], int(number))
    return last


def _copied(row: Row, turn: int, last: dict[str, int]) -> Row:
    made = copy.deepcopy(row)
    dimension = row["code"].partition("-")[0]
    last[dimension] += 1
    made["code"] = f"{dimension}-{last[dimension]:02d}"
    made["id"] = f"in-{made['code']}"
    made["name"] = f"{row['name']}, tahap {turn}"
    made["evidence"] = []
    for key in _TEXTS:
        made[key] = _in_another_order(row[key], turn)
    return made


def _in_another_order(text: str, turn: int) -> str:
    """Sentences of each paragraph, the first ones last; lists and tables stay as they are."""
    return "\n".join(_turned(line, turn) if line[:1].isalpha() else line for line in text.split("\n"))


def _turned(line: str, turn: int) -> str:
    sentences = line.removesuffix(".").split(". ")
    cut = turn % len(sentences)
    return ". ".join([*sentences[cut:], *sentences[:cut]]) + line[len(line.removesuffix(".")) :]
