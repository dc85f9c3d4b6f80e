"""What a workbook or Word form is called, uploaded or handed out, and how it is sent."""

import re

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {"xlsx": EXCEL, "docx": WORD}
NAME_LIMIT = 160


def file_name(kind: str, subject: str, ending: str) -> str:
    """`Inisiatif_DISPAR_2026-11-24.xlsx`."""
    tame = re.sub(r"[^\w.-]+", "-", subject).strip("-.")[:60] or "berkas"
    return f"{kind}_{tame}_{timezone.localdate():%Y-%m-%d}.{ending}"


def workbook_response(request: HttpRequest, data: bytes, name: str) -> HttpResponse:
    """A file that was just made, to be kept by whoever asked and by nothing in between."""
    response = HttpResponse(data, content_type=_TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def workbook_name(filename: str) -> str:
    """The name of an upload as it is kept and shown."""
    return re.sub(r"[\x00-\x1f/\\]", "", filename).strip()[-NAME_LIMIT:] or "buku-kerja.xlsx"
