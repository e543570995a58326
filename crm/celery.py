"""The Celery application: workers start with ``celery -A crm worker``, the scheduler with ``celery -A crm beat``."""

import os

from celery import Celery

from crm.schedule import BEAT_SCHEDULE

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
app = Celery("sapar")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = BEAT_SCHEDULE
app.autodiscover_tasks()
