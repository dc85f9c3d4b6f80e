"""What is handed out at a stage: a file, taken in like evidence, or the https address of one."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction

from agencies.access import require
from agencies.models import User
from agencies.roles import Permission
from masterplan.editing.actions.files import refuse_size, refuse_surplus, taken_in
from masterplan.models import LINK_LIMIT, Workshop, WorkshopMaterial
from masterplan.workshops.actions.workshops import lock_open_stage
from smartcity.common.storage.file_kinds import true_kind
from smartcity.common.storage.file_names import clean_file_name, title_of

# What a limit of files is for, in words.
WHOLE = "satu tahap"
MATERIAL_TITLE_LIMIT = 160
MOST_LINKS = 40


def clean_link(text: str) -> str:
    """An https address as it is stored; "" for none. Raises ValidationError that says what to write."""
    link = text.strip()
    if not link:
        return ""
    if len(link) > LINK_LIMIT:
        raise ValidationError(f"Tautan ini {len(link)} huruf, batasnya {LINK_LIMIT}. Pakai tautan yang lebih pendek.")
    try:
        parts = urlsplit(link)
        host, port_is_sound = parts.hostname, parts.port is None or parts.port > 0
    except ValueError:
        host, port_is_sound = None, False
    sound = has_plain_characters(link) and host is not None and "." in host and port_is_sound
    if not sound or parts.scheme != "https" or parts.username is not None:
        raise ValidationError("Tulis alamat lengkap yang berawalan https://, misalnya https://contoh.test/ruang-rapat.")
    return link


def has_plain_characters(link: str) -> bool:
    """Whether an address has no white space or control characters, which hide where it leads."""
    return not any(letter.isspace() or not letter.isprintable() for letter in link)


@transaction.atomic
def add_link(workshop: Workshop, *, by: User, title: str, link: str) -> WorkshopMaterial:
    """Name an address. Raises ValidationError while the stage is closed or when there are too many."""
    require(by, Permission.MANAGE_WORKSHOPS, workshop.regency)
    held = lock_open_stage(workshop)
    if held.materials.filter(file__isnull=True).count() >= MOST_LINKS:
        raise ValidationError(f"Sudah ada {MOST_LINKS} tautan. Hapus yang tidak diperlukan.")
    return WorkshopMaterial.objects.create(workshop=held, title=title, link=clean_link(link), added_by=by)


def add_file(workshop: Workshop, *, by: User, title: str, name: str, data: bytes) -> WorkshopMaterial:
    """Take a file in under `title` (made from its name when empty); the same bytes again are the row there is.

    Raises FileRefused with a sentence, and ValidationError while the stage is closed.
    """
    require(by, Permission.MANAGE_WORKSHOPS, workshop.regency)
    name = clean_file_name(name)
    refuse_size(len(data), name)
    kind = true_kind(data, name)
    with transaction.atomic():
        refuse_surplus(lock_open_stage(workshop).materials.filter(file__isnull=False), 0, WHOLE)
    with taken_in(data, kind) as file:
        held = lock_open_stage(workshop)
        if known := held.materials.filter(file=file).first():
            return known
        refuse_surplus(held.materials.filter(file__isnull=False), file.size, WHOLE)
        return WorkshopMaterial.objects.create(
            workshop=held,
            title=title or title_of(name, MATERIAL_TITLE_LIMIT),
            file=file,
            original_name=name,
            added_by=by,
        )


@transaction.atomic
def remove_material(material: WorkshopMaterial, *, by: User) -> None:
    """Take it from the list; a file that nothing else names is forgotten later. Raises ValidationError when closed."""
    require(by, Permission.MANAGE_WORKSHOPS, material.workshop.regency)
    lock_open_stage(material.workshop)
    material.delete()
