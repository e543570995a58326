"""The one generic link: a commitment, a note or a document is about any record."""

from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class AboutRecord(models.Model):
    """``about`` is the record; ``about_type`` and ``about_id`` are its key, indexed in each concrete model."""

    about_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, related_name="+", verbose_name=_("about what kind of record")
    )
    about_id = models.PositiveBigIntegerField(_("about record number"))
    about = GenericForeignKey("about_type", "about_id")

    class Meta:
        abstract = True


def about(record: models.Model) -> dict[str, Any]:
    """Return the look-up (or the fields) that says "about this record"."""
    return {"about_type": ContentType.objects.get_for_model(record), "about_id": record.pk}
