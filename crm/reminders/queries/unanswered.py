"""What people of a manager's region declined, or did not answer twice."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext

from crm.accounts.models import User
from crm.reminders.asking import Asking
from crm.reminders.choices import Urgency
from crm.reminders.queries.running import Asked
from crm.reminders.queries.silences import Question, declined_in, ignored_in
from crm.reminders.registry import Item, News

FAR = date.max


@dataclass(frozen=True, slots=True)
class Left:
    """What was left unanswered as it was noted then: somebody may have answered since, or another may have been named.

    ``ignored`` says how often each was asked, ``in_region`` how many a region has in all; ``people`` are those asked.
    """

    declined: Collection[Question] = ()
    ignored: Mapping[Question, int] = field(default_factory=dict)
    in_region: Mapping[int, int] = field(default_factory=dict)
    people: Mapping[int, User] = field(default_factory=dict)

    def asking_again(self, asking: Asking) -> Asking:
        """Return the run that shows what of it the rules still ask."""
        records: dict[str, set[int]] = defaultdict(set)
        for _owner, _rule, (label, number) in (*self.declined, *self.ignored):
            records[label].add(number)
        return replace(asking, users=list(self.people.values()), records=records)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """``declined`` are questions to the managers, ``ignored`` is what they are told, the longest ignored first."""

    declined: tuple[Item, ...] = ()
    ignored: tuple[News, ...] = ()


def left_in(asking: Asking, *, with_ignored: bool) -> Left:
    """Return what was left unanswered in the regions of the managers that ``asking`` asks. At most three queries."""
    regions = list(asking.managers)
    if not regions:
        return Left()
    declined, people = declined_in(regions)
    ignored, in_region = ignored_in(regions, on=asking.on) if with_ignored else ({}, {})
    others = {question[0] for question in ignored} - people.keys()
    return Left(declined, ignored, in_region, people | User.objects.in_bulk(others))


def still_unanswered(left: Left, asked: Mapping[int, Asked], quiet: Collection[Question], asking: Asking) -> Unanswered:
    """Return what of ``left`` the rules still ask (``asked``); what its owner put off meanwhile is not ignored."""
    still = {(owner, item.rule, item.about): item for owner, found in asked.items() for item in found.items}
    return Unanswered(
        declined=tuple(
            _diverted(item, left.people[question[0]], manager)
            for question, item in still.items()
            if question in left.declined
            for manager in asking.managers[left.people[question[0]].region_id]
        ),
        ignored=_as_news(
            {question: item for question, item in still.items() if question in left.ignored and question not in quiet},
            left,
        ),
    )


def _diverted(item: Item, person: User, manager: int) -> Item:
    """Return the question as it is put to a manager: who else is it to be?"""
    return replace(
        item,
        owner_id=manager,
        person=person.full_name,
        why=lazy_not_theirs(item.why),
        urgency=min(item.urgency, Urgency.TODAY),
        gives_way=False,
        is_declined=True,
    )


def not_theirs(why: object) -> str:
    return gettext("says: not mine; %(why)s") % {"why": why}


lazy_not_theirs = lazy(not_theirs, str)


def _as_news(still: Mapping[Question, Item], left: Left) -> tuple[News, ...]:
    looked_at = Counter(left.people[question[0]].region_id for question in left.ignored)
    found = Counter(left.people[question[0]].region_id for question in still)
    ordered = sorted(still.items(), key=lambda row: (-left.ignored[row[0]], row[1].due or FAR, row[1].title))
    return tuple(
        News(
            about=item.about,
            region_id=(region := left.people[question[0]].region_id),
            title=item.title,
            why=lazy_times(left.ignored[question]),
            url=item.url,
            person=left.people[question[0]].full_name,
            in_region=left.in_region[region] - looked_at[region] + found[region],
        )
        for question, item in ordered
    )


def in_vain(times: int) -> str:
    return ngettext("asked %(count)s time", "asked %(count)s times", times) % {"count": times}


lazy_times = lazy(in_vain, str)
