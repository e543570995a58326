from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from crm.accounts.choices import Role, Weekday
from crm.accounts.permissions import RolePermissionsMixin
from crm.reference.choices import RegionKind
from crm.reference.models import Office, Region
from crm.shared.validation import validate_time_zone

#: The end of the address of whose data were erased. The domain is reserved for what does not exist.
ERASED_ADDRESS = "@erased.invalid"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(RolePermissionsMixin, AbstractBaseUser):
    """Somebody who signs in by e-mail. Role and region are independent: in the root region a user is national."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    position = models.CharField(_("position"), max_length=150, blank=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="users", verbose_name=_("region"))
    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, null=True, blank=True, related_name="users", verbose_name=_("office")
    )
    role = models.CharField(_("role"), max_length=15, choices=Role)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="kk")
    time_zone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        help_text=_("Blank: the region's."),
        validators=[validate_time_zone],
    )
    digest_day = models.PositiveSmallIntegerField(_("day of the digest"), choices=Weekday, default=Weekday.MONDAY)
    digest_hour = models.PositiveSmallIntegerField(
        _("hour of the digest"), default=8, validators=[MaxValueValidator(23)]
    )
    digest_wanted = models.BooleanField(_("digest by e-mail"), default=True)
    notices_by_mail = models.BooleanField(
        _("notices by e-mail at once"),
        default=True,
        help_text=_("What is assigned to you and where you are mentioned, put together over ten minutes."),
    )
    deputy = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="deputises_for", verbose_name=_("deputy")
    )
    deputy_from = models.DateField(_("deputy from"), null=True, blank=True)
    deputy_until = models.DateField(_("deputy until"), null=True, blank=True)
    address_failed_at = models.DateTimeField(_("address failed"), null=True, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["full_name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="user_digest_hour"),
            models.CheckConstraint(condition=Q(digest_day__lte=6), name="user_digest_day"),
            models.CheckConstraint(
                condition=Q(deputy_from__isnull=True)
                | Q(deputy_until__isnull=True)
                | Q(deputy_until__gte=models.F("deputy_from")),
                name="user_deputy_dates",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_national(self) -> bool:
        return self.region.kind == RegionKind.COUNTRY

    @property
    def zone(self) -> ZoneInfo:
        """The user's time zone, else the region's."""
        return ZoneInfo(self.time_zone or self.region.time_zone)

    def is_away(self, day: date) -> bool:
        """Does the deputy stand in for the user on ``day``?"""
        return bool(self.deputy_from and self.deputy_until and self.deputy_from <= day <= self.deputy_until)

    @property
    def is_erased(self) -> bool:
        """Were the person's data erased? Then there is nobody to open the account to."""
        return self.email.endswith(ERASED_ADDRESS)

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.full_name.split()[:2]).upper()


class ApiToken(models.Model):
    """A key to the API. Only its SHA-256 is kept; the key is shown once."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="api_tokens", verbose_name=_("user"))
    name = models.CharField(_("name"), max_length=100)
    prefix = models.CharField(_("begins with"), max_length=8, editable=False)
    digest = models.CharField(_("digest"), max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class Invitation(models.Model):
    """A link, mailed or printed, by which somebody sets the first password (or a new one): signed, once, for some days.

    The row is claimed before its mail is sent, so that two workers never send at once.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations", verbose_name=_("user"))
    invited_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("invited by")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"))
    by_mail = models.BooleanField(_("by mail"), default=True)
    lease_until = models.DateTimeField(_("claimed until"), null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    failed_at = models.DateTimeField(_("refused"), null=True, blank=True, editable=False)
    error = models.TextField(_("error"), blank=True, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_invitation",
            )
        ]
        indexes = [
            models.Index(
                fields=["lease_until"],
                condition=Q(
                    by_mail=True,
                    sent_at__isnull=True,
                    failed_at__isnull=True,
                    accepted_at__isnull=True,
                    withdrawn_at__isnull=True,
                ),
                name="invitation_to_send",
            )
        ]

    def __str__(self) -> str:
        return self.user.full_name

    @property
    def region(self) -> Region:
        """Whose administrators look after it."""
        return self.user.region
