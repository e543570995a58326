"""The table of execution as a workbook: what was to be done, by whom, by when, and what came of it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crm.commitments.models import Commitment
from crm.shared.exports import Sheet, book_as_xlsx


def execution_workbook(commitments: Iterable[Commitment], *, on: date) -> bytes:
    """Return the table of the ``commitments``, which come with executor and company; overdue as at the day ``on``."""
    headings = [
        *(_("What is to be done"), _("Item of the paper"), _("Side"), _("Executor"), _("Company"), _("Due date")),
        *(_("Days overdue"), _("Status"), _("Under control"), _("Proof"), _("Closed")),
    ]
    return book_as_xlsx([Sheet(_("Execution"), headings, [_row(one, on) for one in commitments])])


def _row(one: Commitment, on: date) -> tuple[Any, ...]:
    late = (on - one.due_date).days if one.due_date and one.due_date < on and not one.is_closed else None
    return (
        *(one.text, one.source_item, one.get_side_display(), one.executor_label),
        *(one.company.name if one.company else "", one.due_date, late, one.get_status_display()),
        *(_("yes") if one.under_control else "", one.proof or one.drop_reason, one.closed_at),
    )
