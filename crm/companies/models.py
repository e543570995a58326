from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.companies.choices import CompanyKind
from crm.companies.validators import validate_bin
from crm.reference.models import Region, Sector
from crm.shared.choices import country_name
from crm.shared.fields import CountryField
from crm.shared.models import Record


class Company(Record):
    """Anybody met: a firm, an industrial zone, a state body, a university. One directory for the whole country."""

    name = models.CharField(_("name"), max_length=250)
    kind = models.CharField(_("kind"), max_length=20, choices=CompanyKind, default=CompanyKind.COMPANY)
    country = CountryField(_("country"), blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    bin = models.CharField(_("BIN"), max_length=12, blank=True, validators=[validate_bin])
    website = models.URLField(_("website"), blank=True)
    founded = models.CharField(_("founded"), max_length=30, blank=True, help_text=_("A year or a decade: 1960s."))
    residents = models.PositiveIntegerField(_("residents"), null=True, blank=True, help_text=_("Firms in a zone."))
    description = models.TextField(_("description"), blank=True)
    sectors = models.ManyToManyField(Sector, blank=True, related_name="companies", verbose_name=_("sectors"))
    folded_name = models.CharField(max_length=250, editable=False, blank=True)
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("companies")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bin"], condition=Q(archived_at__isnull=True) & ~Q(bin=""), name="company_bin_once"
            )
        ]
        indexes = [
            models.Index(fields=["country", "name"], name="company_by_country"),
            models.Index(fields=["name", "id"], name="company_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("companies:company", args=[self.pk])

    @property
    def country_name(self) -> str:
        return country_name(self.country)


class CompanyName(models.Model):
    """Another name of a company: in another script, an abbreviation, a former one."""

    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="other_names", verbose_name=_("company")
    )
    name = models.CharField(_("name"), max_length=250)
    folded = models.CharField(max_length=250, editable=False)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["company", "name"], name="company_other_name_once")]
        indexes = [models.Index(fields=["folded"], name="company_name_folded")]

    def __str__(self) -> str:
        return self.name


class Contact(Record):
    """A person, at a company where known. Who may see the personal data: the regions that dealt with the person."""

    full_name = models.CharField(_("full name"), max_length=150)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts", verbose_name=_("company")
    )
    position = models.CharField(_("position"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    regions = models.ManyToManyField(Region, blank=True, related_name="contacts", verbose_name=_("dealt with"))
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["full_name", "pk"]

    def __str__(self) -> str:
        return self.full_name

    def get_absolute_url(self) -> str:
        return reverse("companies:contact", args=[self.pk])
