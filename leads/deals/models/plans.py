"""The plan, and the figures that were reported upward."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.reference.models import Region, Sector
from crm.shared.fields import MoneyField
from crm.shared.models import Record


class Target(Record):
    """The plan that the dashboard sets the actual beside, in the reporting currency."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="targets", verbose_name=_("region"))
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(2000), MaxValueValidator(2100)])
    quarter = models.PositiveSmallIntegerField(
        _("quarter"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    district = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sector")
    )
    curator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("curator"),
    )
    amount = MoneyField(_("amount in tenge"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["-year", "quarter"]
        constraints = [
            models.UniqueConstraint(
                "region",
                "year",
                # Two plans without a quarter are the same plan, though NULL differs from NULL.
                Coalesce("quarter", 0),
                Coalesce("district", 0),
                Coalesce("sector", 0),
                Coalesce("curator", 0),
                condition=Q(archived_at__isnull=True),
                name="target_once",
            ),
            models.CheckConstraint(condition=Q(quarter__isnull=True) | Q(quarter__range=(1, 4)), name="target_quarter"),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.year}"


class FrozenFigures(Record):
    """The dashboard as it was reported upward on a day: it does not change when the deals do."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="frozen_figures", verbose_name=_("region")
    )
    title = models.CharField(_("title"), max_length=200)
    as_at = models.DateField(_("as at"))
    query = models.CharField(_("narrowed to"), max_length=500, blank=True, editable=False)
    figures = models.JSONField(_("figures"), editable=False)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("frozen by")
    )

    class Meta:
        verbose_name = _("frozen figures")
        verbose_name_plural = _("frozen figures")
        ordering = ["-as_at", "-pk"]
        indexes = [models.Index(fields=["region", "-as_at", "-id"], name="frozen_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("deals:frozen", args=[self.pk])
