"""What may be answered to a question of any rule: later, not mine, never; and a manager's "it is theirs"."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm.reminders.forms import AnswerForm
from crm.reminders.registry import EVERY_RULE, Answered, Asked, answer
from crm.reminders.services import ask_again, decline, give_back, never_ask, put_off
from crm.shared.formats import format_day
from crm.shared.forms import DateInput

WEEK = timedelta(days=7)


class LaterForm(AnswerForm):
    """From which day on it is asked again: a week from now, unless another is chosen."""

    until = forms.DateField(label=_("Ask me again on"), widget=DateInput())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = self.asked.on + WEEK
        self.fields["until"].widget.attrs["min"] = (self.asked.on + timedelta(days=1)).isoformat()


@answer(EVERY_RULE, "later", label=_("Ask me later"), form=LaterForm, position=80, to_partners=True)
def ask_later(asked: Asked) -> Answered:
    until: date = asked.values["until"]
    put_off(asked.user, rule=asked.rule, about_id=asked.about_id, until=until, on=asked.on)
    return Answered(message=gettext("You are asked again on %(day)s.") % {"day": format_day(until)}, undo="ask_again")


@answer(EVERY_RULE, "not_mine", label=_("Not mine"), position=90, to_partners=True)
def not_mine(asked: Asked) -> Answered:
    decline(asked.user, rule=asked.rule, about_id=asked.about_id)
    return Answered(message=gettext("The manager is asked who it is for."), undo="ask_again")


@answer(EVERY_RULE, "never", label=_("Never about this one"), position=95, to_partners=True)
def never(asked: Asked) -> Answered:
    never_ask(asked.user, rule=asked.rule, about_id=asked.about_id)
    return Answered(message=gettext("You are no more asked about this one."), undo="ask_again")


@answer(EVERY_RULE, "ask_again", label=_("Undo"), is_undo=True, to_partners=True)
def again(asked: Asked) -> Answered:
    ask_again(asked.user, rule=asked.rule, about_id=asked.about_id, on=asked.on)
    return Answered(message=gettext("You are asked about it again."))


@answer(EVERY_RULE, "give_back", label=_("It is theirs"), position=5, to_declined=True)
def it_is_theirs(asked: Asked) -> Answered:
    """Ask those again who declined: the manager says that it is theirs after all."""
    number = give_back(asked.user, rule=asked.rule, about_id=asked.about_id, on=asked.on)
    words = ngettext("%(count)s person is asked again.", "%(count)s people are asked again.", number)
    return Answered(message=words % {"count": number})
