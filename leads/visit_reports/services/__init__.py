"""Writes of visit reports: in by upload, read, reviewed card by card, accepted, and undone;
beside it what members of the delegation told."""

from leads.visit_reports.services.committing import commit_report
from leads.visit_reports.services.debriefs import take_in_debrief, take_up_debriefs
from leads.visit_reports.services.reading import read_report, take_up_waiting_reports
from leads.visit_reports.services.review import add_suggestion, decide_suggestion
from leads.visit_reports.services.undoing import undo_commit
from leads.visit_reports.services.upload import (
    erase_report,
    hand_report_over,
    reject_report,
    reopen_report,
    upload_report,
)

__all__ = [
    "add_suggestion",
    "commit_report",
    "decide_suggestion",
    "erase_report",
    "hand_report_over",
    "read_report",
    "reject_report",
    "reopen_report",
    "take_in_debrief",
    "take_up_debriefs",
    "take_up_waiting_reports",
    "undo_commit",
    "upload_report",
]
