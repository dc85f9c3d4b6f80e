"""Who holds which role where, and the invitations that lead there. What a role may do lives in `agencies.roles`."""

from datetime import date

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import Case, Count, OuterRef, Q, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from agencies.roles import AGENCY_ROLES, MINISTRY_ROLES, REGENCY_ROLES, ROLES, Permission, Role, RoleSpec, roles_with
from smartcity.common.constraints import both_or_neither, once, one_of, years_in_order

from .agency import Agency
from .ministry import Ministry
from .notice import Notice, NoticeQuerySet
from .regency import Regency

INVITATION_SALT = "agencies.invitation"


def role_fits_agency(table: str) -> models.CheckConstraint:
    """Agency roles name their agency; the others speak for the whole regency."""
    return models.CheckConstraint(
        condition=(Q(role__in=sorted(AGENCY_ROLES), agency__isnull=False) | ~Q(role__in=sorted(AGENCY_ROLES))),
        name=f"{table}_agency_role_has_agency",
    )


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by their validity."""

    def active_on(self, day: date) -> "MembershipQuerySet":
        """Neither suspended nor outside their dates."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day, suspended_at=None)

    def desk_of(self, regency: Regency) -> "MembershipQuerySet":
        """Who reviews in `regency` today, with an open account, by name."""
        roles = roles_with(Permission.REVIEW_INITIATIVE)
        rows = self.active_on(timezone.localdate()).filter(regency=regency, role__in=roles, user__is_active=True)
        return rows.select_related("user").order_by("user__name", "pk")

    def with_unread_news(self) -> "MembershipQuerySet":
        """With `unread_news`: the number of unread notices to the person in this role.

        Several roles in one agency receive the same notices; `agencies.notices.unread_news` counts that once.
        """
        unread = Notice.objects.unread().filter(user=OuterRef("user"), regency=OuterRef("regency"))
        return self.annotate(
            unread_news=Case(
                When(role__in=sorted(AGENCY_ROLES), then=_how_many(unread.filter(agency=OuterRef("agency")))),
                default=_how_many(unread.filter(agency=None, role=OuterRef("role"))),
            )
        )


def _how_many(rows: NoticeQuerySet) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("user").annotate(number=Count("pk")).values("number")), 0)


class Membership(models.Model):
    """One person's role in one regency, for agency roles in one agency."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField("peran", max_length=16, choices=Role)
    may_submit = models.BooleanField(
        "boleh mengirim", default=False, help_text="Kepala mengizinkan staf ini mengirim inisiatif atas namanya."
    )
    valid_from = models.DateField("berlaku sejak", default=timezone.localdate)
    valid_to = models.DateField("berlaku sampai", null=True, blank=True)
    suspended_at = models.DateTimeField("dinonaktifkan", null=True, blank=True)
    suspended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    suspended_reason = models.CharField("alasan", max_length=300, blank=True)

    # Where asked for by `with_unread_news`.
    unread_news: int

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "keanggotaan"
        verbose_name_plural = "keanggotaan"
        ordering = ("role", "user__name")
        constraints = (
            *once("user", "regency", "role", nullable="agency", table="membership"),
            one_of("role", [role.value for role in REGENCY_ROLES], table="membership"),
            role_fits_agency("membership"),
            both_or_neither("suspended_at", "suspended_by", table="membership"),
            years_in_order("valid_from", "valid_to", table="membership"),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.agency or self.regency}"

    @property
    def spec(self) -> RoleSpec:
        """What the role is and may do."""
        return ROLES[Role(self.role)]

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the role may do here, with what the head of the agency has delegated."""
        return self.spec.permissions_with(self.may_submit)


class Invitation(models.Model):
    """An offer of a role to an e-mail address, taken up through a signed link that is never stored.

    A role of the ministry is offered without a `regency`.
    """

    regency = models.ForeignKey(Regency, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations")
    role = models.CharField("peran", max_length=16, choices=Role)
    may_submit = models.BooleanField("boleh mengirim", default=False)
    email = models.EmailField("alamat surel")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField("diundang", default=timezone.now)
    expires_at = models.DateTimeField("berlaku sampai")
    accepted_at = models.DateTimeField("diterima", null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField("dibatalkan", null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "undangan"
        verbose_name_plural = "undangan"
        ordering = ("-invited_at",)
        constraints = (
            one_of("role", Role.values, table="invitation"),
            role_fits_agency("invitation"),
            models.CheckConstraint(
                condition=Q(role__in=[role.value for role in MINISTRY_ROLES], regency__isnull=True)
                | Q(role__in=[role.value for role in REGENCY_ROLES], regency__isnull=False),
                name="invitation_role_fits_place",
            ),
            both_or_neither("accepted_at", "accepted_by", table="invitation"),
            both_or_neither("revoked_at", "revoked_by", table="invitation"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True), name="invitation_one_end"
            ),
        )

    def __str__(self) -> str:
        return f"{self.email} · {self.get_role_display()}"

    @property
    def is_open(self) -> bool:
        """Whether the link still works."""
        return self.accepted_at is None and self.revoked_at is None and self.expires_at > timezone.now()

    @property
    def inviter_name(self) -> str:
        """Who the role is held with: the regency, or the ministry."""
        return self.regency.full_name if self.regency else Ministry.objects.current().name

    @property
    def token(self) -> str:
        """The signed part of the link; it can be made again at any time, so nothing secret is stored."""
        return signing.dumps(self.pk, salt=INVITATION_SALT)
