"""What runs by itself, and when. Each task may run late, twice, or beside its twin."""

from celery.schedules import crontab

BEAT_SCHEDULE = {
    "send due digests": {"task": "reminders.send_due_digests", "schedule": crontab(minute="*/15")},
    "read waiting reports": {"task": "visit_reports.read_waiting_reports", "schedule": crontab(minute="*/5")},
    "load coming holidays": {
        "task": "reference.load_coming_holidays",
        "schedule": crontab(minute=10, hour=3, day_of_month=1),
    },
    "convert figures that had no rate": {"task": "deals.fill_missing_rates", "schedule": crontab(minute=40, hour=3)},
}
