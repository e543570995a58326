"""When something was last done about a deal. Lower apps (notes, commitments, meetings) tell through the registry."""

from datetime import datetime

from crm.meetings.models import Meeting
from leads.deals.models import Deal


def record_activity(deal: Deal, *, at: datetime) -> Deal:
    """Remember that something was done about the deal at that time, unless something later is known.

    Derived data: what was done has its own audit event, so neither version nor history nor log takes notice.
    """
    if Deal.objects.filter(pk=deal.pk, last_activity_at__lt=at).update(last_activity_at=at):
        deal.last_activity_at = at
    return deal


def record_meeting_activity(meeting: Meeting, *, at: datetime) -> None:
    """Remember for each deal of the meeting that something was done."""
    for deal in meeting.deals.all():
        record_activity(deal, at=at)
