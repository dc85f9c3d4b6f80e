"""Codes that people read out and type from paper: random, in groups, without letters that look alike.

Standard library only: the middleware needs them before the apps are loaded.
"""

import re
import secrets

# Digits and capitals that cannot be taken for one another: no 0 O, no 1 I L, no U beside V.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4

# What people copy along: the address before the code, and the word that stands before it in print.
_BEFORE = re.compile(r".*/|\s*kode(?:\s+pemeriksaan)?\b", re.IGNORECASE | re.DOTALL)
_BETWEEN = re.compile(r"[^0-9A-Za-z]+")


def short_fingerprint(sha256: str) -> str:
    """The beginning of a fingerprint, short enough to compare by eye: `3FA2-91C0`. It names, it does not prove."""
    return f"{sha256[:GROUP]}-{sha256[GROUP : 2 * GROUP]}".upper()


def draw_code(groups: int) -> str:
    """A code nobody can guess, such as `7F3A-92CK` for two groups; each group is worth more than 19 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(groups))


def read_code(text: str, groups: int) -> str:
    """The code that `text` means, whatever its case, spaces and dashes; "" when it cannot be one of so many groups."""
    last = _BEFORE.sub("", text.strip().rstrip("/"))
    letters = _BETWEEN.sub("", last).upper()
    if len(letters) != groups * GROUP or not set(letters) <= set(ALPHABET):
        return ""
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))
