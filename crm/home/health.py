"""How the machine does: what ran when, what waits where, and since when. For whoever looks after the site."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.reminders.models import DigestDelivery, Letter, Mailing
from crm.reminders.queries import on_their_way
from crm.shared.periodic import PeriodicTask, periodic_tasks
from crm.shared.queues import Broker, BrokerAway, look_at_broker
from leads.visit_reports.queries import reports_to_read


@dataclass(frozen=True, slots=True)
class Waiting:
    """Work that stands in the database: how much could be done now, how much later, the oldest, the last trouble."""

    now: int
    later: int
    oldest: datetime | None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """``broker`` is ``None`` where it does not answer, and ``broker_error`` says why."""

    tasks: Sequence[PeriodicTask]
    broker: Broker | None
    broker_error: str
    digests: Waiting
    letters: Waiting
    reports: Waiting


def health(*, at: datetime, user: User) -> Health:
    """Return how the machine does now, however little of it answers.

    What waits in the database is counted in the regions that ``user`` sees; tasks and queues are of the whole site.
    """
    try:
        broker, error = look_at_broker(), ""
    except BrokerAway as away:
        broker, error = None, str(away.message)
    digests = _mails(within_regions_of(user, on_their_way(DigestDelivery), field="user__region"), "scheduled_for", at)
    letters = _mails(within_regions_of(user, on_their_way(Letter)), "created_at", at)
    return Health(periodic_tasks(now=at), broker, error, digests, letters, reports=_reports(at, user))


def _mails(waiting: QuerySet[Mailing], since: str, at: datetime) -> Waiting:
    now = waiting.filter(lease_until__lte=at).count()
    oldest = waiting.order_by(since).values_list(since, flat=True).first()
    trouble = waiting.exclude(error="").order_by("-lease_until").values_list("error", flat=True).first()
    return Waiting(now, later=waiting.count() - now, oldest=oldest, trouble=trouble or "")


def _reports(at: datetime, user: User) -> Waiting:
    waiting = within_regions_of(user, reports_to_read(at=at))
    oldest = waiting.order_by("created_at").values_list("created_at", flat=True).first()
    return Waiting(waiting.count(), later=0, oldest=oldest)
