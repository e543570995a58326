"""How a meeting went, and what follows for its deal."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.meetings.choices import Outcome
from crm.meetings.models import Meeting
from crm.reminders.forms import DoneForm
from crm.reminders.registry import Answered, Asked, answer
from crm.shared.registries import find_visible
from leads.deals.queries import active_deals, deals_visible_to
from leads.deals.services import log_meeting_outcome


class OutcomeAnswerForm(DoneForm):
    """How the meeting went, and the next step where there is one."""

    proof = None  # type: ignore[assignment]
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=[choice for choice in Outcome.choices if choice[0] != Outcome.AWAITED],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the outcome.")},
    )
    note = forms.CharField(label=_("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    field_order = ["outcome", "next_step", "next_due", "note"]


@answer("outcome_awaited", "log", label=_("Log the outcome"), form=OutcomeAnswerForm, position=10)
def log_outcome(asked: Asked) -> Answered:
    """Log how the meeting went; the next step goes to the latest active deal of the meeting, else to the meeting."""
    meeting, given = _meeting(asked), asked.values
    deals = active_deals(deals_visible_to(asked.user)).filter(meetings=meeting).select_related("owner", "region")
    log_meeting_outcome(
        meeting,
        by=asked.user,
        outcome=given["outcome"],
        note=given["note"],
        next_step=given["next_step"],
        next_step_due=given["next_due"],
        deal=deals.first(),
    )
    return _logged(meeting)


@answer("outcome_awaited", "did_not_take_place", label=_("Did not take place"), position=20)
def note_not_held(asked: Asked) -> Answered:
    meeting = _meeting(asked)
    log_meeting_outcome(meeting, by=asked.user, outcome=Outcome.DID_NOT_TAKE_PLACE)
    return _logged(meeting)


def _logged(meeting: Meeting) -> Answered:
    return Answered(message=f"{meeting.subject}: {meeting.get_outcome_display()}")


def _meeting(asked: Asked) -> Meeting:
    return cast(Meeting, find_visible(asked.user, "meetings.meeting", asked.about_id))
