"""The one way for a service to start a task: by name, once the transaction is committed."""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = structlog.get_logger(__name__)


def enqueue(name: str, *ids: int) -> None:
    """Start the task ``name`` with ``ids`` after commit.

    A broker that cannot be reached is logged and not raised: what a task has to do stands in the database, and the
    schedule picks up what was not started (see ``crm.schedule``).
    """
    transaction.on_commit(lambda: _send(name, ids))


def _send(name: str, ids: tuple[int, ...]) -> None:
    try:
        current_app.send_task(name, args=ids, retry=False)
    except OperationalError as error:
        logger.warning("task not started, the schedule will", task=name, ids=ids, error=str(error))
