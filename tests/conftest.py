"""Fixtures that all tests share: the people of two regions, clients signed in as them, a real worker."""

import gc
import importlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection, connections
from django.test import Client
from django.utils import translation

from crm.accounts.models import User
from crm.shared.translations import compile_translations
from tests.factories.accounts import UserFactory
from tests.visibility.table import SHOWN, WALKED, walk_table
from tests.worker import running_worker

#: What a test puts under this name among its properties is shown at the end, also of another process's.
SUMMED_UP = "summed up"


def pytest_configure() -> None:
    compile_translations()


def pytest_collection_finish() -> None:
    """Leave all that is loaded by now out of the garbage collector's rounds: they took a quarter of a second each."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="run what takes very long, and nothing else")
    parser.addoption("--fault-seed", type=int, help="replay the random faults of this seed alone")
    parser.addoption("--fault-runs", type=int, default=1000, help="how many runs of random faults a soak makes")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what takes very long to `make soak`, and prepare what really commits."""
    soaking = config.getoption("--soak")
    left = [item for item in items if bool(item.get_closest_marker("soak")) != soaking]
    items[:] = [item for item in items if item not in set(left)]
    config.hook.pytest_deselected(items=left)
    _begin_with_reference_data(items)


def _begin_with_reference_data(items: list[pytest.Item]) -> None:
    """Let every test that really commits begin with the reference data: the one before it emptied all tables."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        asked = {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
        if asked or (marker and marker.kwargs.get("transaction")):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what the random faults came to, and what each of the nine got at each address.

    The latter in a line, and as a table into the file `WALK_TABLE`.
    """
    reports = terminalreporter.getreports("passed") + terminalreporter.getreports("failed")
    for summary in [value for report in reports for name, value in report.user_properties if name == SUMMED_UP]:
        terminalreporter.write_line(str(summary))
    walked = [value for report in reports for name, value in report.user_properties if name == WALKED]
    for shown in (value for report in reports for name, value in report.user_properties if name == SHOWN):
        terminalreporter.write_line(str(shown))
    if walked:
        lines = walk_table(walked)
        terminalreporter.write_line(f"walk: {lines[-1]}")
        if path := os.environ.get("WALK_TABLE"):
            Path(path).write_text("\n".join(lines) + "\n", "utf-8")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Keep the reference data where every connection finds them: a browser's event loop makes Django open its own."""
    found = connections["default"]
    if hasattr(found, "_test_serialized_contents"):
        type(found)._test_serialized_contents = found._test_serialized_contents


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Let every test begin in English, whatever language the page of the one before it was in."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _tables_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Let a test that really commits empty the tables at its end.

    On SQLite that is a DELETE, which a trigger of the audit log refuses: it is taken away for the end of the test and
    put back before the next.
    """
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    trigger = importlib.import_module("crm.audit.migrations.0002_append_only").SQLITE
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS audit_no_delete")
        cursor.execute(trigger.format(verb="delete", VERB="DELETE"))
    yield
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_no_delete")


@pytest.fixture(scope="module")
def _worker(django_db_setup: None) -> Iterator[Path]:
    """Ends with its module: alive any longer, it would work on what the tests after it commit."""
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
