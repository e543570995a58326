"""Writes of deals. Each is one transaction, checks the role first, and is logged."""

from leads.deals.services.activity import note_aftercare, record_activity, record_meeting_activity
from leads.deals.services.figures import (
    archive_figures,
    archive_target,
    freeze_figures,
    restore_figures,
    restore_target,
    set_target,
)
from leads.deals.services.moves import fill_and_move, mark_dormant, mark_lost, move_deal, reopen_deal, set_health
from leads.deals.services.outcomes import log_meeting_outcome
from leads.deals.services.papers import (
    add_permit,
    archive_value,
    check_value,
    close_memorandum,
    confirm_value,
    fill_missing_rates,
    leave_memorandum,
    prove_value,
    record_memorandum,
    record_value,
    restore_memorandum,
    restore_value,
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
    "archive_figures",
    "archive_target",
    "archive_value",
    "assign_deal",
    "check_value",
    "close_memorandum",
    "confirm_value",
    "create_deal",
    "fill_and_move",
    "fill_missing_rates",
    "freeze_figures",
    "leave_memorandum",
    "log_meeting_outcome",
    "mark_dormant",
    "mark_lost",
    "move_deal",
    "note_aftercare",
    "prove_value",
    "record_activity",
    "record_meeting_activity",
    "record_memorandum",
    "record_value",
    "reopen_deal",
    "restore_deal",
    "restore_figures",
    "restore_memorandum",
    "restore_target",
    "restore_value",
    "set_health",
    "set_target",
    "update_deal",
    "update_memorandum",
    "update_permit",
]
