"""The outcome of a meeting, and what follows from it for the deal."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from crm.accounts.models import User
from crm.commitments.queries import next_steps_of
from crm.commitments.services import create_commitment, postpone_commitment
from crm.meetings.models import Meeting
from crm.meetings.services import log_outcome
from leads.deals.models import Deal
from leads.deals.services.activity import record_activity
from leads.deals.services.moves import mark_dormant, move_deal


@transaction.atomic
def log_meeting_outcome(
    meeting: Meeting,
    *,
    by: User,
    outcome: str,
    note: str = "",
    next_step: str = "",
    next_step_due: date | None = None,
    deal: Deal | None = None,
    to_stage: str = "",
    rest: bool = False,
    expected_version: int | None = None,
) -> Meeting:
    """Log how the meeting went and, in the same transaction, what follows.

    ``next_step`` becomes a commitment of ours about ``deal`` (about the meeting where there is none) for its owner;
    where it is the open next step still, that one gets the new day. ``to_stage`` moves the deal through its gate,
    ``rest`` puts it to rest with the note, else the outcome, as the reason. Every deal of the meeting gets its
    activity. Raises what ``log_outcome``, ``move_deal`` and ``mark_dormant`` raise; then nothing is written.
    """
    log_outcome(meeting, by=by, outcome=outcome, note=note, expected_version=expected_version)
    if next_step:
        _set_next_step(deal or meeting, by=by, text=next_step, due_date=next_step_due)
    if deal and to_stage:
        move_deal(deal, by=by, to_stage=to_stage, reason=note)
    if deal and rest:
        mark_dormant(deal, by=by, reason=note[:300] or meeting.get_outcome_display())
    if deal:
        record_activity(deal, at=timezone.now())
    return meeting


def _set_next_step(record: Deal | Meeting, *, by: User, text: str, due_date: date | None) -> None:
    standing = next_steps_of([record]).get(record.pk)
    if standing and due_date and standing.text == " ".join(text.split()):
        postpone_commitment(standing, by=by, due_date=due_date)
    else:
        create_commitment(by=by, about=record, text=text, due_date=due_date, executor=record.owner or by)
