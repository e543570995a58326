"""What may be answered when a visit has no report, and when its members have not told what they agreed."""

from datetime import timedelta
from typing import cast

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm.delegations.models import Delegation
from crm.delegations.queries import debriefs_awaited
from crm.delegations.services import answer_debrief, close_debriefs, close_without_report, remind_of_debriefs
from crm.reminders.forms import ReasonForm
from crm.reminders.registry import Answered, Asked, answer
from crm.reminders.services import put_off
from crm.shared.errors import RecordNotFound
from crm.shared.registries import find_visible

TWO_DAYS = timedelta(days=2)


@answer("report_missing", "no_results", label=_("No results"), form=ReasonForm, position=20)
def close_visit(asked: Asked) -> Answered:
    """Close the visit with the reason why there is nothing to report."""
    delegation = _find(asked)
    close_without_report(delegation, by=asked.user, reason=asked.values["reason"])
    return Answered(message=gettext("Closed without a report: %(visit)s") % {"visit": delegation.title}, undo="reopen")


@answer("report_missing", "reopen", label=_("Undo"), is_undo=True)
def reopen_visit(asked: Asked) -> Answered:
    delegation = _find(asked)
    close_without_report(delegation, by=asked.user, reason="")
    return Answered(message=gettext("The report is awaited again: %(visit)s") % {"visit": delegation.title})


@answer("debrief", "nothing", label=_("I have nothing to tell"), position=10)
def tell_nothing(asked: Asked) -> Answered:
    """Send the user's own form with nothing in it."""
    delegation = _find(asked)
    own = debriefs_awaited(delegation).filter(user=asked.user).first()
    if own is None:
        raise RecordNotFound(gettext("There is no such record."))
    answer_debrief(own, told=[], nothing=True)
    return Answered(message=gettext("Nothing to tell: %(visit)s") % {"visit": delegation.title})


@answer("debrief", "remind", label=_("Remind them"), position=10)
def remind_members(asked: Asked) -> Answered:
    number = remind_of_debriefs(_find(asked), by=asked.user)
    words = ngettext("%(count)s member is reminded by mail.", "%(count)s members are reminded by mail.", number)
    put_off(asked.user, rule=asked.rule, about_id=asked.about_id, until=asked.on + TWO_DAYS, on=asked.on)
    return Answered(message=words % {"count": number})


@answer("debrief", "enough", label=_("Wait no longer"), position=20)
def wait_no_longer(asked: Asked) -> Answered:
    delegation = _find(asked)
    close_debriefs(delegation, by=asked.user)
    return Answered(message=gettext("No more answers are awaited: %(visit)s") % {"visit": delegation.title})


def _find(asked: Asked) -> Delegation:
    return cast(Delegation, find_visible(asked.user, "delegations.delegation", asked.about_id))
