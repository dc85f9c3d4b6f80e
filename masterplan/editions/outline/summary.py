"""The outline of Buku 3: a foreword, then designed pages that speak through data. Pure data."""

from masterplan.editions.outline.entry import Entry

SUMMARY_OUTLINE: tuple[Entry, ...] = (
    Entry(
        "ringkasan",
        "Ringkasan Eksekutif",
        "Ringkasan ini memperkenalkan rencana induk smart city kepada warga, pelaku usaha, dan para mitra. Rinciannya"
        " dimuat dalam Buku 1 tentang analisis dan Buku 2 tentang rencana induk.",
        children=(
            Entry("ringkasan.profil", "Profil satu halaman"),
            Entry("ringkasan.visi", "Visi dan misi"),
            Entry("ringkasan.sekilas", "Dimensi sekilas"),
            Entry("ringkasan.dimensi", "Inisiatif unggulan"),
            Entry("ringkasan.radar", "Bobot setiap dimensi"),
            Entry("ringkasan.peta-jalan", "Peta jalan"),
            Entry("ringkasan.anggaran", "Anggaran"),
            Entry("ringkasan.kecamatan", "Peta kecamatan"),
            Entry("ringkasan.quick-win", "Quick win"),
            Entry("ringkasan.komitmen", "Komitmen bersama"),
        ),
    ),
)
