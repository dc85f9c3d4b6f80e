"""Plan content of any size for the tests of the books: a snapshot filled with believable invented words."""

import csv
import random
from copy import deepcopy
from pathlib import Path
from typing import Any

from masterplan import reference
from masterplan.registry import FIELDS
from tests.answers import frozen_answers_to

ROOT = Path(__file__).resolve().parents[3]
YEARS = [2022, 2023, 2024, 2025, 2026]
MISSIONS = (
    "Meningkatkan kualitas SDM unggul yang beriman dan bertaqwa kepada Tuhan Yang Maha Esa, berkepribadian serta menguasai"
    " ilmu pengetahuan dan teknologi",
    "Meningkatkan kemandirian perekonomian daerah yang berbasis pada industri, pertanian, pariwisata (INTANPARI),"
    " perdagangan, jasa serta sektor lain yang berwawasan lingkungan",
    "Meningkatkan pemerintahan yang baik, bersih, demokratis dan bertanggung jawab, didukung oleh aparatur yang kompeten"
    " dan profesional",
    "Meningkatkan pemerataan pembangunan guna menunjang pengembangan wilayah, penyediaan pelayanan dasar dan pertumbuhan"
    " ekonomi daerah",
    "Meningkatkan kepastian hukum, penegakan HAM, mewujudkan kesetaraan dan keadilan gender, serta perlindungan anak di"
    " semua bidang pembangunan",
    "Meningkatkan pengelolaan SDA dan lingkungan hidup dengan tetap menjaga kelestariannya",
    "Meningkatkan pemberdayaan pemuda, olahraga serta melestarikan seni dan budaya lokal",
)
PROGRAMS = """1.01.02 Program Pengelolaan Pendidikan|1|DISDIKBUDPORA
1.02.02 Program Pemenuhan Upaya Kesehatan Perorangan dan Upaya Kesehatan Masyarakat|1|DINKES
1.03.03 Program Pengelolaan dan Pengembangan Sistem Penyediaan Air Minum|4|DPU
1.03.10 Program Penyelenggaraan Jalan|4|DPU
1.03.12 Program Penyelenggaraan Penataan Ruang|4|DPU
1.05.02 Program Peningkatan Ketenteraman dan Ketertiban Umum|5|SATPOL PP DAMKAR
1.05.03 Program Penanggulangan Bencana|4|BPBD
1.06.05 Program Perlindungan dan Jaminan Sosial|4|DINSOS
2.07.03 Program Pelatihan Kerja dan Produktivitas Tenaga Kerja|2|DISNAKER
2.08.02 Program Pengarusutamaan Gender dan Pemberdayaan Perempuan|5|DP3AKB
2.11.03 Program Pengendalian Pencemaran dan/atau Kerusakan Lingkungan Hidup|6|DLH
2.11.11 Program Pengelolaan Persampahan|6|DLH
2.12.02 Program Pendaftaran Penduduk|3|DISDUKCAPIL
2.13.04 Program Administrasi Pemerintahan Desa|3|DISPERMASDES
2.15.02 Program Penyelenggaraan Lalu Lintas dan Angkutan Jalan (LLAJ)|4|DISHUB
2.16.02 Program Pengelolaan Informasi dan Komunikasi Publik|3|DISKOMINFO
2.16.03 Program Pengelolaan Aplikasi Informatika|3|DISKOMINFO
2.17.08 Program Pengembangan UMKM|2|DISKUMPERINDAG
2.18.04 Program Pelayanan Penanaman Modal|2|DPMPTSP
2.19.02 Program Pengembangan Kapasitas Daya Saing Kepemudaan|7|DISDIKBUDPORA
2.22.02 Program Pengembangan Kebudayaan|7|DISDIKBUDPORA
2.23.02 Program Pembinaan Perpustakaan|1|DISARPUS
3.26.02 Program Peningkatan Daya Tarik Destinasi Pariwisata|2|DINPAR
3.26.03 Program Pemasaran Pariwisata|2|DINPAR
3.27.02 Program Penyediaan dan Pengembangan Sarana Pertanian|2|DISPERTANIKAP
3.30.03 Program Peningkatan Sarana Distribusi Perdagangan|2|DISKUMPERINDAG
5.01.02 Program Perencanaan, Pengendalian dan Evaluasi Pembangunan Daerah|3|BARENLITBANGDA
5.03.02 Program Kepegawaian Daerah|3|BKD
6.01.02 Program Penyelenggaraan Pengawasan|3|INSPEKTORAT""".splitlines()
THINGS = (
    "Papan petunjuk kawasan wisata", "Antrean puskesmas daring", "Bank sampah tercatat", "Pasar daring usaha mikro",
    "Peta jalan rusak dari laporan warga", "Perpustakaan desa digital", "Pantauan simpang padat", "Layanan perizinan satu pintu",
    "Tiket wisata nontunai", "Kelas literasi digital keluarga", "Data kependudukan terpadu", "Pantauan mutu air sungai",
)  # fmt: skip
SENTENCES = (
    "Warga harus datang ke kantor dua sampai tiga kali untuk satu urusan karena berkas diperiksa secara terpisah.",
    "Data antarbidang belum memakai nomor yang sama sehingga pencocokan dilakukan dengan tangan setiap bulan.",
    "Petugas kecamatan mencatat laporan di buku, lalu menyalinnya ke lembar kerja pada akhir pekan.",
    "Layanan dibuka lewat ponsel dan loket dengan alur yang sama, agar warga tanpa ponsel tidak tertinggal.",
    "Pelaku usaha kecil di luar jalan utama belum terlihat oleh pengunjung yang datang dengan kendaraan pribadi.",
    "Perangkat daerah menyepakati satu daftar rujukan dan memperbaruinya bersama setiap triwulan.",
    "Hasilnya dipantau melalui papan kinerja yang dapat dibuka oleh desa dan kelurahan.",
    "Kelompok masyarakat dilibatkan sejak penentuan lokasi sampai perawatan setelah program berjalan.",
    "Waktu tunggu berkurang dan biaya perjalanan warga desa yang jauh dari ibu kota kabupaten ikut turun.",
    "Kepastian waktu layanan membuat pelaku usaha berani merencanakan perluasan tempat usahanya.",
)


def generate(count: int = 60, seed: int = 7) -> dict[str, Any]:
    """A snapshot with `count` initiatives, the same one for the same arguments."""
    chance = random.Random(seed)
    agencies = _agencies()
    districts = _districts()
    programs = _programs(chance, agencies)
    dimensions = [
        {
            "code": dimension.code,
            "name": dimension.name,
            "sub_dimensions": [
                {"key": sub.key, "name": sub.name, "description": sub.description} for sub in dimension.sub_dimensions
            ],
        }
        for dimension in reference.DIMENSIONS
    ]
    strategic_plans = _strategic_plans(agencies, programs)
    initiatives = [
        _initiative(chance, number, dimensions, agencies, districts, programs, strategic_plans)
        for number in range(count)
    ]
    return {
        "schema_version": 1,
        "regency": _regency(),
        "plan": {
            "title": "Master Plan Smart City Kabupaten Semarang",
            "start_year": 2022,
            "end_year": 2026,
            "years": YEARS,
            "vision": "Kabupaten Semarang yang cerdas melayani, terbuka bekerja, dan tumbuh bersama warganya",
        },
        "edition": {"number": 3, "label": "Hasil bimtek tahap III", "date": "2021-09-20", "scope": "submitted"},
        "development_plan": {
            "id": "dp-1",
            "title": "RPJMD Kabupaten Semarang 2021–2026",
            "legal_basis": "Peraturan Daerah Kabupaten Semarang Nomor 6 Tahun 2021",
            "start_year": 2021,
            "end_year": 2026,
            "vision": "Bersatu, Berdaulat, Berkepribadian, Sejahtera dan Mandiri (BERDIKARI) dengan Semangat Gotong Royong"
            " berdasarkan Pancasila dalam bingkai Negara Kesatuan Republik Indonesia yang ber-Bhinneka Tunggal Ika",
            "missions": [
                {"id": f"el-{place}", "code": str(place), "text": text} for place, text in enumerate(MISSIONS, 1)
            ],
            "programs": programs,
        },
        "strategic_plans": strategic_plans,
        "dimensions": dimensions,
        "agencies": agencies,
        "districts": districts,
        "sections": _sections(chance, dimensions),
        "initiatives": sorted(initiatives, key=lambda row: row["code"]),
    }


def generate_300() -> dict[str, Any]:
    """A snapshot with 300 initiatives, of which a hundred say the same as others under codes of their own."""
    content = generate(200)
    again = [row | {"code": f"{row['code']}0", "id": f"{row['id']}0"} for row in content["initiatives"][:100]]
    content["initiatives"] += deepcopy(again)
    return content


def prose(chance: random.Random, sentences: int) -> str:
    """Some sentences in a row."""
    return " ".join(chance.sample(SENTENCES, min(sentences, len(SENTENCES))))


def _csv(name: str) -> list[dict[str, str]]:
    with (ROOT / "agencies" / "reference_data" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _agencies() -> list[dict[str, Any]]:
    return [
        {"id": f"ag-{row['order']}", "name": row["name"], "short_name": row["short_name"]}
        for row in _csv("kabupaten-semarang-agencies.csv")
    ]


def _districts() -> list[dict[str, Any]]:
    return [
        {
            "id": f"di-{place}",
            "name": row["name"],
            "column": int(row["tile_column"]),
            "row": int(row["tile_row"]),
        }
        for place, row in enumerate(_csv("kabupaten-semarang-districts.csv"), 1)
    ]


def _regency() -> dict[str, Any]:
    return {
        "full_name": "Kabupaten Semarang",
        "government": "Pemerintah Kabupaten Semarang",
        "province": "Jawa Tengah",
        "capital": "Ungaran",
        "code": "33.22",
        "strategic_area": "Kawasan strategis pariwisata nasional Borobudur dan sekitarnya",
        "programme_round": "Gerakan Menuju Smart City 2021",
        "programme_source": "keterangan pada bimbingan teknis tahap I, 6 September 2021",
        "is_sample": True,
        "facts": [
            {"label": "Luas wilayah", "value": "950,21", "unit": "km2", "year": 2017, "source": "Daftar wilayah 2017"},
            {
                "label": "Jumlah penduduk",
                "value": "1.008.646",
                "unit": "jiwa",
                "year": 2017,
                "source": "Daftar wilayah 2017",
            },
            {
                "label": "Indeks pembangunan manusia",
                "value": "75,67",
                "unit": "",
                "year": 2024,
                "source": "Statistik daerah",
            },
        ],
    }


def _programs(chance: random.Random, agencies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    by_short = {row["short_name"]: row["id"] for row in agencies}
    programs = []
    for place, line in enumerate(PROGRAMS, 30):
        words, mission, short_name = line.split("|")
        code, _, text = words.partition(" ")
        programs.append(
            {
                "id": f"el-{place}",
                "code": code,
                "text": text,
                "mission_id": f"el-{mission}",
                "goal": f"Meningkatnya mutu hasil pembangunan pada misi {mission}",
                "objective": "Meningkatnya jangkauan dan mutu layanan"
                if place % 3
                else "Menurunnya kesenjangan antarwilayah",
                "agency_id": by_short[short_name],
                "is_sample": True,
                "indicators": [
                    {
                        "id": f"ik-{place}-{number}",
                        "name": f"Persentase capaian {text.removeprefix('Program ').lower()}",
                        "unit": "persen",
                        "baseline": "72,5" if number else "",
                        "targets": {str(year): str(75 + (year - 2022) * 3) for year in YEARS},
                        "end_condition": "90",
                    }
                    for number in range(chance.choice((1, 1, 2)))
                ],
                "ceilings": {str(year): chance.randrange(500, 90_000) * 1_000_000 for year in YEARS},
            }
        )
    return programs


def _strategic_plans(agencies: list[dict[str, Any]], programs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    plans: list[dict[str, Any]] = []
    for place, agency in enumerate(agencies, 1):
        own = [program for program in programs if program["agency_id"] == agency["id"]]
        if own and len(plans) < 10:
            rows = [
                {
                    "id": f"el-9{program['id'][3:]}",
                    "code": program["code"],
                    "text": program["text"],
                    "carries_out": program["id"],
                }
                for program in own
            ]
            rows.append(
                {
                    "id": f"el-8{place}",
                    "code": "-",
                    "text": "Program Penunjang Urusan Pemerintahan",
                    "carries_out": None,
                }
            )
            plans.append(
                {
                    "id": f"dp-{place + 1}",
                    "title": f"Renstra {agency['name']} 2021–2026",
                    "agency_id": agency["id"],
                    "programs": rows,
                }
            )
    return plans


def _sections(chance: random.Random, dimensions: list[dict[str, Any]]) -> dict[str, Any]:
    titles = {
        "pendahuluan.latar-belakang": "Latar belakang",
        "pendahuluan.maksud-tujuan": "Maksud dan tujuan",
        "pendahuluan.dasar-hukum": "Dasar hukum",
        "pendahuluan.kerangka-pikir": "Kerangka pikir",
        "pendahuluan.keterkaitan-dokumen": "Keterkaitan antardokumen",
        "visi.visi-misi": "Visi dan misi",
        "rencana-aksi.kebijakan": "Kebijakan dan kelembagaan",
        "rencana-aksi.infrastruktur": "Infrastruktur pendukung",
        "rencana-aksi.aplikasi": "Aplikasi dan perangkat lunak",
        "rencana-aksi.literasi": "Literasi smart city",
        "peta-jalan.pengantar": "Peta jalan 2022–2026",
        "peta-jalan.quick-win": "Quick win",
        "penutup.pemantauan": "Pemantauan dan evaluasi",
        "penutup.penutup": "Penutup",
    }
    for dimension in dimensions:
        titles[f"visi.sasaran-{dimension['code'].lower()}"] = f"Sasaran {dimension['name']}"
        titles[f"strategi.{dimension['code'].lower()}"] = dimension["name"]
        titles |= {f"strategi.{sub['key']}": f"Strategi {sub['name'].lower()}" for sub in dimension["sub_dimensions"]}
    return {key: {"title": title, "body": _body(chance, key)} for key, title in titles.items()}


def _body(chance: random.Random, key: str) -> str:
    paragraphs = [prose(chance, 4), prose(chance, 3)]
    if key.startswith("pendahuluan"):
        paragraphs += [
            "Rujukan yang dipakai:\n1. Undang-Undang tentang pemerintahan daerah\n2. Peraturan tentang SPBE",
            prose(chance, 5),
        ]
    if key.startswith(("strategi.", "visi.sasaran")):
        paragraphs[1:] = ["- " + prose(chance, 1) + "\n- " + prose(chance, 1)]
    return "\n\n".join(paragraphs)


def _initiative(
    chance: random.Random,
    number: int,
    dimensions: list[dict[str, Any]],
    agencies: list[dict[str, Any]],
    districts: list[dict[str, Any]],
    programs: list[dict[str, Any]],
    strategic_plans: list[dict[str, Any]],
) -> dict[str, Any]:
    dimension = dimensions[number % len(dimensions)]
    code = f"{dimension['code']}-{number // len(dimensions) + 1:02d}"
    lap, place = divmod(number // len(THINGS), len(districts))
    name = f"{THINGS[number % len(THINGS)]}{' di ' + districts[place]['name'] + ' dan sekitarnya' if place else ''}"
    name += f", tahap {lap + 1}" if lap else ""
    first = chance.choice(YEARS[:3])
    last = min(first + chance.randrange(0, 5), YEARS[-1])
    years = list(range(first, last + 1))
    lead, *supporting = chance.sample(agencies, 3)
    quick_win = number % 11 == 3
    horizon = reference.Horizon.SHORT if first == last else reference.Horizon.MEDIUM
    kind = chance.choice(list(reference.ActionKind))
    return frozen_answers_to(FIELDS.values()) | {
        "id": f"in-{code}",
        "code": code,
        "dimension": dimension["code"],
        "sub_dimension": chance.choice(dimension["sub_dimensions"])["key"],
        "status": "approved",
        "status_label": "Disetujui",
        "name": name,
        "lead_agency": lead["id"],
        "supporting_agencies": [agency["id"] for agency in supporting],
        "districts": [district["id"] for district in chance.sample(districts, 2)] if number % 3 else [],
        "whole_regency": not number % 3,
        "partners": [
            {"kind": "community", "kind_label": "Komunitas", "name": "Kelompok sadar wisata", "contribution": "Perawatan dan pelaporan"},
            {"kind": "campus", "kind_label": "Perguruan tinggi", "name": "Perguruan tinggi setempat", "contribution": "Uji coba dan pelatihan"},
        ],
        "description": prose(chance, 2),
        "problem": prose(chance, 2),
        "smart_city_target": prose(chance, 1),
        "strategy": prose(chance, 2),
        "beneficiaries": "Warga desa, pengunjung, dan pelaku usaha kecil",
        "benefit_citizens": prose(chance, 1),
        "benefit_business": prose(chance, 1),
        "horizon": horizon.value,
        "horizon_label": str(horizon.label),
        "start_year": first,
        "end_year": last,
        "action_kind": kind.value,
        "action_kind_label": str(kind.label),
        "novelty": "new",
        "novelty_label": "Baru",
        "activities": [
            {"name": "Pendataan kebutuhan dan lokasi", "start": f"{first}-01-01", "end": f"{first}-06-30", "output": "Daftar lokasi"},
            {"name": "Perancangan dan uji coba bersama pengguna", "start": f"{first}-04-01", "end": f"{first}-09-30", "output": "Rancangan akhir"},
            {"name": "Pelaksanaan bertahap", "start": f"{first}-10-01", "end": f"{last}-12-31", "output": "Layanan berjalan"},
        ],
        "indicators": [
            {
                "kind": "output", "kind_label": "Keluaran", "name": "Titik layanan yang berjalan", "unit": "titik", "baseline": "0",
                "targets": {str(year): str(3 * (year - first + 1)) for year in years}, "end_condition": str(3 * len(years)),
            },
            {
                "kind": "outcome", "kind_label": "Hasil", "name": "Pengguna yang menilai layanan mudah dipakai", "unit": "persen",
                "baseline": "", "targets": {str(year): f"{60 + 5 * (year - first)},00" for year in years}, "end_condition": "85,00",
            },
        ],
        "budgets": [
            {
                "source": source, "source_label": label,
                "amounts": {str(year): chance.randrange(20, 900) * 1_000_000 for year in years},
            }
            for source, label in (("apbd_regency", "APBD Kabupaten/Kota"), ("csr", "CSR"))
        ],
        "budget_basis": "Standar harga satuan daerah dan pengalaman dua kegiatan serupa.",
        "budget_fallback": "Pelaksanaan dimulai dari lokasi yang paling banyak dikunjungi.",
        "nomenclature_code": "3.26.02.2.01",
        "spbe_application": "Sistem informasi layanan terpadu",
        "data_needs": "Daftar lokasi, data kunjungan, dan data kependudukan teragregasi.",
        "integration_needs": "Terhubung dengan layanan data daerah dan pembayaran nontunai.",
        "risk": prose(chance, 1),
        "mitigation": prose(chance, 1),
        "sustainability": prose(chance, 1),
        "quick_win": quick_win,
        "worksheet": _worksheet(chance, first) if quick_win else None,
        "links": _links(chance, number, programs, strategic_plans),
        "waiver_reason": "Program yang sesuai baru tersedia pada perubahan RPJMD." if number % 17 == 5 else "",
    }  # fmt: skip


def _worksheet(chance: random.Random, year: int) -> dict[str, Any]:
    aspects = [
        {"aspect": aspect.value, "label": str(aspect.label), "score": chance.randrange(2, 6), "note": prose(chance, 1)}
        for aspect in reference.QuickWinAspect
    ]
    return {"deliverable": "Layanan dapat dipakai di tiga kecamatan", "due_date": f"{year}-11-30", "aspects": aspects}


def _links(
    chance: random.Random, number: int, programs: list[dict[str, Any]], strategic_plans: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    if number % 17 == 5:
        return []
    links = []
    for place, program in enumerate(chance.sample(programs[:-4], 2)):
        state = (
            ("accepted", "Diterima")
            if place == 0
            else chance.choice((("proposed", "Diusulkan"), ("rejected", "Ditolak")))
        )
        links.append(_link(program, "rpjmd", state, program["indicators"][0]))
    renstra = chance.choice(strategic_plans)["programs"][0]
    return [*links, _link(renstra, "renstra", ("accepted", "Diterima"), None)]


def _link(
    element: dict[str, Any], kind: str, state: tuple[str, str], indicator: dict[str, Any] | None
) -> dict[str, Any]:
    return {
        "element_id": element["id"],
        "element_code": element["code"],
        "element_text": element["text"],
        "plan_kind": kind,
        "indicator_id": indicator["id"] if indicator else None,
        "indicator_name": indicator["name"] if indicator else "",
        "state": state[0],
        "state_label": state[1],
        "rationale": "Keluaran inisiatif ini menyumbang langsung pada sasaran program.",
        "decision_reason": "Indikatornya tidak diukur oleh inisiatif ini." if state[0] == "rejected" else "",
    }
