from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    ORDER = "order", _("Order / instrument")
    PROGRAMME = "programme", _("Visit programme")
    MINUTES = "minutes", _("Minutes")
    ROAD_MAP = "road_map", _("Road map")
    LETTER_OUT = "letter_out", _("Letter out")
    LETTER_IN = "letter_in", _("Letter in")
    MEMORANDUM = "memorandum", _("Memorandum")
    ACT = "act", _("Commissioning act")
    OTHER = "other", _("Other")
