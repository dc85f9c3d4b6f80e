"""What an agency is reminded of, in words short enough for a message between people. Sends nothing.

The letter says the same at length: `letters`.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from agencies.models import Regency
from masterplan.models import Workshop
from masterplan.overview.progress import AgencyProgress
from masterplan.reference import InitiativeStatus
from smartcity.common.formatting import format_date, format_days_left, format_deadline

# A message that is longer is folded away by the application it is read in.
MESSAGE_LIMIT = 600
S = InitiativeStatus


def state_in_words(row: AgencyProgress) -> str:
    """What is still to be done: `2 draf belum dikirim, 1 perlu perbaikan, 3 catatan terbuka`."""
    if not row.total:
        return "belum ada inisiatif yang diisi"
    parts = (
        (row.counts[S.DRAFT], "draf belum dikirim"),
        (row.counts[S.RETURNED], "perlu perbaikan"),
        (row.open_threads, "catatan terbuka"),
    )
    return ", ".join(f"{count} {words}" for count, words in parts if count)


def deadline_in_words(row: AgencyProgress, regency: Regency) -> str:
    """`paling lambat Senin, 6 September 2021 pukul 16.00 WIB (9 hari lagi)`; "" where nothing is due."""
    if row.due is None or row.days_left is None:
        return ""
    until = format_deadline(regency.local(row.due))
    return f"lewat {until}" if row.is_past else f"paling lambat {until} ({format_days_left(row.days_left)})"


def message(row: AgencyProgress, regency: Regency, workshop: Workshop | None, *, link: str, now: datetime) -> str:
    """The reminder of one agency with the link, at most MESSAGE_LIMIT letters: what matters least goes first."""
    stage = f" Tahap {workshop.stage}" if workshop else ""
    due = deadline_in_words(row, regency)
    told = (
        f"Batas kirimnya sudah {due}." if row.is_past else f"Mohon dikirim {due}." if due else "Mohon segera dikirim."
    )
    ask = f"Kami mengingatkan isian inisiatif smart city {regency.full_name}{stage}. {told}"
    state = f"Keadaan {format_date(regency.local(now))}: {state_in_words(row)}."
    greeting, open_page = f"Yth. {row.agency.name},", f"Lanjutkan di {link}"
    thanks = "Bila ada kendala, sekretariat siap membantu. Terima kasih."
    return _fitting(
        (greeting, ask, state, open_page, thanks),
        (greeting, ask, state, open_page),
        (f"Yth. {row.agency.short_name},", ask, open_page),
        (f"Isian inisiatif smart city ditunggu. {told}", open_page),
    )


def group_message(
    rows: Iterable[AgencyProgress], regency: Regency, workshop: Workshop | None, *, link: str, now: datetime
) -> str:
    """One message for the group of all agencies that names those still awaited, as many as there is room for."""
    names = [row.agency.short_name for row in rows]
    stage = f" Tahap {workshop.stage}" if workshop else ""
    until = (
        f" Batas kirim {format_deadline(regency.local(workshop.deadline))}." if workshop and workshop.deadline else ""
    )
    head = f"Isian inisiatif smart city {regency.full_name}{stage}.{until}"
    day = format_date(regency.local(now))
    foot = f"Lanjutkan di {link}"
    shorter = (
        (head, f"Yang masih ditunggu per {day} ({len(names)}): {_some(names, shown)}.", foot)
        for shown in range(len(names), 0, -1)
    )
    return _fitting(*shorter, (f"{len(names)} perangkat daerah masih ditunggu.", foot))


def _some(names: Sequence[str], shown: int) -> str:
    more = len(names) - shown
    return ", ".join(names[:shown]) + (f", dan {more} lainnya" if more else "")


def _fitting(*versions: Iterable[str]) -> str:
    """The first version that is short enough, else the last."""
    texts = ["\n\n".join(version) for version in versions]
    return next((text for text in texts if len(text) <= MESSAGE_LIMIT), texts[-1])
