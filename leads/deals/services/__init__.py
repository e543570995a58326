"""Writes of deals. Each is one transaction, checks the role first, and is logged."""

from leads.deals.services.activity import record_activity, record_meeting_activity
from leads.deals.services.moves import fill_and_move, mark_dormant, mark_lost, move_deal, reopen_deal, set_health
from leads.deals.services.outcomes import log_meeting_outcome
from leads.deals.services.papers import (
    add_permit,
    archive_value,
    confirm_value,
    fill_missing_rates,
    record_memorandum,
    record_value,
    update_memorandum,
    update_permit,
)
from leads.deals.services.records import (
    archive_deal,
    assign_deal,
    create_deal,
    restore_deal,
    update_deal,
)

__all__ = [
    "add_permit",
    "archive_deal",
    "archive_value",
    "assign_deal",
    "confirm_value",
    "create_deal",
    "fill_and_move",
    "fill_missing_rates",
    "log_meeting_outcome",
    "mark_dormant",
    "mark_lost",
    "move_deal",
    "record_activity",
    "record_meeting_activity",
    "record_memorandum",
    "record_value",
    "reopen_deal",
    "restore_deal",
    "set_health",
    "update_deal",
    "update_memorandum",
    "update_permit",
]
