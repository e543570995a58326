from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.reference.models import Region
from crm.reminders.choices import DeliveryState, NoticeKind, Silence
from crm.reminders.registry import find_rule, threshold_label
from crm.shared.about import AboutRecord


class Mailing(models.Model):
    """A mail on its way. The row is claimed before sending, so that two workers never send twice.

    ``attempts`` only grows: it also says whose claim it is. ``outages`` of them were no fault of the mail's.
    """

    state = models.CharField(_("state"), max_length=8, choices=DeliveryState, default=DeliveryState.CLAIMED)
    lease_until = models.DateTimeField(_("claimed until"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    outages = models.PositiveSmallIntegerField(_("times the mail server could not be reached"), default=0)
    message_id = models.CharField(_("Message-ID"), max_length=150, unique=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    error = models.TextField(_("error"), blank=True)
    told_at = models.DateTimeField(_("administrators told"), null=True, blank=True)

    class Meta:
        abstract = True


class DigestDelivery(Mailing):
    """One weekly mail of one user."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digest_deliveries", verbose_name=_("user")
    )
    week = models.CharField(_("ISO week"), max_length=8, help_text=_("Of the scheduled local date: 2026-W09."))
    scheduled_for = models.DateTimeField(_("scheduled for"))

    class Meta:
        verbose_name = _("digest delivery")
        verbose_name_plural = _("digest deliveries")
        ordering = ["-scheduled_for", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "week"], name="one_digest_a_week"),
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False), name="digest_sent_has_time"
            ),
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="digest_to_take_again")]

    def __str__(self) -> str:
        return f"{self.user}, {self.week}"


class UndeliveredDigest(DigestDelivery):
    """The weekly mails that could not be sent, as a list of their own in the back office."""

    class Meta:
        proxy = True
        verbose_name = _("undelivered digest")
        verbose_name_plural = _("undelivered digests")


class DigestItem(AboutRecord):
    """What a digest asked, kept so that "ignored twice" is known."""

    delivery = models.ForeignKey(
        DigestDelivery, on_delete=models.PROTECT, related_name="items", verbose_name=_("digest delivery")
    )
    rule = models.CharField(_("rule"), max_length=30)
    due_date = models.DateField(_("due date"), null=True, blank=True)
    times = models.PositiveSmallIntegerField(
        _("digests running"), default=1, help_text=_("How many digests without a break have asked it, with this one.")
    )

    class Meta:
        verbose_name = _("digest item")
        verbose_name_plural = _("digest items")
        constraints = [
            models.UniqueConstraint(fields=["delivery", "rule", "about_type", "about_id"], name="digest_item_once")
        ]
        indexes = [
            models.Index(fields=["about_type", "about_id", "rule"], name="digest_item_about"),
            models.Index(fields=["delivery"], condition=Q(times__gte=2), name="digest_item_ignored"),
        ]

    def __str__(self) -> str:
        return self.rule


class Snooze(AboutRecord):
    """This rule does not ask this user about this record: until a day, or for good.

    What somebody says is "not mine" is put before the managers of that person's region, who name another.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="snoozes", verbose_name=_("user")
    )
    rule = models.CharField(_("rule"), max_length=30)
    kind = models.CharField(_("why it is not asked"), max_length=8, choices=Silence, default=Silence.LATER)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("snooze")
        verbose_name_plural = _("snoozes")
        constraints = [
            models.UniqueConstraint(fields=["user", "rule", "about_type", "about_id"], name="one_snooze_an_item"),
            models.CheckConstraint(
                condition=Q(kind=Silence.LATER, until__isnull=False) | (~Q(kind=Silence.LATER) & Q(until__isnull=True)),
                name="snooze_later_has_day",
            ),
        ]
        indexes = [models.Index(fields=["user"], condition=Q(kind=Silence.NOT_MINE), name="snooze_not_mine")]

    def __str__(self) -> str:
        return f"{self.rule}, {self.until or self.get_kind_display()}"

    @property
    def rule_title(self) -> str:
        found = find_rule(self.rule)
        return str(found.title) if found else self.rule


class RuleThreshold(models.Model):
    """How many days a rule waits in a region and all below it, where that is not the default."""

    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, related_name="rule_thresholds", verbose_name=_("region")
    )
    threshold = models.CharField(_("threshold"), max_length=60)
    days = models.PositiveSmallIntegerField(_("days"), validators=[MaxValueValidator(2000)])

    class Meta:
        verbose_name = _("threshold of a rule")
        verbose_name_plural = _("thresholds of the rules")
        ordering = ["region", "threshold"]
        constraints = [models.UniqueConstraint(fields=["region", "threshold"], name="one_threshold_a_region")]

    def __str__(self) -> str:
        return f"{self.region}: {threshold_label(self.threshold)}"


class AnswerPolicy(models.Model):
    """Whether the mails of a region carry links that answer without sign-in; without one the region above decides.

    Where nobody has decided they do.
    """

    region = models.OneToOneField(
        Region, on_delete=models.PROTECT, related_name="answer_policy", verbose_name=_("region")
    )
    allows_answers_by_mail = models.BooleanField(
        _("answers by the links of a mail, without sign-in"),
        default=True,
        help_text=_("Whoever holds the mail can answer. Off: one has to sign in to answer."),
    )

    class Meta:
        verbose_name = _("policy on answers by mail")
        verbose_name_plural = _("policies on answers by mail")

    def __str__(self) -> str:
        return str(self.region)


class MailAnswer(AboutRecord):
    """An answer that came by a link of a mail: the link of that question and day is used."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="mail_answers", verbose_name=_("user")
    )
    rule = models.CharField(_("rule"), max_length=30)
    asked_on = models.DateField(_("asked on"))
    answer = models.CharField(_("answer"), max_length=30)
    message = models.CharField(_("what it did"), max_length=600)
    at = models.DateTimeField(_("answered"))
    undo = models.CharField(_("answer that takes it back"), max_length=30, blank=True, editable=False)
    undo_values = models.JSONField(default=dict, editable=False)
    taken_back_at = models.DateTimeField(_("taken back"), null=True, blank=True)

    class Meta:
        verbose_name = _("answer by mail")
        verbose_name_plural = _("answers by mail")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "rule", "about_type", "about_id", "asked_on"],
                condition=Q(taken_back_at__isnull=True),
                name="one_answer_a_link",
            )
        ]

    def __str__(self) -> str:
        return self.message


class Letter(Mailing):
    """A single mail with its words: a delegation's debrief, notices put together. One for each ``key``.

    The words go once the mail is out: they hold links that are good for whoever reads them.
    """

    key = models.CharField(_("key"), max_length=100, unique=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("user"),
    )
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+", verbose_name=_("region"))
    address = models.EmailField(_("e-mail"))
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"), blank=True, editable=False)
    html = models.TextField(blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta:
        verbose_name = _("single mail")
        verbose_name_plural = _("single mails")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=DeliveryState.SENT) | Q(sent_at__isnull=False), name="letter_sent_has_time"
            )
        ]
        indexes = [models.Index(fields=["state", "lease_until"], name="letter_to_send")]

    def __str__(self) -> str:
        return f"{self.address}: {self.subject}"


class Notice(AboutRecord):
    """Something that somebody is told at once: a record was given to them, or somebody mentioned them there.

    ``letter`` is the mail that told it, with others of the same ten minutes.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices", verbose_name=_("user")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=NoticeKind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("by whom")
    )
    words = models.CharField(_("what was written"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    letter = models.ForeignKey(
        Letter, on_delete=models.PROTECT, null=True, blank=True, related_name="notices", verbose_name=_("single mail")
    )

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at"], name="notice_of_user"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
            models.Index(
                fields=["created_at"], condition=Q(read_at__isnull=True, letter__isnull=True), name="notice_to_mail"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.user}"


class CalendarFeed(models.Model):
    """The address at which a person's calendar program reads due dates.

    ``serial`` stands in the address and grows: former addresses open nothing.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feed", verbose_name=_("user")
    )
    serial = models.PositiveIntegerField(_("number of the address"), default=1)
    is_on = models.BooleanField(_("in use"), default=True)
    read_on = models.DateField(_("last read"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")

    def __str__(self) -> str:
        return str(self.user)
