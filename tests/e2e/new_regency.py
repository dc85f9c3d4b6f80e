"""The steps from a set-up address to the first book of a regency, each by pages alone and in the order of the portal."""

from pathlib import Path

from openpyxl import Workbook
from playwright.sync_api import expect

from tests.e2e.initiative_form import further_texts_of
from tests.e2e.walker import Walker

REGENCY = "Kabupaten Jayapura"
INITIATIVE = "Peta wisata kampung Danau Sentani"
PROGRAM = "Program Peningkatan Daya Tarik Destinasi Pariwisata"
FIRST_YEAR = 2027
_PASSWORD = "ombak-biru-di-danau"
_AGENCIES = (
    ("Dinas Pariwisata dan Kebudayaan", "Disparbud", "pariwisata"),
    ("Dinas Kesehatan", "Dinkes", "kesehatan"),
    ("Dinas Pendidikan", "Disdik", "pendidikan"),
    ("Dinas Lingkungan Hidup", "DLH", "lingkungan"),
    ("Badan Perencanaan Pembangunan Daerah", "Bappeda", "bappeda"),
)


def address_of(who: str) -> str:
    """The mail address of somebody in this regency."""
    return f"{who}@jayapura.example"


def become_operator(walker: Walker, setup_address: str) -> None:
    """The operator's account with its second factor; ends at the operator's home."""
    walker.open(setup_address)
    walker.fill(name="Pengelola Portal", email=address_of("pengelola"), password=_PASSWORD, password_again=_PASSWORD)
    walker.press("Buat akun pengelola")
    walker.turn_on_second_factor()
    walker.press("Lanjut ke pengelola portal")


def open_regency(walker: Walker) -> list[str]:
    """A regency of Papua, which keeps eastern time; gives the links of administrator and coordinator."""
    walker.press("Buka kabupaten/kota")
    walker.fill(q="Jayapura")
    walker.press("Cari")
    walker.press(REGENCY)
    expect(walker.page.get_by_label("WIT (Waktu Indonesia Timur)")).to_be_checked()
    people = {role: address_of(role) for role in ("administrator", "coordinator")}
    walker.fill(capital="Sentani", **people)
    walker.press("Buka wilayah")
    return [walker.page.get_by_label("Tautan undangan").nth(place).input_value() for place in range(len(people))]


def take_up(walker: Walker, link: str, name: str) -> None:
    """An account by the link of an invitation; ends at the home of whoever made it."""
    walker.open(link)
    walker.fill(name=name, password=_PASSWORD, password_again=_PASSWORD)
    walker.press("Buat akun dan masuk")


def register_agencies(walker: Walker) -> str:
    """Five agencies with heads and staff in one pasted table; gives the link of the first agency's head."""
    head = "Nama\tSingkatan\tSurel kepala\tSurel staf"
    rows = [
        f"{name}\t{short}\t{address_of('kepala.' + key)}\t{address_of('staf.' + key)}" for name, short, key in _AGENCIES
    ]
    walker.press("Daftarkan perangkat daerah")
    walker.fill(table="\n".join([head, *rows]))
    walker.press("Periksa")
    walker.press("Simpan semua")
    walker.menu("Tim")
    expect(walker.page.get_by_text("11 undangan menunggu")).to_be_visible()
    walker.press(f"Lihat undangan {address_of('kepala.pariwisata')}")
    return walker.page.get_by_label("Tautan undangan").input_value()


def open_plan(walker: Walker) -> None:
    """The master plan with the RPJMD that it answers to."""
    walker.press("Buka rencana induk")
    walker.fill(
        start_year=str(FIRST_YEAR), end_year=str(FIRST_YEAR + 4), rpjmd_title=f"RPJMD {REGENCY} 2025–2029",
        rpjmd_start_year="2025", rpjmd_end_year="2029", vision="Danau lestari, kampung sejahtera.",
    )  # fmt: skip
    walker.press("Buka rencana induk")
    walker.menu("Beranda")


def import_rpjmd(walker: Walker, folder: Path) -> None:
    """A small workbook with one branch, from mission to program."""
    walker.press("Impor RPJMD")
    walker.page.get_by_label("Berkas Excel").set_input_files(_workbook(folder / "rpjmd.xlsx"))
    walker.tally.fields += 1
    walker.press("Unggah dan cari tabel")
    walker.wait_for("Baca isinya", following="Periksa arti kolom")
    walker.press("Baca isinya")
    walker.wait_for("Simpan")
    walker.press("Simpan")
    walker.wait_for("Buka RPJMD")
    expect(walker.page.get_by_text("4 unsur baru")).to_be_visible()


def schedule_workshops(walker: Walker) -> None:
    """The stages of a round, and a deadline for the one that asks for initiatives."""
    walker.menu("Beranda")
    walker.press("Jadwalkan bimtek")
    walker.press("Mulai dari putaran")
    walker.press("Tambahkan tahap")
    walker.press("Tahap II")
    walker.press("Ubah tahap")
    walker.fill(start_date="8 Februari 2027", end_date="9 Februari 2027", deadline_day="26 Februari 2027")
    walker.press("Simpan")


def open_filling(walker: Walker) -> None:
    """The last step of the list on the home, after which the list is gone."""
    walker.menu("Beranda")
    expect(walker.page.get_by_text("5 dari 6 selesai")).to_be_visible()
    walker.press("Buka pengisian")
    walker.press("Buka pengisian")
    walker.menu("Beranda")
    expect(walker.page.get_by_text("Langkah memulai")).to_have_count(0)


def write_initiative(walker: Walker) -> None:
    """The first initiative with all that sending it asks for; ends at the last look before it is sent."""
    year = str(FIRST_YEAR)
    walker.press("Tambah inisiatif")
    walker.fill(name=INITIATIVE)
    walker.choose("sub_dimension", "Ekosistem pariwisata")
    walker.press("Simpan dan lanjutkan")
    walker.fill(
        problem="Tamu tidak menemukan kampung yang menerima kunjungan.",
        description="Peta daring memuat kampung, perahu, dan pemandu di sekeliling danau.",
        smart_city_target="Kunjungan merata ke kampung-kampung di sekeliling danau.",
        strategy="Dimulai dari kampung yang sudah menerima tamu.",
        **further_texts_of("identitas"),
    )
    walker.tick("Infrastruktur pendukung")
    walker.tick("Baru")
    walker.press("Simpan dan lanjutkan")
    walker.fill(
        beneficiaries="Warga kampung dan tamu.", benefit_citizens="Penghasilan dari tamu.",
        benefit_business="Perahu dan pemandu tercantum tanpa biaya.", **further_texts_of("manfaat"),
    )  # fmt: skip
    walker.press("Simpan dan lanjutkan")
    walker.tick("Sentani")
    walker.press("Simpan dan lanjutkan")
    walker.tick("Menengah (5 tahun)")
    walker.fill(start_year=year, end_year=str(FIRST_YEAR + 2))
    walker.fill(**_rows("activities-0", name="Pendataan kampung", start=f"Januari {year}", end=f"06/{year}"))
    walker.press("Simpan dan lanjutkan")
    for row, (kind, name, unit) in enumerate(
        [("output", "Kampung di peta", "kampung"), ("outcome", "Kunjungan", "orang")]
    ):
        walker.fill(**_rows(f"indicators-{row}", kind=kind, name=name, unit=unit, **{f"target_{year}": "24"}))
    walker.press("Simpan dan lanjutkan")
    walker.fill(**_rows("budgets-0", **{f"amount_{year}": "450 jt"}), budget_basis="Harga satuan daerah.")
    walker.fill(**further_texts_of("anggaran"))
    walker.press("Simpan dan lanjutkan")
    walker.choose("element", PROGRAM)
    walker.fill(rationale="Menambah daya tarik di sekeliling danau.")
    walker.press("Usulkan tautan")
    walker.press("Simpan dan lanjutkan")
    walker.fill(
        risk="Data kampung menjadi usang.", mitigation="Kampung memperbaruinya setiap bulan.",
        sustainability="Dianggarkan dari retribusi wisata.", **further_texts_of("quick-win"),
    )  # fmt: skip
    walker.press("Simpan dan lanjutkan")


def send(walker: Walker) -> None:
    """Send it for review."""
    walker.press("Kirim untuk ditinjau")
    expect(walker.page.get_by_text("Diajukan", exact=True).first).to_be_visible()


def approve(walker: Walker) -> None:
    """Review the one that was sent, take its link to the RPJMD and approve."""
    walker.menu("Beranda")
    walker.press("Buka tinjauan")
    walker.press(INITIATIVE)
    walker.press("Mulai meninjau")
    walker.press("Terima tautan")
    walker.press("Setujui inisiatif")
    walker.press("Setujui inisiatif")
    expect(walker.page.get_by_text("Tidak ada yang menunggu")).to_be_visible()


def print_book(walker: Walker, folder: Path) -> Path:
    """Freeze the first edition, have its Buku 2 printed, and take the file."""
    walker.menu("Buku")
    walker.press("Bekukan edisi")
    walker.fill(label="Edisi pertama")
    walker.press("Bekukan edisi")
    walker.press("Susun Buku 2")
    walker.wait_for("Unduh PDF", seconds=150)
    with walker.page.expect_download() as waiting:
        walker.page.get_by_role("link", name="Unduh PDF").first.click()
    waiting.value.save_as(folder / waiting.value.suggested_filename)
    return folder / waiting.value.suggested_filename


def _rows(prefix: str, **answers: str) -> dict[str, str]:
    return {f"{prefix}-{name}": answer for name, answer in answers.items()}


def _workbook(path: Path) -> Path:
    book = Workbook()
    head = ["Misi", "Tujuan", "Sasaran", "Program", "Indikator program", "Satuan", "Target 2025", "Target 2026", "OPD"]
    branch = ["1. Mengembangkan wisata danau", "Tumbuhnya kunjungan", "Meningkatnya lama tinggal", PROGRAM]
    sheet = book.active
    sheet.append(head)
    sheet.append([*branch, "Kunjungan", "orang", 12000, 15000, _AGENCIES[0][0]])
    book.save(path)
    return path
