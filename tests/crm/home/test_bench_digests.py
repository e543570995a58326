"""The benchmark measures what it says it does."""

from io import StringIO

import pytest

from crm.home.bench.office import ITEMS_EACH
from crm.home.management.commands.bench_digests import Command
from crm.reminders.models import DigestDelivery
from crm.reminders.services.scheduling import BATCH


@pytest.mark.django_db
def test_it_shows_what_the_mails_of_an_office_take() -> None:
    shown = StringIO()
    Command(stdout=shown).measure(users=BATCH + 20)
    said = shown.getvalue()
    assert f"{BATCH + 20} users, {(BATCH + 20) * ITEMS_EACH:,} open questions" in said
    assert f"2 batches of up to {BATCH}: {BATCH + 20} mails" in said
    queries = next(line for line in said.splitlines() if line.startswith("queries a batch"))
    least, most = queries.partition("(least ")[2].rstrip(")").split(", most ")
    assert least == most, "the number of queries must not depend on who is in the batch"
    assert DigestDelivery.objects.count() == BATCH + 20
