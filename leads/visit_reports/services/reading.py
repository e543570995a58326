"""From an uploaded file to a draft. Safe to run twice, beside its twin, and to die half-way.

A reader claims a report by a conditional update and writes only while the claim is its own; what a dead reader left
is claimed again once it has been silent for ``STALE_AFTER``.
"""

from datetime import datetime

import structlog
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone, translation

from crm.audit.services import lock_record, update_record
from crm.shared.jobs import enqueue
from crm.shared.searching import store_search_keys
from leads.extraction.readers import DocumentText, UnreadableDocument, read_document
from leads.visit_reports.choices import ReportState, UnreadableReason
from leads.visit_reports.models import Suggestion, VisitReport
from leads.visit_reports.queries import (
    digest_of,
    report_search_keys,
    report_with_text,
    reports_to_read,
    restriction_marks_in,
)
from leads.visit_reports.services.debriefs import move_debriefs_to
from leads.visit_reports.services.drafting import suggestions_of, title_of
from leads.visit_reports.services.engines import Drafted, draft_of
from leads.visit_reports.services.upload import drop_file
from leads.visit_reports.services.values import date_of

logger = structlog.get_logger(__name__)
#: A text that ends its reader this many times is not tried again.
MOST_ATTEMPTS = 3


def read_report(report: VisitReport) -> VisitReport:
    """Read the report's file and make its draft; return it as it stands then.

    Does nothing when it was read already or somebody else is reading it. It ends in review, or unreadable: with its
    reason and without its file. An unexpected error is raised after the report was given back to be tried again.
    """
    claimed_at = timezone.now()
    if not _claim(report, at=claimed_at):
        report.refresh_from_db()
        return report
    report.refresh_from_db()
    if report.attempts > MOST_ATTEMPTS:
        return _end_unreadable(report, claimed_at, UnreadableReason.GAVE_UP)
    try:
        with report.file.open("rb") as file:
            document = read_document(file.read(), report.file_name)
        return _end_in_review(report, claimed_at, document, draft_of(report, document))
    except UnreadableDocument as refused:
        logger.info("report unreadable", report=report.pk, reason=refused.reason.value, detail=refused.detail)
        return _end_unreadable(report, claimed_at, UnreadableReason(refused.reason.value))
    except Exception:
        _give_back(report, claimed_at)
        raise


def take_up_waiting_reports(*, at: datetime) -> int:
    """Start reading every report that waits or whose reader died; return how many."""
    waiting = list(reports_to_read(at=at).values_list("pk", flat=True))
    for pk in waiting:
        enqueue("visit_reports.read_report", pk)
    return len(waiting)


def _claim(report: VisitReport, *, at: datetime) -> bool:
    claimed = reports_to_read(at=at).filter(pk=report.pk)
    return bool(claimed.update(state=ReportState.READING, reading_since=at, attempts=F("attempts") + 1))


def _give_back(report: VisitReport, claimed_at: datetime) -> None:
    mine = VisitReport.objects.filter(pk=report.pk, state=ReportState.READING, reading_since=claimed_at)
    mine.update(state=ReportState.UPLOADED, reading_since=None)


@transaction.atomic
def _end_in_review(report: VisitReport, claimed_at: datetime, document: DocumentText, drafted: Drafted) -> VisitReport:
    if not _is_mine(report, claimed_at):
        return report
    draft, digest = drafted.draft, digest_of(document.text)
    if other := report_with_text(report.region, digest):
        return _end_unreadable(report, claimed_at, UnreadableReason.DUPLICATE, duplicate_of=other)
    changes = {
        "state": ReportState.IN_REVIEW,
        "text": document.text,
        "text_digest": digest,
        "title": title_of(draft, document.text),
        "language": draft.get("language") or "",
        "published": report.published or document.published or date_of(draft.get("published")),
        "restriction_marks": restriction_marks_in(document.text),
        "draft": dict(draft),
        "left_out": [{"name": one.name, "reason": one.reason.value} for one in document.left_out],
        "engine": drafted.engine,
        "engine_failure": drafted.failure,
        "reading_since": None,
        "read_at": timezone.now(),
    }
    try:
        with transaction.atomic():
            update_record(report, by=None, changes=changes)
    except IntegrityError:
        # The same text came in between.
        other = report_with_text(report.region, digest)
        return _end_unreadable(report, claimed_at, UnreadableReason.DUPLICATE, duplicate_of=other)
    store_search_keys(report, report_search_keys(report))
    # The titles we make up are in the language of whoever uploaded the report.
    with translation.override(report.uploaded_by.language):
        Suggestion.objects.bulk_create(suggestions_of(report, draft))
        move_debriefs_to(report)
    return report


@transaction.atomic
def _end_unreadable(
    report: VisitReport,
    claimed_at: datetime,
    reason: UnreadableReason,
    duplicate_of: VisitReport | None = None,
) -> VisitReport:
    if not _is_mine(report, claimed_at):
        return report
    drop_file(report)
    changes = {
        "state": ReportState.UNREADABLE,
        "unreadable_reason": reason.value,
        "duplicate_of": duplicate_of,
        "file": "",
        "reading_since": None,
    }
    return update_record(report, by=None, changes=changes)


def _is_mine(report: VisitReport, claimed_at: datetime) -> bool:
    current = lock_record(report)
    return current.state == ReportState.READING and current.reading_since == claimed_at
