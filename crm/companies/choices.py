from django.db import models
from django.utils.translation import gettext_lazy as _


class CompanyKind(models.TextChoices):
    """The draft's organisation kinds."""

    COMPANY = "company", _("Company")
    INDUSTRIAL_ZONE = "industrial_zone", _("Industrial zone")
    STATE_BODY = "state_body", _("State body")
    ASSOCIATION = "association", _("Chamber or association")
    ACADEMIC = "academic", _("University or institute")
    BANK = "bank", _("Bank or fund")
    INTERNATIONAL = "international", _("International organisation")
    OTHER = "other", _("Other")
