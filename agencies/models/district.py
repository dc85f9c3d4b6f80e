"""Districts (kecamatan), the places where an initiative happens."""

from django.db import models

from .regency import Regency


class District(models.Model):
    """A kecamatan, known by its official code: names repeat, and codes follow no arithmetic."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="districts")
    code = models.CharField("kode wilayah", max_length=8, unique=True)
    name = models.CharField("nama", max_length=80)
    bps_code = models.CharField("kode BPS", max_length=7, blank=True)
    villages = models.PositiveSmallIntegerField("jumlah desa", default=0)
    urban_villages = models.PositiveSmallIntegerField("jumlah kelurahan", default=0)

    class Meta:
        verbose_name = "kecamatan"
        verbose_name_plural = "kecamatan"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name
