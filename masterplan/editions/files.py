"""Attached files as a snapshot holds them: by their facts. The book prints these, not the file."""

from masterplan.editions.schema import FrozenFile
from masterplan.models.initiatives.evidence import AttachedFile


def file_facts(row: AttachedFile) -> FrozenFile:
    """What is known of an attached file; its size is in bytes."""
    file = row.file
    return {
        "title": row.title,
        "kind": file.kind,
        "kind_label": file.get_kind_display(),
        "size": file.size,
        "sha256": file.sha256,
        "fingerprint": file.code,
    }
