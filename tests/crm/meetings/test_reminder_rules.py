from datetime import date

import pytest
from django.utils import timezone, translation

from crm.accounts.models import User
from crm.meetings.models import Meeting
from crm.reminders.queries import items_for
from tests.factories.delegations import DelegationFactory
from tests.factories.meetings import MeetingFactory


@pytest.mark.parametrize(
    ("on", "asked"), [(date(2026, 2, 18), False), (date(2026, 2, 19), True), (date(2027, 1, 1), True)]
)
def test_the_outcome_is_asked_for_from_the_day_after_on(official: User, on: date, asked: bool) -> None:
    meeting = MeetingFactory(owner=official, date=date(2026, 2, 18))
    found = items_for([official], on=on)[official.pk]
    assert [item.about for item in found] == ([("meetings.meeting", meeting.pk)] if asked else [])
    with translation.override("en"):
        assert [str(item.why) for item in found] == ["met on 18 February, the outcome is not entered"] * asked


def test_a_meeting_without_a_day_counts_from_its_delegations_return(official: User) -> None:
    delegation = DelegationFactory(end_date=date(2026, 2, 19))
    MeetingFactory(owner=official, date=None, delegation=delegation)
    assert not items_for([official], on=date(2026, 2, 19))[official.pk]
    assert items_for([official], on=date(2026, 2, 20))[official.pk]


def test_logged_archived_and_others_meetings_are_not_asked_about(official: User, colleague: User) -> None:
    MeetingFactory(owner=official, outcome="continues", outcome_logged_at=timezone.now())
    MeetingFactory(owner=official, archived_at=timezone.now())
    MeetingFactory(owner=colleague)
    MeetingFactory(owner=None)
    assert Meeting.objects.count() == 4
    assert items_for([official], on=date(2026, 3, 2))[official.pk] == []
