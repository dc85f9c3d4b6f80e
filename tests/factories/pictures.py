"""Pictures of sections, taken in as their page does it."""

from agencies.models import User
from masterplan.models import Section, SectionPicture
from masterplan.sections.actions import section_pictures
from tests.factories import files


def make_picture(
    section: Section,
    by: User,
    caption: str = "Peta titik layanan",
    *,
    size: tuple[int, int] = (900, 600),
    name: str = "peta.png",
    **answers: str,
) -> SectionPicture:
    """A picture with its caption and what it says to who cannot see it; `answers` are more of what its page asks."""
    added = section_pictures.add(section, by=by, name=name, data=files.picture("PNG", size))
    told = {"caption": caption, "alt": f"Yang terlihat pada {caption}", **answers}
    return section_pictures.save(added.row, by=by, data=told, version=added.row.edit_version)
