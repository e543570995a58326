"""Delivery while everything fails that can: real workers and schedulers, PostgreSQL, Redis and a mail server."""

import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from functools import partial
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from crm.accounts.models import User
from crm.reminders.choices import DeliveryState
from crm.reminders.models import DigestDelivery
from tests.conftest import SUMMED_UP
from tests.crm.reminders.faults.mail_server import Accepted, Act
from tests.crm.reminders.faults.office import APP, PROCESSES_EACH, WORKERS, Office, running_office
from tests.crm.reminders.faults.people import busy_people, deliveries_of, wait_for, wait_until_settled
from tests.crm.reminders.faults.plans import Tally, plan_of
from tests.crm.reminders.faults.proxy import Proxy
from tests.crm.reminders.faults.runs import Run
from tests.factories.reminders import DigestDeliveryFactory

pytestmark = [
    pytest.mark.services,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql" or "REDIS_URL" not in os.environ,
        reason="needs DATABASE_URL at a PostgreSQL, and REDIS_URL",
    ),
]
SECONDS = 40
#: Chosen because every fault and every answer of the mail server occurs in them.
CI_SEEDS = range(1332, 1352)
SOAK_SEEDS_FROM = 1000


@pytest.fixture(scope="module")
def _office(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with running_office(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.fixture
def office(transactional_db: None, _office: Office) -> Iterator[Office]:
    """Two workers of two processes and two schedulers; all lines are whole."""
    yield _office
    _office.heal()
    _office.mail.on_accept = lambda mail: None
    wait_for(lambda: not connections_of_workers(), 10)  # so that the tables can be emptied


def connections_of_workers() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s", [APP]
        )
        return cursor.fetchone()[0]


def each_got(office: Office, people: list[User]) -> Counter[int]:
    """Return how many people got how many mails."""
    return Counter(len(office.mail.ids_to(person.email)) for person in people)


def settle(office: Office, people: list[User]) -> None:
    settled = wait_until_settled(people, seconds=SECONDS, meanwhile=office.revive)
    assert settled, f"{deliveries_of(people)}\n{office.logs()}"


def test_two_schedulers_and_four_workers_send_each_mail_once(office: Office) -> None:
    people = busy_people(120)
    most = 0
    deadline = time.monotonic() + SECONDS
    while not wait_until_settled(people, seconds=0.1, meanwhile=office.revive) and time.monotonic() < deadline:
        most = max(most, connections_of_workers())
    settle(office, people)
    assert each_got(office, people) == {1: 120}
    rows = deliveries_of(people).values()
    assert {(row.state, row.attempts) for row in rows} == {(DeliveryState.SENT, 1)}
    assert {office.mail.ids_to(row.user.email)[0] for row in rows} == {row.message_id for row in rows}
    assert 1 <= most <= len(office.workers) * PROCESSES_EACH, "a process has one connection"
    assert wait_for(lambda: connections_of_workers() == 0, 10), "and none without work"


def test_a_worker_killed_between_claim_and_sending_costs_no_mail(office: Office) -> None:
    people = busy_people(3)
    office.mail.script[people[1].email] = [Act.KILL_AT_RCPT]
    settle(office, people)
    assert each_got(office, people) == {1: 3}
    assert deliveries_of(people)[people[1].email].attempts == 2


def test_workers_killed_between_sending_and_noting_it_send_the_same_mail_again(office: Office) -> None:
    def hold_the_database(mail: Accepted) -> None:
        office.mail.on_accept = lambda mail: None
        office.database.freeze()

    office.mail.on_accept = hold_the_database
    people = busy_people(1)
    ids = partial(office.mail.ids_to, people[0].email)
    assert wait_for(lambda: bool(ids()), SECONDS)
    time.sleep(0.3)  # the sender has heard "250 OK", and waits for the database to note it
    assert deliveries_of(people)[people[0].email].state == DeliveryState.CLAIMED
    for worker in office.workers:
        office.kill_worker(worker)
    office.workers.clear()
    office.heal()
    for _ in range(WORKERS):
        office.start_worker()
    settle(office, people)
    row = deliveries_of(people)[people[0].email]
    assert (row.state, row.attempts, ids()) == (DeliveryState.SENT, 2, [row.message_id] * 2)


def test_a_database_that_is_away_after_sending_costs_neither_mail_nor_its_note(office: Office) -> None:
    people = busy_people(4)

    def cut_the_database(mail: Accepted) -> None:
        if mail.address == people[0].email:
            office.mail.on_accept = lambda mail: None
            office.database.cut()

    office.mail.on_accept = cut_the_database
    assert wait_for(lambda: bool(office.mail.ids_to(people[0].email)), SECONDS)
    time.sleep(1)
    office.heal()
    settle(office, people)
    assert each_got(office, people) == {1: 4}
    assert deliveries_of(people)[people[0].email].attempts == 1


def test_a_server_that_is_away_for_a_while_costs_no_mail_and_doubles_none(office: Office) -> None:
    for line, how in product([office.database, office.broker], [Proxy.cut, Proxy.freeze]):
        how(line)
        people = busy_people(20)
        time.sleep(1.5)
        line.heal()
        settle(office, people)
        assert each_got(office, people) == {1: 20}, how


def test_each_answer_of_a_mail_server_has_its_end(office: Office) -> None:
    acts = {
        Act.LATER_AT_RCPT: (DeliveryState.SENT, 1),
        Act.LATER_AT_DATA: (DeliveryState.SENT, 1),
        Act.CLOSING: (DeliveryState.SENT, 1),
        Act.HANG_AT_RCPT: (DeliveryState.SENT, 1),
        Act.HANG_BEFORE_TAKING: (DeliveryState.SENT, 1),
        Act.DROP_AT_RCPT: (DeliveryState.SENT, 1),
        Act.NO_SUCH_USER: (DeliveryState.FAILED, 0),
        Act.SPAM: (DeliveryState.FAILED, 0),
        Act.DROP_AFTER_TAKING: (DeliveryState.SENT, 2),
        Act.HANG_AFTER_TAKING: (DeliveryState.SENT, 2),
    }
    people = busy_people(len(acts))
    by_act = dict(zip(acts, people, strict=True))
    office.mail.script |= {person.email: [act] for act, person in by_act.items()}
    settle(office, people)
    rows = deliveries_of(people)
    got = {act: (rows[person.email].state, len(office.mail.ids_to(person.email))) for act, person in by_act.items()}
    assert got == acts
    for person in people:
        assert set(office.mail.ids_to(person.email)) <= {rows[person.email].message_id}
    failed = set(User.objects.filter(address_failed_at__isnull=False))
    assert failed == {by_act[Act.NO_SUCH_USER]}


def test_a_schedule_that_did_not_run_for_nine_days_sends_one_mail(office: Office) -> None:
    """Whoever had a mail of last week that never went gets the newest alone."""
    for scheduler in office.schedulers:
        scheduler.kill()
        scheduler.wait()
    office.schedulers.clear()
    people = busy_people(3)
    then = timezone.now() - timedelta(days=9)
    week = "{}-W{:02}".format(*then.isocalendar())
    for person in people[:2]:
        DigestDeliveryFactory(user=person, week=week, scheduled_for=then, lease_until=then, attempts=1)
    for _ in range(2):
        office.start_scheduler()
    settle(office, people)
    assert each_got(office, people) == {1: 3}
    old = DigestDelivery.objects.filter(user__in=people, week=week)
    assert [row.state for row in old] == [DeliveryState.REPLACED] * 2


def run_seeds(office: Office, seeds: Iterable[int]) -> Tally:
    tally = Tally()
    for seed in seeds:
        plan = plan_of(seed)
        if wrong := Run(plan, office).go(tally):
            tally.broken.append("\n".join([str(plan), *wrong, office.logs()]))
    return tally


def test_random_faults_lose_no_mail_and_double_none_without_need(
    office: Office, request: pytest.FixtureRequest, record_property: Any
) -> None:
    """Replay one with --fault-seed: the same faults at the same moments, though processes interleave as they like."""
    chosen = request.config.getoption("--fault-seed")
    tally = run_seeds(office, CI_SEEDS if chosen is None else [chosen])
    record_property(SUMMED_UP, str(tally))
    assert not tally.broken, "\n\n".join(tally.broken)


@pytest.mark.soak
def test_a_thousand_runs_of_random_faults(office: Office, request: pytest.FixtureRequest, record_property: Any) -> None:
    runs = request.config.getoption("--fault-runs")
    tally = run_seeds(office, range(SOAK_SEEDS_FROM, SOAK_SEEDS_FROM + runs))
    record_property(SUMMED_UP, str(tally))
    assert not tally.broken, "\n\n".join(tally.broken)
