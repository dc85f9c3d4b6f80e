"""Walks the chain of seals and names every alteration. Keeps one seal in memory at a time; only reads."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Model, Q

from agencies.models import Regency
from smartcity.common.formatting import format_moment, format_number
from smartcity.models import AuditSeal

from .digests import ILLEGIBLE, SIZE, columns_of, digests, holds, ids_of
from .log import LOG
from .sealing import overdue, unsealed

_UNSURE = "; catatan di dalamnya tidak dapat diperiksa."


@dataclass(frozen=True)
class Alteration:
    """Something that is not as it was sealed. `table` and `id` of a row, `seal` its number, as far as there is one."""

    kind: str
    sentence: str
    table: str | None = None
    id: int | None = None
    regency: str | None = None
    seal: int | None = None
    sealed_at: datetime | None = None

    def as_data(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self) | {"sealed_at": self.sealed_at and self.sealed_at.isoformat()}


class Verification:
    """One walk. The counts are right once `alterations` has been gone through to its end."""

    def __init__(self, noted: tuple[int, str] | None = None) -> None:
        """`noted`: number and value of a seal that somebody wrote down elsewhere."""
        self.seals = self.rows = self.waiting = 0
        self.last: tuple[int, str] | None = None
        self._noted, self._noted_seen = noted, False
        self._false = 0
        self._chain_is_whole = True
        # By table: rows in sealed ranges that no seal has named so far, and the gaps that are still kept in view.
        self._unexplained: dict[str, set[int]] = {}
        self._gaps: dict[str, list[list[int]]] = {}

    def alterations(self) -> Iterator[Alteration]:
        """All that is found, as it is found."""
        before: AuditSeal | None = None
        for number in AuditSeal.objects.order_by("number").values_list("number", flat=True).iterator():
            yield from self._missing(self.last[0] if self.last else 0, number)
            seal = _read(number)
            self.seals += 1
            self.last = (number, seal.value if seal else "")
            self._noted_seen |= self._noted == self.last
            if seal is not None and holds(seal):
                yield from self._link(before, seal)
                yield from self._rows_of(seal)
                before = seal
            else:
                self._false += 1
                self._chain_is_whole = False
                yield _of_seal("seal_changed", seal or AuditSeal(number=number), f"diubah{_UNSURE}")
        yield from self._unexplained_rows()
        yield from self._about_the_end()

    def _missing(self, before: int, number: int) -> Iterator[Alteration]:
        """The numbers that are missing between two seals."""
        if number - before > 1:
            self._chain_is_whole = False
            lost = f"Segel {before + 1}" + (f" sampai {number - 1}" if number - before > 2 else "")
            yield Alteration("seal_gone", f"{lost} hilang{_UNSURE}", seal=before + 1)

    def _link(self, before: AuditSeal | None, seal: AuditSeal) -> Iterator[Alteration]:
        """Whether a seal was made on the one in front of it; one that is gone or changed has been named already."""
        known = before.number if before else 0
        if known == seal.number - 1 and seal.previous != (before.value if before else ""):
            self._chain_is_whole = False
            yield _of_seal("seal_order", seal, "tidak menyambung segel di depannya: urutannya diubah.")

    def _rows_of(self, seal: AuditSeal) -> Iterator[Alteration]:
        """Compare the rows of a seal that is as it was made."""
        model = _model(seal.table)
        if model is None or set(seal.columns) - set(columns_of(model)):
            self._chain_is_whole = False
            yield _of_seal("columns_gone", seal, f"memuat kolom yang tidak ada lagi{_UNSURE}")
            return
        expected = dict(zip(ids_of(seal.rows), _pieces(bytes(seal.digests)), strict=True))
        stray = self._unexplained.setdefault(seal.table, set())
        stray.difference_update(expected)
        late = [pk for pk in expected if pk <= seal.after_id]
        which = Q(pk__gt=seal.after_id, pk__lte=seal.last_id) | Q(pk__in=late)
        for pk, digest in digests(model, seal.columns, which):
            if pk not in expected:
                stray.add(pk)
                continue
            self.rows += 1
            if digest != expected.pop(pk):
                yield _of_row("row_changed", seal.table, pk, "diubah sesudah disegel", seal)
        for pk in expected:
            yield _of_row("row_gone", seal.table, pk, "dihapus sesudah disegel", seal)
        self._gaps[seal.table] = seal.open_gaps

    def _unexplained_rows(self) -> Iterator[Alteration]:
        """Rows among sealed ones that no seal names: late ones, or slipped in."""
        for table, stray in self._unexplained.items():
            for pk in sorted(stray):
                if any(first <= pk <= last for first, last, _ in self._gaps[table]):
                    self.waiting += 1
                elif self._chain_is_whole:  # else it may have been in a seal that is lost
                    yield _of_row("row_slipped_in", table, pk, "disisipkan di antara catatan yang sudah disegel")

    def _about_the_end(self) -> Iterator[Alteration]:
        """What stands behind the last seal, and whether that is the last one that was made."""
        waiting = unsealed()
        self.waiting += sum(each.count for each in waiting)
        for each in overdue(waiting):
            count, since = format_number(each.count), format_moment(each.oldest) if each.oldest else ""
            yield Alteration(
                "unsealed",
                f"{_title(each.table)}: {count} catatan sejak {since} belum disegel. Segel terakhir dihapus, atau "
                "pekerja latar berhenti.",
                table=each.table,
            )
        if self._noted and not self._noted_seen:
            yield Alteration(
                "noted_seal_gone",
                f"Segel {self._noted[0]} dengan nilai yang Anda catat tidak ada: rantainya dipotong atau dibuat ulang, "
                "atau portal dipulihkan dari cadangan yang lebih tua.",
                seal=self._noted[0],
            )
        if self.seals and self._false == self.seals:
            yield Alteration(
                "key",
                "Tidak satu segel pun cocok dengan SECRET_KEY. Kalau kuncinya pernah diganti, tulis kunci yang dulu di "
                "SECRET_KEY_FALLBACKS, lalu ulangi.",
            )


def _model(table: str) -> type[Model] | None:
    return apps.get_model(table) if table in LOG else None


def _pieces(joined: bytes) -> Iterator[bytes]:
    return (joined[start : start + SIZE] for start in range(0, len(joined), SIZE))


def _read(number: int) -> AuditSeal | None:
    """A seal; None when it holds what no column of its kind can hold."""
    try:
        return AuditSeal.objects.get(number=number)
    except ILLEGIBLE:
        return None


def _named(seal: AuditSeal) -> str:
    about = f" ({seal.table}, {format_moment(seal.made_at)})" if seal.made_at else ""
    return f"Segel {seal.number}{about}"


def _title(table: str) -> str:
    model = _model(table)
    words = str(model._meta.verbose_name_plural) if model else table
    return words[:1].upper() + words[1:]


def _of_seal(kind: str, seal: AuditSeal, what: str) -> Alteration:
    return Alteration(
        kind, f"{_named(seal)} {what}", table=seal.table or None, seal=seal.number, sealed_at=seal.made_at
    )


def _of_row(kind: str, table: str, pk: int, what: str, seal: AuditSeal | None = None) -> Alteration:
    regency = _regency_of(table, pk)
    where = f"{table}, {regency}" if regency else table
    sealed = f" (segel {seal.number}, {format_moment(seal.made_at)})" if seal else ""
    return Alteration(
        kind,
        f"{_title(table)} {pk} [{where}] {what}{sealed}.",
        table=table,
        id=pk,
        regency=regency,
        seal=seal.number if seal else None,
        sealed_at=seal.made_at if seal else None,
    )


def _regency_of(table: str, pk: int) -> str | None:
    """Whose row it is, as far as it still says so."""
    found = apps.get_model(table)._base_manager.filter(pk=pk).values_list(*LOG[table]).first()
    regency = Regency.objects.filter(pk__in=[key for key in found or () if key is not None]).first()
    return regency.full_name if regency else None
