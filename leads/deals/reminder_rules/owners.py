"""What is asked about deals that nobody follows: without owner or next step; and of the owner of a realised one."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.commitments.choices import OWED, CommitmentSide
from crm.commitments.models import Commitment
from crm.reminders.asking import Asking, Threshold
from crm.reminders.choices import Urgency
from crm.reminders.registry import Questions, rule
from crm.shared.together import Rows
from leads.deals.choices import Stage
from leads.deals.models import Deal
from leads.deals.queries import active_deals
from leads.deals.reminder_rules.common import COLUMNS, LABEL, deal_item


@rule(
    "nobody_owns_it",
    title=_("Without an owner or a next step"),
    position=45,
    about=LABEL,
    thresholds={"days": Threshold(1, _("working days without an owner or a next step"))},
)
def deals_to_assign(asking: Asking) -> Questions:
    """Ask the managers about deals that have had no active owner, or no open next step, for a working day."""
    if not asking.managers:
        return
    back = asking.days_ago("nobody_owns_it.days")
    steps = Commitment.objects.active().filter(
        about_type=ContentType.objects.get_for_model(Deal), about_id=OuterRef("pk"), side=CommitmentSide.OURS
    )
    # What waits for a body is asked about by another rule; what was closed a moment ago leaves a day's time.
    followed = Exists(steps.filter(Q(status__in=OWED) | ~asking.moment_before("updated_at", back)))
    unowned = Q(owner__isnull=True) | Q(owner__is_active=False)
    deals = asking.about(active_deals(Deal.objects.exclude(stage=Stage.REALISED)), LABEL)
    lost_sight_of = deals.filter(asking.moment_before("updated_at", back)).filter(unowned | ~followed)
    columns = (*COLUMNS, "updated_at", "owner__is_active")
    (found,) = yield (asking.of_managers(lost_sight_of, "updated_at", "pk", columns=columns),)
    for deal in found:
        why = _("no next step") if deal.owner__is_active else _("nobody answers for it")
        day = asking.local_day(deal.updated_at, deal.region_id)
        person = deal.owner__full_name if deal.owner__is_active else ""
        for manager in asking.managers[deal.region_id]:
            yield deal_item("nobody_owns_it", deal, manager, why, Urgency.TODAY, asking, due=day, person=person)
    yield from asking.more_for_managers(found, Urgency.TODAY)


@rule(
    "aftercare",
    title=_("Aftercare"),
    position=120,
    about=LABEL,
    thresholds={"days": Threshold(180, _("days of the calendar between visits after the start"), by_calendar=True)},
)
def investors_to_visit(asking: Asking) -> Questions:
    """Ask the owner 180 days after realisation, and 180 days after each visit from then on, to see the investor."""
    back = asking.days_ago("aftercare.days")
    realised = asking.about(active_deals(Deal.objects.filter(stage=Stage.REALISED)), LABEL)
    due = realised.filter(
        asking.moment_before("stage_entered_at", back),
        Q(aftercare_on__isnull=True) | asking.on_or_before("aftercare_on", back),
        owner__in=asking.user_ids,
    )
    (deals,) = yield (Rows(due, (*COLUMNS, "stage_entered_at", "aftercare_on")),)
    for deal in deals:
        last = deal.aftercare_on or asking.local_day(deal.stage_entered_at, deal.region_id)
        why = lazy_unvisited(last, asking.on)
        yield deal_item("aftercare", deal, deal.owner_id, why, Urgency.WEEK, asking, due=last)


def unvisited(last: date, on: date) -> str:
    days = (on - last).days
    return ngettext("%(count)s day without a visit", "%(count)s days without a visit", days) % {"count": days}


lazy_unvisited = lazy(unvisited, str)
