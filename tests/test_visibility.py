"""Every address of the site, asked for by nine people. An address that nobody decided on fails the walk."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from crm.accounts.models import User
from crm.commitments.models import Commitment
from tests.factories.accounts import UserFactory
from tests.visibility.addresses import ROLES, Address, addresses, answer_of
from tests.visibility.decisions import Decision, decision_on
from tests.visibility.records import RECORDS

#: A parameter in a route: ``<int:pk>``, ``(?P<pk>[^/.]+)``, ``([^/]+)``.
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*\)|\(\[[^()]*\)")

#: Parts of a record that an address names beside it.
PARTS: dict[Any, Callable[[Any], Model]] = {
    "commit": lambda report: report.commits.get(),
    "step": lambda deal: Commitment.objects.get(about_id=deal.pk),
}
BACK_OFFICE_DOOR = "/back-office/login/"
ADDRESSES = list(addresses())
DECIDED = [address for address in ADDRESSES if decision_on(address)]


@pytest.fixture
def people(db: None) -> dict[str, User | None]:
    def person(role: str, region: str = "KZ-15") -> User:
        return UserFactory(role=role, region__code=region)

    return {
        "owner": person("official"),
        "colleague": person("official"),
        "viewer": person("viewer"),
        "manager": person("manager"),
        "administrator": person("administrator"),
        "national": person("manager", "KZ"),
        "partner": person("partner"),
        "stranger": person("official", "KZ-23"),
        "anonymous": None,
    }


def test_somebody_has_decided_on_every_address() -> None:
    undecided = [f"{address.name} ({address.route})" for address in ADDRESSES if not decision_on(address)]
    assert not undecided, "Decide in tests/visibility/decisions.py who may reach: " + ", ".join(undecided)


@pytest.mark.parametrize("address", DECIDED, ids=lambda address: address.name)
def test_each_role_gets_what_was_decided(address: Address, people: dict[str, User | None]) -> None:
    decision = decision_on(address)
    assert decision is not None
    expected = {role: decision.access.expected(role) for role in ROLES}
    answers = {role: answer_of(ask(address, decision, people, role)) for role in ROLES}
    assert answers == expected


def ask(address: Address, decision: Decision, people: dict[str, User | None], role: str) -> HttpResponse:
    """Ask as ``role``, about a record made for the occasion, so that no answer hangs on the one before."""
    owner = people["owner"]
    assert owner is not None
    with transaction.atomic():
        response = _ask(address, decision, owner, people[role])
        transaction.set_rollback(True)
    return response


def _ask(address: Address, decision: Decision, owner: User, user: User | None) -> HttpResponse:
    record = RECORDS[decision.record](owner) if decision.record else None
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    response: HttpResponse = getattr(client, decision.method)(path_of(address, decision, record), decision.data)
    if response.headers.get("Location", "").startswith(BACK_OFFICE_DOOR) and address.name != "admin:login":
        # The back office sends whoever may not enter to its door, which says why.
        response = client.get(response.headers["Location"])
    response.getvalue()  # a file is closed once it is read
    return response


def path_of(address: Address, decision: Decision, record: Model | None) -> str:
    """Fill the address: what the decision names, else the record's key; then a version of the record's history."""
    unnamed = iter([record.pk if record else "", record.history.first().pk if decision.of_history else ""])  # type: ignore[union-attr]

    def value(found: re.Match[str]) -> str:
        name = next(filter(None, found.groups()), "")
        if name in decision.parameters:
            given = decision.parameters[name]
            return str(PARTS[given](record).pk if given in PARTS else given)
        return str(record.pk if name and record else next(unnamed))

    return "/" + PARAMETER.sub(value, address.route).replace("^", "").replace("$", "")
