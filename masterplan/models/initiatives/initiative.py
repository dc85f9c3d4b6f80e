"""The initiative: what an agency will do for the smart city. Its tables live in `initiative_parts`.

Drafting is lenient: nearly every field may be empty. What must be there to submit is said once, in
`masterplan.registry.completeness`. What each field means to people is said once, in `masterplan.registry`.
"""

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q

from agencies.access import AnyUser, can, is_regency_wide, own_agency_ids
from agencies.models import Agency, District, Membership, Regency, User
from agencies.roles import Permission
from masterplan.models.dimension import SubDimension
from masterplan.models.master_plan import MasterPlan
from masterplan.reference import (
    EDITABLE_STATUSES,
    NAME_LIMIT,
    TEXT_LIMIT,
    UNSENT_STATUSES,
    ActionKind,
    Horizon,
    InitiativeStatus,
    Novelty,
)
from smartcity.common.constraints import both_or_neither, one_of, state_needs, years_in_order

# Rows of one table of an initiative.
ROW_LIMIT = 60


class InitiativeQuerySet(models.QuerySet["Initiative"]):
    """Initiatives as lists need them."""

    def known_to(self, user: AnyUser, regency: Regency) -> "InitiativeQuerySet":
        """Those `user` may know of in `regency`: all that were ever sent, and drafts of their own agency or of all.

        Experts read what was sent; a returned initiative stays visible, a draft or withdrawn one does not.
        """
        if not can(user, Permission.VIEW_REGENCY, regency):
            return self.none()
        if not is_regency_wide(user, Permission.VIEW_DRAFTS, regency):
            own = own_agency_ids(user, regency)
            return self.filter(~Q(status__in=UNSENT_STATUSES) | Q(lead_agency__in=own))
        return self

    def for_list(self) -> "InitiativeQuerySet":
        """With everything a row shows, in one query."""
        return self.select_related("sub_dimension__dimension", "lead_agency")

    def with_links(self) -> "InitiativeQuerySet":
        """With the links and their programs, which a decision rests on."""
        links = apps.get_model("masterplan", "AlignmentLink").objects.select_related(
            "element__plan", "element__agency", "indicator"
        )
        return self.prefetch_related(models.Prefetch("links", queryset=links))

    def with_desk_of(self, user: User, regency: Regency) -> "InitiativeQuerySet":
        """With `has_others_at_desk`: whether somebody besides `user` reviews in `regency`, which is theirs."""
        others = Membership.objects.desk_of(regency).exclude(user=user)
        return self.annotate(has_others_at_desk=models.Exists(others))

    def complete(self) -> "InitiativeQuerySet":
        """With every table, in a fixed number of queries whatever the number of rows."""
        indicators = apps.get_model("masterplan", "InitiativeIndicator").objects.by_target()
        return (
            self.for_list()
            .with_links()
            .select_related("worksheet", "reviewer")
            .prefetch_related(
                "supporting_agencies",
                "districts",
                "partners",
                "activities",
                "budgets",
                models.Prefetch("indicators", indicators, to_attr="indicator_rows"),
                "worksheet__aspects",
            )
        )


class Initiative(models.Model):
    """A program of the master plan, with one lead agency. Changed only through `masterplan.initiatives.actions`."""

    master_plan = models.ForeignKey(MasterPlan, on_delete=models.PROTECT, related_name="initiatives")
    code = models.CharField("kode", max_length=12)
    status = models.CharField("keadaan", max_length=10, choices=InitiativeStatus, default=InitiativeStatus.DRAFT)
    edit_version = models.PositiveIntegerField(default=1)

    name = models.CharField("nama", max_length=NAME_LIMIT)
    sub_dimension = models.ForeignKey(SubDimension, on_delete=models.PROTECT, related_name="initiatives")
    description = models.TextField("uraian", blank=True, max_length=TEXT_LIMIT)
    problem = models.TextField("masalah", blank=True, max_length=TEXT_LIMIT)
    smart_city_target = models.TextField("sasaran smart city", blank=True, max_length=TEXT_LIMIT)
    strategy = models.TextField("strategi", blank=True, max_length=TEXT_LIMIT)
    action_kind = models.CharField("jenis aksi", max_length=16, choices=ActionKind, blank=True)
    novelty = models.CharField("kebaruan", max_length=12, choices=Novelty, blank=True)

    beneficiaries = models.TextField("penerima manfaat", blank=True, max_length=TEXT_LIMIT)
    benefit_citizens = models.TextField("manfaat bagi warga", blank=True, max_length=TEXT_LIMIT)
    benefit_business = models.TextField("manfaat bagi usaha", blank=True, max_length=TEXT_LIMIT)

    lead_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="led_initiatives")
    supporting_agencies = models.ManyToManyField(Agency, related_name="supported_initiatives", blank=True)
    whole_regency = models.BooleanField("seluruh wilayah", default=False)
    districts = models.ManyToManyField(District, related_name="initiatives", blank=True)

    horizon = models.CharField("jangka", max_length=6, choices=Horizon, blank=True)
    start_year = models.PositiveSmallIntegerField("tahun mulai", null=True, blank=True)
    end_year = models.PositiveSmallIntegerField("tahun selesai", null=True, blank=True)

    budget_basis = models.TextField("dasar perhitungan", blank=True, max_length=TEXT_LIMIT)
    budget_fallback = models.TextField("rencana bila anggaran tidak turun", blank=True, max_length=TEXT_LIMIT)

    nomenclature_code = models.CharField("kode nomenklatur", max_length=30, blank=True)
    waiver_reason = models.TextField("alasan tanpa program RPJMD", blank=True, max_length=TEXT_LIMIT)
    waived_at = models.DateTimeField(null=True, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    quick_win = models.BooleanField("quick win", default=False)
    spbe_application = models.CharField("aplikasi SPBE", max_length=200, blank=True)
    data_needs = models.TextField("kebutuhan data", blank=True, max_length=TEXT_LIMIT)
    integration_needs = models.TextField("kebutuhan integrasi", blank=True, max_length=TEXT_LIMIT)
    risk = models.TextField("risiko", blank=True, max_length=TEXT_LIMIT)
    mitigation = models.TextField("mitigasi", blank=True, max_length=TEXT_LIMIT)
    sustainability = models.TextField("keberlanjutan", blank=True, max_length=TEXT_LIMIT)

    # Where the first answers came from: another initiative, or an entry of the library of models.
    based_on = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies")
    model_key = models.CharField("contoh model", max_length=60, blank=True)

    created_at = models.DateTimeField("dibuat", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField("diubah")
    updated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    updated_as = models.CharField("diubah sebagai", max_length=200, blank=True)
    submitted_at = models.DateTimeField("diajukan", null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_started_at = models.DateTimeField("mulai ditinjau", null=True, blank=True)
    returned_at = models.DateTimeField("dikembalikan", null=True, blank=True)
    approved_at = models.DateTimeField("disetujui", null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField("ditarik", null=True, blank=True)

    # Who of the desk reads it; anybody there may, this is whom it waits for.
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="initiatives_to_review",
        verbose_name="peninjau",
    )

    # The last version somebody else filled in for the agency, and up to which version the agency said that it is right.
    behalf_version = models.PositiveIntegerField("versi atas nama", default=0)
    behalf_at = models.DateTimeField("diisi atas nama", null=True, blank=True)
    behalf_as = models.CharField("diisi atas nama oleh", max_length=200, blank=True)
    behalf_confirmed_version = models.PositiveIntegerField("versi dibenarkan", default=0)
    behalf_confirmed_at = models.DateTimeField("dibenarkan", null=True, blank=True)
    behalf_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    behalf_confirmed_as = models.CharField("dibenarkan oleh", max_length=200, blank=True)

    # What `with_desk_of` reads.
    has_others_at_desk: bool

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = "inisiatif"
        verbose_name_plural = "inisiatif"
        ordering = ("sub_dimension__dimension__order", "code")
        indexes = (models.Index(fields=("master_plan", "status")), models.Index(fields=("lead_agency", "status")))
        constraints = (
            models.UniqueConstraint(fields=("master_plan", "code"), name="initiative_code_once"),
            models.CheckConstraint(condition=~Q(name=""), name="initiative_has_name"),
            one_of("status", InitiativeStatus.values, table="initiative"),
            years_in_order("start_year", "end_year", table="initiative"),
            state_needs(InitiativeStatus.SUBMITTED, "submitted_at", table="initiative"),
            state_needs(InitiativeStatus.IN_REVIEW, "review_started_at", "submitted_at", table="initiative"),
            state_needs(InitiativeStatus.RETURNED, "returned_at", table="initiative"),
            state_needs(InitiativeStatus.APPROVED, "approved_at", table="initiative"),
            state_needs(InitiativeStatus.WITHDRAWN, "withdrawn_at", table="initiative"),
            both_or_neither("submitted_at", "submitted_by", table="initiative"),
            both_or_neither("approved_at", "approved_by", table="initiative"),
            both_or_neither("waived_at", "waived_by", table="initiative"),
            both_or_neither("behalf_confirmed_at", "behalf_confirmed_by", table="initiative"),
            models.CheckConstraint(
                condition=Q(waived_at__isnull=True) | ~Q(waiver_reason=""), name="initiative_waiver_has_reason"
            ),
            # Nobody approves what they submitted.
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=models.F("submitted_by")),
                name="initiative_duties_separated",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def regency(self) -> Regency:
        """The regency whose plan this belongs to."""
        return self.master_plan.regency

    @property
    def answering_agency(self) -> Agency:
        """Whose people answer when somebody asks about it."""
        return self.lead_agency

    @property
    def answering_agency_id(self) -> int:
        """The same by its id, without reading it."""
        return self.lead_agency_id

    @property
    def is_open(self) -> bool:
        """Whether answers can be changed: it has not been sent, and no adopted edition holds the plan."""
        return self.status in EDITABLE_STATUSES and not self.master_plan.is_locked

    @property
    def frozen_sentence(self) -> str:
        """Why answers cannot be changed; "" while they can."""
        if self.is_open:
            return ""
        state = f"Inisiatif ini {self.get_status_display().lower()}, jadi isiannya tidak dapat diubah."
        return self.master_plan.lock_sentence or state

    @property
    def awaits_confirmation(self) -> bool:
        """Whether something was filled in for the agency that it has not yet said is right."""
        return self.behalf_version > self.behalf_confirmed_version


def initiatives_of_every_period(regency: Regency) -> InitiativeQuerySet:
    """The initiatives of all plans a regency ever worked on, with their plan."""
    return Initiative.objects.filter(master_plan__regency=regency).select_related("master_plan")


def current_initiatives(regency: Regency) -> InitiativeQuerySet:
    """The initiatives of the plan a regency is working on, with that plan."""
    rows = Initiative.objects.filter(master_plan__regency=regency, master_plan__is_current=True)
    return rows.select_related("master_plan__development_plan")
