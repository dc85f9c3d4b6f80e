"""Which maker makes the file of a job, with what; and the parts of its book.

The life of the job is `jobs`; how a file is made is `make`.
"""

from collections.abc import Callable
from functools import partial

from masterplan.books.blueprint import book_parts
from masterplan.books.file_names import file_name
from masterplan.books.formats.make import Packed, Source, make_bundle, make_excel, make_open_data, make_word
from masterplan.books.produce import BuildReport
from masterplan.books.render import render_part
from masterplan.models import BookJob
from masterplan.reference import BookFormat
from smartcity.common.storage.files import private_storage
from smartcity.press.parts import Decree, Part

Make = Callable[..., BuildReport]


def maker_of(job: BookJob) -> Make:
    """What makes the file of a job that is no PDF; called with `out`, `progress` and `images`."""
    return _MAKERS[BookFormat(job.format)](job)


def parts_of_book(job: BookJob) -> Callable[..., tuple[Part, ...]]:
    """`book_parts` with all that belongs to this request and not to the frozen content."""
    snapshot = job.snapshot
    return partial(
        book_parts,
        code=job.code,
        fingerprint=snapshot.sha256,
        check_url=job.check_url,
        decree=decree_of(job),
        previous=snapshot.predecessor.content if snapshot.predecessor else None,
    )


def decree_of(job: BookJob) -> Decree | None:
    """What adopted the edition. A draft that is printed late says nothing of it: the same request, the same bytes."""
    snapshot = job.snapshot
    if job.draft_mark or snapshot.decree_date is None:
        return None
    return Decree(snapshot.decree_number, snapshot.decree_date)


def _source(job: BookJob) -> Source:
    snapshot = job.snapshot
    return Source(snapshot.content, fingerprint=snapshot.sha256, code=job.code, draft=job.draft_mark)


def _word(job: BookJob) -> Make:
    return partial(
        make_word,
        _source(job),
        book=job.book,
        chapter=job.portion,
        parts_of=parts_of_book(job),
        render=render_part,
    )


def _bundle(job: BookJob) -> Make:
    """The files that were asked for, by name; what has been finished since is in no ZIP that was asked for before."""
    jobs = list(job.packed.select_related("file"))
    for each in jobs:
        each.snapshot = job.snapshot
    files = [
        Packed(
            file_name(each), each.file.sha256, each.file.size, partial(private_storage().open, each.file.storage_name)
        )
        for each in jobs
        if each.file is not None
    ]
    return partial(make_bundle, _source(job), files=sorted(files, key=lambda file: file.name))


_MAKERS: dict[BookFormat, Callable[[BookJob], Make]] = {
    BookFormat.WORD: _word,
    BookFormat.EXCEL: lambda job: partial(make_excel, _source(job)),
    BookFormat.OPEN_DATA: lambda job: partial(make_open_data, _source(job)),
    BookFormat.BUNDLE: _bundle,
}
