"""A deal that nobody follows, and the visits after the start."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.accounts.queries import assignable_users
from crm.commitments.services import create_commitment
from crm.reminders.forms import AnswerForm, not_before
from crm.reminders.registry import Answered, Asked, answer
from crm.reminders.services import put_off
from crm.shared.formats import format_day
from crm.shared.forms import DateInput
from leads.deals.reminder_answers.common import HeldForm, deal_of, note_line
from leads.deals.services import assign_deal, note_aftercare


class AssignForm(AnswerForm):
    """Who answers for it, and what that person does first."""

    owner = forms.ModelChoiceField(User.objects.none(), label=_("Owner"))
    next_step = forms.CharField(label=_("Next step"), max_length=500, required=False)
    next_due = forms.DateField(label=_("Due date of the next step"), widget=DateInput(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["owner"]
        field.queryset = assignable_users(self.asked.user)
        field.initial = deal_of(self.asked).owner_id

    def clean_next_due(self) -> date | None:
        day: date | None = self.cleaned_data["next_due"]
        return not_before(day, self.asked.on) if day else None

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("next_step") and "next_due" not in self.errors and not given.get("next_due"):
            self.add_error("next_due", gettext("Give a date."))
        return given


class LaterVisitForm(AnswerForm):
    until = forms.DateField(label=_("New day of the visit"), widget=DateInput())

    def clean_until(self) -> date:
        return not_before(self.cleaned_data["until"], self.asked.on)


@answer("nobody_owns_it", "assign", label=_("Assign"), form=AssignForm, position=10, to_managers=True)
@answer("first_contact", "reassign", label=_("Hand it over"), form=AssignForm, position=20, to_managers=True)
def assign(asked: Asked) -> Answered:
    """Give the deal its owner and, where one is named, the next step."""
    deal, given = deal_of(asked), asked.values
    owner = given["owner"]
    if deal.owner_id != owner.pk:
        assign_deal(deal, by=asked.user, owner=owner)
    if given["next_step"]:
        create_commitment(
            by=asked.user, about=deal, text=given["next_step"], due_date=given["next_due"], executor=owner
        )
    return Answered(message=gettext("%(deal)s: %(owner)s answers for it") % {"deal": deal.title, "owner": owner})


@answer("aftercare", "visited", label=_("Visited"), form=HeldForm, position=10)
def note_visit(asked: Asked) -> Answered:
    deal, day = deal_of(asked), asked.values["on"]
    note_aftercare(deal, by=asked.user, on=day)
    note_line(deal, asked, day=day)
    return Answered(message=gettext("Visited on %(day)s: %(deal)s") % {"deal": deal.title, "day": format_day(day)})


@answer("aftercare", "moved", label=_("Visit later"), form=LaterVisitForm, position=20)
def move_visit(asked: Asked) -> Answered:
    deal, until = deal_of(asked), asked.values["until"]
    put_off(asked.user, rule=asked.rule, about_id=deal.pk, until=until, on=asked.on)
    words = {"deal": deal.title, "day": format_day(until)}
    return Answered(message=gettext("Visit on %(day)s: %(deal)s") % words, undo="ask_again")
