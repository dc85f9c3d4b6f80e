"""What the page of evidence shows: the files with their forms, what is left to use, uploads that were cut off."""

from typing import Any

from agencies.models import User
from masterplan.editing.actions.files import MOST_BYTES, MOST_BYTES_TOGETHER, MOST_FILES
from masterplan.initiatives.actions.evidence_uploads import PIECE_BYTES
from masterplan.initiatives.forms.evidence import EvidenceForm
from masterplan.models import Evidence, EvidenceUpload, Initiative, evidence_of
from smartcity.common.formatting import format_size
from smartcity.common.storage.file_kinds import ACCEPTED, KINDS

LIMITS = (
    f"{ACCEPTED}. Paling besar {format_size(MOST_BYTES)} tiap berkas; untuk satu inisiatif paling banyak {MOST_FILES}"
    f" berkas dan {format_size(MOST_BYTES_TOGETHER)}. Boleh memilih beberapa sekaligus."
)
_ENDINGS = ",".join(f".{ending}" for kind in KINDS.values() for ending in kind.endings)


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
    """What stands beside the field for files, and what its script goes by."""
    return {"limits": LIMITS, "endings": _ENDINGS, "most_bytes": MOST_BYTES, "piece_bytes": PIECE_BYTES}


def evidence_row(evidence: Evidence, form: EvidenceForm | None = None) -> dict[str, Any]:
    """One file of the list."""
    return {"evidence": evidence, "form": form or EvidenceForm(evidence)}


def _unfinished(upload: EvidenceUpload) -> dict[str, Any]:
    arrived, size = format_size(upload.received), format_size(upload.size)
    return {"key": upload.key, "name": upload.name, "words": f"{arrived} dari {size} sudah sampai"}
