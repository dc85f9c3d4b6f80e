"""Districts (kecamatan), the places where an initiative happens."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from smartcity.common.constraints import both_or_neither

from .regency import Regency

# A tile of the printed map is as wide as a name needs; more of them beside each other do not fit on the paper.
MOST_COLUMNS, MOST_ROWS = 12, 20


class District(models.Model):
    """A kecamatan, known by its official code: names repeat, and codes follow no arithmetic.

    `tile_column` and `tile_row` say where it roughly lies among the others on a map of squares, counted from 1 at the
    upper left; both empty where it is not known.
    """

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="districts")
    code = models.CharField("kode wilayah", max_length=8, unique=True)
    name = models.CharField("nama", max_length=80)
    bps_code = models.CharField("kode BPS", max_length=7, blank=True)
    villages = models.PositiveSmallIntegerField("jumlah desa", default=0)
    urban_villages = models.PositiveSmallIntegerField("jumlah kelurahan", default=0)
    tile_column = models.PositiveSmallIntegerField(
        "kolom petak",
        null=True,
        blank=True,
        validators=(MinValueValidator(1), MaxValueValidator(MOST_COLUMNS)),
        help_text=f"Letak kira-kira di peta petak, 1 (paling barat) sampai {MOST_COLUMNS}. Boleh kosong.",
    )
    tile_row = models.PositiveSmallIntegerField(
        "baris petak",
        null=True,
        blank=True,
        validators=(MinValueValidator(1), MaxValueValidator(MOST_ROWS)),
        help_text=f"Letak kira-kira di peta petak, 1 (paling utara) sampai {MOST_ROWS}. Boleh kosong.",
    )

    class Meta:
        verbose_name = "kecamatan"
        verbose_name_plural = "kecamatan"
        ordering = ("code",)
        constraints = (
            both_or_neither(
                "tile_column",
                "tile_row",
                table="district",
                message="Isi kolom dan baris petak bersama-sama, atau kosongkan keduanya.",
            ),
            models.UniqueConstraint(
                fields=("regency", "tile_column", "tile_row"),
                name="district_tile_once",
                violation_error_message="Petak ini sudah ditempati kecamatan lain. Pilih kolom atau baris lain.",
            ),
        )

    def __str__(self) -> str:
        return self.name
