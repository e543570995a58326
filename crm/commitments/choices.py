from django.db import models
from django.utils.translation import gettext_lazy as _


class CommitmentSide(models.TextChoices):
    OURS = "ours", _("Ours")
    THEIRS = "theirs", _("Theirs")


class CommitmentStatus(models.TextChoices):
    OPEN = "open", _("Open")
    KEPT = "kept", _("Kept")
    BLOCKED = "blocked", _("Blocked by a body")
    DROPPED = "dropped", _("Dropped")


#: Nothing more is expected.
CLOSED = (CommitmentStatus.KEPT, CommitmentStatus.DROPPED)
#: Still owed: open, or waiting for a body's answer.
OWED = (CommitmentStatus.OPEN, CommitmentStatus.BLOCKED)
