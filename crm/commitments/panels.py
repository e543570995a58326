"""What is still owed, on the pages of the records that it is about."""

from django.db.models import Model, Q

from crm.accounts.models import User
from crm.commitments.choices import OWED
from crm.commitments.queries import commitments_for_list
from crm.companies.models import Company
from crm.shared.about import about
from crm.shared.registries import Panel, panels


@panels.register("companies.company", position=30)
@panels.register("delegations.delegation", position=30)
@panels.register("meetings.meeting", position=30)
def owed_about_record(record: Model, user: User) -> Panel:
    condition = Q(**about(record))
    if isinstance(record, Company):
        condition |= Q(company=record)
    owed = commitments_for_list(user).filter(condition, status__in=OWED).prefetch_related(None)
    return Panel("commitments/_panel.html", {"commitments": list(owed[:50]), "record": record})
