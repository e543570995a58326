"""What may be answered when a letter has had no answer."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.documents.models import Document
from crm.documents.services import enter_answer, repeat_letter
from crm.reminders.forms import AnswerForm, not_before
from crm.reminders.registry import Answered, Asked, answer
from crm.shared.formats import format_day
from crm.shared.forms import DateInput
from crm.shared.registries import find_visible

RULE = "letter_unanswered"


class LetterForm(AnswerForm):
    """Number and date of a letter, which is not of the future."""

    number = forms.CharField(label=_("Number"), max_length=60)
    day = forms.DateField(label=_("Date"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = self.asked.on

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if day > self.asked.on:
            raise forms.ValidationError(gettext("This day is yet to come."))
        return day


class RepeatForm(LetterForm):
    reply_due = forms.DateField(label=_("Reply due"), widget=DateInput())

    def clean_reply_due(self) -> date:
        return not_before(self.cleaned_data["reply_due"], self.asked.on)


@answer(RULE, "answered", label=_("Answered"), form=LetterForm, position=10)
def note_answer(asked: Asked) -> Answered:
    letter, given = _find(asked), asked.values
    enter_answer(letter, by=asked.user, number=given["number"], date=given["day"])
    words = {"letter": letter.title, "number": given["number"], "day": format_day(given["day"])}
    return Answered(message=gettext("Answered by no. %(number)s of %(day)s: %(letter)s") % words)


@answer(RULE, "repeat", label=_("Repeat the letter"), form=RepeatForm, position=20)
def note_repeated(asked: Asked) -> Answered:
    letter, given = _find(asked), asked.values
    repeat_letter(letter, by=asked.user, number=given["number"], date=given["day"], reply_due=given["reply_due"])
    words = {"letter": letter.title, "number": given["number"], "day": format_day(given["reply_due"])}
    return Answered(message=gettext("Repeated by no. %(number)s, reply due on %(day)s: %(letter)s") % words)


def _find(asked: Asked) -> Document:
    return cast(Document, find_visible(asked.user, "documents.document", asked.about_id))
