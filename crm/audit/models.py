from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.audit.choices import Action, Door


class AuditEvent(models.Model):
    """Who did what, when, from where and through which door. Append-only: triggers refuse UPDATE and DELETE.

    Only a person's data may give way to a mark, where an event says that they were erased (``crm.audit.erasure``).

    It outlives its record, so it names it (model label, id, label) instead of pointing at it.
    """

    at = models.DateTimeField(_("when"), auto_now_add=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who"),
    )
    actor_name = models.CharField(_("name at the time"), max_length=200, blank=True)
    address = models.GenericIPAddressField(_("from where"), null=True, blank=True)
    door = models.CharField(_("door"), max_length=10, choices=Door)
    action = models.CharField(_("action"), max_length=20, choices=Action)
    model = models.CharField(_("kind of record"), max_length=60, blank=True)
    record_id = models.CharField(_("record number"), max_length=40, blank=True)
    record_label = models.CharField(_("record"), max_length=300, blank=True)
    region_code = models.CharField(_("region"), max_length=12, blank=True)
    changes = models.JSONField(_("changes"), default=dict, blank=True)

    class Meta:
        verbose_name = _("audit event")
        verbose_name_plural = _("audit events")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["model", "record_id", "-at"], name="audit_by_record"),
            models.Index(fields=["region_code", "-at"], name="audit_by_region"),
            models.Index(fields=["-at"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.record_label or self.actor_name}"
