"""What is asked of the owner of a deal on which nothing is done: no first contact, gone quiet, a start that passed."""

from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm.commitments.choices import CommitmentStatus
from crm.commitments.models import Commitment
from crm.documents.models import Document
from crm.meetings.models import Meeting
from crm.notes.models import Note
from crm.reminders.asking import Asking, Threshold
from crm.reminders.choices import Urgency
from crm.reminders.registry import Item, Questions, rule
from crm.shared.formats import format_day
from crm.shared.together import Rows
from leads.deals.choices import Stage
from leads.deals.models import Deal
from leads.deals.queries import QUIET_AFTER, active_deals, deals_gone_quiet
from leads.deals.reminder_rules.common import COLUMNS, LABEL, deal_item

BEFORE_START = (Stage.LEAD, Stage.QUALIFIED, Stage.NEGOTIATION, Stage.MEMORANDUM, Stage.AGREEMENT)


@rule(
    "first_contact",
    title=_("First contact"),
    position=60,
    about=LABEL,
    thresholds={"days": Threshold(3, _("working days past the return"))},
)
def deals_to_contact(asking: Asking) -> Questions:
    """Ask the owner of a new deal, 3 working days after the return or its making, whether the first contact is made."""
    back = asking.days_ago("first_contact.days")
    returned = Q(delegation__end_date__isnull=True) | asking.on_or_before("delegation__end_date", back)
    new = asking.about(active_deals(Deal.objects.filter(stage=Stage.LEAD, owner__in=asking.user_ids)), LABEL)
    waiting = _without_contact(new.filter(asking.moment_before("created_at", back), returned))
    (deals,) = yield (Rows(waiting, (*COLUMNS, "created_at", "delegation__end_date")),)
    for deal in deals:
        made = asking.local_day(deal.created_at, deal.region_id)
        since = max(made, deal.delegation__end_date or made)
        why = lazy_no_contact(since, asking.on)
        yield deal_item("first_contact", deal, deal.owner_id, why, Urgency.TODAY, asking, due=since, gives_way=True)


def _without_contact(deals: QuerySet[Deal]) -> QuerySet[Deal]:
    """Leave out deals with a note, a letter, a kept commitment, or a meeting whose outcome was logged since."""
    about = {"about_type": ContentType.objects.get_for_model(Deal), "about_id": OuterRef("pk"), "archived_at": None}
    met = Meeting.objects.active().filter(deals=OuterRef("pk"), outcome_logged_at__gt=OuterRef("created_at"))
    return deals.filter(
        ~Exists(Note.objects.filter(**about)),
        ~Exists(Document.objects.filter(**about)),
        ~Exists(Commitment.objects.filter(**about, status=CommitmentStatus.KEPT)),
        ~Exists(met),
    )


@rule(
    "gone_quiet",
    title=_("Gone quiet"),
    position=90,
    about=LABEL,
    thresholds={stage: Threshold(days, Stage(stage).label) for stage, days in QUIET_AFTER.items()},
)
def deals_to_wake(asking: Asking) -> Questions:
    """Ask the owner of a deal without activity for at least its stage's working days whether it is still alive."""
    quiet = asking.about(deals_gone_quiet(asking), LABEL).filter(owner__in=asking.user_ids)
    (deals,) = yield (Rows(quiet, (*COLUMNS, "last_activity_at")),)
    for deal in deals:
        last = asking.local_day(deal.last_activity_at, deal.region_id)
        why = lazy_quiet(last, asking.on)
        yield deal_item("gone_quiet", deal, deal.owner_id, why, Urgency.QUIET, asking, due=last, gives_way=True)


@rule(
    "start_passed",
    title=_("Expected start has passed"),
    position=70,
    about=LABEL,
    thresholds={"days": Threshold(0, _("working days past the expected start"))},
)
def starts_to_confirm(asking: Asking) -> Questions:
    """Ask owner and managers about a deal whose expected start has passed, and which has not started."""
    passed = asking.about(active_deals(Deal.objects.filter(stage__in=BEFORE_START)), LABEL).filter(
        asking.on_or_before("expected_start", asking.days_ago("start_passed.days")),
        expected_start__lt=asking.on,
        started_on__isnull=True,
    )
    columns = (*COLUMNS, "expected_start")
    own, of_regions = yield (
        Rows(passed.filter(owner__in=asking.user_ids), columns),
        asking.of_managers(passed, "expected_start", "pk", columns=columns),
    )
    for deal in own:
        yield _start_item(deal, deal.owner_id, asking)
    for deal in of_regions:
        for manager in asking.managers[deal.region_id]:
            if manager != deal.owner_id:
                yield _start_item(deal, manager, asking, person=deal.owner__full_name or "")
    yield from asking.more_for_managers(of_regions, Urgency.OVERDUE)


def _start_item(deal: Any, owner: int, asking: Asking, *, person: str = "") -> Item:
    why = lazy_start(deal.expected_start)
    return deal_item("start_passed", deal, owner, why, Urgency.OVERDUE, asking, due=deal.expected_start, person=person)


def no_contact(since: date, on: date) -> str:
    days = (on - since).days
    return ngettext("%(count)s day without a contact", "%(count)s days without a contact", days) % {"count": days}


def quiet_words(last: date, on: date) -> str:
    days = (on - last).days
    return ngettext("%(count)s day without movement", "%(count)s days without movement", days) % {"count": days}


def start_words(expected: date) -> str:
    return gettext("was to start on %(day)s") % {"day": format_day(expected)}


lazy_no_contact = lazy(no_contact, str)
lazy_quiet = lazy(quiet_words, str)
lazy_start = lazy(start_words, str)
