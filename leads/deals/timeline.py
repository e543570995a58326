"""What happened to a deal, for its timeline; and how lower apps tell that something did. One query each."""

from collections.abc import Iterator
from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.meetings.models import Meeting
from crm.shared.formats import format_money, format_number
from crm.shared.registries import TimelineEntry, activity, timeline
from leads.deals.gates import labels_of
from leads.deals.models import Deal, DealValue
from leads.deals.services import record_activity, record_meeting_activity

activity.register("deals.deal")(record_activity)
activity.register("meetings.meeting")(record_meeting_activity)


@timeline.register("deals.deal", position=10)
def stage_changes(deal: Deal, user: User) -> Iterator[TimelineEntry]:
    """The stages that the deal went through, and when it came to rest; that it was made is in the log."""
    for change in deal.stage_changes.exclude(from_stage="").select_related("by"):
        reasons = [change.reason]
        if change.missing:
            reasons.append(_("Passed without: %(fields)s.") % {"fields": ", ".join(labels_of(change.missing))})
        yield TimelineEntry(
            at=change.at,
            icon="circle-pause" if change.health else "move-right",
            title=str(change),
            body="\n".join(filter(None, reasons)),
            by=str(change.by or ""),
        )


@timeline.register("deals.deal", position=20)
def meetings(deal: Deal, user: User) -> Iterator[TimelineEntry]:
    """The meetings of the deal, on the day they were held."""
    for meeting in deal.meetings.filter(archived_at__isnull=True).select_related("owner", "region"):
        yield TimelineEntry(
            at=_moment_of(meeting),
            icon="users",
            title=_("Meeting: %(subject)s") % {"subject": meeting.subject},
            body=": ".join(filter(None, [str(meeting.get_outcome_display()), meeting.outcome_note])),
            url=meeting.get_absolute_url(),
            by=str(meeting.owner or ""),
        )


@timeline.register("deals.deal", position=30)
def figures(deal: Deal, user: User) -> Iterator[TimelineEntry]:
    """The figures when they were recorded, and when they were confirmed."""
    recorded = deal.values.filter(archived_at__isnull=True)
    for value in recorded.select_related("currency", "recorded_by", "confirmed_by"):
        figure = f"{value.get_kind_display()}: {_in_words(value)}"
        yield TimelineEntry(value.created_at, "banknote", figure, value.evidence, by=str(value.recorded_by or ""))
        if value.confirmed_at:
            title = _("Confirmed. %(figure)s") % {"figure": figure}
            yield TimelineEntry(value.confirmed_at, "badge-check", title, by=str(value.confirmed_by))


@timeline.register("deals.deal", position=40)
def memoranda(deal: Deal, user: User) -> Iterator[TimelineEntry]:
    """The memoranda when they were recorded."""
    for paper in deal.memoranda.filter(archived_at__isnull=True).select_related("answerable"):
        title = _("Memorandum: %(parties)s") % {"parties": paper.parties}
        yield TimelineEntry(paper.created_at, "signature", title, paper.next_milestone, by=str(paper.answerable))


def _moment_of(meeting: Meeting) -> datetime:
    if meeting.date is None:
        return meeting.created_at
    return datetime.combine(meeting.date, meeting.time or time(12), tzinfo=ZoneInfo(meeting.region.time_zone))


def _in_words(value: DealValue) -> str:
    parts = [format_money(value.amount, value.currency.code)] if value.amount is not None and value.currency else []
    if value.jobs is not None:
        parts.append(_("jobs: %(count)s") % {"count": format_number(value.jobs)})
    return ", ".join(parts)
