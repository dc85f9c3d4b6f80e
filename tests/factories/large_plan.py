"""A plan of any size: the snapshot of a loaded sample with its initiatives multiplied. Pure: no rows are made.

`enlarge` keeps the sample's measure of everything else, for books whose speed is compared; `crowded` strains every
kind of page, for books that are looked at.
"""

import copy
import json
from collections import Counter, defaultdict
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
_STATES = ("accepted", "proposed", "rejected")
# What the form takes as a name.
_NAME_LIMIT = 120


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
    there = {row["id"] for row in rows}
    if "threads" in large:
        large["threads"] = [thread for thread in large["threads"] if thread["key"] or thread["id"] in there]
    if monitoring := large.get("monitoring"):
        monitoring["reports"] = [report for report in monitoring["reports"] if report["id"] in there]
    return large


def crowded(content: Mapping[str, Any], count: int) -> Row:
    """`enlarge`, with everything a book can hold, in numbers and lengths that strain its pages.

    Every agency leads and supports, some of them very much; every district is named; sums reach trillions and odd
    rupiah, names their limit; links in all states, waivers, evidence, and analyses grow with the plan.
    """
    large = enlarge(content, count)
    links = [link for row in large["initiatives"] for link in row["links"]]
    evidence = [files for row in content["initiatives"] if (files := row.get("evidence"))]
    for place, row in enumerate(large["initiatives"]):
        _place(large, row, place)
        _strain(row, place)
        _link(large, row, place, links)
        row["evidence"] = copy.deepcopy(evidence[place % len(evidence)]) if evidence and place % 6 == 0 else []
    large["threads"] = _more_threads(large)
    _more_reports(large)
    if "gaps" in large:
        _more_gaps(large, count)
        _more_swot(large, count)
    return large


def before(content: Mapping[str, Any]) -> Row:
    """An earlier edition of the same plan: every fortieth initiative is not there yet, every eighth reads otherwise."""
    earlier: Row = json.loads(json.dumps(content))
    earlier["edition"] |= {"number": content["edition"]["number"] - 1, "label": "Sebelumnya"}
    earlier["initiatives"] = [row for place, row in enumerate(earlier["initiatives"]) if place % 40 != 9]
    for row in earlier["initiatives"][::8]:
        row |= {"name": row["name"][:60].strip(), "problem": _in_another_order(row["problem"], 1)}
    return earlier


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


def _place(large: Row, row: Row, place: int) -> None:
    """Who and where. The first agency has every fifth initiative, the second is asked to help in every third."""
    agencies, districts = ([each["id"] for each in large[key]] for key in ("agencies", "districts"))
    lead = agencies[0] if place % 5 == 0 else agencies[place % len(agencies)]
    helpers = {agencies[(place * step + 3) % len(agencies)] for step in (3, 7, 11)}
    helpers |= {agencies[1]} if place % 3 == 0 else set()
    helpers |= set(agencies) if place % 60 == 7 else set()
    row["lead_agency"] = lead
    row["supporting_agencies"] = [key for key in agencies if key in helpers - {lead}]
    row["whole_regency"] = place % 4 == 0
    chosen = range(len(districts)) if place % 30 == 1 else {(place * step) % len(districts) for step in (1, 5, 8)}
    row["districts"] = [] if row["whole_regency"] or place % 40 == 3 else [districts[each] for each in sorted(chosen)]


def _strain(row: Row, place: int) -> None:
    """The longest name, and sums of all sizes."""
    if place % 9 == 4:
        row["name"] = (
            f"{row['name']}, bersama masyarakat, dunia usaha, dan perguruan tinggi di seluruh wilayah" + " x" * 60
        )
    row["name"] = row["name"][:_NAME_LIMIT].strip()
    for budget in row["budgets"]:
        for year in budget["amounts"]:
            if place % 16 == 5:
                budget["amounts"][year] = 1_234_567_890_123 + place
            elif place % 16 == 6:
                budget["amounts"][year] += 7


def _link(large: Row, row: Row, place: int, links: list[Row]) -> None:
    """Links by turns of all programs and states; every thirtieth initiative is excused from having any."""
    if place % 30 == 11:
        row["links"], row["waiver_reason"] = [], "Program yang sesuai baru tersedia pada perubahan RPJMD."
        return
    programs = large["development_plan"]["programs"]
    states = [next(link for link in links if link["state"] == state) for state in _STATES]
    own = [link for link in row["links"] if link["plan_kind"] != "rpjmd"]
    for number, step in enumerate((1, 13, 29)):
        program = programs[(place * step + number) % (len(programs) - 3)]
        indicator = program["indicators"][0] if program["indicators"] else {"id": None, "name": ""}
        target = {"element_id": program["id"], "element_code": program["code"], "element_text": program["text"]}
        target |= {"indicator_id": indicator["id"], "indicator_name": indicator["name"], "plan_kind": "rpjmd"}
        own.append(states[(place + number) % len(states)] | target)
    row["links"] = list({link["element_id"]: link for link in own}.values())


def _more_reports(large: Row) -> None:
    """A report on every initiative in the newest quarter, where there are any."""
    held = large.get("monitoring") or {"reports": []}
    if own := list(held["reports"]):
        newest = {"year": own[-1]["year"], "number": own[-1]["number"]}
        held["reports"] = [
            copy.deepcopy(own[place % len(own)]) | newest | {"id": row["id"]}
            for place, row in enumerate(large["initiatives"])
        ]


def _more_threads(large: Row) -> list[Row]:
    """For every other initiative a conversation like one of the plan's own."""
    own = [row for row in large.get("threads", ()) if row["id"]]
    others = [row for row in large.get("threads", ()) if not row["id"]]
    ids = [row["id"] for row in large["initiatives"][::2]] if own else []
    return [*({**copy.deepcopy(own[place % len(own)]), "id": key} for place, key in enumerate(ids)), *others]


def _more_gaps(large: Row, count: int) -> None:
    rows, codes = large["gaps"], [row["id"] for row in large["initiatives"]]
    for number in range(len(rows), count // 4):
        row = copy.deepcopy(rows[number % len(rows)])
        row["id"] = f"ks-besar-{number}"
        row["initiatives"] = codes[number * 4 : number * 4 + (20 if number % 10 == 0 else 2)]
        rows.append(row)


def _more_swot(large: Row, count: int) -> None:
    swot = large["swot"]
    for key in ("items", "strategies"):
        rows = swot[key]
        numbers = Counter(row["kind"] for row in rows)
        for row in [copy.deepcopy(rows[place % len(rows)]) for place in range(count // 10)]:
            numbers[row["kind"]] += 1
            rows.append(row | {"number": f"{row['kind']}{numbers[row['kind']]}"})
        rows.sort(key=lambda row: list(numbers).index(row["kind"]))
