"""One run of all rules."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.accounts.queries import absent_with_deputy
from crm.reference.choices import RegionKind
from crm.reference.models import Region
from crm.reference.queries import NEARER_REGION_LAST, regions_at_work
from crm.reminders.asking import Asking, More
from crm.reminders.choices import Urgency
from crm.reminders.models import RuleThreshold
from crm.reminders.registry import Item, Rule, all_rules, all_thresholds
from crm.shared.together import run_together

#: What is due before the next weekly asking is asked about now.
UNTIL_NEXT = timedelta(days=6)


@dataclass(slots=True)
class Asked:
    """What a run asks one owner; ``unnamed`` are further questions by urgency, of which only the number is known."""

    items: list[Item] = field(default_factory=list)
    unnamed: Counter[Urgency] = field(default_factory=Counter)


def asking_for(users: Collection[User], *, on: date, until: date | None = None) -> Asking:
    """Return a run for the active ``users`` and for whomever they deputise for that day. Three queries."""
    people = {user.pk: user for user in users if user.is_active}
    people |= {user.pk: user for user in absent_with_deputy(people, on=on) if user.pk not in people}
    decided: dict[str, dict[int, int]] = defaultdict(dict)
    for region, name, days in RuleThreshold.objects.values_list("region", "threshold", "days"):
        decided[name][region] = days
    return Asking(
        on=on,
        until=until or on + UNTIL_NEXT,
        regions=regions_at_work(),
        users=list(people.values()),
        thresholds=all_thresholds(),
        decided=decided,
    )


def days_in_force(region: Region) -> dict[str, int]:
    """Return the days of each threshold ("rule.threshold") in ``region``: as the nearest region of its line decides.

    One query.
    """
    above = Q(region=region.pk) | Q(region__children=region.pk) | Q(region__children__children=region.pk)
    rows = RuleThreshold.objects.filter(above).values_list("region__kind", "threshold", "days")
    decided = sorted(rows, key=lambda row: NEARER_REGION_LAST.index(RegionKind(row[0])))
    days = {name: threshold.days for name, threshold in all_thresholds().items()}
    return days | {name: number for _level, name, number in decided}


def run_rules(*runs: Asking) -> list[dict[int, Asked]]:
    """Let every rule ask, and return for each of the runs what it asks by key of the owner.

    What an owner may not see is left out. All rules of all runs share their queries: at most two.
    """
    asks = [(place, rule) for place, run in enumerate(runs) for rule in all_rules() if _has_records(run, rule)]
    by_run: list[dict[int, Asked]] = [defaultdict(Asked) for _ in runs]
    owners = [{user.pk: user for user in run.users} for run in runs]
    found_by_all: list[list[Item | More]] = run_together([rule.ask(runs[place]) for place, rule in asks])
    for (place, _rule), found_by_one in zip(asks, found_by_all, strict=True):
        for found in found_by_one:
            owner = owners[place].get(found.owner_id)
            if owner is None:
                continue
            if isinstance(found, More):
                by_run[place][owner.pk].unnamed[found.urgency] += found.number
            elif may_see(owner.role, owner.region_id, found):
                by_run[place][owner.pk].items.append(found)
    return by_run


def _has_records(run: Asking, rule: Rule) -> bool:
    return run.records is None or bool(run.records.get(rule.about))


def may_see(role: str, region_id: int, item: Item) -> bool:
    """Say whether somebody of that role and region may see what the item is about."""
    return item.to_partners if role == Role.PARTNER else region_id in item.seen_from
