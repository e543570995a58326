from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    CLAIMED = "claimed", _("Claimed")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    EMPTY = "empty", _("Nothing to ask")


class Urgency(models.IntegerChoices):
    """Where an item stands in a digest and on My week, the most urgent first."""

    OVERDUE = 0, _("Overdue")
    TODAY = 1, _("Do today")
    WEEK = 2, _("This week")
    QUIET = 3, _("Gone quiet")
