from datetime import UTC, date, datetime

import pytest
import time_machine

from crm.accounts.models import User
from crm.commitments.models import Commitment
from crm.meetings.choices import Outcome
from crm.notes.models import Note
from crm.reminders.queries import items_for
from crm.shared.errors import InvalidRecord, NotAllowed, RecordNotFound
from leads.deals.choices import Health
from leads.deals.models import Deal
from tests.answering import answer, offered, rules_asking
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory, DealValueFactory, MemorandumFactory
from tests.factories.meetings import MeetingFactory

MONDAY = date(2026, 3, 2)
LONG_AGO = datetime(2026, 1, 5, 6, tzinfo=UTC)
QUIET, AWAITED = "gone_quiet", "outcome_awaited"


@pytest.fixture
def quiet(official: User) -> Deal:
    return DealFactory(owner=official, last_activity_at=LONG_AGO)


def test_still_alive_keeps_the_line_as_a_note_and_the_question_is_gone(official: User, quiet: Deal) -> None:
    with pytest.raises(InvalidRecord):
        answer(official, QUIET, "still_alive", quiet, MONDAY, line=" ")
    answer(official, QUIET, "still_alive", quiet, MONDAY, line="They are choosing the plot.")
    note = Note.objects.get()
    assert (note.about, note.text, note.author) == (quiet, "They are choosing the plot.", official)
    assert items_for([official], on=MONDAY)[official.pk] == []


def test_a_deal_put_to_rest_is_not_asked_about_until_undone(official: User, quiet: Deal) -> None:
    done = answer(official, QUIET, "dormant", quiet, MONDAY, line="Their bank waits.")
    quiet.refresh_from_db()
    assert (quiet.health, quiet.dormant_reason) == (Health.DORMANT, "Their bank waits.")
    assert items_for([official], on=MONDAY)[official.pk] == []
    answer(official, QUIET, done.undo, quiet, MONDAY)
    quiet.refresh_from_db()
    assert quiet.health == Health.ON_TRACK


def test_a_deal_is_closed_with_the_reason_and_to_whom_it_went(official: User, quiet: Deal) -> None:
    with pytest.raises(InvalidRecord):
        answer(official, QUIET, "lost", quiet, MONDAY, lost_to="Another region")
    answer(official, QUIET, "lost", quiet, MONDAY, reason="No gas at the site", lost_to="Another region")
    quiet.refresh_from_db()
    assert (quiet.health, quiet.lost_reason, quiet.lost_to) == (Health.LOST, "No gas at the site", "Another region")


def test_an_outcome_is_logged_with_the_next_step_about_the_deal(official: User) -> None:
    deal, meeting = DealFactory(owner=official), MeetingFactory(owner=official, subject="Talks")
    deal.meetings.add(meeting)
    given = {"outcome": "continues", "next_step": "Send the road map", "next_due": "2026-03-06", "note": "Keen"}
    done = answer(official, AWAITED, "log", meeting, MONDAY, **given)
    meeting.refresh_from_db()
    assert (meeting.outcome, meeting.outcome_note, done.message) == (Outcome.CONTINUES, "Keen", "Talks: Continues")
    step = Commitment.objects.get()
    assert (step.about, step.text, step.due_date) == (deal, "Send the road map", date(2026, 3, 6))


def test_an_outcome_has_to_be_chosen(official: User) -> None:
    meeting = MeetingFactory(owner=official)
    with pytest.raises(InvalidRecord) as refused:
        answer(official, AWAITED, "log", meeting, MONDAY, note="Keen")
    assert list(refused.value.fields) == ["outcome"]


def test_a_meeting_that_was_not_held_is_said_so_by_one_press(official: User, stranger: User) -> None:
    meeting = MeetingFactory(owner=official)
    with pytest.raises(RecordNotFound):
        answer(stranger, AWAITED, "did_not_take_place", meeting, MONDAY)
    answer(official, AWAITED, "did_not_take_place", meeting, MONDAY)
    meeting.refresh_from_db()
    assert meeting.outcome == Outcome.DID_NOT_TAKE_PLACE


def made_long_ago(deal: Deal, **fields: object) -> Deal:
    """Return the deal as if made, and last worked on, in January."""
    Deal.objects.filter(pk=deal.pk).update(
        created_at=LONG_AGO, updated_at=LONG_AGO, stage_entered_at=LONG_AGO, **fields
    )
    deal.refresh_from_db()
    return deal


@pytest.fixture
def monday() -> object:
    with time_machine.travel("2026-03-02T10:00+05:00", tick=False) as clock:
        yield clock


def test_the_first_contact_is_noted_with_its_day_and_the_next_step(official: User, monday: object) -> None:
    deal = made_long_ago(DealFactory(owner=official))
    assert offered(official, "first_contact", MONDAY) == ["done"]
    given = {"on": "2026-02-27", "line": "Called Mehmet Aydın", "next_step": "Send the plots", "next_due": "2026-03-20"}
    with pytest.raises(InvalidRecord):
        answer(official, "first_contact", "done", deal, MONDAY, **given | {"on": "2026-03-03"})
    answer(official, "first_contact", "done", deal, MONDAY, **given)
    assert Note.objects.get().text == "27 February 2026: Called Mehmet Aydın"
    assert Commitment.objects.get().due_date == date(2026, 3, 20)
    assert "first_contact" not in rules_asking(official, MONDAY)


def test_a_manager_gives_a_deal_that_nobody_follows_its_owner_and_step(
    official: User, manager: User, monday: object
) -> None:
    deal = made_long_ago(DealFactory(owner=None))
    assert "nobody_owns_it" in rules_asking(manager, MONDAY)
    with pytest.raises(InvalidRecord):
        answer(manager, "nobody_owns_it", "assign", deal, MONDAY)
    given = {"owner": official.pk, "next_step": "Call them", "next_due": "2026-03-06"}
    answer(manager, "nobody_owns_it", "assign", deal, MONDAY, **given)
    deal.refresh_from_db()
    assert (deal.owner, Commitment.objects.get().executor) == (official, official)
    assert "nobody_owns_it" not in rules_asking(manager, MONDAY)
    with pytest.raises(NotAllowed):
        answer(official, "nobody_owns_it", "assign", deal, MONDAY, owner=manager.pk)


def test_a_start_is_noted_with_its_paper_or_put_off_with_the_cause(official: User, monday: object) -> None:
    started, late = (DealFactory(owner=official, expected_start=date(2026, 2, 2)) for _ in range(2))
    answer(official, "start_passed", "started", started, MONDAY, on="2026-02-20", line="Order no. 14")
    answer(official, "start_passed", "new_date", late, MONDAY, start="2026-06-01", line="No gas yet")
    started.refresh_from_db()
    late.refresh_from_db()
    assert started.started_on == date(2026, 2, 20)
    assert (late.expected_start, late.health) == (date(2026, 6, 1), Health.DELAYED)
    assert {note.text for note in Note.objects.all()} == {"20 February 2026: Order no. 14", "No gas yet"}
    assert "start_passed" not in rules_asking(official, MONDAY)


def test_a_figure_that_still_holds_is_asked_about_again_after_its_time(official: User, monday: object) -> None:
    value = DealValueFactory(deal=DealFactory(owner=official))
    type(value).objects.filter(pk=value.pk).update(created_at=datetime(2025, 10, 1, tzinfo=UTC))
    assert offered(official, "unverified", MONDAY) == ["still_right"]
    answer(official, "unverified", "still_right", value, MONDAY)
    value.refresh_from_db()
    assert value.checked_on == MONDAY
    assert "unverified" not in rules_asking(official, MONDAY)
    assert "unverified" in rules_asking(official, date(2026, 6, 2))


def test_a_realised_sum_is_proven_then_confirmed_by_a_second_person(
    official: User, manager: User, monday: object
) -> None:
    deal = made_long_ago(DealFactory(owner=official, stage="realised"))
    CommitmentFactory(about=deal, executor=official, due_date=date(2027, 1, 1))
    assert "realised_unproven" in rules_asking(manager, MONDAY)
    with pytest.raises(InvalidRecord, match="no realised sum yet"):
        answer(manager, "realised_unproven", "confirm", deal, MONDAY)
    value = DealValueFactory(deal=deal, kind="realised", recorded_by=official)
    with pytest.raises(InvalidRecord, match="with its evidence only"):
        answer(manager, "realised_unproven", "confirm", deal, MONDAY)
    answer(official, "realised_unproven", "prove", deal, MONDAY, evidence="Act no. 7 of 12.01.2026")
    answer(manager, "realised_unproven", "confirm", deal, MONDAY)
    value.refresh_from_db()
    assert (value.evidence, value.confirmed_by) == ("Act no. 7 of 12.01.2026", manager)
    assert "realised_unproven" not in rules_asking(manager, MONDAY)


def test_a_memorandum_stays_in_force_is_converted_through_the_gate_or_closed(official: User, monday: object) -> None:
    rule, signed = "memorandum_age", date(2025, 11, 1)
    deal = DealFactory(owner=official, stage="memorandum")
    memorandum = MemorandumFactory(deal=deal, answerable=official, signed_on=signed)
    assert offered(official, rule, MONDAY) == ["extend", "convert", "close"]
    with pytest.raises(InvalidRecord, match="this is missing"):
        answer(official, rule, "convert", memorandum, MONDAY)
    answer(official, rule, "extend", memorandum, MONDAY, expires_on="2027-01-01")
    memorandum.refresh_from_db()
    assert (memorandum.expires_on, memorandum.ask_again_on) == (date(2027, 1, 1), date(2026, 4, 30))
    assert rule not in rules_asking(official, MONDAY)
    assert rule in rules_asking(official, date(2026, 4, 30))
    answer(official, rule, "close", memorandum, MONDAY, reason="They build elsewhere")
    assert rule not in rules_asking(official, date(2026, 4, 30))


def test_after_the_start_a_visit_is_noted_or_put_off(official: User, monday: object) -> None:
    deal = DealFactory(owner=official, stage="realised")
    Deal.objects.filter(pk=deal.pk).update(stage_entered_at=datetime(2025, 6, 1, tzinfo=UTC))
    assert offered(official, "aftercare", MONDAY) == ["visited", "moved"]
    moved = answer(official, "aftercare", "moved", deal, MONDAY, until="2026-04-01")
    assert "aftercare" not in rules_asking(official, MONDAY)
    answer(official, "aftercare", moved.undo, deal, MONDAY)
    assert "aftercare" in rules_asking(official, MONDAY)
    answer(official, "aftercare", "visited", deal, MONDAY, on="2026-02-27", line="They hire 40 more")
    deal.refresh_from_db()
    assert deal.aftercare_on == date(2026, 2, 27)
    assert "aftercare" not in rules_asking(official, MONDAY)
