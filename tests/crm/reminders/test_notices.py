"""What people are told at once: on the page with its count, and ten minutes later in one mail."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from crm.accounts.models import User
from crm.commitments.services import create_commitment, update_commitment
from crm.meetings.services import update_meeting
from crm.notes.services import create_note
from crm.reminders.models import Letter, Notice
from crm.reminders.services import mail_due_notices, send_letters
from leads.deals.models import Deal
from leads.deals.services import assign_deal, create_deal
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory
from tests.factories.meetings import MeetingFactory

MORNING = datetime.fromisoformat("2026-03-02T10:00+05:00")
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def deal(official: User) -> Deal:
    return DealFactory(owner=official, title="Glass works")


def told(user: User) -> list[tuple[str, str]]:
    return [(notice.kind, str(notice.about)) for notice in Notice.objects.filter(user=user).order_by("pk")]


def mails(clock: Any, *, minutes: int = 0) -> list[Any]:
    """Return what goes out by mail so many minutes later."""
    clock.shift(timedelta(minutes=minutes))
    mail_due_notices(now=datetime.now().astimezone())
    send_letters(Letter.objects.values_list("pk", flat=True))
    return mail.outbox


def test_who_is_given_something_is_told_but_not_by_oneself(
    official: User, colleague: User, manager: User, deal: Deal
) -> None:
    create_commitment(by=manager, about=deal, text="Send the road map", executor=official, co_executors=[colleague])
    create_commitment(by=official, about=deal, text="Call them", executor=official)
    update_meeting(MeetingFactory(subject="Talks"), by=manager, owner=colleague)
    assert told(official) == [("assigned", "Send the road map")]
    assert told(colleague) == [("assigned", "Send the road map"), ("assigned", "Talks")]
    assert told(manager) == []


def test_another_executor_is_told_once_whatever_else_changes(official: User, colleague: User, manager: User) -> None:
    commitment = CommitmentFactory(executor=official, text="Send the road map")
    update_commitment(commitment, by=manager, executor=colleague)
    update_commitment(commitment, by=manager, text="Send the map")
    assert told(colleague) == [("assigned", "Send the map")]
    assert told(official) == []


def test_who_gets_a_deal_is_told_of_the_deal_not_of_each_step(official: User, colleague: User, manager: User) -> None:
    deal = create_deal(by=manager, region=manager.region, title="Glass works", owner=official)
    CommitmentFactory(about=deal, executor=official)
    assert told(official) == [("assigned", "Glass works")]
    assign_deal(deal, by=manager, owner=colleague)
    assert told(colleague) == [("assigned", "Glass works")]


def test_what_is_mentioned_and_given_in_ten_minutes_comes_in_one_mail(
    official: User, colleague: User, manager: User, deal: Deal, clock: Any
) -> None:
    create_note(by=colleague, about=deal, text="Which plot do they want?", mentions=[official])
    clock.shift(timedelta(minutes=6))
    create_commitment(by=manager, about=deal, text="Send the road map", executor=official)
    assert mails(clock, minutes=3) == []
    [message] = mails(clock, minutes=1)
    assert message.to == [official.email]
    assert message.subject == "1 record assigned to you, 1 mention of you"
    for body in (message.body, message.alternatives[0].content):
        assert f"{colleague.full_name} mentioned you" in body
        assert "Which plot do they want?" in body
        assert f"http://127.0.0.1:8000{deal.get_absolute_url()}" in body
        assert "Send the road map" in body
    assert len(mails(clock, minutes=30)) == 1, "what was told is not told again"


def test_one_notice_names_its_record_in_the_subject_and_the_language_of_its_reader(colleague: User, clock: Any) -> None:
    reader = UserFactory(language="ru")
    create_note(by=colleague, about=DealFactory(title="Стекольный завод"), text="Когда ответ?", mentions=[reader])
    [message] = mails(clock, minutes=10)
    assert message.subject.endswith(": Стекольный завод")
    assert "упоминает вас" in message.subject
    assert Letter.objects.get().text == "", "the words go once the mail is out"


def test_what_was_read_in_time_needs_no_mail(
    official: User, colleague: User, deal: Deal, clock: Any, signed_in: SignIn
) -> None:
    create_note(by=colleague, about=deal, text="Which plot?", mentions=[official])
    notice = Notice.objects.get()
    page = signed_in(official).post(f"/reminders/notices/{notice.pk}/")
    assert page.headers["Location"] == deal.get_absolute_url()
    assert mails(clock, minutes=10) == []


@pytest.mark.parametrize("change", [{"notices_by_mail": False}, {"is_active": False}, {"address_failed_at": MORNING}])
def test_who_wants_no_mail_or_cannot_get_it_gets_none(
    official: User, colleague: User, deal: Deal, clock: Any, change: dict[str, Any]
) -> None:
    create_note(by=colleague, about=deal, text="Which plot?", mentions=[official])
    User.objects.filter(pk=official.pk).update(**change)
    assert mails(clock, minutes=10) == []
    assert Letter.objects.count() == 0


def test_two_schedulers_write_one_mail(official: User, colleague: User, deal: Deal, clock: Any) -> None:
    create_note(by=colleague, about=deal, text="Which plot?", mentions=[official])
    clock.shift(timedelta(minutes=10))
    now = datetime.now().astimezone()
    assert [mail_due_notices(now=now), mail_due_notices(now=now)] == [1, 0]
    assert Letter.objects.count() == 1


def test_the_page_shows_the_notices_and_the_shell_their_number(
    official: User, colleague: User, deal: Deal, signed_in: SignIn
) -> None:
    create_note(by=colleague, about=deal, text="Which plot?", mentions=[official])
    client = signed_in(official)
    html = client.get("/reminders/notices/").content.decode()
    assert "Glass works" in html
    assert "1 not read yet" in html
    assert '<span class="n">1</span>' in client.get("/settings/").content.decode()
    client.post("/reminders/notices/read/")
    assert "not read yet" not in client.get("/reminders/notices/").content.decode()
    assert "Nothing to tell yet" in signed_in(colleague).get("/reminders/notices/").content.decode()


def test_what_is_out_of_sight_is_neither_shown_nor_opened_nor_mailed(
    official: User, colleague: User, stranger: User, deal: Deal, clock: Any, signed_in: SignIn
) -> None:
    create_note(by=colleague, about=deal, text="Which plot?", mentions=[official])
    User.objects.filter(pk=official.pk).update(region=stranger.region)
    official.refresh_from_db()
    client = signed_in(official)
    assert "Glass works" not in client.get("/reminders/notices/").content.decode()
    assert client.post(f"/reminders/notices/{Notice.objects.get().pk}/").status_code == 404
    assert mails(clock, minutes=10) == []


def test_a_partner_is_told_of_what_it_carries_out(manager: User, partner: User, deal: Deal, signed_in: SignIn) -> None:
    create_commitment(by=manager, about=deal, text="Show the plot", executor=partner)
    assert "Show the plot" in signed_in(partner).get("/reminders/notices/").content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_the_same_few_queries(
    official: User, colleague: User, signed_in: SignIn, number: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(number):
        create_note(by=colleague, about=DealFactory(), text="Which plot?", mentions=[official])
    client = signed_in(official)
    client.get("/reminders/notices/")
    with django_assert_max_num_queries(10):
        client.get("/reminders/notices/")
