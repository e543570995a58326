"""Fixtures that all tests share: the people of two regions, clients signed in as them, a real worker."""

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client

from crm.accounts.models import User
from crm.shared.translations import compile_translations
from tests.factories.accounts import UserFactory
from tests.worker import running_worker


def pytest_configure() -> None:
    compile_translations()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let every test that really commits begin with the reference data: the one before it emptied all tables."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
        if asked or (marker and marker.kwargs.get("transaction")):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Keep the reference data where every connection finds them: a browser's event loop makes Django open its own."""
    found = connections["default"]
    if hasattr(found, "_test_serialized_contents"):
        type(found)._test_serialized_contents = found._test_serialized_contents


@pytest.fixture(autouse=True)
def _tables_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test that really commits empty the tables at its end.

    On SQLite that is a DELETE, which the audit log's triggers refuse: they are taken away for the end of the test and
    put back before the next.
    """
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    triggers = importlib.import_module("crm.audit.migrations.0002_append_only").SQLITE
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS audit_no_{verb}")
            cursor.execute(triggers.format(verb=verb, VERB=verb.upper()))
    yield
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER audit_no_{verb}")


@pytest.fixture(scope="session")
def _worker(django_db_setup: None) -> Iterator[Path]:
    with running_worker() as log:
        yield log


@pytest.fixture
def worker(transactional_db: None, _worker: Path) -> Path:
    """A real Celery worker on the test's database and broker: its log. What a test commits is worked on by it."""
    return _worker


@pytest.fixture
def official(db: None) -> User:
    return UserFactory(role="official", region__code="KZ-15")


@pytest.fixture
def colleague(db: None) -> User:
    """Another official of the same region."""
    return UserFactory(role="official", region__code="KZ-15")


@pytest.fixture
def manager(db: None) -> User:
    return UserFactory(role="manager", region__code="KZ-15")


@pytest.fixture
def viewer(db: None) -> User:
    return UserFactory(role="viewer", region__code="KZ-15")


@pytest.fixture
def partner(db: None) -> User:
    return UserFactory(role="partner", region__code="KZ-15")


@pytest.fixture
def administrator(db: None) -> User:
    return UserFactory(role="administrator", region__code="KZ-15")


@pytest.fixture
def stranger(db: None) -> User:
    """An official of another region."""
    return UserFactory(role="official", region__code="KZ-23")


@pytest.fixture
def national(db: None) -> User:
    return UserFactory(role="manager", region__code="KZ")


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
