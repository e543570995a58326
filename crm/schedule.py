"""What runs by itself, and when. Each task may run late, twice, or beside its twin, and a missed run is made up by the
next. What waits in the queue until the next run comes is dropped there: the next does the same.
"""

from typing import Any

from celery.schedules import crontab


def every(schedule: crontab, task: str, *, stale_after: int) -> dict[str, Any]:
    return {"task": task, "schedule": schedule, "options": {"expires": stale_after}}


BEAT_SCHEDULE = {
    "send due digests": every(crontab(minute="*/5"), "reminders.send_due_digests", stale_after=300),
    "mail due notices and single mails": every(crontab(minute="*/2"), "reminders.mail_due_notices", stale_after=120),
    "ask members who are back": every(crontab(minute=20), "delegations.ask_for_debriefs", stale_after=3600),
    "read waiting reports": every(crontab(minute="*/5"), "visit_reports.read_waiting_reports", stale_after=300),
    "send waiting invitations": every(crontab(minute="*/5"), "accounts.send_waiting_invitations", stale_after=300),
    "clear ended sessions": every(crontab(minute=25, hour=3), "accounts.clear_sessions", stale_after=12 * 3600),
    "load coming holidays": every(crontab(minute=10, hour=3), "reference.load_coming_holidays", stale_after=12 * 3600),
    "convert figures that had no rate": every(
        crontab(minute=40, hour=3), "deals.fill_missing_rates", stale_after=12 * 3600
    ),
}
