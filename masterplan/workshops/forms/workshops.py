"""Forms of a stage of the bimtek: its facts, agenda, outputs and minutes, its closing, and what is handed out."""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms

from agencies.models import Regency
from masterplan.editing.forms.rows import RowForm, RowSet, limit_of, needed
from masterplan.models import LINK_LIMIT, MINUTES_LIMIT, MOST_DAYS, NOTE_LIMIT, AgendaItem, Workshop, WorkshopOutput
from masterplan.reference_bimtek import OutputKind
from masterplan.registry import Content
from masterplan.workshops.actions.materials import MATERIAL_TITLE_LIMIT, clean_link
from masterplan.workshops.actions.workshops import FACTS
from masterplan.workshops.rounds import rounds
from smartcity.common.forms import DayField, HourField, LineField, PortalForm, RichField, TextField

AGENDA, OUTPUTS = "acara", "hasil"
_CLOSING_TIME = time(16, 0)  # the hour by which a working day's letters are in, where only a day is given


class LinkField(LineField):
    """An https address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(limit=LINK_LIMIT, **kwargs)

    def to_python(self, value: Any) -> str:
        """The address; raises ValidationError that says what to write."""
        return clean_link(super().to_python(value))


class StartForm(PortalForm):
    """Which round a regency begins from."""

    round = forms.ChoiceField(label="Putaran", widget=forms.RadioSelect)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"round": next(iter(rounds()))})
        choices = [(each.key, f"{each.name}: {each.note}") for each in rounds().values()]
        self.fields["round"].choices = choices  # type: ignore[attr-defined]


class StageForm(PortalForm):
    """What a stage is, when and where."""

    stage = LineField(
        label="Tahap",
        help_text="Nama pendek, biasanya angka Romawi.",
        limit=limit_of(Workshop, "stage"),
        error_messages={"required": "Tulis nama tahapnya, misalnya II."},
    )
    title = LineField(
        label="Judul",
        limit=limit_of(Workshop, "title"),
        error_messages={"required": "Tulis judulnya, misalnya Bimbingan teknis tahap II."},
    )
    start_date = DayField(label="Mulai", required=False)
    end_date = DayField(label="Selesai", required=False, help_text="Kosongkan bila hanya satu hari.")
    place = LineField(label="Tempat", limit=limit_of(Workshop, "place"), required=False)
    is_hybrid = forms.BooleanField(label="Juga diikuti secara daring", required=False)
    online_link = LinkField(
        label="Tautan daring",
        required=False,
        help_text="Alamat ruang rapat, berawalan https://. Terbaca semua orang.",
    )
    agenda = TextField(label="Isi", limit=2_000, required=False, help_text="Bahasan tahap ini dalam satu dua kalimat.")
    expected_output = TextField(
        label="Hasil yang diharapkan", limit=2_000, required=False, help_text="Hasil tahap ini secara keseluruhan."
    )
    deadline_day = DayField(
        label="Batas kirim, tanggal", required=False, help_text="Sampai kapan perangkat daerah menyerahkan hasilnya."
    )
    deadline_time = HourField(
        label="Batas kirim, pukul", required=False, help_text="Waktu setempat. Dibaca pukul 16.00 bila kosong."
    )
    source = LineField(
        label="Sumber", limit=limit_of(Workshop, "source"), required=False, help_text="Surat atau berita jadwal ini."
    )
    is_sample = forms.BooleanField(
        label="Isi ini masih contoh", help_text="Hapus centang bila sudah sesuai jadwal resmi.", required=False
    )

    def __init__(self, regency: Regency, stored: Content | None = None, data: Mapping[str, Any] | None = None) -> None:
        self.zone = regency.zone
        super().__init__(data, initial=self._initial(stored or {}))
        examples = {"stage": "II", "start_date": "4 Oktober 2021", "place": "Ruang rapat Diskominfo, Ungaran"}
        for name, example in examples.items():
            self.fields[name].example = example  # type: ignore[attr-defined]
        self.fields["stage"].widget.attrs["class"] = "w-8"
        if not (stored or {}).get("is_sample"):
            del self.fields["is_sample"]

    def _initial(self, stored: Content) -> Content:
        deadline = stored.get("deadline")
        local = deadline.astimezone(self.zone) if deadline else None
        return {**stored, "deadline_day": local and local.date(), "deadline_time": local and local.time()}

    def clean(self) -> dict[str, Any]:
        """Dates that go together."""
        data = self.cleaned_data
        start, end = data.get("start_date"), data.get("end_date")
        if end and not start and "start_date" not in self.errors:
            self.add_error("start_date", "Tulis juga tanggal mulainya.")
        if start and end and end < start:
            self.add_error("end_date", "Tanggal selesai lebih awal dari tanggal mulai.")
        if start and end and (end - start).days >= MOST_DAYS:
            self.add_error("end_date", f"Satu tahap paling lama {MOST_DAYS} hari.")
        if data.get("deadline_time") and not data.get("deadline_day") and "deadline_day" not in self.errors:
            self.add_error("deadline_day", "Tulis juga tanggal batas kirimnya.")
        return data

    def value(self) -> Content:
        """The answers as `workshops.actions.workshops` takes them."""
        data = self.cleaned_data
        day = data["deadline_day"]
        deadline = datetime.combine(day, data["deadline_time"] or _CLOSING_TIME, self.zone) if day else None
        start, end = data["start_date"], data["end_date"]
        found = {**data, "deadline": deadline, "end_date": end or start, "is_sample": data.get("is_sample", False)}
        return {name: found[name] for name in FACTS}


class AgendaRow(RowForm):
    """One item of the agenda."""

    preset = ("day",)
    key_field = "topic"
    key_missing = "Tulis acaranya, misalnya Pembukaan."

    day = forms.TypedChoiceField(
        label="Hari", choices=[(n, f"Hari ke-{n}") for n in range(1, MOST_DAYS + 1)], coerce=int, initial=1
    )
    start = HourField(label="Mulai", required=False)
    end = HourField(label="Selesai", required=False)
    topic = LineField(label="Acara", limit=limit_of(AgendaItem, "topic"), required=False)
    speaker = LineField(label="Instansi narasumber", limit=limit_of(AgendaItem, "speaker"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed(self, "start", "end", "topic")

    def clean(self) -> dict[str, Any]:
        """An item has both times, in their order."""
        super().clean()
        data = self.cleaned_data
        if self.is_blank:
            return data
        for name, sentence in (("start", "Tulis jam mulainya, misalnya 08.30."), ("end", "Tulis jam selesainya.")):
            if not self.is_written(name):
                self.add_error(name, sentence)
        start, end = data.get("start"), data.get("end")
        if start and end and end <= start:
            self.add_error("end", "Jam selesai tidak sesudah jam mulai.")
        return data

    def value(self) -> Content:
        """The row as `workshops.actions.workshops` takes it."""
        return {name: self.cleaned_data[name] for name in ("day", "start", "end", "topic", "speaker")}


class AgendaRows(RowSet):
    """The agenda; the order of rows is that of their times."""

    title = "Acara"

    def value(self) -> Any:
        """The items by day and time."""
        return sorted(super().value(), key=lambda row: (row["day"], row["start"]))


class OutputRow(RowForm):
    """One output that every invited agency is asked for."""

    preset = ("kind", "id")
    key_field = "title"
    key_missing = "Tulis hasilnya, misalnya Formulir inisiatif terkirim."

    id = forms.CharField(widget=forms.HiddenInput, required=False)
    title = LineField(label="Hasil", limit=limit_of(WorkshopOutput, "title"), required=False)
    kind = forms.ChoiceField(label="Cara portal mengetahuinya", choices=OutputKind.choices, initial=OutputKind.TICKED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed(self, "title")

    def value(self) -> Content:
        """The row as `workshops.actions.workshops` takes it; an id that is no number makes a new row."""
        pk = self.cleaned_data.get("id", "")
        number = int(pk) if pk.isascii() and pk.isdecimal() and len(pk) < 12 else None
        return {"id": number, "title": self.cleaned_data["title"], "kind": self.cleaned_data["kind"]}


class OutputRows(RowSet):
    """What a stage asks of each agency."""

    title = "Hasil"

    def clean(self) -> None:
        """A title stands in one row only."""
        seen: set[str] = set()
        for form in self.forms:
            title = "" if form.is_removed else form.cleaned_data.get("title", "")
            if title and title in seen:
                form.add_error("title", "Hasil ini sudah ada di baris lain.")
            seen.add(title)


class MinutesForm(PortalForm):
    """The minutes of a stage."""

    minutes = RichField(
        label="Notulen",
        limit=MINUTES_LIMIT,
        required=False,
        help_text="Pokok bahasan, kesepakatan, dan tindak lanjut. Sebut perangkat daerah, bukan nama orang.",
        widget=forms.Textarea(attrs={"rows": 16}),
    )

    def value(self) -> str:
        """The text."""
        return str(self.cleaned_data["minutes"])


class MaterialForm(PortalForm):
    """What is handed out: the title of a file (may be empty then) or of a link."""

    title = LineField(label="Judul", limit=MATERIAL_TITLE_LIMIT, required=False, help_text="Kosong: nama berkasnya.")
    link = LinkField(label="Tautan", required=False, help_text="Bila materinya ada di tempat lain, berawalan https://.")

    def clean(self) -> dict[str, Any]:
        """A link has no name of its own."""
        if self.cleaned_data.get("link") and not self.cleaned_data.get("title"):
            self.add_error("title", "Tulis judul tautan ini, misalnya Rekaman hari pertama.")
        return self.cleaned_data


class ClosingForm(PortalForm):
    """The note with which a stage is closed."""

    note = TextField(
        label="Catatan penutupan",
        limit=NOTE_LIMIT,
        required=False,
        help_text="Apa yang disepakati tentang yang masih tersisa. Terbaca di halaman tahap, tercetak di notulen.",
    )


class ReopeningForm(PortalForm):
    """Why a closed stage is opened again."""

    reason = TextField(
        label="Alasan membuka lagi",
        limit=NOTE_LIMIT,
        help_text="Terbaca di halaman tahap.",
        error_messages={"required": "Tulis alasannya, misalnya daftar hadir hari kedua belum lengkap."},
    )
