"""Cards on the board are dragged; what the menu refuses is refused to a drag too."""

from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from crm.accounts.models import User
from leads.deals.models import Deal
from leads.deals.services import update_deal
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
SignIn = Callable[[User], Page]


@pytest.fixture
def deal(official: User) -> Deal:
    deal = DealFactory(region=official.region, owner=official, title="Glass works")
    CommitmentFactory(about=deal, executor=official, due_date=timezone.localdate())
    return deal


def drag(page: Page, deal: Deal, *, to: str) -> None:
    page.locator(f"#deal-{deal.pk} p").first.hover()
    page.drag_and_drop(f"#deal-{deal.pk} p", f".bcol[data-stage={to}] header")


def test_a_card_is_dragged_to_the_next_stage(official: User, deal: Deal, sign_in: SignIn) -> None:
    page = sign_in(official)
    page.goto("/deals/")
    drag(page, deal, to="qualified")
    expect(page.locator(f".bcol[data-stage=qualified] #deal-{deal.pk}")).to_be_visible()
    deal.refresh_from_db()
    assert deal.stage == "qualified"


def test_a_stage_whose_gate_is_not_met_says_what_is_missing_and_the_card_stays(
    official: User, deal: Deal, sign_in: SignIn
) -> None:
    page = sign_in(official)
    page.goto("/deals/")
    drag(page, deal, to="memorandum")
    expect(page.locator("dialog:modal")).to_contain_text("Memorandum")
    expect(page.locator(f".bcol[data-stage=lead] #deal-{deal.pk}")).to_be_attached()
    deal.refresh_from_db()
    assert deal.stage == "lead"


def test_who_comes_second_is_told_and_overwrites_nothing(official: User, deal: Deal, sign_in: SignIn) -> None:
    page = sign_in(official)
    page.goto("/deals/")
    update_deal(Deal.objects.get(pk=deal.pk), by=official, title="Glass works of Aktobe")
    with page.expect_response(lambda answer: answer.request.method == "POST") as told:
        drag(page, deal, to="qualified")
    assert told.value.status == 409
    expect(page.locator(f".bcol[data-stage=lead] #deal-{deal.pk}")).to_be_attached()
    deal.refresh_from_db()
    assert (deal.stage, deal.title) == ("lead", "Glass works of Aktobe")


def test_a_viewer_drags_nothing(viewer: User, deal: Deal, sign_in: SignIn) -> None:
    page = sign_in(viewer)
    page.goto("/deals/")
    drag(page, deal, to="qualified")
    assert page.get_attribute(f"#deal-{deal.pk}", "draggable") is None
    deal.refresh_from_db()
    assert deal.stage == "lead"
