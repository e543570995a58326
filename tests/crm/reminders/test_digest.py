from datetime import date
from html import escape

import pytest
from django.utils import translation

from crm.accounts.models import User
from crm.reminders.choices import Urgency
from crm.reminders.digest import digest_of, render_digest, subject_of
from crm.reminders.queries import Agenda, agendas_for
from crm.reminders.registry import Item
from crm.reminders.services.composing import write_digest
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory

MONDAY = date(2026, 3, 2)


def asked(**numbers: int) -> Agenda:
    return Agenda(
        tuple(
            Item("rule", 1, ("deals.deal", n), f"{name} {n}", "why", "/deals/1/", Urgency[name], [1])
            for name, number in numbers.items()
            for n in range(number)
        )
    )


@pytest.mark.parametrize(
    ("numbers", "subject"),
    [
        ({"OVERDUE": 3, "QUIET": 2}, "3 overdue, 2 deals gone quiet"),
        ({"QUIET": 1}, "1 deal gone quiet"),
        ({"TODAY": 1, "WEEK": 4}, "1 to do today, 4 due this week"),
    ],
)
def test_the_subject_says_what_matters(numbers: dict[str, int], subject: str) -> None:
    with translation.override("en"):
        assert subject_of(digest_of(User(), asked(**numbers), on=MONDAY)) == subject


def test_the_mail_lists_groups_by_urgency_in_html_and_in_text(official: User) -> None:
    deal = DealFactory(title="Precast <concrete> plant", owner=None)
    for text, due in [("Ask for the plan", date(2026, 3, 2)), ("Send the memorandum", date(2026, 2, 20))]:
        CommitmentFactory(text=text, due_date=due, executor=official, about=deal)
    digest = digest_of(official, agendas_for([official], on=MONDAY)[official.pk], on=MONDAY)
    mail = render_digest(digest, unsubscribe_url="https://sapar.example/stop/")
    assert mail.subject == "1 overdue, 1 to do today"
    for body in (mail.html, mail.text):
        order = [body.rindex(words) for words in ("Overdue", "Send the memorandum", "Do today", "Ask for the plan")]
        assert order == sorted(order)
        assert f"http://127.0.0.1:8000/deals/{deal.pk}/" in body
        assert "https://sapar.example/stop/" in body
        assert "10 days late" in body
    assert "Precast &lt;concrete&gt; plant" in mail.html
    assert "Precast <concrete> plant" in mail.text
    assert not any(mark in mail.html for mark in ("<img", "<script", "<link", "url("))


def test_what_people_wrote_is_filled_in_as_it_stands(official: User) -> None:
    """Braces are what a blank is filled in by, entities and quotes what HTML is."""
    words = {"title": '{title} <b>{0}</b> "&amp;"', "why": "{why}", "context": "{page}", "person": "{{answers}}"}
    item = Item("our_commitment", official.pk, ("deals.deal", 1), url="/", urgency=Urgency.TODAY, seen_from=[], **words)
    mail = write_digest(digest_of(official, Agenda((item,)), on=MONDAY))
    for said in words.values():
        assert said in mail.text
        assert escape(said) in mail.html
    assert "<b>{" not in mail.html


@pytest.mark.parametrize(("number", "shown", "rest"), [(25, 25, 0), (26, 25, 1), (60, 25, 35)])
def test_at_most_25_are_listed_and_the_rest_is_counted(official: User, number: int, shown: int, rest: int) -> None:
    digest = digest_of(official, asked(OVERDUE=number), on=MONDAY)
    mail = render_digest(digest, unsubscribe_url="https://sapar.example/stop/")
    assert mail.html.count('href="http://127.0.0.1:8000/deals/1/"') == shown
    assert (f"And {rest} more" in mail.text) == bool(rest)
    assert mail.subject == f"{number} overdue"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_mail_is_in_the_persons_language(official: User, language: str) -> None:
    official.language = language
    mail = render_digest(digest_of(official, asked(WEEK=1), on=MONDAY), unsubscribe_url="https://sapar.example/stop/")
    with translation.override(language):
        assert f'lang="{language}"' in mail.html
        assert str(Urgency.WEEK.label) in mail.html
        assert str(Urgency.WEEK.label) in mail.text
