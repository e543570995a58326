"""The base of every record."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class RecordQuerySet(models.QuerySet):
    def active(self) -> Self:
        """Return the records that are not archived."""
        return self.filter(archived_at__isnull=True)


class RecordHistory(HistoricalRecords):
    """The history of records. What is derived is left out, where a record has it at all."""

    def create_history_model(self, model: type[models.Model], inherited: bool) -> type[models.Model]:
        history_model = super().create_history_model(model, inherited)
        own = {field.name for field in model._meta.fields}
        history_model._history_excluded_fields = [name for name in self.excluded_fields if name in own]
        return history_model


class Record(models.Model):
    """Something people work on: versioned, archived instead of deleted, with its history.

    ``version`` grows with every save through ``crm.audit.services``; two people who edit the same record are told.
    """

    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("archived by"),
    )
    archive_reason = models.CharField(_("reason for archiving"), max_length=300, blank=True, editable=False)

    objects = RecordQuerySet.as_manager()
    history = RecordHistory(inherit=True, excluded_fields=["search_text"])

    class Meta:
        abstract = True

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None


class PeriodicRun(models.Model):
    """When a task of the schedule last began, came to its end, and failed: one row a task."""

    task = models.CharField(_("task"), max_length=100, unique=True)
    started_at = models.DateTimeField(_("last begun"), null=True, blank=True)
    finished_at = models.DateTimeField(_("last finished"), null=True, blank=True)
    failed_at = models.DateTimeField(_("last failed"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("periodic task")
        verbose_name_plural = _("periodic tasks")
        ordering = ["task"]

    def __str__(self) -> str:
        return self.task
