from datetime import date

import pytest

from crm.accounts.models import User
from crm.commitments.choices import CommitmentStatus
from crm.commitments.models import Commitment
from crm.documents.models import Document
from crm.notes.models import Note
from crm.shared.errors import InvalidRecord, NotAllowed, RecordNotFound
from tests.answering import answer, rules_asking
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory

# 6 March 2026 is a Friday; the Monday after it is off (Women's Day falls on the Sunday).
TERM = date(2026, 3, 6)
RULE = "our_commitment"


def test_done_keeps_it_and_undo_opens_it_again(official: User) -> None:
    commitment = CommitmentFactory(executor=official, due_date=TERM)
    done = answer(official, RULE, "done", commitment, TERM, proof="Sent under no. 12")
    commitment.refresh_from_db()
    assert (commitment.status, commitment.closed_by, commitment.proof) == (
        CommitmentStatus.KEPT,
        official,
        "Sent under no. 12",
    )
    answer(official, RULE, done.undo, commitment, TERM, **done.undo_values)
    commitment.refresh_from_db()
    assert commitment.status == CommitmentStatus.OPEN


def test_done_writes_down_the_next_step_about_the_same_record(official: User) -> None:
    commitment = CommitmentFactory(executor=official, due_date=TERM)
    done = answer(official, RULE, "done", commitment, TERM, next_step="Agree on the plot", next_due="2026-03-13")
    following = Commitment.objects.exclude(pk=commitment.pk).get()
    assert (following.about, following.text, following.due_date) == (
        commitment.about,
        "Agree on the plot",
        date(2026, 3, 13),
    )
    assert following.executor == official
    assert "Agree on the plot, Friday, 13 March" in done.message


@pytest.mark.parametrize("day", ["", "2026-03-05"])
def test_a_next_step_needs_a_day_to_come(official: User, day: str) -> None:
    commitment = CommitmentFactory(executor=official, due_date=TERM)
    with pytest.raises(InvalidRecord) as refused:
        answer(official, RULE, "done", commitment, TERM, next_step="Agree on the plot", next_due=day)
    assert list(refused.value.fields) == ["next_due"]
    commitment.refresh_from_db()
    assert commitment.status == CommitmentStatus.OPEN
    assert Commitment.objects.count() == 1


@pytest.mark.parametrize(
    ("term", "on", "later"),
    [
        (TERM, date(2026, 3, 3), date(2026, 3, 13)),
        (date(2026, 2, 2), date(2026, 3, 3), date(2026, 3, 10)),
        (date(2026, 3, 2), date(2026, 3, 2), date(2026, 3, 10)),
    ],
)
def test_a_week_later_counts_from_today_when_overdue_and_skips_days_off(
    official: User, term: date, on: date, later: date
) -> None:
    commitment = CommitmentFactory(executor=official, due_date=term)
    moved = answer(official, RULE, "next_week", commitment, on)
    commitment.refresh_from_db()
    assert commitment.due_date == later
    answer(official, RULE, moved.undo, commitment, on, **moved.undo_values)
    commitment.refresh_from_db()
    assert commitment.due_date == term


def test_a_new_date_has_to_come_yet(official: User) -> None:
    commitment = CommitmentFactory(executor=official, due_date=TERM)
    for wrong in ("soon", "", "2026-03-05"):
        with pytest.raises(InvalidRecord):
            answer(official, RULE, "new_date", commitment, TERM, due=wrong)
    answer(official, RULE, "new_date", commitment, TERM, due="2026-04-01")
    commitment.refresh_from_db()
    assert commitment.due_date == date(2026, 4, 1)


def test_a_commitment_that_a_body_keeps_waiting_says_which_and_since_when(official: User) -> None:
    commitment = CommitmentFactory(executor=official, due_date=TERM)
    done = answer(official, RULE, "blocked", commitment, TERM, body="Land committee", since="2026-03-02")
    commitment.refresh_from_db()
    assert (commitment.status, commitment.blocked_by, commitment.blocked_since) == (
        CommitmentStatus.BLOCKED,
        "Land committee",
        date(2026, 3, 2),
    )
    answer(official, RULE, done.undo, commitment, TERM)
    commitment.refresh_from_db()
    assert commitment.status == CommitmentStatus.OPEN


def test_a_partner_says_done_but_writes_nothing_new_down(partner: User) -> None:
    commitment = CommitmentFactory(executor=partner, due_date=TERM)
    answer(partner, RULE, "done", commitment, TERM, next_step="More", next_due="2026-03-13")
    commitment.refresh_from_db()
    assert commitment.status == CommitmentStatus.KEPT
    assert Commitment.objects.count() == 1


def test_answers_hold_to_visibility_and_role(official: User, stranger: User, viewer: User) -> None:
    commitment = CommitmentFactory(executor=official, due_date=TERM)
    with pytest.raises(RecordNotFound):
        answer(stranger, RULE, "done", commitment, TERM)
    with pytest.raises(NotAllowed):
        answer(viewer, RULE, "done", commitment, TERM)
    with pytest.raises(InvalidRecord):
        answer(official, RULE, "move_back", commitment, TERM, due="soon")
    commitment.refresh_from_db()
    assert (commitment.status, commitment.due_date) == (CommitmentStatus.OPEN, TERM)


class TestTheirs:
    RULE = "their_commitment"

    @pytest.fixture
    def awaited(self, official: User) -> Commitment:
        deal = DealFactory(owner=official)
        return CommitmentFactory(about=deal, side="theirs", executor=None, due_date=date(2026, 3, 2), text="The draft")

    def test_what_came_is_kept(self, official: User, awaited: Commitment) -> None:
        assert self.RULE in rules_asking(official, TERM)
        done = answer(official, self.RULE, "received", awaited, TERM, proof="By e-mail")
        awaited.refresh_from_db()
        assert (awaited.status, awaited.proof, done.message) == (
            CommitmentStatus.KEPT,
            "By e-mail",
            "Received: The draft",
        )
        answer(official, self.RULE, done.undo, awaited, TERM)
        assert self.RULE in rules_asking(official, TERM)

    def test_who_reminded_them_is_asked_again_on_the_day_chosen(self, official: User, awaited: Commitment) -> None:
        answer(official, self.RULE, "chased", awaited, TERM, line="Promised for Friday", until="2026-03-13")
        assert Note.objects.get().text == "The draft: Promised for Friday"
        assert self.RULE not in rules_asking(official, date(2026, 3, 12))
        assert self.RULE in rules_asking(official, date(2026, 3, 13))

    def test_they_can_be_given_another_day(self, official: User, awaited: Commitment) -> None:
        answer(official, self.RULE, "new_date", awaited, TERM, due="2026-03-20")
        assert self.RULE not in rules_asking(official, TERM)


class TestBlocked:
    RULE = "blocked_by_body"

    @pytest.fixture
    def blocked(self, official: User) -> Commitment:
        fields = {"status": "blocked", "blocked_by": "Land committee", "blocked_since": date(2026, 2, 2)}
        return CommitmentFactory(executor=official, due_date=date(2026, 2, 20), text="The plot", **fields)

    def test_what_is_solved_has_a_new_day(self, official: User, blocked: Commitment) -> None:
        assert self.RULE in rules_asking(official, TERM)
        answer(official, self.RULE, "solved", blocked, TERM, due="2026-03-20")
        blocked.refresh_from_db()
        assert (blocked.status, blocked.blocked_by, blocked.due_date) == ("open", "", date(2026, 3, 20))
        assert self.RULE not in rules_asking(official, TERM)

    def test_a_letter_to_the_body_is_entered_and_its_reply_awaited(self, official: User, blocked: Commitment) -> None:
        given = {"number": "03-14/77", "day": "2026-03-06", "reply_due": "2026-03-20"}
        answer(official, self.RULE, "letter_sent", blocked, TERM, **given)
        letter = Document.objects.get()
        assert (letter.number, letter.recipient, letter.reply_due, letter.about) == (
            "03-14/77",
            "Land committee",
            date(2026, 3, 20),
            blocked.about,
        )
        assert self.RULE not in rules_asking(official, date(2026, 3, 19))
        assert self.RULE in rules_asking(official, date(2026, 3, 20))
