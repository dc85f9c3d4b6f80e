"""Public pages on which anybody may ask whether a book is genuine: by its code, or by the file itself.

They are the same for everybody, signed in or not, and tell nothing that is not printed in the book. What is genuine is
decided in `books.genuine`.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from masterplan.books import genuine
from masterplan.books.blueprint import BOOKS
from masterplan.books.forms import CodeForm
from masterplan.models import BookJob
from smartcity.common.formatting import format_size
from smartcity.common.rate_limits import is_within_limit
from smartcity.common.storage.uploads import StreamedUpload

FILE = "berkas"
_WAIT_SECONDS = 60
_TOO_OFTEN = "Terlalu banyak pemeriksaan dari jaringan Anda. Tunggu beberapa menit, lalu coba lagi."
_NO_FILE = "Belum ada berkas yang dipilih, atau berkasnya kosong. Pilih berkas PDF buku yang ingin diperiksa."
_TOO_LARGE = "Berkas ini lebih besar dari {most}. Buku portal ini tidak sebesar itu; periksa apakah berkasnya benar."


# The limits must hold while a file arrives, and a handler can only be set before anybody has looked at the body; the
# check of the token looks there, so it comes second.
@login_not_required
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: HttpRequest) -> HttpResponseBase:
    """Where a code is typed and a file is handed over."""
    if request.method == "POST":
        return _take_file(request, None)
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("verification_detail", form.cleaned_data["kode"])
    return _answer(request, form=form)


@login_not_required
@never_cache
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def verification_detail(request: HttpRequest, code: str) -> HttpResponseBase:
    """What the book with this code is, and whether a file is that book."""
    job = genuine.find_issued(code)
    if job is None:
        return _unknown(request, code)
    return _take_file(request, job) if request.method == "POST" else _answer(request, job)


def _unknown(request: HttpRequest, code: str) -> HttpResponse:
    """404 with the code as it was written, ready to be mended; whoever goes on trying has to wait."""
    form = CodeForm({"kode": code})
    if not is_within_limit(request, "unknown_code"):
        form.add_error(None, _TOO_OFTEN)
        return _too_often(_answer(request, form=form, status=429))
    if form.is_valid():
        form.add_error("kode", f"Tidak ada buku dengan kode {form.cleaned_data['kode']}. Cocokkan lagi dengan bukunya.")
    return _answer(request, form=form, status=404)


def _take_file(request: HttpRequest, job: BookJob | None) -> HttpResponseBase:
    if not is_within_limit(request, "checked_file"):
        return _too_often(_answer(request, job, fault=_TOO_OFTEN, status=429))
    reading = genuine.FileReading()
    passing = StreamedUpload(request, reading.take, most=genuine.MOST_BYTES)
    request.upload_handlers = [passing]
    return _judge(request, job, reading, passing)


@csrf_protect
def _judge(
    request: HttpRequest, job: BookJob | None, reading: genuine.FileReading, passing: StreamedUpload
) -> HttpResponse:
    request.FILES.clear()  # to ask for the files is what lets them pass; none is left
    if passing.too_much:
        return _answer(request, job, fault=_TOO_LARGE.format(most=format_size(genuine.MOST_BYTES)))
    if not passing.size:
        return _answer(request, job, fault=_NO_FILE)
    return _answer(request, job, judgement=genuine.judge(reading))


def _answer(
    request: HttpRequest,
    job: BookJob | None = None,
    *,
    form: CodeForm | None = None,
    judgement: genuine.Judgement | None = None,
    fault: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a book, or the one that asks for a code; with what was found of a file, or a fault with it."""
    form = form or CodeForm()
    context: dict[str, Any] = {
        "form": form,
        "errors": [(f"id_{FILE}", fault)] if fault else form.error_links,
        "file_url": reverse("verification_detail", args=[job.code]) if job else reverse("verification"),
        "file_fault": fault,
        "most_size": format_size(genuine.MOST_BYTES),
        "verdict": judgement.verdict if judgement else "",
        "found": _facts(judgement.job) if judgement and judgement.job else None,
        "names_book": judgement is not None and judgement.by_code,
        "is_other": judgement is not None and judgement.job is not None and job is not None and judgement.job != job,
    }
    if job is None:
        return render(request, "masterplan/books/verification/show.html", context, status=status)
    context |= {"book": _facts(job), "regency": job.regency, "in_force": genuine.edition_in_force(job)}
    return render(request, "masterplan/books/verification/detail.html", context, status=status)


def _facts(job: BookJob) -> dict[str, Any]:
    """What everybody may know of an issued book."""
    return {"job": job, "kind": BOOKS.get(job.book), "edition": job.snapshot, "file": job.file, "regency": job.regency}


def _too_often(response: HttpResponse) -> HttpResponse:
    response["Retry-After"] = str(_WAIT_SECONDS)
    return response
