"""Evidence of the sample: a drawing and a letter, made in code and clearly marked. The same bytes every time."""

import io
import time
from typing import Any

from PIL import Image, ImageDraw

from agencies.models import User
from masterplan.initiatives.actions import evidence
from masterplan.management.sample.drawing import BRAND, INK, KUNYIT, TINT, font, png
from masterplan.models import ChangeSource, Initiative
from masterplan.reference import EvidencePlacement

_SIZE, _PAGE = (1280, 880), (827, 1169)


def attach_samples(initiative: Initiative, *, by: User) -> None:
    """A figure for the sheet and a document for the annex."""
    figure, letter = "Alur layanan sesudah inisiatif (contoh)", "Nota dinas pengantar (contoh)"
    sample: dict[str, Any] = {"by": by, "source": ChangeSource.SAMPLE}
    drawing = evidence.add(initiative, name="alur-layanan.png", data=_drawing(initiative), title=figure, **sample).row
    evidence.revise(drawing, by=by, title=figure, placement=EvidencePlacement.FIGURE)
    evidence.add(initiative, name="nota-dinas.pdf", data=_letter(initiative), title=letter, **sample)


def _drawing(initiative: Initiative) -> bytes:
    """Four steps with arrows between them."""
    picture = Image.new("RGB", _SIZE, "white")
    draw = ImageDraw.Draw(picture)
    draw.text((60, 50), f"{initiative.code}: dari permohonan sampai hasil", fill=INK, font=font(44))
    steps = ("Warga mengajukan", "Petugas memeriksa", "Dinas memutuskan", "Warga menerima hasil")
    for number, words in enumerate(steps):
        top = 150 + number * 165
        draw.rounded_rectangle((60, top, 900, top + 110), 16, fill=TINT, outline=BRAND, width=4)
        draw.text((100, top + 32), f"{number + 1}. {words}", fill=INK, font=font(38))
        if number:
            draw.polygon([(460, top - 12), (500, top - 12), (480, top + 2)], fill=BRAND)
            draw.line((480, top - 52, 480, top - 12), fill=BRAND, width=6)
    draw.rectangle((1000, 150, 1220, 755), fill=KUNYIT)
    draw.text((1030, 420), "CONTOH", fill=INK, font=font(44))
    return png(picture)


def _letter(initiative: Initiative) -> bytes:
    """One page that says what it is."""
    page = Image.new("L", _PAGE, "white")
    draw = ImageDraw.Draw(page)
    lines = (
        "NOTA DINAS (CONTOH)",
        "",
        f"Perihal: inisiatif {initiative.code}",
        "",
        "Berkas ini hanya contoh, bukan surat resmi.",
    )
    for number, line in enumerate(lines):
        draw.text((90, 110 + number * 44), line, fill=0, font=font(26))
    out = io.BytesIO()
    begun = time.gmtime(0)
    page.save(out, "PDF", resolution=100, title=f"Nota dinas {initiative.code}", creationDate=begun, modDate=begun)
    return out.getvalue()
