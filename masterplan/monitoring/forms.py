"""Forms of quarterly reports: the questions of one report, and from when on reports are asked for."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from masterplan.editing.forms.written import WrittenForm, described
from masterplan.models import PROGRESS_TEXT_LIMIT, VALUE_LIMIT, MasterPlan, ProgressReport
from masterplan.monitoring.actions import AMOUNT, REPORT, VALUE, Measured, measured, planned, quarters_to_choose
from masterplan.progress.quarters import Quarter
from masterplan.progress.reporting_due import MOST_DAYS, Calendar
from masterplan.progress.states import ProgressState
from masterplan.reference import FundingSource
from smartcity.common.formatting import format_money
from smartcity.common.forms import MoneyField, PortalForm, TargetField, TextField, TextInput, echo_of


def _text(label: str, help_text: str, example: str, *, needed: bool = True) -> Any:
    field = TextField(label=label, help_text=help_text, limit=PROGRESS_TEXT_LIMIT, required=False)
    return described(field, example, needed=needed)


class ProgressForm(WrittenForm):
    """One report. Which amounts and values it asks for follows from its initiative; `form_of` makes such a form."""

    state = described(
        forms.ChoiceField(
            label="Keadaan pada akhir triwulan",
            help_text="Menurut perangkat daerah sendiri, dibandingkan dengan rencananya.",
            choices=ProgressState.choices,
            required=False,
            widget=forms.RadioSelect,
        )
    )
    output = _text(
        "Realisasi keluaran",
        "Apa yang sudah dihasilkan sejak awal tahun sampai akhir triwulan ini, dengan angka dan tempatnya.",
        "Modul pendaftaran daring dipakai di 12 dari 19 kecamatan; 340 permohonan selesai.",
    )
    problem = _text(
        "Masalah",
        "Apa yang menghambat. Wajib bila inisiatif tertinggal atau terhenti.",
        "Pengadaan perangkat terlambat dua bulan karena lelang diulang.",
        needed=False,
    )
    follow_up = _text(
        "Tindak lanjut",
        "Apa yang dilakukan untuk mengatasinya, oleh siapa, kapan.",
        "Pelatihan petugas dimajukan ke Oktober; sisa perangkat dipinjam dari Diskominfo.",
        needed=False,
    )

    def __init__(
        self, row: ProgressReport, data: QueryDict | None = None, *, only: Collection[str] | None = None
    ) -> None:
        super().__init__(row, data, initial=REPORT.read(row), only=only)

    @classmethod
    def labels(cls) -> dict[str, str]:
        """What its questions are called, and the evidence, which is recorded with them."""
        return {**super().labels(), "evidence": "Bukti"}

    def shown(self, key: str, value: Any) -> str:
        """A plain value in words; money as money."""
        return format_money(value) if isinstance(value, int) else super().shown(key, value)

    def echoes(self) -> Mapping[str, str]:
        """What amounts and values were read as, where that says more than what was typed."""
        return {bound.auto_id: words for bound in self if (words := echo_of(bound))}


def form_of(report: ProgressReport) -> type[ProgressForm]:
    """The form of one report, with a question for each source of money and each indicator."""
    stored = {AMOUNT + row.source for row in report.amounts.all()} if report.pk else set()
    plan = planned(report)
    fields: dict[str, forms.Field] = {
        AMOUNT + source.value: _amount(report, source, plan.get(source.value))
        for source in FundingSource
        if source.value in plan or AMOUNT + source.value in stored or source is FundingSource.OTHER
    }
    fields |= {VALUE + indicator.key: _value(report, indicator) for indicator in measured(report)}
    return type("ReportForm", (ProgressForm,), fields)


def _amount(report: ProgressReport, source: FundingSource, plan: int | None) -> Any:
    plan_note = f"Anggaran {report.year}: {format_money(plan)}." if plan else f"Tidak dianggarkan pada {report.year}."
    field = MoneyField(
        label=f"Realisasi {source.label}",
        help_text=f"Yang sudah terpakai sejak Januari sampai akhir triwulan ini. {plan_note}",
        required=False,
    )
    return described(field, "450 jt" if plan else "", needed=plan is not None)


def _value(report: ProgressReport, indicator: Measured) -> Any:
    row = indicator.row
    target = next((each.text for each in row.targets.all() if each.year == report.year), "") if row else ""
    unit = f" {indicator.unit}" if indicator.unit else ""
    plan_note = f"Target {report.year}: {target}{unit}." if target else f"Tidak ada target untuk {report.year}."
    gone = "" if row else " Indikator ini tidak lagi ada pada inisiatif."
    field = TargetField(
        label=f"Capaian: {indicator.name}",
        help_text=f"Keadaan pada akhir triwulan{unit and f', dalam{unit}'}. {plan_note}{gone}",
        limit=VALUE_LIMIT,
        keep_none=True,
        required=False,
        widget=TextInput(attrs={"autocomplete": "off", "class": "w-20"}),
    )
    return described(field, needed=row is not None)


class CalendarForm(PortalForm):
    """From when on reports are asked for, and how long they may take."""

    first = forms.ChoiceField(
        label="Mulai dari triwulan",
        help_text="Inisiatif yang sudah disetujui diminta melapor sejak triwulan ini, selama tahun pelaksanaannya.",
    )
    days = forms.IntegerField(
        label="Batas lapor",
        help_text=f"Berapa hari sesudah triwulan berakhir, dari 1 sampai {MOST_DAYS}.",
        min_value=1,
        max_value=MOST_DAYS,
        error_messages={
            "invalid": "Tulis jumlah hari dengan angka, misalnya 15.",
            "min_value": f"Tulis jumlah hari dari 1 sampai {MOST_DAYS}, misalnya 15.",
            "max_value": f"Tulis jumlah hari dari 1 sampai {MOST_DAYS}, misalnya 15.",
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "num w-8"}),
    )

    def __init__(self, plan: MasterPlan, calendar: Calendar, data: QueryDict | None = None) -> None:
        first = calendar.first.slug if calendar.first else Quarter(plan.start_year, 1).slug
        super().__init__(data, initial={"first": first, "days": calendar.days})
        choices = [(quarter.slug, quarter.label) for quarter in quarters_to_choose(plan)]
        self.fields["first"].choices = choices  # type: ignore[attr-defined]

    def quarter(self) -> Quarter:
        """The chosen quarter of a form that is valid."""
        found = Quarter.parse(self.cleaned_data["first"])
        assert found is not None  # one of the choices
        return found
