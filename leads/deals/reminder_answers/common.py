"""What the answers share."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.notes.services import create_note
from crm.reminders.forms import AnswerForm
from crm.reminders.registry import Asked
from crm.shared.formats import format_day
from crm.shared.forms import DateInput
from crm.shared.registries import find_visible
from leads.deals.models import Deal


class HeldForm(AnswerForm):
    """On which day, not in the future, and what came of it in one line."""

    on = forms.DateField(label=gettext_lazy("On which day"), widget=DateInput())
    line = forms.CharField(label=gettext_lazy("With whom, and what came of it"), max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = self.asked.on
        self.fields["on"].widget.attrs["max"] = self.asked.on.isoformat()

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.asked.on:
            raise forms.ValidationError(_("This day is yet to come."))
        return day


def deal_of(asked: Asked) -> Deal:
    return cast(Deal, find_visible(asked.user, "deals.deal", asked.about_id))


def note_line(deal: Deal, asked: Asked, *, day: date | None = None) -> None:
    """Keep the line of the answer as a note of the deal, with the day it is about."""
    line = asked.values["line"]
    create_note(by=asked.user, about=deal, text=f"{format_day(day)}: {line}" if day else line)
