"""Django's admin for people and places: looking things up, reference data, and the first administrator of a regency.

Whatever has rules (roles, invitations, agencies) is changed on the portal's own pages, through `agencies.actions`.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from agencies.actions import team
from agencies.models import (
    Agency,
    District,
    Invitation,
    Membership,
    OutgoingMail,
    Regency,
    RegencyFact,
    SecurityEvent,
    User,
)
from agencies.roles import Role


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows and searches, changes nothing."""

    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows come from actions."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rows change through actions."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted here."""
        return False


class NeverDeletes(admin.ModelAdmin):
    """Reference data: it may be added and corrected, but plans and books keep referring to it."""

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted here."""
        return False


class FactInline(admin.TabularInline):
    """Figures about the regency, each with year and source."""

    model = RegencyFact
    extra = 0


@admin.register(Regency)
class RegencyAdmin(NeverDeletes):
    """A regency and its figures. Its address (slug) is part of every link, so it cannot be changed."""

    list_display = ("full_name", "province", "code", "slug", "is_sample")
    search_fields = ("name", "province", "code", "slug")
    inlines = (FactInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Regency | None = None) -> tuple[str, ...]:
        """The slug cannot be changed later."""
        return ("slug",) if obj else ()


@admin.register(District)
class DistrictAdmin(NeverDeletes):
    """Districts with their official codes, and where they stand on the map of squares in the books."""

    list_display = ("name", "code", "regency", "tile_column", "tile_row")
    list_filter = ("regency",)
    search_fields = ("name", "code")


@admin.register(Agency)
class AgencyAdmin(ReadOnlyAdmin):
    """Agencies; changed on the page Perangkat daerah."""

    list_display = ("name", "short_name", "regency", "kind", "valid_to")
    list_filter = ("regency", "kind")
    search_fields = ("name", "short_name", "aliases")


@admin.register(User)
class UserAdmin(NeverDeletes):
    """Accounts: the name can be corrected and an account closed. Passwords and rights are not set here."""

    list_display = ("email", "name", "is_active", "is_staff", "last_login")
    search_fields = ("email", "name")
    fields = ("email", "name", "is_active", "is_staff", "is_superuser", "last_login", "date_joined")
    readonly_fields = ("email", "is_staff", "is_superuser", "last_login", "date_joined")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Accounts come from invitations."""
        return False


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Who holds which role; changed on the page Tim."""

    list_display = ("user", "role", "agency", "regency", "valid_from", "valid_to", "suspended_at")
    list_filter = ("role", "regency")
    list_select_related = ("user", "agency", "regency")
    search_fields = ("user__email", "user__name", "agency__name")


class FirstAdministratorForm(forms.ModelForm):
    """Invites the first administrator of a regency, which nobody inside can do."""

    class Meta:
        model = Invitation
        fields = ("regency", "email")

    def save(self, commit: bool = True) -> Invitation:
        """Store nothing; the action does."""
        return self.instance

    def save_m2m(self) -> None:
        """An invitation has no such rows."""

    def clean_regency(self) -> Regency:
        """Only for a regency that has no administrator."""
        regency: Regency = self.cleaned_data["regency"]
        if team.has_holder(regency, Role.ADMINISTRATOR):
            raise ValidationError("Kabupaten ini sudah punya administrator. Minta dia mengundang lewat halaman Tim.")
        return regency


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    """Offers of roles. A superuser may add one kind: the first administrator of a regency."""

    list_display = ("email", "role", "agency", "regency", "invited_at", "expires_at", "accepted_at", "revoked_at")
    list_filter = ("role", "regency")
    search_fields = ("email",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Superusers may invite."""
        return bool(request.user.is_active and request.user.is_superuser)

    def get_form(self, request: HttpRequest, obj: Invitation | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Use the short form on the page that adds."""
        if obj is None:
            kwargs["form"] = FirstAdministratorForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Invitation | None = None) -> Any:
        """The same, for the page that adds."""
        return ("regency", "email") if obj is None else super().get_fields(request, obj)

    def save_model(self, request: HttpRequest, obj: Invitation, form: Any, change: bool) -> None:
        """Invite through the action."""
        assert obj.regency is not None  # the form asks for it
        by: Any = request.user  # a superuser, as has_add_permission asks
        written = team.invite_first(obj.regency, by=by, email=obj.email, role=Role.ADMINISTRATOR)
        obj.pk, obj.role, obj.expires_at = written.pk, Role.ADMINISTRATOR, written.expires_at


@admin.register(SecurityEvent)
class SecurityEventAdmin(ReadOnlyAdmin):
    """Who changed whose access."""

    list_display = ("at", "kind", "subject", "actor", "regency", "detail")
    list_filter = ("kind", "regency")
    list_select_related = ("actor", "regency")
    search_fields = ("subject", "actor__email", "detail")


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    """Mail and whether it went out. The text stays hidden: it may hold a link that opens somebody's account."""

    list_display = ("to", "subject", "state", "attempts", "requested_at", "finished_at", "error")
    list_filter = ("state",)
    search_fields = ("to", "subject")
    fields = ("to", "subject", "state", "attempts", "requested_at", "finished_at", "error")
