from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.companies.models import Company
from crm.documents.choices import DocumentKind
from crm.reference.models import Region
from crm.shared.about import AboutRecord
from crm.shared.models import Record


class Document(AboutRecord, Record):
    """A paper of any record: an order, minutes, a letter with the day its reply is due; the file is optional."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="documents", verbose_name=_("region"))
    about_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about")
    )
    about_id = models.PositiveBigIntegerField(_("about record number"), null=True, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=250)
    number = models.CharField(_("number"), max_length=60, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    sender = models.CharField(pgettext_lazy("sender", "from"), max_length=250, blank=True)
    recipient = models.CharField(pgettext_lazy("recipient", "to"), max_length=250, blank=True)
    addressee = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="documents", verbose_name=_("addressee")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="documents",
        verbose_name=_("owner"),
    )
    reply_due = models.DateField(_("reply due"), null=True, blank=True)
    answered_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="answers", verbose_name=_("answered by")
    )
    file = models.FileField(_("file"), upload_to="documents/%Y/%m/", blank=True, max_length=200)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(about_type__isnull=True, about_id__isnull=True)
                | Q(about_type__isnull=False, about_id__isnull=False),
                name="document_about_whole",
            )
        ]
        indexes = [
            models.Index(fields=["about_type", "about_id"], name="document_about"),
            models.Index(fields=["region", "-date"], name="document_by_region"),
            models.Index(
                fields=["reply_due"],
                condition=Q(answered_by__isnull=True, reply_due__isnull=False, archived_at__isnull=True),
                name="document_awaiting_reply",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.pk])

    @property
    def is_letter(self) -> bool:
        return self.kind == DocumentKind.LETTER_OUT

    @property
    def awaits_reply(self) -> bool:
        return self.is_letter and self.reply_due is not None and self.answered_by_id is None and not self.is_archived

    @property
    def addressed_to(self) -> str:
        """Whom it goes to: the company in the directory, else as it was written."""
        return self.addressee.name if self.addressee else self.recipient
