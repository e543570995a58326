"""Which deals wait for something: gone quiet after so many days, or with a memorandum of some age."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.reference.models import Region
from crm.reference.queries import calendar_of
from crm.reminders.asking import Asking
from crm.reminders.queries import days_in_force
from leads.deals.choices import RESTING, Stage
from leads.deals.models import Deal, Memorandum

#: Working days without activity after which a deal of the stage has gone quiet, unless its region decides otherwise.
QUIET_AFTER: Mapping[str, int] = {
    Stage.LEAD: 7,
    Stage.QUALIFIED: 30,
    Stage.NEGOTIATION: 45,
    Stage.MEMORANDUM: 30,
    Stage.AGREEMENT: 30,
    Stage.IMPLEMENTATION: 60,
}
#: Days of the calendar after signing at which it is asked what becomes of a memorandum, and what they are called.
MEMORANDUM_AGES: Mapping[str, tuple[int, Any]] = {
    "first": (90, _("days of the calendar after signing, the first time")),
    "second": (180, _("days of the calendar after signing, the second time")),
    "third": (365, _("days of the calendar after signing, the third time, and from then on")),
}


def quiet_cutoffs(region: Region, *, on: date) -> dict[str, date]:
    """Return the last day of each stage that is far enough back: its working days have passed until ``on``."""
    calendar, days = calendar_of(region), days_in_force(region)
    return {stage: calendar.days_back(on, days[f"gone_quiet.{stage}"]) for stage in QUIET_AFTER}


def is_quiet(cutoffs: Mapping[str, date], zone: ZoneInfo) -> Q:
    """Return the condition "nothing has been done since the stage's cutoff"; days begin in ``zone``."""
    condition = Q()
    for stage, day in cutoffs.items():
        end_of_day = datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone)
        condition |= Q(stage=stage, last_activity_at__lt=end_of_day)
    return condition & ~Q(health__in=RESTING) & Q(archived_at__isnull=True)


def deals_gone_quiet(asking: Asking) -> QuerySet[Deal]:
    """Return the deals of all regions and owners without activity for at least their stage's working days.

    Lost, dormant, realised and archived ones are left out. Working days and midnight are those of the deal's region.
    """
    condition = Q(pk__in=[])
    for stage in QUIET_AFTER:
        condition |= Q(stage=stage) & asking.moment_before("last_activity_at", asking.days_ago(f"gone_quiet.{stage}"))
    return Deal.objects.active().filter(condition).exclude(health__in=RESTING)


def next_question_about(memorandum: Memorandum, *, on: date) -> date:
    """Return when to ask about a memorandum again whose question was answered on the day ``on``.

    At its next age (past the last one: each time as long as between the last two), or before it expires, whichever
    comes first.
    """
    days = days_in_force(memorandum.deal.region)
    ages = sorted(days[f"memorandum_age.{name}"] for name in MEMORANDUM_AGES)
    coming = [day for age in ages if (day := memorandum.signed_on + timedelta(days=age)) > on]
    coming.append(on + timedelta(days=max(ages[-1] - ages[-2], 1)))
    if memorandum.expires_on:
        notice = memorandum.expires_on - timedelta(days=days["memorandum_age.expiry"])
        coming += [day for day in (notice, memorandum.expires_on + timedelta(days=1)) if day > on]
    return min(coming)
