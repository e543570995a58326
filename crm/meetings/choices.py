from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    AWAITED = "awaited", _("Outcome awaited")
    CONTINUES = "continues", _("Continues")
    AWAITING_REPLY = "awaiting_reply", _("Awaiting reply")
    POSTPONED = "postponed", _("Postponed")
    NOT_INTERESTED = "not_interested", _("Not interested")
    DID_NOT_TAKE_PLACE = "did_not_take_place", _("Did not take place")
