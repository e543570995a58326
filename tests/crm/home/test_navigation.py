import datetime

import time_machine
from django.utils import timezone

from crm.accounts.models import User
from crm.home.navigation import steps_due
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory


@time_machine.travel("2026-03-02T20:30:00Z")
def test_my_week_counts_the_own_steps_that_are_due_by_the_local_day(official: User, colleague: User) -> None:
    # It is the third of March in Aktobe already.
    def step(day: int, executor: User = official, **fields: object) -> None:
        deal = DealFactory(owner=official)
        CommitmentFactory(about=deal, executor=executor, due_date=datetime.date(2026, 3, day), **fields)

    step(2)
    step(3)
    step(4)
    step(1, executor=colleague)
    step(1, status="kept", closed_at=timezone.now())

    assert steps_due(official).count() == 2


def test_a_partner_is_offered_only_what_it_can_use(partner: User, viewer: User, signed_in) -> None:
    def side_bar(user: User) -> list[str]:
        return [link.url for link in signed_in(user).get("/settings/").context["navigation"]]

    lists = {"/deals/", "/companies/", "/delegations/", "/meetings/", "/reports/"}
    assert not lists & set(side_bar(partner))
    assert "/commitments/" in side_bar(partner)
    assert lists <= set(side_bar(viewer))
