from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from crm.reminders.choices import DeliveryState
from crm.shared.about import AboutRecord


class DigestDelivery(models.Model):
    """One weekly mail of one user. The row is claimed before sending, so that two workers never send twice."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digest_deliveries", verbose_name=_("user")
    )
    week = models.CharField(_("ISO week"), max_length=8, help_text=_("Of the scheduled local date: 2026-W09."))
    scheduled_for = models.DateTimeField(_("scheduled for"))
    state = models.CharField(_("state"), max_length=8, choices=DeliveryState, default=DeliveryState.CLAIMED)
    lease_until = models.DateTimeField(_("claimed until"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    message_id = models.CharField(_("Message-ID"), max_length=150, unique=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)

    class Meta:
        verbose_name = _("digest delivery")
        verbose_name_plural = _("digest deliveries")
        ordering = ["-scheduled_for", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "week"], name="one_digest_a_week"),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False), name="digest_sent_has_time"
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="digest_to_take_again")]

    def __str__(self) -> str:
        return f"{self.user}, {self.week}"


class DigestItem(AboutRecord):
    """What a digest asked, kept so that "ignored twice" is known."""

    delivery = models.ForeignKey(
        DigestDelivery, on_delete=models.PROTECT, related_name="items", verbose_name=_("digest delivery")
    )
    rule = models.CharField(_("rule"), max_length=30)
    due_date = models.DateField(_("due date"), null=True, blank=True)

    class Meta:
        verbose_name = _("digest item")
        verbose_name_plural = _("digest items")
        constraints = [
            models.UniqueConstraint(fields=["delivery", "rule", "about_type", "about_id"], name="digest_item_once")
        ]
        indexes = [models.Index(fields=["about_type", "about_id", "rule"], name="digest_item_about")]

    def __str__(self) -> str:
        return self.rule


class Snooze(AboutRecord):
    """Not before ``until`` does this rule ask this user about this record again."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="snoozes", verbose_name=_("user")
    )
    rule = models.CharField(_("rule"), max_length=30)
    until = models.DateField(_("until"))

    class Meta:
        verbose_name = _("snooze")
        verbose_name_plural = _("snoozes")
        constraints = [
            models.UniqueConstraint(fields=["user", "rule", "about_type", "about_id"], name="one_snooze_an_item")
        ]

    def __str__(self) -> str:
        return f"{self.rule}, {self.until}"
