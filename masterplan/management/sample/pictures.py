"""A picture in a text of the sample, drawn in code and marked as an example. The same bytes every time."""

from PIL import Image, ImageDraw

from agencies.models import User
from masterplan.editions.figures import picture_anchor
from masterplan.editions.references import PICTURE_WORD
from masterplan.management.sample.drawing import BRAND, INK, KUNYIT, TINT, font, png
from masterplan.models import ChangeSource, MasterPlan
from masterplan.sections.actions import section_pictures, sections
from smartcity.common.rich_text.marks import REFERENCE

_SECTION = "pendahuluan.kerangka-pikir"
_SIZE = (1600, 660)
_STEPS = (("Masalah", "warga dan usaha"), ("Program", "RPJMD"), ("Inisiatif", "smart city"), ("Hasil", "yang terukur"))


def load_picture(plan: MasterPlan, *, by: User) -> None:
    """The frame of the plan as a drawing, named in the text that explains it."""
    section = plan.sections.get(key=_SECTION)
    added = section_pictures.add(
        section, name="kerangka-pikir.png", data=_drawing(), by=by, source=ChangeSource.SAMPLE
    ).row
    told = {
        "caption": "Kerangka pikir rencana induk (contoh)",
        "alt": (
            "Empat kotak dari kiri ke kanan dihubungkan anak panah: masalah warga dan usaha, program RPJMD, inisiatif"
            " smart city, dan hasil yang terukur. Satu anak panah kembali dari hasil ke masalah, berlabel evaluasi"
            " tahunan."
        ),
        "source": "Gambar contoh, dibuat untuk portal ini",
    }
    section_pictures.save(added, by=by, data=told, version=added.edit_version, source=ChangeSource.SAMPLE)
    named = f"Alurnya terlihat pada [{PICTURE_WORD}]({REFERENCE}{picture_anchor(added.pk)})."
    body = f"{section.body}\n\n{named}"
    sections.save_section(section, by=by, data={"body": body}, version=section.edit_version, source=ChangeSource.SAMPLE)


def _drawing() -> bytes:
    """Four boxes with arrows between them, and one back."""
    picture = Image.new("RGB", _SIZE, "white")
    draw = ImageDraw.Draw(picture)
    for number, (title, words) in enumerate(_STEPS):
        left = 30 + number * 400
        draw.rounded_rectangle((left, 150, left + 320, 400), 18, fill=TINT, outline=BRAND, width=5)
        draw.rectangle((left + 24, 176, left + 84, 188), fill=KUNYIT)
        draw.text((left + 24, 214), title, fill=INK, font=font(54))
        draw.text((left + 24, 300), words, fill=INK, font=font(34))
        if number:
            _arrow(draw, left - 70, left - 8)
    draw.line([(1390, 400), (1390, 560), (190, 560), (190, 420)], fill=BRAND, width=6)
    draw.polygon([(174, 424), (206, 424), (190, 400)], fill=BRAND)
    draw.text((640, 580), "Evaluasi tahunan", fill=INK, font=font(40))
    draw.text((640, 40), "CONTOH", fill=BRAND, font=font(44))
    return png(picture)


def _arrow(draw: ImageDraw.ImageDraw, start: int, end: int) -> None:
    draw.line((start, 275, end - 20, 275), fill=BRAND, width=6)
    draw.polygon([(end - 24, 257), (end - 24, 293), (end, 275)], fill=BRAND)
