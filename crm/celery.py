"""The Celery application: workers start with ``celery -A crm worker``, the scheduler with ``celery -A crm beat``."""

import logging
import os
from typing import Any

from celery import Celery
from celery.signals import after_setup_logger, after_setup_task_logger, worker_init
from django.conf import settings

from crm.schedule import BEAT_SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
app = Celery("sapar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = BEAT_SCHEDULE
app.autodiscover_tasks()


@worker_init.connect
def keep_one_connection(**kwargs: Any) -> None:
    """Give a worker's processes no pool of connections: each does one task at a time and closes its one after it."""
    for config in settings.DATABASES.values():
        config.get("OPTIONS", {}).pop("pool", None)


@after_setup_logger.connect
@after_setup_task_logger.connect
def hide_secrets(logger: logging.Logger, **kwargs: Any) -> None:
    """Let what the workers log hold no more secrets than what the web processes log."""
    from crm.shared.logs import SecretFreeFormatter  # needs the settings, which Celery's start sets up

    for handler in logger.handlers:
        handler.setFormatter(SecretFreeFormatter(handler.formatter))
