"""Initiatives as one Excel file. Writes nothing in the portal; who may have it is decided by the view."""

from collections.abc import Iterable

from django.utils import timezone

from masterplan.initiatives.workbook.book import workbook_bytes
from masterplan.initiatives.workbook.layout import DELETE, LINKS, MAIN, sheets_of
from masterplan.initiatives.workbook.limits import MOST_ROWS
from masterplan.models import Initiative, MasterPlan
from smartcity.common.formatting import format_moment, format_number, format_size
from smartcity.common.workbooks.limits import MOST_BYTES


def export_workbook(plan: MasterPlan, initiatives: Iterable[Initiative], subject: str) -> bytes:
    """The workbook of `initiatives` (read with `complete()`); `subject` says in words whose they are."""
    listed = list(initiatives)
    title = f"Inisiatif {subject}"
    return workbook_bytes(help_lines(title, len(listed)), sheets_of(plan, listed), title)


def help_lines(title: str, count: int) -> list[tuple[str, str]]:
    """What the first sheet says."""
    most = format_number(MOST_ROWS)
    return [
        ("title", title),
        ("text", f"{count} inisiatif, diunduh {format_moment(timezone.now())}."),
        ("head", "Cara mengisi"),
        ("text", f"1. Lembar {MAIN} berisi satu baris per inisiatif. Lembar lain berisi satu baris per mitra, "
         "kegiatan, indikator, sumber dana, atau quick win; kolom Kode menyebut inisiatif pemiliknya."),
        ("text", "2. Baris kedua setiap lembar menjelaskan isinya. Isian berdaftar dipilih dari panah di sel."),
        ("text", "3. Baris baru ditulis di bawah baris terakhir. Inisiatif baru: kosongkan Kode, atau tulis BARU-1 dan "
         "pakai BARU-1 sebagai Kode di lembar lain. Nama, sub-dimensi, dan penanggung jawab harus terisi."),
        ("text", f"4. Baris hanya terhapus bila kolom {DELETE} berisi ya. Baris atau lembar yang Anda buang dari "
         "berkas tetap ada di portal."),
        ("text", "5. Beberapa nama dalam satu sel (perangkat daerah, kecamatan) dipisahkan dengan titik koma."),
        ("text", "6. Uang ditulis dalam rupiah, boleh 450.000.000 atau 450 juta. Tanggal boleh 31/12/2027 atau "
         "31 Desember 2027; kegiatan boleh bulan saja."),
        ("text", "7. Jangan memakai rumus dan jangan menggabungkan sel. Judul kolom jangan diubah; urutannya boleh."),
        ("head", "Teks panjang"),
        ("text", "Baris yang diawali “- ” atau “1. ” menjadi daftar; **tebal** diapit dua tanda bintang."),
        ("text", "Baris kosong memisahkan paragraf; baris baru dalam sel dibuat dengan Alt+Enter."),
        ("head", "Mengunggah"),
        ("text", "Unggah berkas ini di halaman Inisiatif, tombol Unggah Excel. Portal memperlihatkan semua perubahan "
         "lebih dulu, dan baru menyimpannya setelah Anda setuju: semua, atau tidak sama sekali."),
        ("text", f"Lembar {LINKS} dan sel abu-abu hanya dibaca. Inisiatif yang sudah dikirim tidak dapat diubah."),
        ("text", f"Paling banyak {most} baris per lembar dan {format_size(MOST_BYTES)} per berkas."),
    ]  # fmt: skip
