"""Several files sent by one form without a script: each is judged by itself, one that is refused stops no other."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from masterplan.editing.actions import files
from smartcity.common.forms import ErrorLink
from smartcity.common.storage.file_kinds import FileRefused
from smartcity.common.storage.file_names import clean_file_name
from smartcity.common.storage.uploads import BoundedUploads

FILES = "files"

# Stores a file by name and bytes and gives a note for people, often "". Raises FileRefused.
Take = Callable[[str, bytes], str]
Result = dict[str, Any]


def bound(request: HttpRequest) -> BoundedUploads:
    """Hold the files of this request to their limits while they arrive; call it before anybody looks at the body."""
    bounded = BoundedUploads(request, each=files.MOST_BYTES, together=files.MOST_BYTES_TOGETHER)
    request.upload_handlers = [bounded]
    return bounded


def take_each(request: HttpRequest, bounded: BoundedUploads, take: Take) -> list[Result]:
    """What became of each file: `name`, `error` ("" where it was taken), `note`."""
    taken = [_take(take, upload.name or "", upload.read()) for upload in request.FILES.getlist(FILES)]
    return taken + [_refused(name, _too_much(name, size)) for name, size in bounded.refused]


def errors_of(results: list[Result]) -> list[ErrorLink]:
    """For the summary on top of the page: what was refused and why, or that nothing was chosen."""
    if not results:
        return [(f"id_{FILES}", "Belum ada berkas yang dipilih. Pilih satu atau beberapa berkas.")]
    return [(f"id_{FILES}", f"{result['name']}: {result['error']}") for result in results if result["error"]]


def _take(take: Take, name: str, data: bytes) -> Result:
    name = clean_file_name(name)
    try:
        return {"name": name, "error": "", "note": take(name, data)}
    except FileRefused as refusal:
        return _refused(name, str(refusal))


def _refused(name: str, sentence: str) -> Result:
    return {"name": clean_file_name(name), "error": sentence, "note": ""}


def _too_much(name: str, size: int) -> str:
    try:
        files.refuse_size(size, name)
    except FileRefused as refusal:
        return str(refusal)
    return "Kiriman ini melebihi batas untuk sekali kirim. Unggah berkas ini sendiri."
