"""What is asked about memoranda: at 90, 180 and 365 days of age, and before they expire."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm.reminders.asking import Asking, Threshold
from crm.reminders.choices import Urgency
from crm.reminders.registry import Item, Questions, rule
from crm.shared.about import address_of
from crm.shared.formats import format_day
from crm.shared.together import Rows
from leads.deals.choices import Health, Stage
from leads.deals.models import Memorandum
from leads.deals.queries import MEMORANDUM_AGES
from leads.deals.reminder_rules.common import LABEL

MEMORANDUM = "deals.memorandum"
COLUMNS = (
    *("pk", "parties", "signed_on", "expires_on", "answerable_id", "answerable__full_name"),
    *("deal_id", "deal__title", "deal__region_id"),
)
#: Once a contract is made the memorandum has done its work.
BEFORE_CONTRACT = (Stage.LEAD, Stage.QUALIFIED, Stage.NEGOTIATION, Stage.MEMORANDUM)


@rule(
    "memorandum_age",
    title=_("Age of a memorandum"),
    position=100,
    about=MEMORANDUM,
    thresholds={
        **{name: Threshold(days, label, by_calendar=True) for name, (days, label) in MEMORANDUM_AGES.items()},
        "expiry": Threshold(30, _("days of the calendar before it expires"), by_calendar=True),
    },
)
def memoranda_to_move(asking: Asking) -> Questions:
    """Ask who answers for a memorandum, and the managers, what becomes of it.

    From the first age on until somebody answers; then from the day on that the answer leaves for the next question
    (``ask_again_on``: the next age, or so many days before the expiry).
    """
    ahead = asking.days_ahead("memorandum_age.expiry")
    old = asking.on_or_before("signed_on", asking.days_ago("memorandum_age.first"), region="deal__region")
    expiring = asking.on_or_before("expires_on", ahead, region="deal__region")
    newer = Memorandum.objects.active().filter(deal=OuterRef("deal"), signed_on__gt=OuterRef("signed_on"))
    waiting = asking.about(Memorandum.objects.active(), MEMORANDUM).filter(
        ~Exists(newer),
        Q(ask_again_on__lte=asking.on) | (Q(ask_again_on__isnull=True) & (old | expiring)),
        deal__stage__in=BEFORE_CONTRACT,
        deal__archived_at__isnull=True,
        deal__health__in=[Health.ON_TRACK, Health.DELAYED],
    )
    own, of_regions = yield (
        Rows(waiting.filter(answerable__in=asking.user_ids), COLUMNS),
        asking.of_managers(waiting, "signed_on", "pk", columns=COLUMNS, region="deal__region"),
    )
    for memorandum in own:
        yield _item(memorandum, memorandum.answerable_id, asking)
    for memorandum in of_regions:
        for manager in asking.managers[memorandum.deal__region_id]:
            if manager != memorandum.answerable_id:
                yield _item(memorandum, manager, asking, person=memorandum.answerable__full_name)
    yield from asking.more_for_managers(of_regions, Urgency.WEEK, region="deal__region_id")


def _item(memorandum: Any, owner: int, asking: Asking, *, person: str = "") -> Item:
    expires: date | None = memorandum.expires_on
    notice = timedelta(days=asking.days("memorandum_age.expiry", memorandum.deal__region_id))
    is_near = expires is not None and expires <= asking.on + notice
    return Item(
        rule="memorandum_age",
        owner_id=owner,
        about=(MEMORANDUM, memorandum.pk),
        title=memorandum.deal__title,
        why=lazy_expiry(expires, asking.on) if expires and is_near else lazy_age(memorandum.signed_on, asking.on),
        url=address_of(LABEL, memorandum.deal_id),
        urgency=Urgency.OVERDUE if expires and expires < asking.on else Urgency.WEEK,
        seen_from=asking.line(memorandum.deal__region_id),
        due=expires if is_near else memorandum.signed_on,
        context=memorandum.parties,
        person=person,
        concerns=(LABEL, memorandum.deal_id),
    )


def age_words(signed: date, on: date) -> str:
    days = (on - signed).days
    words = ngettext("memorandum signed %(count)s day ago", "memorandum signed %(count)s days ago", days)
    return words % {"count": days}


def expiry_words(expires: date, on: date) -> str:
    if expires < on:
        return gettext("memorandum expired on %(day)s") % {"day": format_day(expires)}
    return gettext("memorandum expires on %(day)s") % {"day": format_day(expires)}


lazy_age = lazy(age_words, str)
lazy_expiry = lazy(expiry_words, str)
