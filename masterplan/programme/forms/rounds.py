"""Forms about rounds: name and deadlines, and the regencies that take part."""

from typing import Any

from django import forms

from agencies.models import ProgrammeRound, RoundStageKind
from agencies.models.programme_round import EARLIEST_YEAR, LATEST_YEAR
from agencies.regions import Region, find_region, regions
from smartcity.common.forms import DayField, LineField, PortalForm, YearField

PRIORITY_LIMIT = 2000
_EXAMPLE = "31 Desember 2026"


class RoundForm(PortalForm):
    """A round: what it is called, and the last day of each of its stages."""

    name = LineField(label="Nama putaran", limit=120)
    name.example = "Gerakan Menuju Smart City 2026"  # type: ignore[attr-defined]
    year = YearField(label="Tahun")
    priority_areas = forms.CharField(
        label="Kawasan prioritas",
        required=False,
        max_length=PRIORITY_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Misalnya destinasi pariwisata superprioritas, satu kawasan satu baris.",
    )
    results_are_public = forms.BooleanField(
        label="Hasil penilaian terbuka untuk umum",
        required=False,
        help_text="Bila tidak dicentang, hasil hanya dibaca kementerian dan kabupaten/kota itu sendiri.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in RoundStageKind:
            field = DayField(label=f"Tenggat: {kind.label}", required=False)
            field.example = _EXAMPLE  # type: ignore[attr-defined]
            self.fields[kind.value] = field

    @classmethod
    def of(cls, found: ProgrammeRound, data: Any = None) -> "RoundForm":
        """The form filled in from the round."""
        initial = {name: getattr(found, name) for name in ("name", "year", "priority_areas", "results_are_public")}
        return cls(data, initial=initial | {stage.kind: stage.deadline for stage in found.stages.all()})

    def clean_year(self) -> int:
        """A year of the programme."""
        year: int = self.cleaned_data["year"]
        if not EARLIEST_YEAR <= year <= LATEST_YEAR:
            raise forms.ValidationError(f"Tulis tahun antara {EARLIEST_YEAR} dan {LATEST_YEAR}.")
        return year

    @property
    def terms(self) -> dict[str, Any]:
        """What `agencies.actions.rounds.save_round` takes."""
        data = self.cleaned_data
        plain = {name: data[name] for name in ("name", "year", "priority_areas", "results_are_public")}
        return plain | {"deadlines": {kind: data.get(kind.value) for kind in RoundStageKind}}


class ParticipantsForm(PortalForm):
    """Which regencies take part: one a line, as code or as name, so that a column of Excel can be pasted."""

    regions = forms.CharField(
        label="Kabupaten/kota",
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Satu baris satu wilayah: kode (33.22) atau nama lengkap (Kabupaten Semarang). "
        "Kolom dari Excel dapat ditempel langsung.",
        error_messages={"required": "Tulis sedikitnya satu kode atau nama kabupaten/kota."},
        max_length=40_000,
    )
    cluster = LineField(
        label="Klaster",
        limit=80,
        required=False,
        help_text="Kosongkan bila tidak berklaster. Nama yang belum ada dibuat baru.",
    )

    def clean_regions(self) -> list[str]:
        """The official codes; every line that names none is told with its number."""
        codes, unknown = [], []
        for number, line in enumerate(self.cleaned_data["regions"].splitlines(), 1):
            text = " ".join(line.replace("\t", " ").split())
            if not text:
                continue
            region = _read(text)
            if region is None:
                unknown.append(f"baris {number} “{text[:60]}”")
            else:
                codes.append(region.code)
        if unknown:
            more = f" dan {len(unknown) - 5} baris lain" if len(unknown) > 5 else ""
            raise forms.ValidationError(
                f"Tidak ditemukan: {', '.join(unknown[:5])}{more}. "
                "Tulis kodenya, atau namanya dengan kata Kabupaten/Kota."
            )
        return codes


def _read(text: str) -> Region | None:
    """The regency that a line names: by code, by code and name, or by its name."""
    first, _, _ = text.partition(" ")
    if found := find_region(first.strip(".;,")):
        return found
    wanted = text.casefold().replace("kab. ", "kabupaten ").replace("kab ", "kabupaten ")
    return next((region for region in regions() if region.full_name.casefold() == wanted), None)
