"""Pictures of a section's text: taking one in, saying what it shows, putting in order, taking away.

How a row is saved and recorded is `written`; files are taken in by `files`, like evidence.
"""

from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan.books.section_kinds import has_text
from masterplan.editing.actions import written
from masterplan.editing.actions.columns import reference, text
from masterplan.editing.actions.files import Added, Arrival, add_once
from masterplan.editing.actions.kinds import WrittenKind
from masterplan.editing.actions.locking import refuse_locked
from masterplan.models import (
    PICTURE_ALT_LIMIT,
    PICTURE_CAPTION_LIMIT,
    PICTURE_SOURCE_LIMIT,
    ChangeSource,
    EvidenceFile,
    Section,
    SectionPicture,
)
from smartcity.common.storage.file_kinds import true_picture
from smartcity.common.storage.file_names import title_of

# What a limit of files is for, in words.
WHOLE = "satu bagian"
# The section is recorded with a new row, so that what became of its pictures is found when they are gone.
PICTURE = WrittenKind(
    {
        "section": reference("section", lambda picture: picture.master_plan.sections.all()),
        "caption": text("caption", PICTURE_CAPTION_LIMIT, needed=True, line=True),
        "alt": text("alt", PICTURE_ALT_LIMIT, needed=True, line=True),
        "source": text("source", PICTURE_SOURCE_LIMIT, line=True),
    }
)


def add(
    section: Section, *, by: User, name: str, data: bytes, source: str = ChangeSource.FORM
) -> Added[SectionPicture]:
    """Take a picture in, with a caption made from its name; the same bytes again are the row there is.

    Raises FileRefused with a sentence, PermissionDenied, and ValidationError while the plan is locked or when the
    place has no text.
    """
    return add_once(
        data,
        by=by,
        name=name,
        kind_of=true_picture,
        whole=WHOLE,
        lock=partial(_lock, section),
        rows_of=lambda locked: locked.pictures.all(),
        attach=partial(_attach, by=by, source=source),
    )


def _attach(locked: Section, arrival: Arrival, *, by: User, source: str) -> SectionPicture:
    row = SectionPicture(
        master_plan=locked.master_plan,
        section=locked,
        file=arrival.file,
        original_name=arrival.name,
        sent_sha256=arrival.sent_sha256,
    )
    answers = {"section": locked.pk, "caption": title_of(arrival.name, PICTURE_CAPTION_LIMIT)}
    return written.add(row, kind=PICTURE, by=by, data=answers, source=source)


# Saves caption, alternative text and source, as `written.save` does.
save = partial(written.save, kind=PICTURE)


@transaction.atomic
def move(picture: SectionPicture, *, by: User, step: int) -> None:
    """One place up (-1) or down (1) among those of its section, as `written.move` does."""
    written.move(picture, among={"section": picture.section_id}, kind=PICTURE, by=by, step=step)


@transaction.atomic
def remove(picture: SectionPicture, *, by: User) -> None:
    """Take a picture away. Its bytes stay as long as an edition or something else of a plan needs them.

    Raises PermissionDenied, and ValidationError while the plan is locked.
    """
    EvidenceFile.objects.filter(pk=picture.file_id).update(used_at=timezone.now())
    written.remove(picture, kind=PICTURE, by=by)


def _lock(section: Section, *, by: User) -> Section:
    """The section as it is stored, under lock until the end of the transaction; one that may have pictures."""
    require(by, Permission.EDIT_SECTIONS, section.regency)
    refuse_locked(section.master_plan_id)
    locked = Section.objects.select_for_update(of=("self",)).get(pk=section.pk)
    if not has_text(locked):
        raise ValidationError("Tempat ini tidak memuat naskah, jadi tidak dapat memuat gambar. Pilih bagian lain.")
    return locked
