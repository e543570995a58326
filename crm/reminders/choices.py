from django.db import models
from django.utils.translation import gettext_lazy as _


class DeliveryState(models.TextChoices):
    """``CLAIMED`` goes to one of the others, which are final unless an administrator sends the mail again."""

    CLAIMED = "claimed", _("On its way")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    EMPTY = "empty", _("Nothing to ask")
    REPLACED = "replaced", _("Replaced by a newer one")


class Urgency(models.IntegerChoices):
    """Where an item stands in a digest and on My week, the most urgent first."""

    OVERDUE = 0, _("Overdue")
    TODAY = 1, _("Do today")
    WEEK = 2, _("This week")
    QUIET = 3, _("Gone quiet")


class NoticeKind(models.TextChoices):
    ASSIGNED = "assigned", _("Assigned to you")
    MENTIONED = "mentioned", _("Mentioned you")


class Silence(models.TextChoices):
    """Why a rule does not ask somebody about a record."""

    LATER = "later", _("Put off")
    NOT_MINE = "not_mine", _("Not mine")
    NEVER = "never", _("Never about this one")
