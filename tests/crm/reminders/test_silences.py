"""The page of what somebody is not asked, and asking again."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.commitments.models import Commitment
from crm.reminders.models import Snooze
from crm.reminders.queries import items_for
from crm.reminders.services import decline, never_ask, put_off
from crm.shared.about import about
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory
from tests.factories.delegations import DelegationFactory
from tests.factories.meetings import MeetingFactory

MONDAY = date(2026, 3, 2)
RULE = "our_commitment"
PAGE = "/reminders/not-asked/"
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(datetime.fromisoformat("2026-03-02T10:00+05:00"), tick=False) as traveller:
        yield traveller


def task(executor: User, text: str) -> Commitment:
    return CommitmentFactory(executor=executor, text=text, due_date=MONDAY, region=executor.region)


def again(user: User) -> str:
    return f"{PAGE}{Snooze.objects.get(user=user).pk}/end/"


def test_it_lists_what_was_put_off_given_back_and_stopped_the_soonest_first(
    official: User, colleague: User, signed_in: SignIn
) -> None:
    never_ask(official, rule=RULE, about_id=task(official, "Stopped").pk)
    decline(official, rule=RULE, about_id=task(official, "Given back").pk)
    put_off(official, rule=RULE, about_id=task(official, "Put off long").pk, until=date(2026, 6, 1), on=MONDAY)
    put_off(official, rule=RULE, about_id=task(official, "Put off").pk, until=date(2026, 3, 9), on=MONDAY)
    put_off(colleague, rule=RULE, about_id=task(colleague, "A colleague's").pk, until=date(2026, 3, 9), on=MONDAY)
    page = signed_in(official).get(PAGE).content.decode()
    order = [page.index(f">{words}</a>") for words in ("Put off", "Put off long", "Stopped", "Given back")]
    assert order == sorted(order)
    assert 'Put off until <time datetime="2026-03-09">9 March</time>' in page
    for words in ("Never about this one", "Not mine", "Commitments of ours"):
        assert words in page
    assert "A colleague" not in page


def test_what_is_asked_again_leaves_the_list_and_is_asked(official: User, signed_in: SignIn) -> None:
    commitment = task(official, "Send the memorandum")
    never_ask(official, rule=RULE, about_id=commitment.pk)
    assert items_for([official], on=MONDAY)[official.pk] == []
    client, url = signed_in(official), again(official)
    page = client.post(url, follow=True)
    assert page.redirect_chain == [(PAGE, 302)]
    assert "You are asked about it again." in page.content.decode()
    assert ">Send the memorandum</a>" not in page.content.decode()
    assert [item.about_id for item in items_for([official], on=MONDAY)[official.pk]] == [commitment.pk]
    event = AuditEvent.objects.filter(model="reminders.snooze").latest("pk")
    assert (event.actor_id, event.changes["kind"]) == (official.pk, ["never", "later"])
    assert client.post(url).status_code == 302, "pressed twice"


def test_only_ones_own_is_taken_back(official: User, colleague: User, manager: User, signed_in: SignIn) -> None:
    never_ask(official, rule=RULE, about_id=task(official, "Send the memorandum").pk)
    for other in (colleague, manager):
        assert signed_in(other).post(again(official)).status_code == 404
    assert signed_in(official).get(again(official)).status_code == 405
    assert Snooze.objects.get().kind == "never"


def test_what_was_put_off_and_has_come_is_not_listed(official: User, signed_in: SignIn, clock: Any) -> None:
    put_off(official, rule=RULE, about_id=task(official, "Call").pk, until=date(2026, 3, 9), on=MONDAY)
    clock.move_to(datetime.fromisoformat("2026-03-09T08:00+05:00"))
    assert "You are asked everything" in signed_in(official).get(PAGE).content.decode()


def test_a_record_out_of_sight_is_not_named_but_can_be_asked_again(
    official: User, stranger: User, signed_in: SignIn
) -> None:
    never_ask(official, rule="gone_quiet", about_id=DealFactory(owner=official, title="Glass works").pk)
    User.objects.filter(pk=official.pk).update(region=stranger.region)
    official.refresh_from_db()
    client = signed_in(official)
    page = client.get(PAGE).content.decode()
    assert "Glass works" not in page
    assert "A record that is archived, or that you no longer see" in page
    client.post(again(official))
    assert Snooze.objects.get().kind == "later"


def test_a_partner_has_the_page_too(partner: User, signed_in: SignIn) -> None:
    never_ask(partner, rule=RULE, about_id=task(partner, "Show the plot").pk)
    client = signed_in(partner)
    for page in ("/", "/settings/"):
        assert f'href="{PAGE}"' in client.get(page).content.decode()
    assert ">Show the plot</a>" in client.get(PAGE).content.decode()
    client.post(again(partner))
    assert "Show the plot" in client.get("/").content.decode()


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_takes_the_same_few_queries(
    official: User, signed_in: SignIn, number: int, django_assert_max_num_queries: Any
) -> None:
    for _ in range(number):
        meeting, visit = MeetingFactory(owner=official), DelegationFactory(secretary=official)
        for record in (task(official, "Call"), DealFactory(owner=official), meeting, visit):
            Snooze.objects.create(user=official, rule=RULE, kind="never", **about(record))
    client = signed_in(official)
    client.get(PAGE)
    with django_assert_max_num_queries(12):
        page = client.get(PAGE).content.decode()
    assert page.count("/end/") == min(number * 4, 25)
