from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.companies.models import Company, Contact
from crm.delegations.models import Delegation
from crm.meetings.choices import Outcome
from crm.reference.models import Region
from crm.shared.models import Record


class Meeting(Record):
    """Who was met, when and where; its outcome is awaited until logged."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="meetings", verbose_name=_("region"))
    delegation = models.ForeignKey(
        Delegation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("delegation"),
    )
    subject = models.CharField(_("subject"), max_length=250)
    date = models.DateField(_("date"), null=True, blank=True)
    time = models.TimeField(_("time"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    companies = models.ManyToManyField(Company, blank=True, related_name="meetings", verbose_name=_("organisations"))
    contacts = models.ManyToManyField(Contact, blank=True, related_name="meetings", verbose_name=_("contacts"))
    topics = models.JSONField(_("topics"), default=list, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name=_("owner"),
    )
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, default=Outcome.AWAITED)
    outcome_note = models.TextField(_("outcome in words"), blank=True)
    outcome_logged_at = models.DateTimeField(_("outcome logged"), null=True, blank=True, editable=False)
    outcome_logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("outcome logged by"),
    )
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["-date", "-time", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=Outcome.AWAITED) | Q(outcome_logged_at__isnull=False),
                name="meeting_outcome_has_day",
            )
        ]
        indexes = [
            models.Index(fields=["region", "-date"], name="meeting_by_region"),
            models.Index(
                fields=["owner", "date"],
                condition=Q(outcome=Outcome.AWAITED, archived_at__isnull=True),
                name="meeting_awaiting_outcome",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("meetings:meeting", args=[self.pk])
