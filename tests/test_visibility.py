"""Every address of the site, asked for by nine people. An address that nobody decided on fails the walk."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.plugin import DjangoDbBlocker

from crm.accounts.models import User
from crm.audit.choices import Action
from crm.audit.models import AuditEvent
from tests.factories.accounts import UserFactory
from tests.visibility.addresses import ROLES, Address, addresses, answer_of
from tests.visibility.decisions import Decision, decision_on
from tests.visibility.paths import path_of
from tests.visibility.records import RECORDS
from tests.visibility.table import WALKED

BACK_OFFICE_DOOR = "/back-office/login/"
#: What takes more than twelve: the back office; a manager's whole mail, composed as it would go out; a record's history
#: of eight kinds of things.
MORE_QUERIES = {"/back-office/": 20, "/reminders/preview/": 16, "/notes/": 14}
ADDRESSES = list(addresses())
DECIDED = [address for address in ADDRESSES if decision_on(address)]


@dataclass(frozen=True)
class People:
    """The nine, each with a browser that is signed in already; one belongs to nobody."""

    owner: User
    browsers: dict[str, Client]


@pytest.fixture(scope="module")
def people(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[People]:
    """Make the people once for the whole walk, in a transaction around those of its tests."""
    with django_db_blocker.unblock(), transaction.atomic():
        users = {
            "owner": person("official"),
            "colleague": person("official"),
            "viewer": person("viewer"),
            "manager": person("manager"),
            "administrator": person("administrator"),
            "national": person("manager", "KZ"),
            "partner": person("partner"),
            "stranger": person("official", "KZ-23"),
        }
        yield People(users["owner"], {role: browser_of(users.get(role)) for role in ROLES})
        transaction.set_rollback(True)


def person(role: str, region: str = "KZ-15") -> User:
    return UserFactory(role=role, region__code=region)


def browser_of(user: User | None) -> Client:
    browser = Client(raise_request_exception=False)
    if user is not None:
        browser.force_login(user)
    return browser


def test_somebody_has_decided_on_every_address() -> None:
    undecided = [f"{address.name} ({address.route})" for address in ADDRESSES if not decision_on(address)]
    assert not undecided, "Decide in tests/visibility/decisions.py who may reach: " + ", ".join(undecided)


@pytest.mark.parametrize("address", DECIDED, ids=lambda address: address.name)
def test_each_role_gets_what_was_decided(
    address: Address, people: People, db: None, record_property: Callable[[str, object], None]
) -> None:
    decision = decision_on(address)
    assert decision is not None
    record = RECORDS[decision.record](people.owner) if decision.record else None
    path = path_of(address, decision, record)
    answers = {role: answer_of(ask(path, decision, people.browsers[role])) for role in ROLES}
    record_property(WALKED, (f"{decision.method.upper()} {address.name}", list(answers.values())))
    assert answers == {role: decision.access.expected(role) for role in ROLES}


def ask(path: str, decision: Decision, browser: Client) -> HttpResponse:
    """Ask as one of the nine, and take back what the answer changed, so that no answer hangs on the one before."""
    cookies = copy.deepcopy(browser.cookies)
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            response: HttpResponse = getattr(browser, decision.method)(path, decision.data)
        if decision.method == "get" and response.status_code == HTTPStatus.OK:
            assert_few(queries, path)
        door = response.headers.get("Location", "")
        if door.startswith(BACK_OFFICE_DOOR) and not path.startswith(BACK_OFFICE_DOOR):
            # The back office sends whoever may not enter to its door, which says why.
            response = browser.get(door)
        response.getvalue()  # a file is closed once it is read
        assert is_logged(response, path), "a file left the house and the audit log does not know"
        transaction.set_rollback(True)
    browser.cookies = cookies
    return response


def assert_few(queries: CaptureQueriesContext, path: str) -> None:
    """A page reads by at most twelve queries, one of the back office by twenty; what a process keeps does not count."""
    asked = [query["sql"] for query in queries.captured_queries]
    asked = [
        sql for sql in asked if sql.lstrip("(").startswith(("SELECT", "WITH")) and "django_content_type" not in sql
    ]
    most = next((number for part, number in MORE_QUERIES.items() if path.startswith(part)), 12)
    assert len(asked) <= most, f"{path} takes {len(asked)} queries:\n" + "\n".join(sql[:200] for sql in asked)


def is_logged(response: HttpResponse, path: str) -> bool:
    """Whatever is handed out as a file, is in the audit log; one's own recovery codes are one's own."""
    taken_out = response.headers.get("Content-Disposition", "").startswith("attachment")
    return not taken_out or "recovery-codes" in path or AuditEvent.objects.filter(action=Action.EXPORTED).exists()
