"""What a rule is given, and the conditions that rules share: whose records, and how many days ago.

Everything here is arithmetic and conditions of queries: no clock, and no query of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Protocol, cast

from django.db.models import Count, Expression, F, Model, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from crm.accounts.choices import Role
from crm.reference.queries import RegionAtWork
from crm.reminders.choices import Urgency
from crm.shared.together import Rows

#: So many records of a rule are named to a manager; of the others there is only the number.
MOST_FOR_MANAGERS = 50
#: So many of each kind of news.
MOST_NEWS = 5
ONE_DAY = timedelta(days=1)


class Owner(Protocol):
    """Who is asked: a user (this module knows them by these fields only)."""

    pk: Any
    region_id: int
    role: str


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many days a rule waits: working days of the record's region, or days of the calendar.

    What is counted in quarters and years (the age of a memorandum) is counted by the calendar. ``days`` is the
    default; an administrator decides otherwise per region.
    """

    days: int
    label: Any
    by_calendar: bool = False


@dataclass(frozen=True, slots=True)
class More:
    """So many further questions of a rule to one owner, which are not named."""

    owner_id: int
    urgency: Urgency
    number: int


DayOf = Callable[[int, RegionAtWork], date]


@dataclass(frozen=True)
class Asking:
    """One run of the rules: for which day and whom.

    ``on`` is the owners' local day. ``until`` is the last day before they are asked again: what falls due up to it is
    asked about now. ``users`` are the owners asked about. ``records``, where given, limits the run to these records
    (keys by model label). ``thresholds`` are the rules' defaults by "rule.threshold", ``decided`` what regions have
    decided instead.
    """

    on: date
    until: date
    regions: Mapping[int, RegionAtWork]
    users: Collection[Owner]
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)
    decided: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    records: Mapping[str, Collection[int]] | None = None

    @cached_property
    def user_ids(self) -> list[int]:
        return [user.pk for user in self.users]

    @cached_property
    def partner_ids(self) -> set[int]:
        return {user.pk for user in self.users if user.role == Role.PARTNER}

    @cached_property
    def managers(self) -> dict[int, list[int]]:
        """The keys of the managers among ``users``, by the key of their region."""
        found: dict[int, list[int]] = defaultdict(list)
        for user in self.users:
            if user.role == Role.MANAGER:
                found[user.region_id].append(user.pk)
        return dict(found)

    def line(self, region: int) -> tuple[int, ...]:
        """Return the regions whose staff may see a record of ``region``."""
        return self.regions[region].line

    def days(self, name: str, region: int) -> int:
        """Return the threshold "rule.threshold" of a region: as the nearest region of its line decides."""
        decided = self.decided.get(name)
        if decided:
            for key in self.regions[region].line:
                if key in decided:
                    return decided[key]
        return self.thresholds[name].days

    def about[RecordType: Model](self, rows: QuerySet[RecordType], label: str) -> QuerySet[RecordType]:
        """Limit ``rows`` to the records asked about: all, unless this run is about certain ones."""
        return rows if self.records is None else rows.filter(pk__in=self.records.get(label, ()))

    def days_ago(self, name: str, *, besides: int = 0) -> DayOf:
        """Return, for each region, the latest day that lies the threshold ``name`` back (``besides`` days more)."""
        by_calendar = self.thresholds[name].by_calendar
        found: dict[tuple[int, int], date] = {}

        def day_of(key: int, place: RegionAtWork) -> date:
            days = self.days(name, key) + besides
            if by_calendar:
                return self.on - timedelta(days=days)
            known = (id(place.calendar), days)
            if known not in found:
                found[known] = place.calendar.days_back(self.on, days)
            return found[known]

        return day_of

    def days_ahead(self, name: str) -> DayOf:
        """Return, for each region, the day that lies the threshold ``name`` ahead."""
        by_calendar = self.thresholds[name].by_calendar
        found: dict[tuple[int, int], date] = {}

        def day_of(key: int, place: RegionAtWork) -> date:
            days = self.days(name, key)
            if by_calendar:
                return self.on + timedelta(days=days)
            known = (id(place.calendar), days)
            if known not in found:
                found[known] = place.calendar.add_working_days(self.on, days) if days else self.on
            return found[known]

        return day_of

    def on_or_before(self, field: str, day_of: DayOf, *, region: str = "region") -> Q:
        """Return the condition "the date ``field`` is ``day_of`` the record's region, or earlier"."""
        by_day: dict[date, list[int]] = defaultdict(list)
        for key, place in self.regions.items():
            by_day[day_of(key, place)].append(key)
        return _any_of(region, ((keys, {f"{field}__lte": day}) for day, keys in by_day.items()))

    def moment_before(self, field: str, day_of: DayOf, *, region: str = "region") -> Q:
        """Return the same condition for a moment: the day ends at midnight of the record's region."""
        by_moment: dict[datetime, list[int]] = defaultdict(list)
        for key, place in self.regions.items():
            end_of_day = datetime.combine(day_of(key, place) + ONE_DAY, time.min, tzinfo=place.zone)
            by_moment[end_of_day].append(key)
        return _any_of(region, ((keys, {f"{field}__lt": moment}) for moment, keys in by_moment.items()))

    def of_managers(
        self, rows: QuerySet[Any], *order: str | Expression, columns: Iterable[str], region: str = "region"
    ) -> Rows:
        """Return what to fetch: the first rows of each region that a manager among ``users`` leads.

        Each row has ``in_region``: see ``first_of_each_region``.
        """
        if not self.managers:
            return Rows(rows.none(), ("pk",))
        led = rows.filter(**{f"{region}__in": list(self.managers)})
        first = first_of_each_region(led, *order, region=region, most=MOST_FOR_MANAGERS)
        return Rows(first, (*columns, "in_region"))

    def more_for_managers(self, rows: Iterable[Any], urgency: Urgency, *, region: str = "region_id") -> Iterator[More]:
        """Yield how many rows there are beside those that ``of_managers`` found, for each manager."""
        named: dict[int, int] = defaultdict(int)
        in_region: dict[int, int] = {}
        for row in rows:
            key = getattr(row, region)
            named[key] += 1
            in_region[key] = row.in_region
        for key, number in in_region.items():
            if number > named[key]:
                yield from (More(manager, urgency, number - named[key]) for manager in self.managers[key])

    def local_day(self, moment: datetime, region: int) -> date:
        """Return the day on which ``moment`` was in the region."""
        return moment.astimezone(self.regions[region].zone).date()


def _any_of(region: str, parts: Iterable[tuple[list[int], dict[str, Any]]]) -> Q:
    """Return one condition for the regions of each part; where all are alike, one that names no region."""
    alike = list(parts)
    if len(alike) == 1:
        return Q(**alike[0][1])
    condition = Q(pk__in=[])
    for keys, lookup in alike:
        condition |= Q(**{f"{region}__in": keys}, **lookup)
    return condition


def first_of_each_region[RecordType: Model](
    rows: QuerySet[RecordType], *order: str | Expression, most: int, region: str = "region"
) -> QuerySet[RecordType]:
    """Return the first ``most`` rows of each region, with ``in_region``: how many the region has in all.

    What a region has is not bounded, what a manager reads is: so that the work of a run does not grow with it.
    """
    ordered = [_ordering(name) for name in order]
    numbered = rows.annotate(
        place=Window(RowNumber(), partition_by=[F(region)], order_by=ordered),
        in_region=Window(Count("pk"), partition_by=[F(region)]),
    )
    return cast("QuerySet[RecordType]", numbered.filter(place__lte=most).order_by(*ordered))


def _ordering(name: str | Expression) -> Any:
    if not isinstance(name, str):
        return name
    return F(name[1:]).desc() if name.startswith("-") else F(name).asc()
