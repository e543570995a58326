from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.companies.models import Company, Contact
from crm.delegations.models import DebriefEntry, Delegation
from crm.reference.models import Region
from crm.shared.models import Record
from leads.visit_reports.choices import (
    Decision,
    EngineFailureReason,
    Match,
    ReportEngine,
    ReportState,
    SuggestionKind,
    UnreadableReason,
)


class VisitReport(Record):
    """A visit report: the file, its text, and how far it has come."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="visit_reports", verbose_name=_("region"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="visit_reports", verbose_name=_("uploaded by")
    )
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.UPLOADED)
    unreadable_reason = models.CharField(_("why it could not be read"), max_length=30, blank=True, editable=False)
    duplicate_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="duplicates",
        verbose_name=_("already uploaded as"),
    )
    title = models.CharField(_("title"), max_length=250, blank=True)
    file = models.FileField(_("file"), upload_to="visit_reports/%Y/%m/", blank=True, max_length=200)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    media_type = models.CharField(_("type of the file"), max_length=100, blank=True, editable=False)
    size = models.PositiveIntegerField(_("size in bytes"), default=0, editable=False)
    text = models.TextField(_("text"), blank=True)
    text_digest = models.CharField(
        max_length=64, blank=True, editable=False, help_text="SHA-256 of the normalised text."
    )
    language = models.CharField(_("language"), max_length=5, blank=True)
    published = models.DateField(_("date of publication"), null=True, blank=True)
    not_restricted = models.BooleanField(_("not restricted"), default=False)
    restriction_marks = models.JSONField(_("marks of restriction found"), default=list, blank=True, editable=False)
    left_out = models.JSONField(
        _("attachments that were not read"), default=list, blank=True, editable=False, help_text="[{name, reason}]"
    )
    draft = models.JSONField(_("draft"), null=True, blank=True, editable=False)
    engine = models.CharField(_("engine"), max_length=40, blank=True, editable=False)
    asked_engine = models.CharField(
        _("to be read with"), max_length=10, choices=ReportEngine, default=ReportEngine.EMBEDDED, editable=False
    )
    engine_failure = models.CharField(
        _("why the language model added nothing"),
        max_length=30,
        choices=EngineFailureReason,
        blank=True,
        editable=False,
    )
    reading_since = models.DateTimeField(_("being read since"), null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("attempts to read it"), default=0, editable=False)
    read_at = models.DateTimeField(_("read"), null=True, blank=True, editable=False)
    delegation = models.ForeignKey(
        Delegation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visit_reports",
        verbose_name=_("delegation"),
    )
    search_text = models.TextField(editable=False, blank=True)

    #: What the report says stays out of the audit log, so that a wrong upload can be erased.
    unlogged_fields = frozenset({"title", "text", "draft", "left_out"})

    class Meta:
        verbose_name = _("visit report")
        verbose_name_plural = _("visit reports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "text_digest"],
                condition=Q(archived_at__isnull=True) & ~Q(text_digest=""),
                name="report_text_once_a_region",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportState.UNREADABLE) | ~Q(unreadable_reason=""),
                name="report_unreadable_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "state", "-created_at"], name="report_by_state"),
            models.Index(
                fields=["created_at"],
                condition=Q(state__in=[ReportState.UPLOADED, ReportState.READING]),
                name="report_waiting",
            ),
        ]

    def __str__(self) -> str:
        """The name of the file, not the title: the audit log keeps this, and must keep nothing of the text."""
        return self.file_name or f"{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("visit_reports:review", args=[self.pk])

    @property
    def heading(self) -> str:
        """What pages call the report: its title, else the name of its file."""
        return self.title or str(self)

    @property
    def unreadable_because(self) -> str:
        """Why the report could not be read, in words for the person who uploaded it."""
        reason = self.unreadable_reason
        return str(UnreadableReason(reason).label) if reason in UnreadableReason.values else reason

    @property
    def not_read(self) -> list[tuple[str, str]]:
        """The attachments of the letter that could not be read, each with the reason in words."""
        return [(one["name"], str(UnreadableReason(one["reason"]).label)) for one in self.left_out]

    @property
    def is_waiting(self) -> bool:
        """Is it yet to be read, or being read?"""
        return self.state in (ReportState.UPLOADED, ReportState.READING)


class ReadingPolicy(models.Model):
    """What a region's administrator has decided on reading reports; a region without one follows the one above it."""

    region = models.OneToOneField(
        Region, on_delete=models.PROTECT, related_name="reading_policy", verbose_name=_("region")
    )
    allows_language_model = models.BooleanField(
        _("reports may be sent to the language model"),
        default=False,
        help_text=_("Whoever uploads a report may then choose it: the whole text leaves this machine."),
    )

    class Meta:
        verbose_name = _("policy on reading reports")
        verbose_name_plural = _("policies on reading reports")

    def __str__(self) -> str:
        return str(self.region)


class ReportCommit(models.Model):
    """One acceptance of a report: its suggestions became records together, and can be undone together."""

    report = models.ForeignKey(
        VisitReport, on_delete=models.PROTECT, related_name="commits", verbose_name=_("visit report")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("accepted by")
    )
    at = models.DateTimeField(_("accepted"), default=timezone.now)
    idempotency_key = models.UUIDField(_("idempotency key"), unique=True)
    records = models.JSONField(
        default=list, editable=False, help_text="What it made: [{model, id, version}], in the order of making."
    )
    links = models.JSONField(
        default=list, editable=False, help_text='What pointed at those records then: ["model:id", …].'
    )
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("undone by"),
    )

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.report}, {self.at:%Y-%m-%d %H:%M}"


class Suggestion(models.Model):
    """One card of the draft.

    ``values`` is ``{field: value}`` as it stands after the official's corrections; ``read`` is the same as it was
    read; ``evidence`` is ``{field: [[start, end], …]}`` with ``""`` for the whole card: character offsets into the
    report's text. A card made of what a member told has a ``debrief_entry`` instead. ``candidates`` is
    ``[{"id": …, "reason": …}]``: records that may be the same (``Likeness``).
    """

    report = models.ForeignKey(
        VisitReport, on_delete=models.PROTECT, related_name="suggestions", verbose_name=_("visit report")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=SuggestionKind)
    position = models.PositiveSmallIntegerField(_("position"))
    values = models.JSONField(_("values"), default=dict)
    read = models.JSONField(_("as read"), default=dict, editable=False)
    evidence = models.JSONField(_("evidence"), default=dict)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("added by hand by"),
    )
    debrief_entry = models.ForeignKey(
        DebriefEntry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=_("told by a member"),
    )
    candidates = models.JSONField(_("may be the same as"), default=list, blank=True)
    match = models.CharField(_("match"), max_length=10, choices=Match, blank=True, default=Match.NOT_ASKED)
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the known company")
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the known contact")
    )
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, default=Decision.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("last changed by"),
    )
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    commit = models.ForeignKey(
        ReportCommit,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="suggestions",
        verbose_name=_("acceptance"),
    )
    record_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    record_id = models.PositiveBigIntegerField(null=True, blank=True)
    record = GenericForeignKey("record_type", "record_id")

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["report", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="suggestion_position_once"),
            models.CheckConstraint(
                condition=Q(record_type__isnull=True, record_id__isnull=True)
                | Q(record_type__isnull=False, record_id__isnull=False, commit__isnull=False),
                name="suggestion_record_by_commit",
            ),
        ]
        indexes = [models.Index(fields=["record_type", "record_id"], name="suggestion_of_record")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position}"
