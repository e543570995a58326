"""Deals and what belongs to them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.companies.models import Company, Contact
from crm.delegations.models import Delegation
from crm.documents.models import Document
from crm.meetings.models import Meeting
from crm.reference.models import Currency, Region, Sector
from crm.shared.fields import MoneyField
from crm.shared.models import Record
from leads.deals.choices import RESTING, DealKind, Health, Stage, ValueKind


class Deal(Record):
    """One thing that could become an investment or a contract."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="deals", verbose_name=_("region"))
    title = models.CharField(_("title"), max_length=250)
    summary = models.TextField(_("summary"), blank=True)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="deals", verbose_name=_("company")
    )
    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, null=True, blank=True, related_name="deals", verbose_name=_("delegation")
    )
    meetings = models.ManyToManyField(Meeting, blank=True, related_name="deals", verbose_name=_("meetings"))
    sector = models.ForeignKey(
        Sector, on_delete=models.PROTECT, null=True, blank=True, related_name="deals", verbose_name=_("sector")
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DealKind, default=DealKind.INTEREST)
    stage = models.CharField(_("stage"), max_length=15, choices=Stage, default=Stage.LEAD)
    stage_entered_at = models.DateTimeField(_("in this stage since"), default=timezone.now, editable=False)
    health = models.CharField(_("health"), max_length=10, choices=Health, default=Health.ON_TRACK)
    lost_reason = models.CharField(_("reason"), max_length=300, blank=True)
    dormant_reason = models.CharField(_("why it rests"), max_length=300, blank=True)
    lost_to = models.CharField(_("lost to whom"), max_length=200, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deals",
        verbose_name=_("owner"),
    )
    curator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="curated_deals",
        verbose_name=_("curator"),
    )
    district = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="deals", verbose_name=_("contact person")
    )
    counterpart = models.CharField(_("counterpart"), max_length=250, blank=True)
    negotiating = models.TextField(_("what is being negotiated"), blank=True)
    expected_start = models.DateField(_("expected start"), null=True, blank=True)
    started_on = models.DateField(_("start date"), null=True, blank=True)
    site = models.CharField(_("site or zone"), max_length=250, blank=True)
    site_not_needed = models.BooleanField(_("no site needed"), default=False)
    permits_not_needed = models.BooleanField(_("no permits needed"), default=False)
    platform_number = models.CharField(_("national platform number"), max_length=60, blank=True)
    platform_checked_at = models.DateField(_("platform number checked"), null=True, blank=True)
    aftercare_on = models.DateField(_("last visit after the start"), null=True, blank=True, editable=False)
    last_activity_at = models.DateTimeField(_("last activity"), default=timezone.now, editable=False)
    search_text = models.TextField(editable=False, blank=True)

    #: Nothing is asked about a deal at rest, nor about what hangs on it.
    at_rest = Q(health__in=RESTING)

    class Meta:
        verbose_name = _("deal")
        verbose_name_plural = _("deals")
        ordering = ["-last_activity_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(health=Health.LOST) | ~Q(lost_reason=""), name="deal_lost_has_reason"),
            models.CheckConstraint(
                condition=~Q(health=Health.DORMANT) | ~Q(dormant_reason=""), name="deal_dormant_has_reason"
            ),
        ]
        indexes = [
            models.Index(
                fields=["region", "stage", "-last_activity_at", "-id"],
                condition=Q(archived_at__isnull=True),
                name="deal_board",
            ),
            models.Index(fields=["owner", "last_activity_at"], name="deal_by_owner"),
            models.Index(fields=["stage", "last_activity_at"], name="deal_gone_quiet"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("deals:deal", args=[self.pk])


class Permit(models.Model):
    """A permit of a deal: which body, when asked, when given."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="permits", verbose_name=_("deal"))
    name = models.CharField(_("permit"), max_length=200)
    body = models.CharField(_("state body"), max_length=200)
    applied_on = models.DateField(_("applied"), null=True, blank=True)
    due_date = models.DateField(_("due date"), null=True, blank=True)
    granted_on = models.DateField(_("granted"), null=True, blank=True)

    class Meta:
        verbose_name = _("permit")
        verbose_name_plural = _("permits")
        ordering = ["due_date", "pk"]

    def __str__(self) -> str:
        return self.name


class Memorandum(Record):
    """A signed paper of a deal."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="memoranda", verbose_name=_("deal"))
    parties = models.CharField(_("parties"), max_length=500)
    signed_on = models.DateField(_("date of signing"))
    amount = MoneyField(_("sum"), null=True, blank=True)
    currency = models.ForeignKey(
        Currency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("currency")
    )
    expires_on = models.DateField(_("expires"), null=True, blank=True)
    ask_again_on = models.DateField(_("ask again what becomes of it"), null=True, blank=True, editable=False)
    next_milestone = models.CharField(_("next milestone"), max_length=300, blank=True)
    answerable = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="memoranda",
        verbose_name=_("official answerable"),
    )
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("document")
    )

    class Meta:
        verbose_name = _("memorandum")
        verbose_name_plural = _("memoranda")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(currency__isnull=False), name="memorandum_sum_has_currency"
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gte=models.F("signed_on")),
                name="memorandum_expires_later",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parties}, {self.signed_on}"


class DealValue(Record):
    """A dated, evidenced figure of a deal. The newest of a kind counts."""

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="values", verbose_name=_("deal"))
    kind = models.CharField(_("kind"), max_length=10, choices=ValueKind)
    date = models.DateField(_("date"))
    amount = MoneyField(_("amount"), null=True, blank=True)
    currency = models.ForeignKey(
        Currency, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("currency")
    )
    amount_reporting = MoneyField(_("in the reporting currency"), null=True, blank=True, editable=False)
    rate = models.DecimalField(_("rate"), max_digits=15, decimal_places=6, null=True, blank=True, editable=False)
    rate_date = models.DateField(_("day of the rate"), null=True, blank=True, editable=False)
    jobs = models.PositiveIntegerField(_("jobs"), null=True, blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    evidence_document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence on paper")
    )
    checked_on = models.DateField(_("said to be right still"), null=True, blank=True, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed by"),
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )

    class Meta:
        verbose_name = _("deal value")
        verbose_name_plural = _("deal values")
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency__isnull=True)
                | Q(amount__isnull=False, currency__isnull=False),
                name="value_amount_has_currency",
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) | Q(jobs__isnull=False), name="value_says_something"
            ),
            models.CheckConstraint(condition=Q(amount__isnull=True) | Q(amount__gte=0), name="value_not_negative"),
        ]
        indexes = [models.Index(fields=["deal", "kind", "-date"], name="value_newest")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.date}"

    @property
    def has_evidence(self) -> bool:
        return bool(self.evidence) or self.evidence_document_id is not None


class StageChange(models.Model):
    """A move of a deal; ``missing`` names what a manager let pass.

    A deal that comes to rest, or wakes up, stays at its stage: then ``health`` says what it came to.
    """

    deal = models.ForeignKey(Deal, on_delete=models.PROTECT, related_name="stage_changes", verbose_name=_("deal"))
    from_stage = models.CharField(pgettext_lazy("stage", "from"), max_length=15, choices=Stage, blank=True)
    to_stage = models.CharField(pgettext_lazy("stage", "to"), max_length=15, choices=Stage)
    health = models.CharField(_("health"), max_length=10, choices=Health, blank=True)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    missing = models.JSONField(_("passed without"), default=list, blank=True)

    class Meta:
        verbose_name = _("stage change")
        verbose_name_plural = _("stage changes")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["deal", "-at"], name="stage_change_by_deal")]

    def __str__(self) -> str:
        if self.health:
            return str(self.get_health_display())
        return f"{self.get_from_stage_display()} → {self.get_to_stage_display()}"
