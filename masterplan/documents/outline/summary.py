"""The outline of Buku 3: designed pages that speak through data, each with room for a short text. Pure data."""

from masterplan.documents.outline.entry import Entry

SUMMARY_OUTLINE: tuple[Entry, ...] = (
    Entry(
        "ringkasan.pengantar",
        "Pengantar",
        "Ringkasan ini memperkenalkan rencana induk smart city kepada warga, pelaku usaha, dan para mitra. Rinciannya"
        " dimuat dalam Buku 1 tentang analisis dan Buku 2 tentang rencana induk.",
    ),
    Entry("ringkasan.profil", "Profil daerah"),
    Entry("ringkasan.visi", "Visi dan misi"),
    Entry("ringkasan.radar", "Enam dimensi dalam satu gambar"),
    Entry("ringkasan.dimensi", "Inisiatif unggulan"),
    Entry("ringkasan.peta-jalan", "Peta jalan"),
    Entry("ringkasan.anggaran", "Anggaran"),
    Entry("ringkasan.kecamatan", "Peta kecamatan"),
    Entry("ringkasan.quick-win", "Quick win"),
    Entry("ringkasan.komitmen", "Lembar komitmen"),
)
