"""What the report says, on the pages of the records that came out of it."""

from django.db.models import Model

from crm.accounts.models import User
from crm.shared.registries import Panel, panels
from leads.visit_reports.queries import source_sentences_of

MOST_SENTENCES = 8


@panels.register("deals.deal", position=60)
@panels.register("delegations.delegation/told", position=60)
@panels.register("companies.company", position=60)
@panels.register("meetings.meeting", position=60)
def source_sentences(record: Model, user: User) -> Panel | None:
    """Return the panel with the sentences that ``record`` was read from, as far as ``user`` sees the reports."""
    key = (record._meta.label_lower, record.pk)
    found = source_sentences_of([record], user=user).get(key, [])
    if not found:
        return None
    return Panel("visit_reports/_source_sentences.html", {"source_sentences": found[:MOST_SENTENCES]})
