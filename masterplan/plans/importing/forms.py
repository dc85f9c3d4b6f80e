"""The forms of an import: a document to import into, the file, and what the columns of its tables are."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agencies.models import Agency, Regency
from masterplan.plans.importing.actions.imports import MONEY_UNITS
from masterplan.plans.importing.corrections import INSTEAD
from masterplan.plans.importing.document import NOT_IN_KIND
from masterplan.plans.importing.map import roles
from masterplan.reference import Level, PlanKind
from smartcity.common.forms import LineField, PortalForm, YearField
from smartcity.common.text import whole_number
from smartcity.common.workbooks.forms import WorkbookForm

Json = dict[str, Any]
_UNIT_LABELS = {
    0: "Belum jelas, tanyakan", 1: "Rupiah", 1_000: "Ribu rupiah", 1_000_000: "Juta rupiah",
    1_000_000_000: "Miliar rupiah",
}  # fmt: skip
MONEY_CHOICES = [(unit, _UNIT_LABELS[unit]) for unit in MONEY_UNITS]
# An indicator may say whose it is; beside the plain ones in the list.
ROLE_CHOICES = [
    *roles.LABELS.items(),
    *(
        (f"{roles.INDICATOR}:{level.value}", f"Indikator {level.label.lower()}")
        for level in (Level.GOAL, Level.OBJECTIVE, Level.PROGRAM, Level.ACTIVITY, Level.SUB_ACTIVITY)
    ),
]


class PlanFileForm(WorkbookForm):
    """One workbook of a plan."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = "Buku kerja (.xlsx) yang memuat tabel RPJMD atau Renstra, paling besar 10 MB."


class DevelopmentPlanForm(PortalForm):
    """A document before it has nodes."""

    kind = forms.ChoiceField(label="Jenis dokumen", choices=[("", "Pilih satu"), *PlanKind.choices])
    agency = forms.ModelChoiceField(
        label="Perangkat daerah",
        queryset=Agency.objects.none(),
        required=False,
        empty_label="Bukan Renstra",
        help_text="Hanya untuk Renstra.",
    )
    title = LineField(label="Judul", limit=200)
    start_year = YearField(label="Tahun awal")
    end_year = YearField(label="Tahun akhir")
    legal_basis = LineField(
        label="Dasar hukum", limit=300, required=False, help_text="Peraturan yang menetapkan dokumen ini."
    )
    title.example = "RPJMD Kabupaten Semarang 2025–2029"  # type: ignore[attr-defined]

    def __init__(self, *args: Any, regency: Regency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agency"].queryset = regency.agencies.all()  # type: ignore[attr-defined]

    def clean(self) -> Json:
        """A Renstra is of an agency, an RPJMD of none, and no plan ends before it begins."""
        data: Json = super().clean() or {}
        if data.get("kind") == PlanKind.RENSTRA and not data.get("agency"):
            self.add_error("agency", "Pilih perangkat daerah pemilik Renstra ini.")
        if data.get("kind") == PlanKind.RPJMD and data.get("agency"):
            self.add_error("agency", "RPJMD milik seluruh daerah. Pilih Bukan Renstra.")
        start, end = data.get("start_year"), data.get("end_year")
        if start and end and end < start:
            self.add_error("end_year", f"Tahun akhir lebih awal dari tahun awal. Tulis {start} atau sesudahnya.")
        return data


class RowCorrectionForm(PortalForm):
    """What a row of the file is, and what stands above it."""

    what = forms.ChoiceField(label="Baris ini dibaca sebagai", required=False)
    parent = forms.ChoiceField(
        label="Induk", required=False, help_text="Hanya unsur yang mulai di atas baris ini pada berkas."
    )

    def __init__(self, *args: Any, kind: str, parents: list[Json], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = [(level.value, level.label) for level in Level if level not in NOT_IN_KIND[kind]]
        self.fields["what"].choices = [("", "Seperti yang terbaca"), *levels, *INSTEAD.items()]  # type: ignore[attr-defined]
        named = [(each["address"], _named(each)) for each in parents]
        self.fields["parent"].choices = [("", "Menurut urutan baris"), *named]  # type: ignore[attr-defined]


def _named(step: Json) -> str:
    words = f"{step['code']} {step['text']}".strip()
    return f"{Level(step['level']).label}: {words if len(words) <= 90 else words[:89].rstrip() + '…'}"


def as_kept(tables: list[Json]) -> dict[str, Json]:
    """What a person would send who agrees with everything that was proposed."""
    return {
        table["sheet"]: {
            "is_read": table["is_read"],
            "first_row": table["first_row"],
            "money_unit": table["money_unit"],
            "roles": {column["number"]: column["role"] for column in table["columns"]},
        }
        for table in tables
    }


def posted_tables(data: Mapping[str, Any], tables: list[Json]) -> dict[str, Json]:
    """What a person decided about each table, for `map_columns`. Raises ValidationError for a year that is none."""
    return {table["sheet"]: _posted(data, table, place) for place, table in enumerate(tables)}


def _posted(data: Mapping[str, Any], table: Json, place: int) -> Json:
    if data.get(f"baca-{place}") != "ya":
        return {"is_read": False}
    found: dict[int, str] = {}
    for column in table["columns"]:
        number = column["number"]
        role = str(data.get(f"arti-{place}-{number}", roles.years_of(column["role"])[0]))
        if role in roles.YEARLY:
            year = whole_number(str(data.get(f"tahun-{place}-{number}", "")).strip())
            if not roles.is_role(f"{role}:{year}"):
                where = f"Lembar {table['sheet']}, kolom {column['head']}"
                raise ValidationError(f"{where}: tulis tahunnya dengan empat angka, misalnya 2026.")
            role = f"{role}:{year}"
        found[number] = role
    return {
        "is_read": True,
        "first_row": whole_number(str(data.get(f"baris-{place}", "")).strip()),
        "money_unit": whole_number(str(data.get(f"uang-{place}", ""))),
        "roles": found,
    }
