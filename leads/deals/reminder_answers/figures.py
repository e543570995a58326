"""Figures: still right, proven, confirmed by a second person."""

from typing import cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.reminders.forms import AnswerForm
from crm.reminders.registry import Answered, Asked, answer
from crm.shared.errors import InvalidRecord
from crm.shared.registries import find_visible
from leads.deals.choices import ValueKind
from leads.deals.models import DealValue
from leads.deals.reminder_answers.common import deal_of
from leads.deals.services import check_value, confirm_value, prove_value


class EvidenceForm(AnswerForm):
    evidence = forms.CharField(
        label=_("Evidence (paper)"),
        max_length=2000,
        help_text=_("Which paper or sentence says so: number and date of the act, of the agreement."),
    )


@answer("unverified", "still_right", label=_("Still right"), position=10)
def say_still_right(asked: Asked) -> Answered:
    value = cast(DealValue, find_visible(asked.user, "deals.dealvalue", asked.about_id))
    check_value(value, by=asked.user, on=asked.on)
    return Answered(message=gettext("Still right: %(deal)s") % {"deal": value.deal.title})


@answer("realised_unproven", "prove", label=_("Name the paper"), form=EvidenceForm, position=10)
def name_evidence(asked: Asked) -> Answered:
    value = _realised(asked)
    prove_value(value, by=asked.user, evidence=asked.values["evidence"])
    return Answered(message=gettext("The paper is noted: %(deal)s") % {"deal": value.deal.title})


@answer("realised_unproven", "confirm", label=_("Confirm"), position=20, to_managers=True)
def confirm_realised(asked: Asked) -> Answered:
    """Confirm the realised figure as a second person; refused to who recorded it, and without evidence."""
    value = _realised(asked)
    confirm_value(value, by=asked.user)
    return Answered(message=gettext("Confirmed: %(deal)s") % {"deal": value.deal.title})


def _realised(asked: Asked) -> DealValue:
    """Return the newest realised figure of the deal that waits. Raises ``InvalidRecord`` where there is none."""
    waiting = DealValue.objects.active().filter(deal=deal_of(asked), kind=ValueKind.REALISED, confirmed_at__isnull=True)
    found = waiting.select_related("deal__region").order_by("-date", "-pk").first()
    if found is None:
        raise InvalidRecord(gettext("The deal has no realised sum yet: enter it on the page of the deal."))
    return found
