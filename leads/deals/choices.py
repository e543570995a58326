from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DealKind(models.TextChoices):
    """The draft's lead kinds."""

    INTEREST = "interest", _("Interest")
    NEGOTIATION = "negotiation", _("Talks")
    MEMORANDUM = "memorandum", _("Memorandum")
    AGREEMENT = "agreement", pgettext_lazy("deal kind", "Agreement")
    SUPPLY = "supply", _("Supply")
    JOINT_VENTURE = "joint_venture", _("Joint venture")
    INVESTMENT_PROJECT = "investment_project", _("Investment project")


class Stage(models.TextChoices):
    LEAD = "lead", _("Lead")
    QUALIFIED = "qualified", _("Qualified")
    NEGOTIATION = "negotiation", _("Negotiation")
    MEMORANDUM = "memorandum", _("Memorandum")
    AGREEMENT = "agreement", _("Agreement")
    IMPLEMENTATION = "implementation", _("Implementation")
    REALISED = "realised", _("Realised")


class Health(models.TextChoices):
    ON_TRACK = "on_track", _("On track")
    DELAYED = "delayed", _("Delayed")
    DORMANT = "dormant", _("Dormant")
    LOST = "lost", _("Lost")


#: A deal at rest is on no board and in no reminder until it is reopened.
RESTING = frozenset({Health.DORMANT, Health.LOST})


class ValueKind(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    AGREED = "agreed", _("Agreed")
    REALISED = "realised", _("Realised (sum)")
