"""What the letter to an agency that is awaited says. Who signs it and under which number is typed by a person."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from agencies.models import Regency
from masterplan.models import MasterPlan, Workshop
from masterplan.overview.progress import AgencyProgress
from masterplan.reference import InitiativeStatus
from smartcity.common.formatting import format_date, format_deadline, format_moment

S = InitiativeStatus


@dataclass(frozen=True)
class LetterDetails:
    """What a person typed: the letter's number and day, and who signs; `name` and `note` may be left to the pen."""

    number: str
    day: date
    signer: str
    name: str = ""
    note: str = ""


def letter(
    row: AgencyProgress, plan: MasterPlan, workshop: Workshop | None, terms: LetterDetails, *, link: str, now: datetime
) -> dict[str, Any]:
    """The letter to one agency, in the words of `books.chapters.papers.letters`."""
    regency = plan.regency
    stage = f" Tahap {workshop.stage}" if workshop else ""
    moment = format_moment(now)
    return {
        "id": f"surat-{row.agency.pk}",
        "day": f"{regency.capital}, {format_date(terms.day)}",
        "number": terms.number,
        "subject": f"Pengingat pengisian inisiatif smart city{stage}",
        "recipient": f"Yth. Pimpinan {row.agency.name}",
        "opening": [
            f"Dalam rangka penyusunan {plan.title}, setiap perangkat daerah diminta mengisi dan mengirim inisiatif"
            f" smart city{stage} melalui portal rencana induk. {_due(row, regency)}",
            f"Menurut catatan sekretariat pada {moment} {regency.local(now):%Z}, keadaan isian {row.agency.name} adalah"
            " sebagai berikut.",
        ],
        "state": _state(row),
        "closing": [
            f"Kami mohon kesediaan Saudara agar isian tersebut dilengkapi dan dikirim melalui {link}. Bila ada kendala,"
            " sekretariat siap membantu.",
            "Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih.",
        ],
        "signer": terms.signer,
        "name": terms.name,
        "note": terms.note,
    }


def _due(row: AgencyProgress, regency: Regency) -> str:
    if row.due is None:
        return "Isian diharapkan segera dikirim."
    until = format_deadline(regency.local(row.due))
    own = " (sudah diperpanjang)" if row.is_extended else ""
    return f"Batas kirimnya {until}{own}" + (" sudah lewat." if row.is_past else ".")


def _state(row: AgencyProgress) -> list[str]:
    """What there is, then what is to be done; one line where there is nothing."""
    if not row.total:
        return ["Belum ada inisiatif yang diisi."]
    lines = [
        (row.counts[S.SUBMITTED] + row.counts[S.IN_REVIEW], "inisiatif sudah dikirim dan menunggu tinjauan"),
        (row.counts[S.APPROVED], "inisiatif sudah disetujui"),
        (row.counts[S.DRAFT], "inisiatif masih berupa draf dan belum dikirim"),
        (row.counts[S.RETURNED], "inisiatif dikembalikan dan perlu diperbaiki"),
        (row.open_threads, "catatan belum diselesaikan"),
    ]
    return [
        *(f"{count} {words}." for count, words in lines if count),
        f"Kelengkapan rata-rata {row.completeness} persen.",
    ]
