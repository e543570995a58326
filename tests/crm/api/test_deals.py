from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from tests.factories.deals import DealFactory

SignIn = Callable[[User], Client]


def move(client: Client, deal: object, **body: object):
    return client.post(reverse("api:deal-move", args=[deal.pk]), body, content_type="application/json")


def test_a_gate_that_is_not_met_names_what_is_missing(official: User, signed_in: SignIn) -> None:
    deal = DealFactory(owner=official, company=None)
    answer = move(signed_in(official), deal, to_stage="qualified", version=1)
    assert answer.status_code == 400
    assert {"company", "next_step"} <= set(answer.json()["fields"])
    gate = signed_in(official).get(reverse("api:deal-gate", args=[deal.pk])).json()
    assert gate["stage"] == "qualified"
    assert {gap["field"] for gap in gate["missing"]} == set(answer.json()["fields"])


def test_a_manager_passes_the_gate_with_a_reason(manager: User, signed_in: SignIn) -> None:
    deal = DealFactory(company=None)
    answer = move(
        signed_in(manager), deal, to_stage="qualified", version=1, pass_gate=True, reason="signed on the spot"
    )
    assert (answer.status_code, answer.json()["stage"]) == (200, "qualified")
    assert deal.stage_changes.get(to_stage="qualified").reason == "signed on the spot"


def test_the_second_to_move_is_told_that_the_deal_has_changed(manager: User, signed_in: SignIn) -> None:
    deal = DealFactory()
    client = signed_in(manager)
    assert move(client, deal, to_stage="qualified", version=1, pass_gate=True, reason="x").status_code == 200
    answer = move(client, deal, to_stage="lead", version=1, reason="x")
    assert answer.status_code == 412
    assert answer.json()["version"] == 2


def test_a_viewer_may_not_move_and_a_stranger_finds_nothing(viewer: User, stranger: User, signed_in: SignIn) -> None:
    deal = DealFactory()
    assert move(signed_in(viewer), deal, to_stage="lead", version=1).status_code == 403
    assert move(signed_in(stranger), deal, to_stage="lead", version=1).status_code == 404
    deal.refresh_from_db()
    assert deal.stage == "lead"
