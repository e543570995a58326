"""What My week shows: the reminder rules' questions, put where they are answered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.functional import cached_property

from crm.accounts.models import User
from crm.reminders.choices import Urgency
from crm.reminders.queries import items_for
from crm.reminders.registry import Item
from leads.visit_reports.choices import ReportState
from leads.visit_reports.models import VisitReport
from leads.visit_reports.queries import reports_visible_to

#: What is answered beside the tasks, each in a panel of its own.
BESIDE = ("outcome_awaited", "gone_quiet", "review_waiting")
MOST_TASKS = 60
MOST_BESIDE = 8
SUNDAY = 6


@dataclass(frozen=True)
class Week:
    """One person's week, or a whole office's: what to do by urgency, and beside it what waits for a word."""

    on: date
    items: Sequence[Item]
    reports: Sequence[VisitReport] = field(default_factory=tuple)

    @cached_property
    def tasks(self) -> list[Item]:
        """Return what is done by doing it; outcomes, quiet deals and drafts stand beside."""
        return [item for item in self.items if item.rule not in BESIDE]

    @cached_property
    def overdue(self) -> list[Item]:
        return self._tasks_of(Urgency.OVERDUE)

    @cached_property
    def today(self) -> list[Item]:
        return self._tasks_of(Urgency.TODAY)

    @cached_property
    def later(self) -> list[Item]:
        return self._tasks_of(Urgency.WEEK)

    @cached_property
    def outcomes(self) -> list[Item]:
        return [item for item in self.items if item.rule == "outcome_awaited"]

    @cached_property
    def quiet(self) -> list[Item]:
        return [item for item in self.items if item.rule == "gone_quiet"]

    @property
    def rest(self) -> int:
        """How many tasks the page does not draw."""
        return max(len(self.tasks) - MOST_TASKS, 0)

    @property
    def is_reading(self) -> bool:
        return any(report.state in (ReportState.UPLOADED, ReportState.READING) for report in self.reports)

    @property
    def is_empty(self) -> bool:
        return not self.items and not self.reports

    def _tasks_of(self, urgency: Urgency) -> list[Item]:
        return [item for item in self.tasks[:MOST_TASKS] if item.urgency == urgency]


def week_of(user: User, *, on: date, whole_office: bool = False) -> Week:
    """Return the week of ``user`` (of everybody in the user's region, each question once) up to its Sunday.

    The number of queries depends neither on how much there is nor on how many people.
    """
    until = on + timedelta(days=SUNDAY - on.weekday())
    people = _office_of(user) if whole_office else [user]
    asked = items_for(people, on=on, until=until)
    items = _once(people, asked) if whole_office else asked.get(user.pk, [])
    return Week(on=on, items=items, reports=list(reports_to_review(user)[:MOST_BESIDE]))


def question_of(user: User, rule: str, about_id: int, *, on: date) -> Item | None:
    """Return the question of a rule about a record, as ``user`` is asked it, else for managers as their office is."""
    people = _office_of(user) if user.may_manage else [user]
    asked = items_for(people, on=on)
    items = [*asked.get(user.pk, []), *_once(people, asked)]
    return next((item for item in items if (item.rule, item.about_id) == (rule, about_id)), None)


def reports_to_review(user: User) -> QuerySet[VisitReport]:
    """Return the reports that ``user`` sees and nobody has finished, the newest first."""
    waiting = [ReportState.UPLOADED, ReportState.READING, ReportState.IN_REVIEW]
    return reports_visible_to(user).filter(state__in=waiting, archived_at__isnull=True).order_by("-created_at")


def _office_of(user: User) -> list[User]:
    people = User.objects.filter(region=user.region_id, is_active=True).select_related("region")
    return list(people.order_by("full_name", "pk"))


def _once(people: Iterable[User], asked: dict[int, list[Item]]) -> list[Item]:
    """Return each question once, with the name of who is asked first, the most urgent first."""
    found: dict[tuple[str, int], Item] = {}
    for person in people:
        for item in asked.get(person.pk, []):
            if not item.person:
                found.setdefault(item.about, replace(item, person=person.full_name))
    return sorted(found.values(), key=lambda item: (item.urgency, item.due or date.max, item.title, item.about))
