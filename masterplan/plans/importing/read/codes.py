"""Codes of plans: cleaned, repaired, checked; and the level of each (1.2.3 of the plan, 2.16.03 of the nomenclature).

A repair is always a question: Excel makes 1.1 of 1.10, and a date of 1.02.03, and only a person knows.
"""

import re
from collections.abc import Container
from datetime import date
from decimal import Decimal

from masterplan.plans.importing.questions import CellRef, Questions
from masterplan.reference import Level, PlanKind
from smartcity.common.workbooks.cells import text_of
from smartcity.common.workbooks.reader import Cell

CODE_LIMIT = 30
_NO_CODE = ("-", "Tanpa kode")
_BROKEN = "Kode ini rumus tanpa hasil atau galat Excel."
_UNREADABLE = {"t": "Excel mengubah kode ini menjadi jam.", "f": _BROKEN, "e": _BROKEN}

# U.BB.PP.L.KK.SSSS: matter, field, program, kind, activity, sub-activity; X for what every agency has.
_NOMENCLATURE = re.compile(r"[\dX]\.[\dX]{2}(?:\.\d{2}(?:\.\d(?:\.\d{2}(?:\.\d{2,4})?)?)?)?", re.IGNORECASE)
_NOMENCLATURE_LEVELS = {3: Level.PROGRAM, 5: Level.ACTIVITY, 6: Level.SUB_ACTIVITY}
_GROUPS_OF = {level: groups for groups, level in _NOMENCLATURE_LEVELS.items()}
OWN_ORDER = (Level.MISSION, Level.GOAL, Level.OBJECTIVE, Level.STRATEGY, Level.POLICY_DIRECTION)


def tidy_code(text: str) -> str:
    """A code without blanks, with dots for whatever divides its groups, and none at the end."""
    plain = re.sub(r"\s*[.,/]\s*|(?<=\d)\s+(?=\d)", ".", " ".join(text.split()))
    return plain.strip(". -()").upper() if re.search(r"\w", plain) else ""


def groups_of(code: str) -> list[str]:
    """What stands between the dots."""
    return code.split(".") if code else []


def is_nomenclature(code: str) -> bool:
    """Whether a code is one of the national nomenclature, from its field (2.16) down."""
    return bool(_NOMENCLATURE.fullmatch(code))


def level_of_code(code: str, kind: str) -> str:
    """The level a code speaks for; "" when it speaks for none, as 2.16 does, which heads a list."""
    groups = groups_of(code)
    if is_nomenclature(code):
        return _NOMENCLATURE_LEVELS.get(len(groups), "")
    if not all(group.isdigit() for group in groups) or not groups:
        return ""
    order = OWN_ORDER if kind == PlanKind.RPJMD else OWN_ORDER[1:]
    return order[len(groups) - 1] if len(groups) <= len(order) else ""


def code_problem(level: str, code: str, parent_code: str) -> str:
    """What is wrong with the code of a program or activity, in a sentence; "" when nothing is."""
    wanted = _GROUPS_OF.get(Level(level))
    if not wanted or not code:
        return ""
    if len(groups_of(code)) != wanted or not is_nomenclature(code):
        example = {3: "2.16.03", 5: "2.16.03.2.02", 6: "2.16.03.2.02.0035"}[wanted]
        return f"Kode {code} bukan kode nomenklatur {Level(level).label.lower()}, misalnya {example}."
    if wanted > 3 and is_nomenclature(parent_code) and not code.startswith(f"{parent_code}."):
        return f"Kode {code} tidak berada di bawah kode {parent_code}."
    return ""


def read_code(cell: Cell, ref: CellRef, questions: Questions, used: Container[str]) -> str:
    """The code that a cell means. `used` are those read before: 1.1 after 1.9 was 1.10 before Excel had it."""
    if cell.kind == "d":
        day = date.fromisoformat(cell.value)
        meant = f"{day.day}.{day.month:02}.{day.year % 100:02}"
        sentence = f"Excel mengubah kode ini menjadi tanggal. Mungkin maksudnya {meant}."
        return _ask(ref, sentence, [meant], questions)
    if cell.kind in _UNREADABLE:
        return _ask(ref, f"{_UNREADABLE[cell.kind]} Jadikan teks di Excel, lalu unggah lagi.", [], questions)
    if cell.kind == "n" and not float(cell.value).is_integer():
        return _of_number(str(Decimal(str(cell.value))), ref, questions, used)
    code = tidy_code(text_of(cell))
    if len(code) > CODE_LIMIT:
        sentence = f"Kode ini lebih dari {CODE_LIMIT} karakter. Pendekkan di Excel, lalu unggah lagi."
        return _ask(ref, sentence, [], questions)
    return code


def _of_number(code: str, ref: CellRef, questions: Questions, used: Container[str]) -> str:
    """1.1 is 1.10 where 1.9 or another 1.1 came before; then it is asked."""
    head, _, tail = code.rpartition(".")
    before = f"{head}.{int(tail) * 10 - 1}" if tail.isdigit() and len(tail) == 1 else ""
    if len(tail) > 1 or not (code in used or before in used):
        return code
    sentence = f"Kode ini tersimpan sebagai angka, jadi nol di belakang hilang: {code} atau {code}0."
    return _ask(ref, sentence, [f"{code}0", code], questions)


def _ask(ref: CellRef, sentence: str, codes: list[str], questions: Questions) -> str:
    """One of some codes, of which the first is proposed, or none."""
    choices = [*((code, code) for code in codes), _NO_CODE]
    answer = questions.ask(ref, sentence, choices, choices[0][0])
    return "" if answer == _NO_CODE[0] else answer
