from django.db import models
from django.utils.translation import gettext_lazy as _


class Likeness(models.TextChoices):
    """Why a company may be the one looked for."""

    SAME_BIN = "same_bin", _("The same BIN")
    SAME_NAME = "same_name", _("The same name")
    SAME_OTHER_NAME = "same_other_name", _("The same other name")
    SIMILAR_NAME = "similar_name", _("A similar name")
    SIMILAR_OTHER_NAME = "similar_other_name", _("A similar other name")


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
