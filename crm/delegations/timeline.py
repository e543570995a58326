"""Visits stand in the timelines of the organisations met."""

import datetime
from collections.abc import Iterator

from django.utils import timezone

from crm.accounts.models import User
from crm.companies.models import Company
from crm.delegations.queries import delegations_visible_to
from crm.shared.registries import TimelineEntry, timeline


@timeline.register("companies.company")
def visits_to_company(company: Company, user: User) -> Iterator[TimelineEntry]:
    visits = delegations_visible_to(user).filter(companies=company, archived_at__isnull=True, start_date__isnull=False)
    for visit in visits:
        start = visit.start_date or datetime.date.min
        yield TimelineEntry(
            at=timezone.make_aware(datetime.datetime.combine(start, datetime.time())),
            whole_day=True,
            icon="plane",
            title=f"{visit.get_direction_display()}: {visit.title}",
            url=visit.get_absolute_url(),
        )
