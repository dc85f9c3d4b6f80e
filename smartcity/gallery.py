"""Sample values for the page that shows every component in its states; nothing here reaches production pages."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from smartcity.common.forms import NumberField, PortalForm

YEARS = (2022, 2023, 2024, 2025, 2026)
DIMENSIONS = (
    ("GO", "Smart Governance"),
    ("BR", "Smart Branding"),
    ("EC", "Smart Economy"),
    ("LI", "Smart Living"),
    ("SO", "Smart Society"),
    ("EN", "Smart Environment"),
    ("PW", "Tambahan daerah"),
)
STATUSES = (
    ("draft", "Draf"),
    ("submitted", "Diajukan"),
    ("in_review", "Sedang ditinjau"),
    ("returned", "Perlu perbaikan"),
    ("approved", "Disetujui"),
    ("withdrawn", "Ditarik"),
    ("edition_draft", "Draf"),
    ("reviewed", "Ditinjau"),
    ("adopted", "Ditetapkan"),
    ("superseded", "Digantikan"),
    ("queued", "Antre"),
    ("running", "Sedang disusun"),
    ("done", "Selesai"),
    ("failed", "Gagal"),
    ("cancelled", "Dibatalkan"),
    ("proposed", "Diusulkan"),
    ("accepted", "Diterima"),
    ("rejected", "Ditolak"),
    ("late", "Terlambat"),
    ("open", "Terbuka"),
    ("resolved", "Selesai"),
    ("started", "Sedang diisi"),
    ("not_started", "Belum mulai"),
    ("complete", "Selesai"),
)
COLOURS = (
    ("brand-dark", "Telaga tua", "#093648", "12,9"),
    ("brand", "Telaga", "#0E4C63", "9,4"),
    ("brand-tint", "Telaga muda", "#E4EFF3", "latar"),
    ("kunyit", "Kunyit", "#F2B632", "fokus"),
    ("ink", "Tinta", "#16242C", "15,9"),
    ("ink-2", "Tinta 2", "#4A5A64", "7,1"),
    ("line-strong", "Garis kuat", "#7B8B95", "3,5"),
    ("line", "Garis", "#D5DDE2", "hias"),
    ("mist", "Kabut", "#F3F6F8", "latar"),
)


@login_not_required
def component_gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; wired only while DEBUG."""
    return render(request, "components/gallery.html", gallery_context())


class SampleForm(PortalForm):
    """One field of each kind."""

    offers_choices = True

    name = forms.CharField(label="Nama inisiatif", help_text="Nama yang akan tertulis di buku.")
    target = forms.DecimalField(
        label="Target 2026",
        help_text="Angka saja, satuannya diambil dari indikator.",
        error_messages={"invalid": "Tulis angka dengan koma desimal, misalnya 99,25"},
        widget=forms.TextInput,
    )
    growth = NumberField(label="Pertumbuhan")
    reason = forms.CharField(label="Rencana bila anggaran tidak turun", required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(label="Jenis", choices=[("", "Pilih satu"), ("policy", "Kebijakan")])
    novelty = forms.ChoiceField(
        label="Kebaruan", choices=[("new", "Baru"), ("continuing", "Lanjutan")], widget=forms.RadioSelect
    )
    districts = forms.MultipleChoiceField(
        label="Kecamatan",
        choices=[("1", "Getasan"), ("2", "Tengaran"), ("3", "Bandungan")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    quick_win = forms.BooleanField(label="Termasuk quick win", required=False, help_text="Selesai dalam satu tahun.")
    letter = forms.FileField(label="Surat pengantar", required=False)


class SampleRow(forms.Form):
    """A row with the controls of a partner."""

    kind = forms.ChoiceField(label="Jenis mitra", choices=[("", "Pilih satu"), ("community", "Komunitas")])
    name = forms.CharField(label="Nama mitra")
    contribution = forms.CharField(label="Kontribusi", required=False)


class SampleRows(forms.BaseFormSet):
    """Rows with a title, as those of the portal have."""

    title = "Mitra"


def bound_form() -> SampleForm:
    """The sample form as it comes back with errors."""
    form = SampleForm({"name": "Tiket wisata nontunai", "target": "99.25 persen", "growth": "1,250"})
    form.fields["target"].example = "99,25"  # type: ignore[attr-defined]
    form.fields["reason"].example = "Bertahap, mulai dari tiga titik."  # type: ignore[attr-defined]
    form.fields["districts"].columns = True  # type: ignore[attr-defined]
    return form


THREAD: dict[str, Any] = {
    "id": 1,
    "number": 1,
    "kind": "isian",
    "addressee": "Dinas Pariwisata",
    "is_open": True,
    "assigned_as": "Staf, Dinas Pariwisata",
    "due_date": date(2021, 9, 20),
    "is_overdue": True,
    "page": "tinjauan",
    "url": "#isi",
    "reply_url": "#isi",
    "resolve_url": "#isi",
    "assign_url": "#isi",
}


def gallery_context() -> dict[str, Any]:
    """Everything templates/components/gallery.html prints."""
    row_set = forms.formset_factory(SampleRow, SampleRows, extra=1, can_delete=True, can_order=True)
    comments: list[dict[str, Any]] = [
        {
            "id": 1,
            "url": "#isi",
            "quote": "dari ponsel",
            "by": "Koordinator, Diskominfo",
            "when": "14 September 2021 pukul 09.15",
            "body": "Bagaimana dengan pengunjung tanpa ponsel? Mohon tulis layanan penggantinya.",
        },
        {
            "id": 2,
            "change": {"old": "tanpa loket", "new": "dan di loket", "is_word": False},
            "by": "Staf, Dinas Pariwisata",
            "when": "kemarin pukul 15.20",
            "body": "Sudah kami tambahkan: loket tunai tetap dibuka.",
        },
    ]
    return {
        "nav": [
            {"label": label, "url": "#isi", "current": label == "Inisiatif", "count": count}
            for label, count in (("Beranda", None), ("Inisiatif", 2), ("Keselarasan", None), ("Buku", None))
        ],
        "crumbs": [("Beranda", "#isi"), ("Papan petunjuk kawasan wisata", "#isi")],
        "colours": COLOURS,
        "dimensions": DIMENSIONS,
        "statuses": STATUSES,
        "years": YEARS,
        "sources": ("APBD Kabupaten", "DAK", "CSR"),
        "form": bound_form(),
        "rows": row_set(initial=[{"name": "Karang taruna"}, {"name": "Kelompok sadar wisata"}]),
        "segments": [
            {"label": "Semua disetujui", "count": 12, "start": 0, "kind": "approved"},
            {"label": "Sedang ditinjau", "count": 9, "start": 12, "kind": "in_review"},
            {"label": "Diajukan", "count": 10, "start": 21, "kind": "submitted"},
            {"label": "Belum mengirim", "count": 15, "start": 31, "kind": "none"},
        ],
        "books": (1, 2, 3),
        "upload_reading": {"title": "Membaca baris", "words": "500 dari 1.200 baris", "value": 500, "maximum": 1_200},
        "upload_failed": {
            "title": "Berkas tidak dapat dibaca",
            "error": "Berkas ini terkunci sandi. Buka kuncinya dulu.",
        },
        "uploads": [
            {
                "get_absolute_url": "#isi",
                "filename": "Inisiatif_DISPAR.xlsx",
                "requested_at": timezone.now() - timedelta(hours=3),
                "standing": "Menunggu keputusan Anda",
            }
        ],
        "open_thread": THREAD | {"comments": comments},
        "closed_thread": {
            "id": 2,
            "number": 2,
            "kind": "isian",
            "is_open": False,
            "is_private": True,
            "comments": [{**comment, "id": number} for number, comment in enumerate(comments, 3)],
        },
        "events": [
            {"title": "Mulai ditinjau", "when": "hari ini pukul 08.05", "by": "Koordinator", "note": None},
            {
                "title": "Dikembalikan",
                "when": "14 September 2021",
                "by": "Koordinator",
                "note": "Mohon lengkapi target 2026.",
            },
        ],
        "pills": [
            {"label": "Semua", "url": "#isi", "count": 46, "current": True},
            {"label": "Belum mengisi", "url": "#isi", "count": 9, "current": False},
            {"label": "Semua tautan", "url": "#isi", "count": None, "current": False},
        ],
        "page": Paginator(range(46), 20).page(2),
    }
