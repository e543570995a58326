from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.reference.models import Region
from crm.shared.about import AboutRecord
from crm.shared.models import Record


class Note(AboutRecord, Record):
    """A few words about any record; it may mention colleagues."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="notes", verbose_name=_("region"))
    text = models.TextField(_("text"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notes", verbose_name=_("author")
    )
    mentions = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="mentioned_in", verbose_name=_("mentioned")
    )

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["about_type", "about_id", "-created_at"], name="note_about")]

    def __str__(self) -> str:
        return self.text[:80]
