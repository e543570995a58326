from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Direction(models.TextChoices):
    OUTBOUND = "outbound", _("Outbound visit")
    INBOUND = "inbound", _("Inbound visit")
    LOCAL = "local", _("Local (forum, site visit)")


class DelegationStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    RETURNED = "returned", _("Returned")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


class Side(models.TextChoices):
    OURS = "ours", _("Ours")
    THEIRS = "theirs", _("Theirs")


class PracticeTopic(models.TextChoices):
    """The draft's practice topics."""

    TAX_INCENTIVE = "tax_incentive", _("Tax incentive")
    TARIFF = "tariff", _("Tariff")
    SIMPLER_PROCEDURES = "simpler_procedures", _("Simpler procedures")
    STATE_SUPPORT = "state_support", _("State support")
    INFRASTRUCTURE = "infrastructure", _("Infrastructure")
    ZONE_MANAGEMENT = "zone_management", _("Zone management")
    WORKFORCE = "workforce", _("Workforce")
    OTHER = "other", _("Other")


class PracticeStatus(models.TextChoices):
    NOTED = "noted", _("Noted")
    UNDER_STUDY = "under_study", _("Under study")
    ADOPTED = "adopted", _("Adopted")
    DROPPED = "dropped", pgettext_lazy("practice", "Dropped")
