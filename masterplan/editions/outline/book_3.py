"""The outline of Buku 3: a foreword, then designed pages that speak through data. Pure data."""

from masterplan.editions.outline.entry import OutlineEntry

SUMMARY_OUTLINE: tuple[OutlineEntry, ...] = (
    OutlineEntry(
        "ringkasan",
        "Ringkasan Eksekutif",
        "Ringkasan ini memperkenalkan rencana induk smart city kepada warga, pelaku usaha, dan para mitra. Rinciannya"
        " dimuat dalam Buku 1 tentang analisis dan Buku 2 tentang rencana induk.",
        children=(
            OutlineEntry("ringkasan.profil", "Profil satu halaman"),
            OutlineEntry("ringkasan.visi", "Visi dan misi"),
            OutlineEntry("ringkasan.sekilas", "Dimensi sekilas"),
            OutlineEntry("ringkasan.dimensi", "Inisiatif unggulan"),
            OutlineEntry("ringkasan.radar", "Bobot setiap dimensi"),
            OutlineEntry("ringkasan.peta-jalan", "Peta jalan"),
            OutlineEntry("ringkasan.anggaran", "Anggaran"),
            OutlineEntry("ringkasan.kecamatan", "Peta kecamatan"),
            OutlineEntry("ringkasan.quick-win", "Quick win"),
            OutlineEntry("ringkasan.komitmen", "Komitmen bersama"),
        ),
    ),
)
