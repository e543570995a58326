"""What is asked about deals: whether one that has gone quiet is still alive."""

from collections.abc import Iterator
from datetime import date
from typing import cast
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm.notes.services import create_note
from crm.reminders.choices import Urgency
from crm.reminders.registry import Answered, Asked, Asking, Item, answer, rule
from crm.shared.errors import InvalidRecord
from crm.shared.registries import find_visible
from leads.deals.models import Deal
from leads.deals.queries import deals_gone_quiet
from leads.deals.services import mark_dormant, reopen_deal


@rule("gone_quiet", title=_("Gone quiet"), position=30)
def deals_to_wake(asking: Asking) -> Iterator[Item]:
    """Ask the owner of a deal without activity for at least its stage's working days whether it is still alive."""
    quiet = deals_gone_quiet(on=asking.on, calendars=asking.calendars).filter(owner__isnull=False)
    if asking.users is not None:
        quiet = quiet.filter(owner__in=asking.user_ids)
    for deal in quiet.select_related("region__parent", "company").order_by("last_activity_at", "pk"):
        assert deal.owner_id is not None  # noqa: S101 - told to the type checker: filtered above
        last = timezone.localdate(deal.last_activity_at, ZoneInfo(deal.region.time_zone))
        yield Item(
            rule="gone_quiet",
            owner_id=deal.owner_id,
            about=("deals.deal", deal.pk),
            title=deal.title,
            why=lazy_why(last, asking.on),
            url=deal.get_absolute_url(),
            urgency=Urgency.QUIET,
            seen_from=deal.region.line,
            due=last,
            context=deal.company.name if deal.company else "",
            answers=("still_alive", "dormant"),
        )


def why(last: date, on: date) -> str:
    days = (on - last).days
    return ngettext("%(count)s day without movement", "%(count)s days without movement", days) % {"count": days}


lazy_why = lazy(why, str)


@answer("gone_quiet", "still_alive", label=_("Still alive"))
def note_alive(asked: Asked) -> Answered:
    """Keep the line that says what is new as a note, which is activity. Raises ``InvalidRecord`` without one."""
    deal = _find(asked)
    create_note(by=asked.user, about=deal, text=_line(asked))
    return Answered(message=gettext("Noted: %(deal)s is alive") % {"deal": deal.title})


@answer("gone_quiet", "dormant", label=_("Dormant"))
def let_rest(asked: Asked) -> Answered:
    """Put the deal to rest for the reason given in the line; nobody is asked about it until it is reopened."""
    deal = _find(asked)
    mark_dormant(deal, by=asked.user, reason=_line(asked))
    return Answered(message=gettext("Put to rest: %(deal)s") % {"deal": deal.title}, undo="reopen")


@answer("gone_quiet", "reopen", label=_("Undo"), is_undo=True)
def wake(asked: Asked) -> Answered:
    deal = _find(asked)
    reopen_deal(deal, by=asked.user)
    return Answered(message=gettext("Under way again: %(deal)s") % {"deal": deal.title})


def _find(asked: Asked) -> Deal:
    return cast(Deal, find_visible(asked.user, "deals.deal", asked.about_id))


def _line(asked: Asked) -> str:
    line = asked.values.get("line", "").strip()
    if not line:
        message = gettext("Say in one line what is new, or why the deal rests.")
        raise InvalidRecord(message, fields={"line": message})
    return line
