"""A memorandum that grows old: it stays in force, becomes a contract, or is closed."""

from datetime import date
from typing import cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.reminders.forms import AnswerForm, ReasonForm, not_before
from crm.reminders.registry import Answered, Asked, answer
from crm.shared.formats import format_day
from crm.shared.forms import DateInput
from crm.shared.registries import find_visible
from leads.deals.choices import Stage
from leads.deals.models import Memorandum
from leads.deals.services import close_memorandum, leave_memorandum, move_deal

RULE = "memorandum_age"


class ExtendForm(AnswerForm):
    expires_on = forms.DateField(
        label=_("New day of expiry"),
        widget=DateInput(),
        required=False,
        help_text=_("Blank: it stays in force as it is."),
    )

    def clean_expires_on(self) -> date | None:
        day: date | None = self.cleaned_data["expires_on"]
        return not_before(day, self.asked.on) if day else None


@answer(RULE, "extend", label=_("It stays in force"), form=ExtendForm, position=10)
def extend(asked: Asked) -> Answered:
    memorandum = _find(asked)
    leave_memorandum(memorandum, by=asked.user, on=asked.on, expires_on=asked.values["expires_on"])
    again = format_day(memorandum.ask_again_on or asked.on)
    words = {"deal": memorandum.deal.title, "day": again}
    return Answered(message=gettext("In force, asked again on %(day)s: %(deal)s") % words)


@answer(RULE, "convert", label=_("A contract is made"), position=20)
def convert(asked: Asked) -> Answered:
    """Move the deal to the stage of the contract; what its gate misses is said."""
    deal = _find(asked).deal
    move_deal(deal, by=asked.user, to_stage=Stage.AGREEMENT)
    words = {"deal": deal.title, "stage": deal.get_stage_display()}
    return Answered(message=gettext("Moved to %(stage)s: %(deal)s") % words)


@answer(RULE, "close", label=_("Close it"), form=ReasonForm, position=30)
def close(asked: Asked) -> Answered:
    memorandum = _find(asked)
    close_memorandum(memorandum, by=asked.user, reason=asked.values["reason"])
    return Answered(message=gettext("The memorandum is closed: %(deal)s") % {"deal": memorandum.deal.title})


def _find(asked: Asked) -> Memorandum:
    return cast(Memorandum, find_visible(asked.user, "deals.memorandum", asked.about_id))
