import datetime
import json
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from crm.commitments import services
from crm.commitments.models import Commitment
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory
from tests.factories.delegations import DelegationFactory
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
LIST = reverse("commitments:commitments")
HTMX = {"HX-Request": "true"}


def texts(client: Client, query: str = "") -> list[str]:
    return [commitment.text for commitment in client.get(LIST + query).context["page"]]


def act(name: str, commitment: Commitment) -> str:
    return reverse(f"commitments:{name}", args=[commitment.pk])


@pytest.mark.parametrize("who", ["official", "colleague", "manager", "viewer", "national", "administrator"])
def test_the_region_and_national_staff_see_a_commitment(
    who: str, request: pytest.FixtureRequest, signed_in: SignIn
) -> None:
    commitment = CommitmentFactory(text="Send the letter")
    client = signed_in(request.getfixturevalue(who))
    assert texts(client) == ["Send the letter"]
    assert client.get(act("commitment", commitment)).status_code == 200


@pytest.mark.parametrize("who", ["stranger", "partner"])
def test_others_find_nothing(who: str, request: pytest.FixtureRequest, signed_in: SignIn) -> None:
    commitment = CommitmentFactory()
    client = signed_in(request.getfixturevalue(who))
    assert texts(client) == []
    for name in ("keep", "reopen", "postpone", "block", "drop", "edit"):
        assert client.post(act(name, commitment)).status_code == 404
    assert client.post(reverse("commitments:create", args=["deals.deal", commitment.about_id])).status_code == 404


def test_a_viewer_may_not_answer(viewer: User, signed_in: SignIn) -> None:
    commitment = CommitmentFactory(executor=viewer)
    for name in ("keep", "reopen", "postpone", "block", "drop", "edit"):
        assert signed_in(viewer).post(act(name, commitment)).status_code == 403
    assert Commitment.objects.get().status == "open"


@pytest.mark.parametrize("share", ["executor", "co_executor"])
def test_a_partner_sees_and_keeps_what_it_executes(share: str, partner: User, signed_in: SignIn) -> None:
    deal = DealFactory(title="A secret plant")
    commitment = CommitmentFactory(
        about=deal, text="Connect the plot", executor=partner if share == "executor" else None
    )
    if share == "co_executor":
        commitment.co_executors.add(partner)
    client = signed_in(partner)
    page = client.get(LIST).content.decode()
    assert "Connect the plot" in page
    assert "A secret plant" not in page
    assert "A secret plant" not in client.get(act("commitment", commitment)).content.decode()
    assert client.post(act("drop", commitment), {"reason": "no"}).status_code == 403
    assert client.post(act("postpone", commitment)).status_code == 403
    client.post(act("block", commitment), {"blocked_by": "Akimat", "since": "2026-03-02"})
    commitment.refresh_from_db()
    assert (commitment.status, commitment.blocked_by) == ("blocked", "Akimat")
    answer = client.post(act("keep", commitment), {"proof": "Act no. 4"}, headers={"hx-request": "true"})
    assert act("reopen", commitment) in answer.content.decode() + str(answer.headers)
    commitment.refresh_from_db()
    assert (commitment.status, commitment.proof, commitment.closed_by) == ("kept", "Act no. 4", partner)
    client.post(act("reopen", commitment))
    commitment.refresh_from_db()
    assert commitment.status == "open"


def test_a_company_that_owes_is_named_to_a_partner_without_its_page(partner: User, signed_in: SignIn) -> None:
    company = CompanyFactory(name="Örnek Yapı A.Ş.")
    commitment = CommitmentFactory(executor=partner, company=company)
    page = signed_in(partner).get(act("commitment", commitment)).content.decode()
    assert "Örnek Yapı A.Ş." in page
    assert company.get_absolute_url() not in page


@pytest.mark.parametrize("side", ["ours", "theirs"])
@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_twelve_queries_at_most(
    rows: int, side: str, official: User, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    for number in range(rows):
        about = (DealFactory, MeetingFactory, DelegationFactory)[number % 3 if rows > 1 else 0]()
        CommitmentFactory(about=about, region=official.region, side=side, company=CompanyFactory(), executor=official)
    client = signed_in(official)
    client.get(LIST + f"?side={side}")
    with django_assert_max_num_queries(12):
        client.get(LIST + f"?side={side}")


def test_ours_stand_by_executor_and_theirs_by_lateness(official: User, signed_in: SignIn) -> None:
    official.full_name = "Б"
    official.save()
    CommitmentFactory(text="b1", executor=official, due_date=datetime.date(2026, 1, 1))
    CommitmentFactory(text="a2", executor__full_name="А", due_date=datetime.date(2026, 3, 1))
    CommitmentFactory(text="late", side="theirs", executor=None, due_date=datetime.date(2026, 1, 5))
    CommitmentFactory(text="later", side="theirs", executor=None, due_date=datetime.date(2026, 1, 2))
    client = signed_in(official)
    assert texts(client) == ["a2", "b1"]
    assert texts(client, "?side=theirs") == ["later", "late"]
    assert texts(client, f"?executor={official.pk}") == ["b1"]


@time_machine.travel("2026-03-03 12:00+05:00")
def test_the_status_filter(official: User, signed_in: SignIn) -> None:
    CommitmentFactory(text="late", executor=official, due_date=datetime.date(2026, 3, 2))
    CommitmentFactory(text="today", executor=official, due_date=datetime.date(2026, 3, 3), under_control=True)
    services.keep_commitment(CommitmentFactory(text="kept", executor=official), by=official)
    stuck = CommitmentFactory(text="stuck", executor=official, due_date=datetime.date(2026, 4, 1))
    services.block_commitment(stuck, by=official, blocked_by="Akimat", since=datetime.date(2026, 2, 1))
    client = signed_in(official)
    assert texts(client) == ["late", "today", "stuck"]
    assert texts(client, "?state=overdue") == ["late"]
    assert texts(client, "?state=blocked") == ["stuck"]
    assert texts(client, "?state=control") == ["today"]
    assert texts(client, "?state=closed") == ["kept"]


def test_one_press_keeps_and_htmx_gets_the_row_and_a_way_back(official: User, signed_in: SignIn) -> None:
    commitment = CommitmentFactory(text="Send the letter", executor=official)
    response = signed_in(official).post(act("keep", commitment), {"version": 1}, headers=HTMX)
    row = response.content.decode()
    assert f'<li id="commitment-{commitment.pk}" class="done" hx-swap-oob="outerHTML">' in row
    assert json.loads(response["HX-Trigger-After-Settle"])["toast"]["undo"] == act("reopen", commitment)
    signed_in(official).post(act("reopen", commitment), headers=HTMX)
    assert Commitment.objects.get().status == "open"


def test_without_script_a_press_leads_back_to_the_page(official: User, signed_in: SignIn) -> None:
    commitment = CommitmentFactory(executor=official)
    client = signed_in(official)
    kept = client.post(act("keep", commitment), {"next": LIST + "?side=theirs"})
    assert (kept.status_code, kept.url) == (302, LIST + "?side=theirs")
    assert client.post(act("reopen", commitment), {"next": "https://example.com/"}).url == LIST


@time_machine.travel("2026-03-12 12:00+05:00")
def test_a_week_more_skips_days_off(official: User, signed_in: SignIn) -> None:
    # Late since January: a week from today, Thursday 12 March, is the 19th; from Saturday the 14th it is Monday 23.
    late = CommitmentFactory(executor=official, due_date=datetime.date(2026, 1, 5))
    ahead = CommitmentFactory(executor=official, due_date=datetime.date(2026, 3, 28))
    client = signed_in(official)
    client.post(act("postpone", late))
    client.post(act("postpone", ahead))
    late.refresh_from_db()
    ahead.refresh_from_db()
    assert (late.due_date, ahead.due_date) == (datetime.date(2026, 3, 19), datetime.date(2026, 4, 6))


def test_somebody_elses_answer_in_between_is_a_conflict(official: User, signed_in: SignIn) -> None:
    commitment = CommitmentFactory(executor=official)
    services.postpone_commitment(commitment, by=official, due_date=datetime.date(2026, 5, 1))
    assert signed_in(official).post(act("keep", commitment), {"version": 1}).status_code == 409
    assert Commitment.objects.get().status == "open"


def test_blocking_and_dropping_need_their_words(official: User, signed_in: SignIn) -> None:
    commitment = CommitmentFactory(executor=official)
    client = signed_in(official)
    assert client.post(act("block", commitment), {"blocked_by": "", "since": "2026-02-01"}).status_code == 422
    client.post(act("block", commitment), {"blocked_by": "Akimat", "since": "2026-02-01"})
    commitment.refresh_from_db()
    assert (commitment.status, commitment.blocked_by) == ("blocked", "Akimat")
    assert client.post(act("drop", commitment), {"reason": " "}).status_code == 422
    client.post(act("drop", commitment), {"reason": "The investor chose another site"})
    commitment.refresh_from_db()
    assert (commitment.status, commitment.drop_reason) == ("dropped", "The investor chose another site")


def test_one_is_written_about_any_visible_record(official: User, colleague: User, signed_in: SignIn) -> None:
    deal = DealFactory()
    address = reverse("commitments:create", args=["deals.deal", deal.pk])
    data = {"side": "ours", "text": "Send the plan", "due_date": "2026-03-06", "executor": colleague.pk}
    assert signed_in(official).post(address, data).status_code == 302
    commitment = Commitment.objects.get()
    assert (commitment.about, commitment.executor, commitment.region) == (deal, colleague, deal.region)
    assert signed_in(official).get(reverse("commitments:create", args=["deals.nothing", 1])).status_code == 404
