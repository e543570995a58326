"""What is asked about figures: whether they still hold, and whether what is called realised is proven."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from crm.reminders.asking import Asking, Threshold
from crm.reminders.choices import Urgency
from crm.reminders.registry import Item, Questions, rule
from crm.shared.about import address_of
from crm.shared.formats import format_money
from crm.shared.together import Rows
from leads.deals.choices import RESTING, Health, Stage, ValueKind
from leads.deals.models import Deal, DealValue
from leads.deals.reminder_rules.common import COLUMNS, LABEL, deal_item

VALUE = "deals.dealvalue"
VALUE_COLUMNS = (
    *("pk", "kind", "amount", "currency__code", "jobs", "created_at", "confirmed_at", "checked_on"),
    *("deal_id", "deal__title", "deal__owner_id", "deal__region_id"),
)


@rule(
    "unverified",
    title=_("Figures not confirmed"),
    position=110,
    about=VALUE,
    thresholds={"days": Threshold(90, _("days of the calendar since a figure was last confirmed"), by_calendar=True)},
)
def figures_to_confirm(asking: Asking) -> Questions:
    """Ask a deal's owner whether its newest figure still holds, 90 days after somebody last said so."""
    back = asking.days_ago("unverified.days")
    newer = DealValue.objects.active().filter(
        Q(date__gt=OuterRef("date")) | Q(date=OuterRef("date"), pk__gt=OuterRef("pk")), deal=OuterRef("deal")
    )
    stale = asking.about(DealValue.objects.active(), VALUE).filter(
        ~Exists(newer),
        asking.moment_before("created_at", back, region="deal__region"),
        Q(confirmed_at__isnull=True) | asking.moment_before("confirmed_at", back, region="deal__region"),
        Q(checked_on__isnull=True) | asking.on_or_before("checked_on", back, region="deal__region"),
        deal__owner__in=asking.user_ids,
        deal__archived_at__isnull=True,
        deal__health__in=[Health.ON_TRACK, Health.DELAYED],
    )
    (values,) = yield (Rows(stale.exclude(deal__stage=Stage.REALISED), VALUE_COLUMNS),)
    for value in values:
        confirmed = asking.local_day(value.confirmed_at or value.created_at, value.deal__region_id)
        since = max(confirmed, value.checked_on or confirmed)
        yield Item(
            rule="unverified",
            owner_id=value.deal__owner_id,
            about=(VALUE, value.pk),
            title=value.deal__title,
            why=lazy_unconfirmed(since, asking.on),
            url=address_of(LABEL, value.deal_id),
            urgency=Urgency.WEEK,
            seen_from=asking.line(value.deal__region_id),
            due=since,
            context=lazy_figure(value.kind, value.amount, value.currency__code, value.jobs),
            concerns=(LABEL, value.deal_id),
        )


@rule(
    "realised_unproven",
    title=_("Realised without proof"),
    position=80,
    about=LABEL,
    thresholds={"days": Threshold(7, _("working days since it was called realised"))},
)
def realisations_to_prove(asking: Asking) -> Questions:
    """Ask the managers about deals realised 7 days ago without evidence, or whose confirmation has waited 7 days."""
    if not asking.managers:
        return
    back = asking.days_ago("realised_unproven.days")
    figures = DealValue.objects.active().filter(deal=OuterRef("pk"), kind=ValueKind.REALISED)
    proven = figures.exclude(evidence="", evidence_document__isnull=True)
    pending = figures.filter(asking.moment_before("created_at", back, region="deal__region"), confirmed_at__isnull=True)
    unproven = Q(stage=Stage.REALISED) & ~Exists(proven) & asking.moment_before("stage_entered_at", back)
    deals = asking.about(Deal.objects.active().exclude(health__in=RESTING), LABEL).annotate(is_proven=Exists(proven))
    columns = (*COLUMNS, "stage_entered_at", "is_proven")
    doubtful = deals.filter(unproven | Exists(pending))
    (found,) = yield (asking.of_managers(doubtful, "stage_entered_at", "pk", columns=columns),)
    for deal in found:
        why = _("waits for a second person's confirmation") if deal.is_proven else _("realised, but no paper shows it")
        day = asking.local_day(deal.stage_entered_at, deal.region_id)
        person = deal.owner__full_name or ""
        for manager in asking.managers[deal.region_id]:
            yield deal_item("realised_unproven", deal, manager, why, Urgency.TODAY, asking, due=day, person=person)
    yield from asking.more_for_managers(found, Urgency.TODAY)


def unconfirmed(since: date, on: date) -> str:
    days = (on - since).days
    return ngettext("not confirmed for %(count)s day", "not confirmed for %(count)s days", days) % {"count": days}


def figure_words(kind: str, amount: Decimal | None, currency: str | None, jobs: Any) -> str:
    """Return "Announced: $12.0m", or the number of jobs where there is no sum."""
    if amount is None or currency is None:
        number = ngettext("%(count)s job", "%(count)s jobs", jobs) % {"count": jobs}
    else:
        number = format_money(amount, currency)
    return gettext("%(kind)s: %(figure)s") % {"kind": ValueKind(kind).label, "figure": number}


lazy_unconfirmed = lazy(unconfirmed, str)
lazy_figure = lazy(figure_words, str)
