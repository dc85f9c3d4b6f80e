"""The paper formats in which a book is printed, from which people choose. Pure data.

All are made of the same rendered parts. `chapters.papers.adapted_parts` changes some of them for a paper format.
"""

from dataclasses import dataclass

from masterplan.reference import USUAL_PAPER_FORMAT


@dataclass(frozen=True)
class PaperFormat:
    """One way to print a book; `label` and `explanation` are what people read where they choose.

    `centred`: text pages have equal margins instead of a wide one for the binding. `archive`: the file is also PDF/A.
    `large_matrices`: matrices on A3. `saves_ink`: covers and openers stay white.
    """

    key: str
    label: str
    explanation: str
    centred: bool = False
    archive: bool = False
    large_matrices: bool = False
    saves_ink: bool = False


# The default stands first, as it does where people choose.
PAPER_FORMATS = {
    paper_format.key: paper_format
    for paper_format in (
        PaperFormat(USUAL_PAPER_FORMAT, "Jilid", "Untuk dicetak dan dijilid, dengan tepi kiri 28 mm."),
        PaperFormat("layar", "Layar", "Untuk dibaca di layar, teks di tengah halaman.", centred=True),
        PaperFormat("arsip", "Arsip", "PDF/A untuk disimpan bertahun-tahun, rupanya seperti Jilid.", archive=True),
        PaperFormat("a3", "Matriks A3", "Seperti Jilid, tetapi matriks di kertas A3.", large_matrices=True),
        PaperFormat("hemat", "Hemat tinta", "Seperti Jilid, tetapi sampul dan pembuka bab putih.", saves_ink=True),
    )
}
