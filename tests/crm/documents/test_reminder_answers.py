from datetime import date

import pytest

from crm.accounts.models import User
from crm.documents.models import Document
from crm.shared.errors import InvalidRecord, RecordNotFound
from tests.answering import answer, rules_asking
from tests.factories.deals import DealFactory
from tests.factories.documents import DocumentFactory

MONDAY = date(2026, 3, 2)
RULE = "letter_unanswered"


@pytest.fixture
def letter(official: User) -> Document:
    return DocumentFactory(
        owner=official, about=DealFactory(), title="Plot for the plant", recipient="Akimat", reply_due=date(2026, 2, 20)
    )


def test_the_answer_is_entered_as_a_letter_about_the_same_record(official: User, letter: Document) -> None:
    assert RULE in rules_asking(official, MONDAY)
    with pytest.raises(InvalidRecord):
        answer(official, RULE, "answered", letter, MONDAY, number="5", day="2026-03-03")
    answer(official, RULE, "answered", letter, MONDAY, number="02/5", day="2026-02-27")
    letter.refresh_from_db()
    came = letter.answered_by
    assert came is not None
    assert (came.kind, came.number, came.date, came.sender, came.about) == (
        "letter_in",
        "02/5",
        date(2026, 2, 27),
        "Akimat",
        letter.about,
    )
    assert RULE not in rules_asking(official, MONDAY)


def test_the_reply_to_a_repeated_letter_is_awaited_instead(official: User, letter: Document) -> None:
    given = {"number": "03/9", "day": "2026-03-02", "reply_due": "2026-03-16"}
    answer(official, RULE, "repeat", letter, MONDAY, **given)
    repeated = Document.objects.exclude(pk=letter.pk).get()
    assert (repeated.title, repeated.recipient, repeated.reply_due, repeated.owner) == (
        letter.title,
        "Akimat",
        date(2026, 3, 16),
        official,
    )
    assert RULE not in rules_asking(official, MONDAY)
    assert RULE in rules_asking(official, date(2026, 3, 17))


def test_a_letter_of_another_region_is_out_of_reach(stranger: User, letter: Document) -> None:
    with pytest.raises(RecordNotFound):
        answer(stranger, RULE, "answered", letter, MONDAY, number="1", day="2026-03-02")
