"""In which shapes a book is printed: the variants that people choose from. Pure data.

All are made from the same rendered parts. What a variant changes in them is `contents/papers`, how it is put together
is `press/`.
"""

from dataclasses import dataclass

from masterplan.reference import USUAL_VARIANT


@dataclass(frozen=True)
class Variant:
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
VARIANTS = {
    variant.key: variant
    for variant in (
        Variant(USUAL_VARIANT, "Jilid", "Untuk dicetak dan dijilid, dengan tepi kiri 28 mm."),
        Variant("layar", "Layar", "Untuk dibaca di layar, teks di tengah halaman.", centred=True),
        Variant("arsip", "Arsip", "PDF/A untuk disimpan bertahun-tahun, rupanya seperti Jilid.", archive=True),
        Variant("a3", "Matriks A3", "Seperti Jilid, tetapi matriks di kertas A3.", large_matrices=True),
        Variant("hemat", "Hemat tinta", "Seperti Jilid, tetapi sampul dan pembuka bab putih.", saves_ink=True),
    )
}
