"""The first contact, a deal that has gone quiet, a start that has passed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.commitments.services import create_commitment
from crm.notes.services import create_note
from crm.reminders.forms import AnswerForm, not_before
from crm.reminders.registry import Answered, Asked, answer
from crm.shared.formats import format_day
from crm.shared.forms import DateInput
from leads.deals.choices import Health
from leads.deals.reminder_answers.common import HeldForm, deal_of, note_line
from leads.deals.services import mark_dormant, mark_lost, reopen_deal, set_health, update_deal


class ContactForm(HeldForm):
    """The first contact, and the next step where one follows."""

    next_step = forms.CharField(label=_("Next step"), max_length=500, required=False)
    next_due = forms.DateField(label=_("Due date of the next step"), widget=DateInput(), required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        day = given.get("next_due")
        if given.get("next_step") and not day and "next_due" not in self.errors:
            self.add_error("next_due", gettext("Give a date."))
        elif day and day < self.asked.on:
            self.add_error("next_due", gettext("This day has passed."))
        return given


class NewStartForm(AnswerForm):
    start = forms.DateField(label=_("New date of the start"), widget=DateInput())
    line = forms.CharField(label=_("What keeps it back"), max_length=500)

    def clean_start(self) -> date:
        return not_before(self.cleaned_data["start"], self.asked.on)


class StartedForm(HeldForm):
    line = forms.CharField(label=_("Which paper shows it"), max_length=500)


class LineForm(AnswerForm):
    """What is new, or why it rests, in one line."""

    line = forms.CharField(
        label=_("What is new, or why it rests"),
        max_length=300,
        error_messages={"required": _("Say in one line what is new, or why the deal rests.")},
    )


class LostForm(AnswerForm):
    reason = forms.CharField(label=_("Why it came to nothing"), max_length=300)
    lost_to = forms.CharField(label=_("To whom, if known"), max_length=200, required=False)


@answer("first_contact", "done", label=_("Contact made"), form=ContactForm, position=10)
def note_contact(asked: Asked) -> Answered:
    """Keep the first contact as a note, and write the next step down where one is named."""
    deal, given = deal_of(asked), asked.values
    note_line(deal, asked, day=given["on"])
    if given["next_step"]:
        create_commitment(by=asked.user, about=deal, text=given["next_step"], due_date=given["next_due"])
    return Answered(message=gettext("Contact made: %(deal)s") % {"deal": deal.title})


@answer("gone_quiet", "still_alive", label=_("Still alive"), form=LineForm, position=10)
def note_alive(asked: Asked) -> Answered:
    """Keep the line that says what is new as a note, which is activity."""
    deal = deal_of(asked)
    create_note(by=asked.user, about=deal, text=asked.values["line"])
    return Answered(message=gettext("Noted: %(deal)s is alive") % {"deal": deal.title})


@answer("gone_quiet", "dormant", label=_("Put to rest"), form=LineForm, position=20)
def let_rest(asked: Asked) -> Answered:
    """Put the deal to rest for the reason given in the line; nobody is asked about it until it is reopened."""
    deal = deal_of(asked)
    mark_dormant(deal, by=asked.user, reason=asked.values["line"])
    return Answered(message=gettext("Put to rest: %(deal)s") % {"deal": deal.title}, undo="reopen")


@answer("gone_quiet", "lost", label=_("Close as lost"), form=LostForm, position=30)
def close_lost(asked: Asked) -> Answered:
    deal = deal_of(asked)
    mark_lost(deal, by=asked.user, reason=asked.values["reason"], lost_to=asked.values["lost_to"])
    return Answered(message=gettext("Closed as lost: %(deal)s") % {"deal": deal.title}, undo="reopen")


@answer("gone_quiet", "reopen", label=_("Undo"), is_undo=True)
def wake(asked: Asked) -> Answered:
    deal = deal_of(asked)
    reopen_deal(deal, by=asked.user)
    return Answered(message=gettext("Under way again: %(deal)s") % {"deal": deal.title})


@answer("start_passed", "started", label=_("It has started"), form=StartedForm, position=10)
def note_started(asked: Asked) -> Answered:
    """Write the day of the start down, with the paper that shows it."""
    deal, day = deal_of(asked), asked.values["on"]
    update_deal(deal, by=asked.user, started_on=day)
    note_line(deal, asked, day=day)
    words = {"deal": deal.title, "day": format_day(day)}
    return Answered(message=gettext("Started on %(day)s: %(deal)s") % words)


@answer("start_passed", "new_date", label=_("New date"), form=NewStartForm, position=20)
def note_new_start(asked: Asked) -> Answered:
    """Give the start another day with the cause; the deal is delayed from now on."""
    deal, day = deal_of(asked), asked.values["start"]
    update_deal(deal, by=asked.user, expected_start=day)
    if deal.health == Health.ON_TRACK:
        set_health(deal, by=asked.user, health=Health.DELAYED)
    note_line(deal, asked)
    words = {"deal": deal.title, "day": format_day(day)}
    return Answered(message=gettext("Start expected on %(day)s: %(deal)s") % words)
