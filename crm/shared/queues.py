"""What waits in the broker: read from the queues of a Redis-protocol server, as Celery writes them."""

import json
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from celery import current_app
from celery.signals import before_task_publish
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

from crm.shared.errors import DomainError

QUEUES = ("mail", "extraction", "default")


class BrokerAway(DomainError):
    """The broker does not answer."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue with the number of its waiting tasks and since when the oldest waits."""

    name: str
    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class Broker:
    """The queues, and how many tasks workers have taken and not reported done."""

    queues: tuple[Queue, ...]
    taken: int


@before_task_publish.connect
def note_when_queued(headers: dict[str, Any], **kwargs: Any) -> None:
    """Let a waiting message say since when it waits."""
    headers.setdefault("queued_at", time.time())


def look_at_broker() -> Broker:
    """Return what waits and what is being worked on now. Raises ``BrokerAway``."""
    with current_app.connection_for_read() as line:
        try:
            line.ensure_connection(max_retries=1, timeout=3)
            channel: Any = line.default_channel
            client = channel.client
            queues = tuple(_look_at(client, name) for name in QUEUES)
            return Broker(queues, taken=client.hlen("unacked"))
        except (OperationalError, RedisError) as error:
            raise BrokerAway(str(error)) from error


def _look_at(client: Any, name: str) -> Queue:
    # The client puts the prefix of our keys before those of the commands it knows; LINDEX is none of them.
    prefix = getattr(client, "global_keyprefix", "") or ""
    last = client.execute_command("LINDEX", f"{prefix}{name}", -1)
    return Queue(name, client.llen(name), _queued_at(last) if last else None)


def _queued_at(message: bytes) -> datetime | None:
    """Return when the message was put there; ``None`` where it does not say."""
    since = json.loads(message).get("headers", {}).get("queued_at")
    return datetime.fromtimestamp(since, UTC) if since else None
