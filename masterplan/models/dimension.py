"""Dimensions and sub-dimensions: the ministry's six and eighteen, and what a regency adds of its own."""

from django.db import models
from django.db.models import Q

from agencies.models import Regency
from smartcity.common.constraints import once


class Dimension(models.Model):
    """A dimension; national ones have no regency. `code` begins the code of each of its initiatives."""

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, null=True, blank=True, related_name="dimensions")
    code = models.CharField("kode", max_length=4)
    name = models.CharField("nama", max_length=60)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    class Meta:
        verbose_name = "dimensi"
        verbose_name_plural = "dimensi"
        ordering = ("order", "code")
        constraints = once("code", nullable="regency", table="dimension")

    def __str__(self) -> str:
        return self.name


class SubDimensionQuerySet(models.QuerySet["SubDimension"]):
    """Sub-dimensions a regency may choose from."""

    def available_to(self, regency: Regency) -> "SubDimensionQuerySet":
        """The national ones and the regency's own."""
        return self.filter(Q(dimension__regency=None) | Q(dimension__regency=regency)).select_related("dimension")


class SubDimension(models.Model):
    """A part of a dimension; every initiative belongs to exactly one."""

    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="sub_dimensions")
    key = models.SlugField("kunci", max_length=40)
    name = models.CharField("nama", max_length=80)
    description = models.CharField("keterangan", max_length=200, blank=True)
    order = models.PositiveSmallIntegerField("urutan", default=0)

    objects = SubDimensionQuerySet.as_manager()

    class Meta:
        verbose_name = "sub-dimensi"
        verbose_name_plural = "sub-dimensi"
        ordering = ("dimension__order", "order", "pk")
        constraints = (models.UniqueConstraint(fields=("dimension", "key"), name="subdimension_key_once"),)

    def __str__(self) -> str:
        return self.name
