from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.commitments.choices import CLOSED, CommitmentSide, CommitmentStatus
from crm.companies.models import Company
from crm.documents.models import Document
from crm.reference.models import Region
from crm.shared.about import AboutRecord
from crm.shared.models import Record


class Commitment(AboutRecord, Record):
    """What one side will do by when. The earliest open one of ours is a deal's next step."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="commitments", verbose_name=_("region"))
    side = models.CharField(_("side"), max_length=6, choices=CommitmentSide, default=CommitmentSide.OURS)
    text = models.CharField(_("what"), max_length=500)
    due_date = models.DateField(_("due date"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=CommitmentStatus, default=CommitmentStatus.OPEN)
    executor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("executor"),
    )
    executor_name = models.CharField(
        _("executor as written"), max_length=200, blank=True, help_text=_("Where the executor is no user of Sapar.")
    )
    co_executors = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="shared_commitments", verbose_name=_("co-executors")
    )
    company = models.ForeignKey(
        Company,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("company that owes it"),
    )
    source_document = models.ForeignKey(
        Document,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="commitments",
        verbose_name=_("source paper"),
    )
    source_item = models.CharField(_("item of the paper"), max_length=20, blank=True)
    under_control = models.BooleanField(_("under control"), default=False)
    blocked_by = models.CharField(_("blocked by"), max_length=200, blank=True)
    blocked_since = models.DateField(_("blocked since"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("closed by"),
    )
    drop_reason = models.CharField(_("why dropped"), max_length=300, blank=True)
    proof = models.TextField(_("proof"), blank=True)
    proof_document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("proof on paper")
    )

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        ordering = ["due_date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=CommitmentStatus.BLOCKED) | (~Q(blocked_by="") & Q(blocked_since__isnull=False)),
                name="commitment_blocked_by_whom",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[CommitmentStatus.OPEN, CommitmentStatus.BLOCKED]) | Q(closed_at__isnull=False),
                name="commitment_closed_has_day",
            ),
        ]
        indexes = [
            models.Index(fields=["about_type", "about_id", "due_date"], name="commitment_about"),
            models.Index(fields=["region", "due_date"], name="commitment_by_region"),
            models.Index(
                fields=["executor", "due_date"],
                condition=Q(status=CommitmentStatus.OPEN, archived_at__isnull=True),
                name="commitment_open",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return reverse("commitments:commitment", args=[self.pk])

    @property
    def is_closed(self) -> bool:
        return self.status in CLOSED

    @property
    def executor_label(self) -> str:
        """Who carries it out: a user, somebody by name, or the company that owes it."""
        named = self.executor.full_name if self.executor else self.executor_name
        return named or (self.company.name if self.company else "")
