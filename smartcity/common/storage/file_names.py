"""Names of files that people send: made safe to show and to hand out again. Nothing is stored under such a name."""

import re
import unicodedata
from pathlib import PurePosixPath

NAME_LIMIT = 120
# Control characters, invisible ones that turn the direction of text (`fdp.exe` from `exe.pdf`), what no font has.
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})


def clean_file_name(name: str) -> str:
    """`name` without folders, hidden characters and needless spaces, at most NAME_LIMIT long with its ending kept."""
    last = re.split(r"[/\\\\]", name)[-1]
    visible = "".join(
        letter for letter in unicodedata.normalize("NFC", last) if unicodedata.category(letter) not in _HIDDEN
    )
    plain = " ".join(visible.split()).strip(" .") or "berkas"
    ending = PurePosixPath(plain).suffix[:10]
    return plain if len(plain) <= NAME_LIMIT else plain[: NAME_LIMIT - len(ending) - 1].rstrip(" .") + "…" + ending


def ending_of(name: str) -> str:
    """The ending in small letters without its dot: `pdf`; "" for none."""
    return PurePosixPath(name).suffix.lstrip(".").lower()


def title_of(name: str, limit: int) -> str:
    """A first title from a cleaned name: `foto_loket-2.jpg` becomes `Foto loket 2`."""
    words = " ".join(re.split(r"[\s_-]+", PurePosixPath(name).stem)).strip() or "Berkas"
    return (words[:1].upper() + words[1:])[:limit].strip()
