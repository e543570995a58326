"""What managers are told of deals: which moved on in the week past, and which slipped."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from crm.reminders.asking import MOST_NEWS, first_of_each_region
from crm.reminders.registry import News, Telling, chapter
from leads.deals.choices import Health, Stage
from leads.deals.models import StageChange
from leads.deals.reminder_rules.common import LABEL

STAGES = tuple(Stage)
WORSE = (Health.DELAYED, Health.DORMANT, Health.LOST)


def _any_of(pairs: list[Q]) -> Q:
    condition = Q(pk__in=[])
    for pair in pairs:
        condition |= pair
    return condition


FORWARD = _any_of([Q(from_stage=stage, to_stage__in=STAGES[place + 1 :]) for place, stage in enumerate(STAGES)])
BACK = _any_of([Q(from_stage=stage, to_stage__in=STAGES[:place]) for place, stage in enumerate(STAGES) if place])


@chapter("moved", title=_("Moved on this week"), position=20)
def deals_moved(telling: Telling) -> Iterator[News]:
    yield from _latest(telling, Q(health="") & FORWARD)


@chapter("slipped", title=_("Slipped this week"), position=30)
def deals_slipped(telling: Telling) -> Iterator[News]:
    """Tell of deals that went a stage back, fell behind, came to rest or came to nothing."""
    yield from _latest(telling, Q(health__in=WORSE) | (Q(health="") & BACK))


def _latest(telling: Telling, which: Q) -> Iterator[News]:
    """Yield the deals whose latest change since then is of that kind, the newest first."""
    since = datetime.combine(telling.since, time.min, tzinfo=UTC)
    newer = StageChange.objects.filter(deal=OuterRef("deal"), at__gt=OuterRef("at"))
    changes = StageChange.objects.filter(which, at__gte=since, deal__region__in=telling.regions)
    latest = changes.filter(~Exists(newer), deal__archived_at__isnull=True).select_related("deal__owner", "by")
    for change in first_of_each_region(latest, "-at", "-pk", region="deal__region", most=MOST_NEWS):
        deal = change.deal
        yield News(
            about=(LABEL, deal.pk),
            region_id=deal.region_id,
            title=deal.title,
            why=lazy_change(change),
            url=deal.get_absolute_url(),
            person=deal.owner.full_name if deal.owner else "",
            in_region=change.in_region,  # type: ignore[attr-defined]
        )


def change_words(change: Any) -> str:
    return f"{change}: {change.reason}" if change.reason and change.health else str(change)


lazy_change = lazy(change_words, str)
