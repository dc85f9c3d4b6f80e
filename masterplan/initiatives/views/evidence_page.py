"""What the page of evidence shows: the files with their forms, what is left to use, uploads that were cut off."""

from typing import Any

from agencies.models import User
from masterplan.editing.actions.files import MOST_BYTES, MOST_FILES
from masterplan.editing.views.uploaded_files import endings_of, limits_of
from masterplan.initiatives.actions.evidence_uploads import CHUNK_BYTES
from masterplan.initiatives.forms.evidence import EvidenceForm
from masterplan.models import Evidence, EvidenceUpload, Initiative, evidence_of
from smartcity.common.formatting import format_size
from smartcity.common.storage.file_kinds import ACCEPTED

LIMITS = limits_of(ACCEPTED, "satu inisiatif")


def evidence_page(initiative: Initiative, user: User) -> dict[str, Any]:
    """Context of masterplan/initiative/evidence.html."""
    files = evidence_of(initiative)
    return {
        "rows": [evidence_row(evidence) for evidence in files],
        "used": f"{len(files)} dari {MOST_FILES} berkas, {format_size(sum(e.file.size for e in files))}"
        if files
        else "",
        "unfinished": [_unfinished(upload) for upload in initiative.evidence_uploads.filter(by=user)],
        **upload_words(),
    }


def upload_words() -> dict[str, Any]:
    """What is shown beside the field for files, and the limits for its script."""
    return {"limits": LIMITS, "endings": endings_of(), "most_bytes": MOST_BYTES, "chunk_bytes": CHUNK_BYTES}


def evidence_row(evidence: Evidence, form: EvidenceForm | None = None) -> dict[str, Any]:
    """One file of the list."""
    return {"evidence": evidence, "form": form or EvidenceForm(evidence)}


def _unfinished(upload: EvidenceUpload) -> dict[str, Any]:
    arrived, size = format_size(upload.received), format_size(upload.size)
    return {"key": upload.key, "name": upload.name, "words": f"{arrived} dari {size} sudah sampai"}
