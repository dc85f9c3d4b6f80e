"""What the regencies of the sweep write into their texts: marks that are looked for afterwards, or attempts at harm."""

from collections.abc import Callable
from itertools import count

# Every text of the first regency begins with MINE, of the second with THEIRS; UNSENT is what the first regency's agency
# has not sent yet, PRIVATE what it keeps to itself for good. None of them is a word of the portal, and no random token is likely to hold one.
MINE, THEIRS, UNSENT, PRIVATE = "zqsatu", "zqduax", "zqdraf", "zqpriv"

Words = Callable[..., str]

PAYLOADS = (
    "<script>alert('{}')</script>",
    '"><img src=x onerror=alert({})>',
    "'\"--></textarea></title></select><svg onload=alert({})>",
    "{{{{ 7*7 }}}} {{% raw %}} {{% include '{}' %}} ${{7*7}} #{{7*7}}",
    "</script><iframe srcdoc='{}'></iframe><a href='javascript:alert(1)'>",
    "عربي 🌾🏛️ ꦗꦮ é\u0301\u200b\u202e {} &lt;b&gt; &amp;",
    "Kata {}" + "panjang" * 60,
    "tab\t{} <b onmouseover=alert(1) style='position:fixed'>",
)


def marked(mark: str) -> Words:
    """Texts that say whose they are and where they stand: `zqduax nama mitra`."""

    def say(what: str, limit: int = 200) -> str:
        return f"{mark} {what}"[:limit]

    return say


def hostile() -> Words:
    """Texts that try to become markup, template code or an error, one attempt after the other."""
    turn = count()

    def say(what: str, limit: int = 200) -> str:
        number = next(turn)
        return f"{number} {PAYLOADS[number % len(PAYLOADS)].format(what)}"[:limit]

    return say
