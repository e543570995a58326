from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import TypedChoiceField
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from unfold.widgets import UnfoldAdminSelectWidget

from crm.accounts.choices import Role
from crm.accounts.queries import within_regions_of
from crm.audit.admin import VisibleAdmin
from crm.reference.admin import RegionalAdmin
from crm.reminders.choices import DeliveryState
from crm.reminders.models import (
    AnswerPolicy,
    DigestDelivery,
    DigestItem,
    Letter,
    MailAnswer,
    Notice,
    RuleThreshold,
    Snooze,
    UndeliveredDigest,
)
from crm.reminders.registry import all_thresholds, threshold_label
from crm.reminders.services import preview_digest, send_again, send_letter_again
from crm.reminders.views.previews import previewed
from crm.shared.errors import DomainError


class ReadOnlyPage(VisibleAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DigestItemInline(admin.TabularInline):
    model = DigestItem
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(DigestDelivery)
class DigestDeliveryAdmin(ReadOnlyPage):
    """Which weekly mail went to whom, and which failed; an administrator sends one again."""

    list_display = ("user", "week", "state", "scheduled_for", "sent_at", "attempts")
    list_select_related = ("user__region",)
    list_filter = ("state",)
    search_fields = ("user__full_name", "user__email", "week", "message_id")
    inlines = (DigestItemInline,)
    actions = ("send_again",)

    def get_urls(self) -> list[Any]:
        page = self.admin_site.admin_view(self.preview)
        if self.model is not DigestDelivery:
            return super().get_urls()
        return [path("preview/<int:pk>/", page, name="reminders_digestdelivery_preview"), *super().get_urls()]

    @method_decorator(require_GET)
    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show an administrator the weekly mail that somebody of the region would get now. Nothing is sent."""
        user = previewed(request, pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Weekly reminder of %(name)s, as it would be now") % {"name": user.full_name},
            "opts": self.opts,
            "previewed": user,
            "mail": preview_digest(user, now=timezone.now()),
        }
        return TemplateResponse(request, "back_office/digest_preview.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return within_regions_of(request.user, super().get_queryset(request), field="user__region")

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        return request.user.role == Role.ADMINISTRATOR

    @admin.action(description=_("Send again"), permissions=["send_again"])
    def send_again(self, request: HttpRequest, deliveries: QuerySet) -> None:
        started = 0
        for delivery in deliveries:
            try:
                send_again(delivery, by=request.user)
                started += 1
            except DomainError as refused:
                self.message_user(request, f"{delivery}: {refused.message}", messages.WARNING)
        if started:
            said = ngettext("%(count)s mail is sent again.", "%(count)s mails are sent again.", started)
            self.message_user(request, said % {"count": started}, messages.SUCCESS)


@admin.register(UndeliveredDigest)
class UndeliveredDigestAdmin(DigestDeliveryAdmin):
    """The dead letters: what the mail server refused for good, or did not take for days, and why."""

    list_display = ("user", "email", "week", "error", "attempts", "address_failed_at")
    list_filter = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).filter(state=DeliveryState.FAILED)

    @admin.display(description=_("e-mail"), ordering="user__email")
    def email(self, delivery: DigestDelivery) -> str:
        return delivery.user.email

    @admin.display(description=_("address failed"), ordering="user__address_failed_at")
    def address_failed_at(self, delivery: DigestDelivery) -> Any:
        return delivery.user.address_failed_at


@admin.register(RuleThreshold)
class RuleThresholdAdmin(RegionalAdmin):
    """How many days the rules wait in a region and below it, where an administrator wants another number."""

    list_display = ("region", "label", "days", "default")
    list_select_related = ("region",)
    list_filter = ("region",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest | None, **kwargs: Any) -> Any:
        if db_field.name != "threshold":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        choices = [
            (name, _("%(threshold)s (by default %(days)s)") % {"threshold": threshold_label(name), "days": known.days})
            for name, known in all_thresholds().items()
        ]
        return TypedChoiceField(label=db_field.verbose_name, choices=choices, widget=UnfoldAdminSelectWidget)

    @admin.display(description=_("threshold"), ordering="threshold")
    def label(self, row: RuleThreshold) -> str:
        return threshold_label(row.threshold)

    @admin.display(description=_("default"))
    def default(self, row: RuleThreshold) -> int | None:
        known = all_thresholds().get(row.threshold)
        return known.days if known else None


@admin.register(Snooze)
class SnoozeAdmin(ReadOnlyPage):
    list_display = ("user", "rule_title", "kind", "until", "about_type", "about_id")
    list_select_related = ("user", "about_type")
    list_filter = ("rule", "kind")

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return within_regions_of(request.user, super().get_queryset(request), field="user__region")


@admin.register(MailAnswer)
class MailAnswerAdmin(ReadOnlyPage):
    """What was answered by the links of mails."""

    list_display = ("message", "user", "rule", "answer", "at", "taken_back_at")
    list_select_related = ("user",)
    list_filter = ("rule", "answer")
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return within_regions_of(request.user, super().get_queryset(request), field="user__region")


@admin.register(AnswerPolicy)
class AnswerPolicyAdmin(RegionalAdmin):
    list_display = ("region", "allows_answers_by_mail")
    list_select_related = ("region",)


@admin.register(Letter)
class LetterAdmin(ReadOnlyPage):
    """Single mails, how far each has come; an administrator sends again what failed."""

    list_display = ("subject", "address", "state", "created_at", "sent_at", "attempts", "error")
    list_select_related = ("region",)
    list_filter = ("state",)
    search_fields = ("subject", "address", "message_id")
    date_hierarchy = "created_at"
    actions = ("send_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return within_regions_of(request.user, super().get_queryset(request))

    def has_send_again_permission(self, request: HttpRequest) -> bool:
        return request.user.role == Role.ADMINISTRATOR

    @admin.action(description=_("Send again"), permissions=["send_again"])
    def send_again(self, request: HttpRequest, letters: QuerySet) -> None:
        failed = list(letters.filter(state=DeliveryState.FAILED))
        for letter in failed:
            send_letter_again(letter, by=request.user)
        if failed:
            said = ngettext("%(count)s mail is sent again.", "%(count)s mails are sent again.", len(failed))
            self.message_user(request, said % {"count": len(failed)}, messages.SUCCESS)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyPage):
    """What people were told at once."""

    list_display = ("user", "kind", "by", "about_type", "about_id", "created_at", "read_at")
    list_select_related = ("user", "by", "about_type")
    list_filter = ("kind",)
    date_hierarchy = "created_at"
    exclude = ("words",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return within_regions_of(request.user, super().get_queryset(request), field="user__region")
