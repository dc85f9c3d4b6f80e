"""The ministry, its people, and the grants that say which regencies an expert may read.

A grant names a scope (a round, a cluster or one regency), never a list of regencies: access to 514 of them is one row,
and what a person may do is a condition within one query, whatever their number. What each role may do lives in
`agencies.roles`, who holds one at this moment in `agencies.access`.
"""

from datetime import date
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from agencies.roles import MINISTRY_ROLES, ROLES, Role, RoleSpec
from smartcity.common.constraints import both_or_neither, one_of, years_in_order

from .programme_round import Cluster, Participation, ProgrammeRound

THE_MINISTRY = 1
USUAL_NAME = "Kementerian"


class MinistryManager(models.Manager["Ministry"]):
    """The one ministry, also before anybody has named it."""

    def current(self) -> "Ministry":
        """The row, or one with the usual name that is not stored yet."""
        return self.filter(pk=THE_MINISTRY).first() or self.model(pk=THE_MINISTRY, name=USUAL_NAME)

    def lock(self) -> "Ministry":
        """The row for one change at a time; made when there is none."""
        return self.select_for_update().get_or_create(pk=THE_MINISTRY, defaults={"name": USUAL_NAME})[0]


class Ministry(models.Model):
    """The ministry that runs the programme: one row a portal, whose name stands on invitations and letters."""

    name = models.CharField("nama", max_length=120)
    unit = models.CharField("unit pelaksana", max_length=160, blank=True)

    objects = MinistryManager()

    class Meta:
        verbose_name = "kementerian"
        verbose_name_plural = "kementerian"
        constraints = (models.CheckConstraint(condition=Q(pk=THE_MINISTRY), name="ministry_only_one"),)

    def __str__(self) -> str:
        return self.name


class MinistryMemberQuerySet(models.QuerySet["MinistryMember"]):
    """People of the ministry by their validity."""

    def active_on(self, day: date) -> "MinistryMemberQuerySet":
        """Neither suspended nor outside their dates."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, suspended_at=None)


class MinistryMember(models.Model):
    """One person's role at the ministry."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ministry_member", verbose_name="orang"
    )
    role = models.CharField("peran", max_length=16, choices=[(role.value, role.label) for role in MINISTRY_ROLES])
    valid_from = models.DateField("berlaku sejak", default=timezone.localdate)
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)
    suspended_at = models.DateTimeField("dinonaktifkan", null=True, blank=True)
    suspended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    suspended_reason = models.CharField("alasan", max_length=300, blank=True)

    objects = MinistryMemberQuerySet.as_manager()

    class Meta:
        verbose_name = "orang kementerian"
        verbose_name_plural = "orang kementerian"
        ordering = ("role", "user__name")
        constraints = (
            one_of("role", [role.value for role in MINISTRY_ROLES], table="ministrymember"),
            both_or_neither("suspended_at", "suspended_by", table="ministrymember"),
            years_in_order("valid_from", "valid_to", table="ministrymember"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"

    @property
    def spec(self) -> RoleSpec:
        """What the role is and may do."""
        return ROLES[Role(self.role)]

    def is_active_on(self, day: date) -> bool:
        """What `MinistryMemberQuerySet.active_on` asks, of a row that is loaded."""
        return self.suspended_at is None and self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)

    def reached(self, day: date, code: str = "code") -> Q:
        """The rows of regencies that this person may read on `day`; `code` is the path to the official code.

        A role that reaches every regency needs no grant. The condition costs the same for one regency and for 514.
        """
        if self.spec.reaches_every_regency:
            return Q()
        grants = Grant.objects.active_on(day).filter(member=self)
        taking_part = Participation.objects.filter(
            Q(round__in=grants.filter(round__isnull=False).values("round"))
            | Q(cluster__in=grants.filter(cluster__isnull=False).values("cluster"))
        )
        return Q(**{f"{code}__in": grants.exclude(region_code="").values("region_code")}) | Q(
            **{f"{code}__in": taking_part.values("region_code")}
        )


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants by their validity."""

    def active_on(self, day: date) -> "GrantQuerySet":
        """Neither ended nor outside their dates."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, ended_at=None)

    def reaching(self, region_code: str) -> "GrantQuerySet":
        """Those whose scope holds the regency with this official code."""
        rounds = Participation.objects.filter(region_code=region_code)
        return self.filter(
            Q(region_code=region_code) | Q(round__in=rounds.values("round")) | Q(cluster__in=rounds.values("cluster"))
        )


# The scopes a grant can have; it has exactly one of them.
_SCOPES: dict[str, Q] = {
    "round": Q(round__isnull=False),
    "cluster": Q(cluster__isnull=False),
    "region_code": ~Q(region_code=""),
}


def _only(scope: str) -> Q:
    """This scope and none of the others."""
    found = _SCOPES[scope]
    for other, condition in _SCOPES.items():
        if other != scope:
            found &= ~condition
    return found


class Grant(models.Model):
    """What one expert looks after: a round, a cluster or one regency, all dimensions or some, from a day to a day.

    `dimensions` are codes of `masterplan.reference.DimensionCode`; empty means all. The lead is the expert whom the
    regency turns to.
    """

    member = models.ForeignKey(MinistryMember, on_delete=models.PROTECT, related_name="grants")
    round = models.ForeignKey(ProgrammeRound, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    cluster = models.ForeignKey(Cluster, on_delete=models.PROTECT, null=True, blank=True, related_name="grants")
    region_code = models.CharField("kode wilayah", max_length=5, blank=True)
    dimensions = models.JSONField("dimensi", default=list, blank=True)
    is_lead = models.BooleanField("pendamping utama", default=False)
    valid_from = models.DateField("berlaku sejak", default=timezone.localdate)
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField("diberikan", default=timezone.now)
    ended_at = models.DateTimeField("dicabut", null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = "penugasan"
        verbose_name_plural = "penugasan"
        ordering = ("-given_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=reduce(or_, map(_only, _SCOPES)), name="grant_has_one_scope"),
            both_or_neither("ended_at", "ended_by", table="grant"),
            years_in_order("valid_from", "valid_to", table="grant"),
        )
        indexes = (models.Index(fields=("region_code",), name="grant_of_region"),)

    def __str__(self) -> str:
        return f"{self.member} · {self.round or self.cluster or self.region_code}"
