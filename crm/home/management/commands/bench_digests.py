"""How fast the weekly mails are made, on this machine and one core, with a made-up office in a database of its own."""

import resource
import statistics
import time
from argparse import ArgumentParser
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import batched
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from crm.home.bench.office import ITEMS_EACH, MONDAY, fill_office
from crm.reminders.models import DigestDelivery
from crm.reminders.services.composing import digests_for, message_of
from crm.reminders.services.scheduling import BATCH, make_due_deliveries

#: Monday noon in Kazakhstan: everybody's hour has come.
NOON = datetime(MONDAY.year, MONDAY.month, MONDAY.day, 7, tzinfo=UTC)


@dataclass
class Measured:
    """What the batches took: CPU seconds of this process, seconds by the clock, queries."""

    users: int = 0
    mails: int = 0
    octets: int = 0
    asking: float = 0.0
    writing: float = 0.0
    clock: float = 0.0
    queries: list[int] = field(default_factory=list)


class Command(BaseCommand):
    help = "Measure the weekly mails: users a second on one core, queries a batch, memory."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--users", type=int, default=1000, help=f"each with {ITEMS_EACH} open questions")

    def handle(self, *args: Any, users: int, **options: Any) -> None:
        if users < 1:
            raise CommandError("At least one user.")
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            self.measure(users)
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)

    def measure(self, users: int) -> None:
        """Fill the empty database and show what its mails take."""
        began = time.perf_counter()
        fill_office(users=users)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        self._say("made-up office", f"{users:,} users, {users * ITEMS_EACH:,} open questions", began)
        began = time.perf_counter()
        scheduling = counted(lambda: make_due_deliveries(now=NOON))
        self._say("one run of the schedule", f"{users:,} rows, {scheduling} queries", began)
        # A worker knows the kinds of records after its first batch; they are no part of what a batch takes.
        ContentType.objects.get_for_models(*apps.get_models())
        self._batches(list(DigestDelivery.objects.order_by("pk").values_list("pk", flat=True)))

    def _batches(self, keys: list[int]) -> None:
        done = Measured()
        first_memory = 0.0
        for batch in batched(keys, BATCH):
            make_mails(batch, done)
            first_memory = first_memory or memory()
        cpu = done.asking + done.writing
        self.stdout.write(
            f"{connection.vendor}, {len(done.queries)} batches of up to {BATCH}: {done.mails:,} mails, "
            f"{done.octets / max(done.mails, 1) / 1024:.0f} KB each\n"
            f"users a second and core   {done.users / cpu:>8.0f}   "
            f"(asking {done.users / done.asking:.0f}, writing {done.users / done.writing:.0f}; "
            f"by the clock {done.users / done.clock:.0f})\n"
            f"queries a batch           {statistics.median(done.queries):>8.0f}   "
            f"(least {min(done.queries)}, most {max(done.queries)})\n"
            f"memory, MB                {memory():>8.0f}   (after the first batch {first_memory:.0f})"
        )

    def _say(self, what: str, result: str, began: float) -> None:
        self.stdout.write(f"{what:<24} {result}, {time.perf_counter() - began:.1f} s")
        self.stdout.flush()


def make_mails(batch: tuple[int, ...], done: Measured) -> None:
    """Make the mails of a batch as the task does, up to what goes over the line."""
    clock = time.perf_counter()
    deliveries = list(DigestDelivery.objects.filter(pk__in=batch).select_related("user__region__parent"))
    began = time.process_time()
    digests: dict[int, Any] = {}
    queries = counted(lambda: digests.update(digests_for(deliveries, now=NOON, on=MONDAY)))
    asked = time.process_time()
    mails = [message_of(row, digests[row.pk]).message().as_bytes() for row in deliveries if digests[row.pk].items]
    done.writing += time.process_time() - asked
    done.asking += asked - began
    done.clock += time.perf_counter() - clock
    done.users += len(deliveries)
    done.mails += len(mails)
    done.octets += sum(map(len, mails))
    done.queries.append(queries)


def counted(act: Callable[[], Any]) -> int:
    """Run ``act`` and return how many queries it made."""
    number = 0

    def count(execute: Callable[..., Any], *args: Any) -> Any:
        nonlocal number
        number += 1
        return execute(*args)

    with connection.execute_wrapper(count):
        act()
    return number


def memory() -> float:
    """Return the most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
