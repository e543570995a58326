from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from crm.reference.choices import DayKind, OfficeKind, RegionKind
from crm.shared.validation import validate_time_zone


class NamedInThreeLanguages(models.Model):
    name_kk = models.CharField(_("name in Kazakh"), max_length=150)
    name_ru = models.CharField(_("name in Russian"), max_length=150)
    name_en = models.CharField(_("name in English"), max_length=150)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return str(getattr(self, f"name_{(get_language() or 'kk')[:2]}", self.name_en))


class Region(NamedInThreeLanguages):
    """A tree: the country at the root, its regions (ISO 3166-2), their districts."""

    code = models.CharField(_("code"), max_length=12, unique=True, help_text=_("ISO 3166-2; a district adds its own."))
    kind = models.CharField(_("kind"), max_length=10, choices=RegionKind)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default="Asia/Almaty", validators=[validate_time_zone])

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=RegionKind.COUNTRY, parent__isnull=True)
                | (~Q(kind=RegionKind.COUNTRY) & Q(parent__isnull=False)),
                name="region_root_is_country",
            ),
        ]

    @property
    def line(self) -> tuple[int, ...]:
        """The keys of this region and of those above it: who is of one of them sees what is of this one.

        No query after ``select_related("parent")``: the tree is three levels deep.
        """
        if self.parent is None:
            return (self.pk,)
        upper = self.parent.parent_id
        return (self.pk, self.parent.pk, *([upper] if upper else []))


class Sector(NamedInThreeLanguages):
    code = models.SlugField(_("code"), max_length=40, unique=True)
    isic_divisions = models.JSONField(_("ISIC Rev. 4 divisions"), default=list, blank=True)

    class Meta:
        verbose_name = _("sector")
        verbose_name_plural = _("sectors")
        ordering = ["code"]


class Currency(NamedInThreeLanguages):
    code = models.CharField(_("ISO 4217 code"), max_length=3, unique=True)
    symbol = models.CharField(_("symbol"), max_length=5, blank=True)

    class Meta:
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")
        ordering = ["code"]


class ExchangeRate(models.Model):
    """How much of the reporting currency one unit of ``currency`` was worth on ``date``."""

    currency = models.ForeignKey(Currency, on_delete=models.PROTECT, related_name="rates", verbose_name=_("currency"))
    date = models.DateField(_("date"))
    rate = models.DecimalField(_("rate"), max_digits=15, decimal_places=6)
    source = models.CharField(_("source"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["-date", "currency"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "date"], name="one_rate_a_day"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="rate_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.currency.code} {self.date}: {self.rate}"


class Holiday(NamedInThreeLanguages):
    """A weekday that is off, or a weekend day that is worked, in a region and all below it."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="holidays", verbose_name=_("region"))
    date = models.DateField(_("date"))
    kind = models.CharField(_("kind"), max_length=12, choices=DayKind, default=DayKind.DAY_OFF)

    class Meta:
        verbose_name = _("holiday")
        verbose_name_plural = _("holidays")
        ordering = ["date"]
        constraints = [models.UniqueConstraint(fields=["region", "date"], name="one_holiday_a_day")]


class Office(models.Model):
    """A body inside a region: a department, a district akimat, a zone's managing company."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="offices", verbose_name=_("region"))
    kind = models.CharField(_("kind"), max_length=20, choices=OfficeKind)
    is_active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["region", "pk"]

    def __str__(self) -> str:
        names = sorted(self.names.all(), key=lambda name: name.valid_from, reverse=True)
        return names[0].name if names else self.get_kind_display()


class OfficeName(NamedInThreeLanguages):
    """What an office is called from a day on; papers need the genitive."""

    office = models.ForeignKey(Office, on_delete=models.PROTECT, related_name="names", verbose_name=_("office"))
    valid_from = models.DateField(_("valid from"))
    genitive_kk = models.CharField(_("genitive in Kazakh"), max_length=150, blank=True)
    genitive_ru = models.CharField(_("genitive in Russian"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("office name")
        verbose_name_plural = _("office names")
        ordering = ["office", "-valid_from"]
        constraints = [models.UniqueConstraint(fields=["office", "valid_from"], name="one_office_name_a_day")]
