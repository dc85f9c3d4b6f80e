"""People who sign in. What they may do where is a `Membership`, never a column here."""

from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models, transaction
from django.db.models.functions import Lower

if TYPE_CHECKING:
    from .membership import Membership
    from .regency import Regency


class UserManager(BaseUserManager["User"]):
    """Creates accounts that sign in by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an account; without a password it can only be entered through a reset link."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an operator's account, which may enter Django's admin and sees nothing of the regencies.

        Its address counts as proved, as that of invited people: whoever makes such an account controls the machine.
        """
        with transaction.atomic(using=self._db):
            user = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
            EmailAddress.objects.using(self._db).create(user=user, email=user.email, primary=True, verified=True)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        """Sign-in is not case-sensitive."""
        return self.get(email=(email or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person, known by e-mail address and name alone: nothing else about them is needed."""

    email = models.EmailField("alamat surel", unique=True, error_messages={"unique": "Alamat surel ini sudah dipakai."})
    name = models.CharField("nama", max_length=150)
    is_active = models.BooleanField("aktif", default=True)
    is_staff = models.BooleanField("boleh masuk admin", default=False)
    date_joined = models.DateTimeField("terdaftar", auto_now_add=True)

    # What `agencies.access` has found out about this person; the object lives for one request, and so do these.
    memberships_today: "list[Membership] | None" = None
    regency_entered: "Regency | None" = None
    granted_today: "dict[int, Membership | None]"

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = "pengguna"
        verbose_name_plural = "pengguna"
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_case_insensitive"),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.granted_today = {}

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        """Addresses are kept in lower case so that one mailbox is one account."""
        super().clean()
        self.email = self.email.strip().lower()

    def get_full_name(self) -> str:
        """Name for mails and bylines."""
        return self.name
