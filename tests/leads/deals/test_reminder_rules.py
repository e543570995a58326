from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from crm.accounts.models import User
from crm.notes.models import Note
from crm.reminders.queries import items_for
from crm.reminders.registry import Asked, find_answer
from crm.shared.errors import InvalidRecord
from leads.deals.choices import Health
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory

MONDAY = date(2026, 3, 2)
LONG_AGO = datetime(2026, 1, 5, 6, tzinfo=UTC)


def test_the_owner_of_a_quiet_deal_is_asked_in_the_words_of_the_language(official: User) -> None:
    deal = DealFactory(owner=official, last_activity_at=LONG_AGO)
    DealFactory(owner=official, last_activity_at=datetime(2026, 2, 27, 6, tzinfo=UTC))
    [item] = items_for([official], on=MONDAY)[official.pk]
    assert (item.rule, item.about) == ("gone_quiet", ("deals.deal", deal.pk))
    with translation.override("en"):
        assert str(item.why) == "56 days without movement"


def test_a_deal_with_a_step_to_do_is_not_asked_about_for_being_quiet(official: User) -> None:
    deal = DealFactory(owner=official, last_activity_at=LONG_AGO)
    commitment = CommitmentFactory(about=deal, executor=official, due_date=date(2026, 2, 27))
    assert [item.about for item in items_for([official], on=MONDAY)[official.pk]] == [
        ("commitments.commitment", commitment.pk)
    ]


def test_still_alive_keeps_the_line_as_a_note_and_the_question_is_gone(official: User) -> None:
    deal = DealFactory(owner=official, last_activity_at=LONG_AGO)
    act = find_answer("gone_quiet", "still_alive").act
    with pytest.raises(InvalidRecord):
        act(Asked(official, deal.pk, MONDAY, {"line": " "}))
    act(Asked(official, deal.pk, MONDAY, {"line": "They are choosing the plot."}))
    note = Note.objects.get()
    assert (note.about, note.text, note.author) == (deal, "They are choosing the plot.", official)
    assert items_for([official], on=MONDAY)[official.pk] == []


def test_a_deal_put_to_rest_is_not_asked_about_until_undone(official: User) -> None:
    deal = DealFactory(owner=official, last_activity_at=LONG_AGO)
    done = find_answer("gone_quiet", "dormant").act(Asked(official, deal.pk, MONDAY, {"line": "Their bank waits."}))
    deal.refresh_from_db()
    assert deal.health == Health.DORMANT
    assert items_for([official], on=MONDAY)[official.pk] == []
    find_answer("gone_quiet", done.undo).act(Asked(official, deal.pk, MONDAY))
    deal.refresh_from_db()
    assert deal.health == Health.ON_TRACK
