"""What people of a manager's region declined, or did not answer twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext

from crm.accounts.models import User
from crm.reminders.asking import Asking
from crm.reminders.choices import Urgency
from crm.reminders.queries.running import run_rules
from crm.reminders.queries.silences import Question, declined_in, ignored_in, silenced
from crm.reminders.registry import Item, News

FAR = date.max


@dataclass(frozen=True, slots=True)
class Unanswered:
    """``declined`` are questions to the managers, ``ignored`` is what they are told, the longest ignored first."""

    declined: tuple[Item, ...] = ()
    ignored: tuple[News, ...] = ()


def unanswered_in(asking: Asking, *, with_ignored: bool) -> Unanswered:
    """Return what is left unanswered in the regions of the managers that ``asking`` asks.

    Only what the rules still ask: somebody may have answered since, or another may have been named. At most five
    queries, and those of the rules about the records in question.
    """
    managers = asking.managers
    if not managers:
        return Unanswered()
    declined = declined_in(list(managers))
    ignored, numbers = ignored_in(list(managers), on=asking.on) if with_ignored else ({}, {})
    if not declined and not ignored:
        return Unanswered()
    people = _people(question[0] for question in (*declined, *ignored))
    still = _still_asked([*declined, *ignored], people, asking)
    quiet = silenced(people, on=asking.on)
    return Unanswered(
        declined=tuple(
            _diverted(item, people[question[0]], manager)
            for question, item in still.items()
            if question in declined
            for manager in managers[people[question[0]].region_id]
        ),
        ignored=_as_news(
            {question: item for question, item in still.items() if question in ignored and question not in quiet},
            people,
            times=ignored,
            numbers=numbers,
        ),
    )


def _people(keys: Iterable[int]) -> dict[int, User]:
    return User.objects.in_bulk(set(keys))


def _still_asked(questions: Iterable[Question], people: Mapping[int, User], asking: Asking) -> dict[Question, Item]:
    records: dict[str, set[int]] = defaultdict(set)
    for _owner, _rule, (label, number) in questions:
        records[label].add(number)
    asked = run_rules(replace(asking, users=list(people.values()), records=records))
    return {(owner, item.rule, item.about): item for owner, found in asked.items() for item in found.items}


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


def _as_news(
    still: Mapping[Question, Item],
    people: Mapping[int, User],
    *,
    times: Mapping[Question, int],
    numbers: Mapping[int, int],
) -> tuple[News, ...]:
    looked_at = Counter(people[question[0]].region_id for question in times)
    found = Counter(people[question[0]].region_id for question in still)
    ordered = sorted(still.items(), key=lambda row: (-times[row[0]], row[1].due or FAR, row[1].title))
    return tuple(
        News(
            about=item.about,
            region_id=(region := people[question[0]].region_id),
            title=item.title,
            why=lazy_times(times[question]),
            url=item.url,
            person=people[question[0]].full_name,
            in_region=numbers[region] - looked_at[region] + found[region],
        )
        for question, item in ordered
    )


def in_vain(times: int) -> str:
    return ngettext("asked %(count)s time", "asked %(count)s times", times) % {"count": times}


lazy_times = lazy(in_vain, str)
