"""The site's Celery application with the patience of a test: the same code, minutes made fractions of a second.

The proportions stay: a lease outlives whatever one mail can take, and a pause grows.
"""

from datetime import timedelta

import django

django.setup()

from crm.celery import app  # noqa: E402
from crm.reminders.services import claiming  # noqa: E402

LEASE = timedelta(seconds=3)
claiming.LEASE = LEASE
claiming.FIRST_PAUSE = timedelta(seconds=0.2)
claiming.LONGEST_PAUSE = dict.fromkeys(claiming.LONGEST_PAUSE, timedelta(seconds=0.8))
claiming.NOTE_AGAIN = 0.1
app.conf.beat_schedule = {
    "send due digests": {"task": "reminders.send_due_digests", "schedule": 0.4, "options": {"expires": 5}},
}
app.conf.beat_max_loop_interval = 0.4
