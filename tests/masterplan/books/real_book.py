"""The real book of a small plan in any variant: with a picture, and with the worst that people may write."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from PIL import Image

from masterplan.books.blueprint import book_parts
from masterplan.books.chapters.papers.adapted_parts import adapted
from masterplan.books.chapters.printed import printed_texts
from masterplan.books.paper_formats import PAPER_FORMATS
from masterplan.books.produce import BuildReport, build
from masterplan.books.render import render_part
from masterplan.reference import USUAL_PAPER_FORMAT
from masterplan.registry import FIELDS, Kind
from smartcity.press.parts import Part
from tests.masterplan.books.monitored_content import told_of
from tests.masterplan.books.plan_content import generate

# One more than a matrix on A4 has columns.
INITIATIVES = 14
DAY = date(2021, 9, 20)
CODE, FINGERPRINT = "7F3A-91C0", "7f3a91c0" * 8
SCRIPTS = (
    "العربية لا إله إلا الله ١٢٣ (بسم الله), ꦲꦤꦕꦫꦏ ꦏꦸꦛꦶ ꦥꦿꦺꦴꦮ꧀, Ελληνικά Кириллица Tiếng Việt",
    "👍🏽 🇮🇩 👨‍👩‍👧 😀 e\u0301 x\u0323 ọ́ “ganda” ½ ² ≥ → ✓ § … 1.250.000,50 & < > \" '",
    # No typeface of ours has these: of the Far East, private, one beyond the first plane, and the sign that stands for them.
    "中文 漢字 \ue000 \U00013000 □",
    "\u202eterbalik\u202c \u200fkanan\u200e x\u2060y \u00a0tetap \u3000lebar",
    "panjangsekali" * 40,
    "<script>alert(1)</script> &amp; {{ tanda }} {% raw %}",
)
HOSTILE = f"""**{SCRIPTS[0]}**

{SCRIPTS[1]} [tautan 中文](https://contoh.go.id/{"x" * 200}) dan **[tebal](mailto:a@contoh.go.id)**

- {SCRIPTS[2]}
- {SCRIPTS[3]}

1. {SCRIPTS[4]}
3. {SCRIPTS[5]}

| Kepala العربية | 中文 | |
| a | **{SCRIPTS[1]}** | ꦲꦤꦕꦫꦏ |
| | x | y |"""


def plain(count: int = INITIATIVES) -> dict[str, Any]:
    """A plan as they are, with pictures on two sheets, one file in the list alone, and a report."""
    content = generate(count)
    for place, placement in enumerate(("figure", "figure", "annex")):
        name = f"{place}" * 64
        content["initiatives"][place]["evidence"] = [
            {
                "title": f"Denah {place} kawasan", "kind": "jpeg", "kind_label": "Gambar JPEG", "size": 52_000,
                "sha256": name, "fingerprint": f"{place}A3F-91C0", "placement": placement,
                "image": {"file": f"{name}.jpg", "width": 900, "height": 600},
            }
        ]  # fmt: skip
    content["monitoring"] = told_of(content)
    return content


def hostile() -> dict[str, Any]:
    """A plan in which everything that can be written holds the worst that may be stored."""
    content = plain(3)
    odd = " ".join(SCRIPTS[:4])
    for section in content["sections"].values():
        section["body"] = HOSTILE
    content["sections"]["visi.visi-misi"]["title"] = odd
    content["agencies"][0]["name"] = content["agencies"][0]["short_name"] = SCRIPTS[0]
    content["districts"][0]["name"] = SCRIPTS[2]
    for initiative in content["initiatives"][:3]:
        initiative.update(dict.fromkeys((key for key, field in FIELDS.items() if field.kind is Kind.RICH), HOSTILE))
        initiative["name"] = odd
        initiative["beneficiaries"] = SCRIPTS[5]
        initiative["partners"][0]["name"] = SCRIPTS[1]
        initiative["activities"][0]["name"] = SCRIPTS[4][:200]
        initiative["indicators"][0]["name"] = odd
        for row in initiative.get("evidence", []):
            row["title"] = odd
    return content


def make(content: Mapping[str, Any], folder: Path, variant: str = USUAL_PAPER_FORMAT, **changes: Any) -> BuildReport:
    """Print the book as `folder`/<variant>.pdf, cache in `folder`/cache; `changes` replace arguments of `build`."""
    arguments: dict[str, Any] = {
        "book": "buku-2",
        "paper_format": PAPER_FORMATS[variant],
        "parts_of": lambda snapshot, book: parts(snapshot, variant),
        "render": render_part,
        "texts_of": printed_texts,
        "draft": True,
        "fingerprint": FINGERPRINT,
        "code": CODE,
        "cache_dir": folder / "cache",
        "out": folder / f"{variant}.pdf",
        "progress": lambda stage, done, total: None,
        "images": pictures(folder / "gambar"),
    }
    return build(content, **(arguments | changes))


def parts(content: Mapping[str, Any], variant: str = USUAL_PAPER_FORMAT) -> tuple[Part, ...]:
    """All parts of the book as the worker makes them."""
    address = "https://portal.contoh.test/verifikasi/7F3A"
    whole = book_parts(content, code=CODE, fingerprint=FINGERPRINT, check_url=address)
    return tuple(adapted(whole, content, PAPER_FORMATS[variant]))


def pictures(folder: Path) -> Path:
    """The folder with the pictures that `plain` names; the third is nowhere printed."""
    folder.mkdir(parents=True, exist_ok=True)
    for place in range(3):
        path = folder / f"{str(place) * 64}.jpg"
        if not path.exists():
            Image.new("RGB", (900, 600), (40 * place, 120, 160)).save(path, "JPEG")
    return folder
