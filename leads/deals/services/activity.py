"""When something was last done about a deal. Lower apps (notes, commitments, meetings) tell through the registry."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.audit.services import update_record
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


@transaction.atomic
def note_aftercare(deal: Deal, *, by: User | None, on: date) -> Deal:
    """Remember that the investor was visited on the day ``on``, after the start; an earlier visit changes nothing."""
    require_writer(by, deal.region)
    if deal.aftercare_on is None or deal.aftercare_on < on:
        update_record(deal, by=by, changes={"aftercare_on": on})
    return record_activity(deal, at=timezone.now())
