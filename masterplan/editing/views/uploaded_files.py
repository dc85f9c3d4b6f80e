"""Several files sent by one form without a script: each is checked by itself, one that is refused stops no other."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from masterplan.editing.actions import files
from smartcity.common.formatting import format_size
from smartcity.common.forms import ErrorLink
from smartcity.common.storage.file_kinds import KINDS, FileRefused
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


def takes_files(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """A page with a form that takes files: `view` gets them as `bounded`, limited while they arrive.

    A handler can only be set before anybody has read the body; the check of the token reads it, so it comes second.
    """

    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return csrf_protect(view)(request, *args, bounded=bound(request), **kwargs)

    return limited


def limits_of(kinds: str, whole: str) -> str:
    """What may be sent, for the page: `kinds` of files, and how much there may be for `whole`."""
    return (
        f"{kinds}. Paling besar {format_size(files.MOST_BYTES)} tiap berkas; untuk {whole} paling banyak"
        f" {files.MOST_FILES} berkas dan {format_size(files.MOST_BYTES_TOGETHER)}. Boleh memilih beberapa sekaligus."
    )


def endings_of(kinds: Iterable[str] = KINDS) -> str:
    """The endings of files of these kinds, as the control of a form names them."""
    return ",".join(f".{ending}" for kind in kinds for ending in KINDS[kind].endings)


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
