from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.companies.models import Company, Contact
from crm.delegations.choices import DelegationStatus, Direction, PracticeStatus, PracticeTopic, Side
from crm.reference.models import Region, Sector
from crm.shared.choices import country_name
from crm.shared.fields import CountryField
from crm.shared.models import Record


class Delegation(Record):
    """A visit: ours abroad, theirs to us, or a forum at home."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="delegations", verbose_name=_("region"))
    title = models.CharField(_("title"), max_length=250)
    direction = models.CharField(_("direction"), max_length=10, choices=Direction, default=Direction.OUTBOUND)
    status = models.CharField(_("status"), max_length=10, choices=DelegationStatus, default=DelegationStatus.PLANNED)
    purpose = models.TextField(_("purpose"), blank=True)
    start_date = models.DateField(_("from"), null=True, blank=True)
    end_date = models.DateField(_("until"), null=True, blank=True)
    secretary = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegations_as_secretary",
        verbose_name=_("secretary"),
    )
    sectors = models.ManyToManyField(
        Sector, blank=True, related_name="delegations", verbose_name=_("sectors of the participants")
    )
    companies = models.ManyToManyField(
        Company, blank=True, related_name="delegations", verbose_name=_("organisations met")
    )
    no_report_reason = models.CharField(_("why there is no report"), max_length=300, blank=True)
    search_text = models.TextField(editable=False, blank=True)

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegations")
        ordering = ["-start_date", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start_date__isnull=True) | Q(end_date__isnull=True) | Q(end_date__gte=F("start_date")),
                name="delegation_ends_after_start",
            )
        ]
        indexes = [models.Index(fields=["region", "-start_date"], name="delegation_by_region")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("delegations:delegation", args=[self.pk])

    @property
    def head(self) -> "DelegationMember | None":
        """The head of the delegation, out of the (prefetched) members."""
        return next((member for member in self.members.all() if member.is_head), None)


class DelegationStop(models.Model):
    """A country and city on the way."""

    delegation = models.ForeignKey(
        Delegation, on_delete=models.CASCADE, related_name="stops", verbose_name=_("delegation")
    )
    position = models.PositiveSmallIntegerField(pgettext_lazy("order", "position"), default=0)
    country = CountryField(_("country"), blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    start_date = models.DateField(_("from"), null=True, blank=True)
    end_date = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("stop")
        verbose_name_plural = _("stops")
        ordering = ["position", "pk"]
        indexes = [models.Index(fields=["country"], name="stop_by_country")]

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.city, country_name(self.country)]))


class DelegationMember(models.Model):
    """Somebody who travelled or received, by name; ours may be a user, theirs a contact."""

    delegation = models.ForeignKey(
        Delegation, on_delete=models.CASCADE, related_name="members", verbose_name=_("delegation")
    )
    side = models.CharField(_("side"), max_length=6, choices=Side, default=Side.OURS)
    full_name = models.CharField(_("full name"), max_length=150)
    position = models.CharField(_("position"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    is_head = models.BooleanField(_("head of the delegation"), default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegation_memberships",
        verbose_name=_("user"),
    )
    contact = models.ForeignKey(
        Contact,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="delegation_memberships",
        verbose_name=_("contact"),
    )

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["-is_head", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["delegation"], condition=Q(is_head=True), name="delegation_one_head")
        ]

    def __str__(self) -> str:
        return self.full_name


class ProgrammeItem(Record):
    """An hour of a visit: what happens where, who meets the guests, who interprets, and what they go by."""

    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="programme", verbose_name=_("delegation")
    )
    date = models.DateField(_("date"))
    starts_at = models.TimeField(pgettext_lazy("hour", "from"))
    ends_at = models.TimeField(pgettext_lazy("hour", "until"), null=True, blank=True)
    title = models.CharField(_("what takes place"), max_length=250)
    place = models.CharField(_("place"), max_length=200, blank=True)
    met_by = models.CharField(_("who meets"), max_length=250, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=150, blank=True)
    transport = models.CharField(_("transport"), max_length=250, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("line of a programme")
        verbose_name_plural = _("lines of programmes")
        ordering = ["date", "starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="programme_item_ends_after_start",
                violation_error_message=_("It ends after it begins."),
            )
        ]
        indexes = [models.Index(fields=["delegation", "date", "starts_at"], name="programme_by_hour")]

    def __str__(self) -> str:
        return f"{self.date} {self.starts_at:%H:%M} {self.title}"

    def get_absolute_url(self) -> str:
        """Its place on the page of the programme: a line has no page of its own."""
        return f"{reverse('delegations:programme', args=[self.delegation_id])}#line-{self.pk}"

    @property
    def region(self) -> Region:
        return self.delegation.region


class Debrief(models.Model):
    """The form that a member of ours fills after the return, at an address of their own, without signing in.

    It keeps who was asked where, so that it stands when the member is taken off the list.
    """

    delegation = models.ForeignKey(
        Delegation, on_delete=models.PROTECT, related_name="debriefs", verbose_name=_("delegation")
    )
    member = models.OneToOneField(
        DelegationMember,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="debrief",
        verbose_name=_("member"),
    )
    full_name = models.CharField(_("full name"), max_length=150)
    email = models.EmailField(_("e-mail"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="debriefs",
        verbose_name=_("user"),
    )
    asked_on = models.DateField(_("asked on"))
    reminded = models.PositiveSmallIntegerField(_("times reminded"), default=0)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    closed_at = models.DateTimeField(_("no longer awaited"), null=True, blank=True)
    taken_in_at = models.DateTimeField(_("taken into the review"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("debrief")
        verbose_name_plural = _("debriefs")
        ordering = ["full_name", "pk"]
        indexes = [
            models.Index(
                fields=["answered_at"],
                condition=Q(answered_at__isnull=False, taken_in_at__isnull=True),
                name="debrief_to_take_in",
            )
        ]

    def __str__(self) -> str:
        return f"{self.full_name}: {self.delegation}"


class DebriefEntry(models.Model):
    """One meeting as a member tells of it; or, in ``practice``, what is worth adopting here."""

    debrief = models.ForeignKey(Debrief, on_delete=models.PROTECT, related_name="entries", verbose_name=_("debrief"))
    position = models.PositiveSmallIntegerField(pgettext_lazy("order", "position"), default=0)
    company = models.CharField(_("company or body"), max_length=250, blank=True)
    person = models.CharField(_("person met"), max_length=150, blank=True)
    agreed = models.TextField(_("what was agreed"), blank=True, max_length=2000)
    needed = models.CharField(_("what is needed from us"), max_length=500, blank=True)
    due_date = models.DateField(_("by when"), null=True, blank=True)
    practice = models.TextField(_("what is worth adopting here"), blank=True, max_length=2000)

    #: What people were told in confidence stays out of the audit log, which cannot be erased.
    unlogged_fields = frozenset({"company", "person", "agreed", "needed", "practice"})

    class Meta:
        verbose_name = _("entry of a debrief")
        verbose_name_plural = _("entries of debriefs")
        ordering = ["debrief", "position", "pk"]

    def __str__(self) -> str:
        """No words of it: the audit log keeps this."""
        return f"{self.debrief_id}-{self.position}"

    @property
    def words(self) -> str:
        """What the member wrote, as one passage."""
        said = [text.strip().rstrip(".") for text in (self.agreed, self.needed, self.practice) if text.strip()]
        return ". ".join(said)


class Practice(Record):
    """Something seen there that is worth adopting here."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="practices", verbose_name=_("region"))
    delegation = models.ForeignKey(
        Delegation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("delegation"),
    )
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="practices", verbose_name=_("seen at")
    )
    topic = models.CharField(_("topic"), max_length=20, choices=PracticeTopic)
    summary = models.TextField(_("summary"))
    status = models.CharField(_("status"), max_length=12, choices=PracticeStatus, default=PracticeStatus.NOTED)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("owner"),
    )

    class Meta:
        verbose_name = _("practice")
        verbose_name_plural = _("practices")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["region", "status"], name="practice_by_region")]

    def __str__(self) -> str:
        return f"{self.get_topic_display()}: {self.summary[:80]}"

    def get_absolute_url(self) -> str:
        """The page of the list: a practice has none of its own."""
        return reverse("delegations:practices")
