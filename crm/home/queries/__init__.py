"""Reads that compose what the apps below offer."""

from crm.home.queries.outbox import mails_shown_to
from crm.home.queries.search import Found, FoundKind, find_pages, find_records
from crm.home.queries.week import Week, question_of, reports_to_review, week_of

__all__ = [
    "Found",
    "FoundKind",
    "Week",
    "find_pages",
    "find_records",
    "mails_shown_to",
    "question_of",
    "reports_to_review",
    "week_of",
]
