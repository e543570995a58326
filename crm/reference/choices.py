from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionKind(models.TextChoices):
    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    DISTRICT = "district", _("District")


class OfficeKind(models.TextChoices):
    DEPARTMENT = "department", _("Department of the region")
    DISTRICT_AKIMAT = "district_akimat", _("District akimat")
    MANAGING_COMPANY = "managing_company", _("Managing company")
    KAZAKH_INVEST = "kazakh_invest", _("Kazakh Invest's desk")
    SOCIAL_ENTREPRENEURIAL_CORPORATION = "spk", _("Social-entrepreneurial corporation")
    OTHER = "other", _("Other body")


class DayKind(models.TextChoices):
    DAY_OFF = "day_off", _("Day off")
    WORKING_DAY = "working_day", _("Working day (moved)")
