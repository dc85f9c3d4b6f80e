"""Forms of the analyses of Buku 1: a cell of readiness and its scale, a gap, an item and a strategy of SWOT."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict

from masterplan.analyses.actions import (
    FEWEST_LEVELS,
    KINDS,
    MOST_LEVELS,
    dimensions_to_name,
    initiatives_to_name,
)
from masterplan.editing.forms.choices import sub_dimension_choices
from masterplan.editing.forms.written import WrittenForm, described
from masterplan.models import (
    GAP_TEXT_LIMIT,
    INDICATOR_LIMIT,
    SCORE_LIMIT,
    STRATEGY_LIMIT,
    SWOT_TEXT_LIMIT,
    TEXT_LIMIT,
    GapItem,
    MasterPlan,
    ReadinessCell,
    SwotItem,
    SwotStrategy,
    numbered,
)
from masterplan.reference import STRATEGY_PARTS, SwotAspect
from smartcity.common.forms import LineField, PortalForm, TextField

_LEVELS_LIMIT = MOST_LEVELS * (SCORE_LIMIT + 20)
_NOT_SCORED = "Belum dinilai"


def _text(label: str, help_text: str, example: str, limit: int, rows: int = 3) -> Any:
    field = TextField(label=label, help_text=help_text, limit=limit, required=False)
    field.widget.attrs["rows"] = rows
    return described(field, example)


class AnalysisForm(WrittenForm):
    """A row of the analyses: what it holds is shown, unless something was sent."""

    def __init__(self, row: Any, data: QueryDict | None = None, *, only: Collection[str] | None = None) -> None:
        super().__init__(row, data, initial=KINDS[type(row)].read(row), only=only)


class BeginRowForm(PortalForm):
    """What a new row needs at least. `token` names one press of the button."""

    token = forms.UUIDField(
        widget=forms.HiddenInput, error_messages={"invalid": "Halaman ini sudah lama terbuka. Kirim sekali lagi."}
    )

    def __init__(self, data: QueryDict | None = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial={"token": uuid4()} | (initial or {}))


# Readiness ------------------------------------------------------------------------------------------------------------


class ReadinessForm(AnalysisForm):
    """One cell."""

    condition = _text(
        "Kondisi saat ini",
        "Keadaan yang nyata hari ini, dengan angka dan tahunnya bila ada.",
        "Setiap perangkat daerah punya satu petugas data, 12 dari 27 sudah dilatih (2021).",
        TEXT_LIMIT,
        5,
    )
    score = forms.ChoiceField(label="Penilaian", required=False, widget=forms.RadioSelect)
    evidence = _text(
        "Bukti",
        "Dokumen atau data yang mendukung penilaian.",
        "Keputusan bupati tentang forum data; laporan pelatihan 2021.",
        TEXT_LIMIT,
    )
    problem = _text(
        "Masalah", "Apa yang menghambat.", "Petugas data merangkap pekerjaan lain dan sering berganti.", TEXT_LIMIT
    )
    recommendation = _text(
        "Saran",
        "Langkah yang perlu diambil, dan oleh siapa.",
        "Tetapkan jabatan fungsional pengelola data.",
        TEXT_LIMIT,
    )

    def __init__(
        self, row: ReadinessCell, data: QueryDict | None = None, *, only: Collection[str] | None = None
    ) -> None:
        super().__init__(row, data, only=only)
        if field := self.fields.get("score"):
            scale = row.master_plan.readiness_scale
            kept = [row.score] if row.score and row.score not in scale else []
            levels = [*((level, level) for level in scale), *((old, f"{old} (di luar skala)") for old in kept)]
            field.choices = [*levels, ("", _NOT_SCORED)]  # type: ignore[attr-defined]
            field.help_text = "Skala milik daerah, dari yang terbaik. Dapat diubah di halaman kesiapan."
            described(field)


class ScaleForm(PortalForm):
    """The levels of readiness, one a line, from best to worst; `seen` is the scale as the page showed it."""

    levels = TextField(
        label="Tingkat penilaian",
        help_text=(
            f"Satu tingkat tiap baris, dari yang terbaik. {FEWEST_LEVELS} sampai {MOST_LEVELS} tingkat, "
            f"paling panjang {SCORE_LIMIT} karakter."
        ),
        limit=_LEVELS_LIMIT,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)

    def __init__(self, scale: Iterable[str], data: QueryDict | None = None) -> None:
        text = "\n".join(scale)
        super().__init__(data, initial={"levels": text, "seen": text})
        self.fields["levels"].example = "Siap\nCukup siap\nBelum siap"  # type: ignore[attr-defined]


# Gaps -----------------------------------------------------------------------------------------------------------------

_INDICATOR = (
    "Indikator",
    "Ukuran yang dibandingkan, dari RPJMD atau SNI ISO 37122.",
    "Layanan yang dapat diurus daring",
)


class GapBeginForm(BeginRowForm):
    """The two answers with which a row of the gaps begins."""

    sub_dimension = forms.ChoiceField(label="Sub-dimensi", help_text="Tempat baris ini di dalam tabel.")
    indicator = LineField(label=_INDICATOR[0], help_text=_INDICATOR[1], limit=INDICATOR_LIMIT)

    def __init__(self, plan: MasterPlan, data: QueryDict | None = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial)
        self.fields["sub_dimension"].choices = sub_dimension_choices(plan.regency)  # type: ignore[attr-defined]
        described(self.fields["indicator"], _INDICATOR[2])

    def clean_sub_dimension(self) -> int:
        """Its id."""
        return int(self.cleaned_data["sub_dimension"])


class GapForm(AnalysisForm):
    """One row of the gaps."""

    sub_dimension = forms.TypedChoiceField(
        label="Sub-dimensi", help_text="Tempat baris ini di dalam tabel.", coerce=int
    )
    indicator = LineField(label=_INDICATOR[0], help_text=_INDICATOR[1], limit=INDICATOR_LIMIT)
    ideal = _text(
        "Kondisi ideal", "Yang seharusnya tercapai, dengan sumbernya.", "Semua izin usaha terbit dalam 3 hari.",
        GAP_TEXT_LIMIT,
    )  # fmt: skip
    existing = _text(
        "Kondisi saat ini", "Yang tercapai sekarang, dengan tahunnya.", "Rata-rata 9 hari (2020).", GAP_TEXT_LIMIT
    )
    gap = _text("Kesenjangan", "Selisih keduanya.", "Lebih lama 6 hari dari seharusnya.", GAP_TEXT_LIMIT)
    cause = _text("Penyebab", "Mengapa selisih itu ada.", "Berkas diperiksa berulang di tiga dinas.", GAP_TEXT_LIMIT)
    response = _text(
        "Tanggapan", "Apa yang akan dilakukan.", "Satukan pemeriksaan berkas dan buka kemajuannya.", GAP_TEXT_LIMIT
    )
    initiatives = forms.TypedMultipleChoiceField(
        label="Inisiatif yang menjawab",
        help_text="Yang sedimensi ada di atas.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, row: GapItem, data: QueryDict | None = None, *, only: Collection[str] | None = None) -> None:
        super().__init__(row, data, only=only)
        plan = row.master_plan
        if field := self.fields.get("sub_dimension"):
            field.choices = sub_dimension_choices(plan.regency)[1:]  # type: ignore[attr-defined]
        if indicator := self.fields.get("indicator"):
            described(indicator, _INDICATOR[2])
        if several := self.fields.get("initiatives"):
            known = list(initiatives_to_name(plan).for_list())
            known.sort(key=lambda each: each.sub_dimension.dimension_id != row.sub_dimension.dimension_id)
            several.choices = [(str(each.pk), str(each)) for each in known]  # type: ignore[attr-defined]
            several.columns = True  # type: ignore[attr-defined]
            described(several, "Pilih semua inisiatif yang memperkecil selisih ini.")


# SWOT -----------------------------------------------------------------------------------------------------------------

_ASPECT = "Tiga aspek yang sama dengan penilaian kesiapan."


class SwotItemQuestions(PortalForm):
    """What is asked about an item, new or old."""

    text = TextField(
        label="Uraian", help_text="Satu hal dalam satu atau dua kalimat, sebaiknya dengan bukti.", limit=SWOT_TEXT_LIMIT
    )
    aspect = forms.ChoiceField(label="Aspek", help_text=_ASPECT, choices=SwotAspect.choices, widget=forms.RadioSelect)
    dimension = forms.TypedChoiceField(
        label="Dimensi",
        help_text="Bila butir ini hanya tentang satu dimensi.",
        coerce=int,
        empty_value=None,
        required=False,
    )

    def offer_dimensions(self, plan: MasterPlan) -> None:
        """Fill in what can be chosen, and the examples."""
        if field := self.fields.get("text"):
            described(field, "Jaringan serat optik sudah menghubungkan 19 kantor kecamatan.")
        if field := self.fields.get("dimension"):
            rows = dimensions_to_name(plan)
            field.choices = [("", "Semua dimensi"), *((str(row.pk), row.name) for row in rows)]  # type: ignore[attr-defined]


class SwotItemBeginForm(SwotItemQuestions, BeginRowForm):
    """A new item."""

    def __init__(self, plan: MasterPlan, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.offer_dimensions(plan)


class SwotItemForm(SwotItemQuestions, AnalysisForm):
    """One item. Its kind is fixed: strategies name it by that."""

    def __init__(self, row: SwotItem, data: QueryDict | None = None, *, only: Collection[str] | None = None) -> None:
        super().__init__(row, data, only=only)
        self.offer_dimensions(row.master_plan)


class SwotStrategyQuestions(PortalForm):
    """What is asked about a strategy, new or old."""

    text = TextField(label="Strategi", help_text="Langkah yang menjawab butir-butir di bawah.", limit=STRATEGY_LIMIT)
    items = forms.TypedMultipleChoiceField(
        label="Butir yang dijawab",
        help_text="Butir dari kedua jenis yang dipertemukan strategi ini.",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def offer_items(self, plan: MasterPlan, kind: str) -> None:
        """Fill in the items that a strategy of `kind` can answer, with their numbers."""
        if field := self.fields.get("text"):
            described(field, "Pakai jaringan kecamatan yang ada untuk membuka layanan daring di desa wisata.")
        if field := self.fields.get("items"):
            parts = STRATEGY_PARTS.get(kind, ())
            field.choices = [  # type: ignore[attr-defined]
                (str(item.pk), f"{number} {item.text}")
                for number, item in numbered(plan.swot_items.all())
                if item.kind in parts
            ]
            described(field, "Setidaknya satu butir dari tiap jenis.")


class SwotStrategyBeginForm(SwotStrategyQuestions, BeginRowForm):
    """A new strategy."""

    def __init__(self, plan: MasterPlan, kind: str, data: QueryDict | None = None) -> None:
        super().__init__(data)
        self.offer_items(plan, kind)


class SwotStrategyForm(SwotStrategyQuestions, AnalysisForm):
    """One strategy. Its kind is fixed."""

    def __init__(
        self, row: SwotStrategy, data: QueryDict | None = None, *, only: Collection[str] | None = None
    ) -> None:
        super().__init__(row, data, only=only)
        self.offer_items(row.master_plan, row.kind)
