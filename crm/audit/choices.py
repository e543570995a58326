from django.db import models
from django.utils.translation import gettext_lazy as _


class Door(models.TextChoices):
    """Through which door a change came."""

    PAGE = "page", _("Page")
    API = "api", _("API")
    ADMIN = "admin", _("Back office")
    MAIL = "mail", _("Mail")
    TASK = "task", _("Task")
    COMMAND = "command", _("Command")


class Action(models.TextChoices):
    CREATED = "created", _("Created")
    CHANGED = "changed", _("Changed")
    ARCHIVED = "archived", _("Archived")
    RESTORED = "restored", _("Restored")
    ERASED = "erased", _("Erased")
    SIGNED_IN = "signed_in", _("Signed in")
    SIGN_IN_FAILED = "sign_in_failed", _("Sign-in failed")
    SIGNED_OUT = "signed_out", _("Signed out")
    EXPORTED = "exported", _("Exported")
    SENT = "sent", _("Sent")
