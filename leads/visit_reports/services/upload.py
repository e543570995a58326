"""A report comes in, is turned away, or is erased."""

from datetime import date

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.accounts.queries import require_manager, require_writer
from crm.audit.choices import Action
from crm.audit.services import archive_record, create_record, lock_record, record_event, update_record
from crm.delegations.models import Delegation
from crm.reference.models import Region
from crm.shared.errors import NotAllowed
from crm.shared.files import keep_file, name_of_ours, plain_name, refuse_malware
from crm.shared.jobs import enqueue
from crm.shared.searching import store_search_keys
from leads.extraction.readers import MediaType, UnreadableDocument, check_upload, read_document
from leads.visit_reports.choices import ReportEngine, ReportState, UnreadableReason
from leads.visit_reports.errors import AlreadyUploaded, InvalidValue, NotInReview, UploadRefused
from leads.visit_reports.models import VisitReport
from leads.visit_reports.queries import digest_of, language_model_allowed, report_search_keys, report_with_text

#: Pasted text takes the same way as a file of this name.
LONGEST_REASON = 300
PASTED_NAME = "text.txt"
READ_AT_ONCE = (MediaType.TEXT, MediaType.MARKDOWN)
SUFFIXES = {
    MediaType.TEXT: ".txt",
    MediaType.MARKDOWN: ".md",
    MediaType.HTML: ".html",
    MediaType.MAIL: ".eml",
    MediaType.PDF: ".pdf",
    MediaType.WORD: ".docx",
}


def upload_report(
    *,
    by: User,
    region: Region | None = None,
    data: bytes = b"",
    text: str = "",
    file_name: str = "",
    published: date | None = None,
    not_restricted: bool = False,
    engine: str = ReportEngine.EMBEDDED,
    delegation: Delegation | None = None,
) -> VisitReport:
    """Keep an uploaded file (``data``) or pasted ``text`` and have it read by a task after commit.

    ``delegation`` is the visit it reports on, where that stands in Sapar already: its region is the report's, and what
    is accepted goes to it instead of a new one.
    The file lies in private storage under a name of ours. Raises ``UploadRefused`` for what the request alone shows to
    be unreadable, ``FileRefused`` for what a virus scanner finds and ``AlreadyUploaded`` for a plain text the region
    has: then nothing is kept. Raises ``NotAllowed``, also for the language model as ``engine`` where the region's
    administrator has not allowed it.
    """
    region = delegation.region if delegation else region or by.region
    require_writer(by, region)
    if engine == ReportEngine.LANGUAGE_MODEL and not language_model_allowed(region):
        raise NotAllowed(_("The language model is not allowed in this region."))
    if not data and text:
        data, file_name = text.encode("utf-8", "replace"), PASTED_NAME
    file_name = plain_name(file_name, otherwise=PASTED_NAME)
    media_type = _checked(data, file_name, region)
    refuse_malware(data)
    # The file comes before its row: should the row fail, the file goes again.
    stored = keep_file(data, _path_of_ours(region, media_type))
    try:
        return _create(
            by,
            VisitReport(
                region=region,
                uploaded_by=by,
                file=stored,
                file_name=file_name,
                media_type=media_type.value,
                size=len(data),
                published=published,
                not_restricted=not_restricted,
                asked_engine=engine,
                delegation=delegation,
            ),
        )
    except Exception:
        default_storage.delete(stored)
        raise


@transaction.atomic
def _create(by: User, report: VisitReport) -> VisitReport:
    create_record(report, by=by)
    store_search_keys(report, report_search_keys(report))
    enqueue("visit_reports.read_report", report.pk)
    return report


@transaction.atomic
def reject_report(report: VisitReport, *, by: User, reason: str = "") -> VisitReport:
    """Put the whole report aside: its draft is not wanted. It can be reviewed again (``reopen_report``).

    Raises ``NotInReview`` while it is being read or once something was made of it, ``InvalidValue`` where the reason is
    too long, and ``NotAllowed``.
    """
    require_writer(by, report.region)
    _require_short(reason)
    current = lock_record(report)
    if current.state not in (ReportState.IN_REVIEW, ReportState.UNREADABLE) or current.commits.filter(
        undone_at__isnull=True
    ):
        raise NotInReview(_("This report cannot be rejected: it is being read, or records were made of it."))
    update_record(report, by=by, changes={"state": ReportState.REJECTED})
    record_event(Action.CHANGED, by=by, record=report, changes={"rejected": [None, reason]})
    return report


@transaction.atomic
def reopen_report(report: VisitReport, *, by: User) -> VisitReport:
    """Take a rejected report back into review. Raises ``NotInReview`` where it was not rejected or has no draft."""
    require_writer(by, report.region)
    current = lock_record(report)
    if current.state != ReportState.REJECTED or current.draft is None:
        raise NotInReview(_("Only a rejected report can be reviewed again."))
    return update_record(report, by=by, changes={"state": ReportState.IN_REVIEW})


@transaction.atomic
def hand_report_over(report: VisitReport, *, by: User, to: User) -> VisitReport:
    """Let ``to`` be asked for the review, and own what is made of it, instead of whoever uploaded. Managers only."""
    require_manager(by)
    require_writer(by, report.region)
    return update_record(report, by=by, changes={"uploaded_by": to})


@transaction.atomic
def erase_report(report: VisitReport, *, by: User, reason: str) -> VisitReport:
    """Erase a wrong upload: the file, the text and all that was read of it, in the history too.

    What stays is the empty row, archived, and the audit log, which never held the text. Only an administrator may;
    refused (``NotInReview``) as long as records made of it stand: their acceptance has to be undone first.
    """
    require_writer(by, report.region)
    if by.role != Role.ADMINISTRATOR:
        raise NotAllowed(_("Only an administrator may erase a report."))
    _require_short(reason)
    current = lock_record(report)
    if current.commits.filter(undone_at__isnull=True).exists():
        raise NotInReview(_("Undo the acceptance first: records were made of this report."))
    drop_file(current)
    emptied: dict[str, object] = {
        "file": "",
        "file_name": "",
        "title": "",
        "text": "",
        "text_digest": "",
        "draft": None,
        "left_out": [],
        "restriction_marks": [],
        "state": ReportState.REJECTED,
        "unreadable_reason": "",
    }
    current.suggestions.all().delete()
    update_record(report, by=by, changes=emptied)
    store_search_keys(report, report_search_keys(report))
    VisitReport.history.filter(id=report.pk).update(
        **{name: emptied[name] for name in ("file", "file_name", "title", "text", "text_digest", "draft", "left_out")}
    )
    record_event(Action.ERASED, by=by, record=report, changes={"reason": [None, reason]})
    return archive_record(report, by=by, reason=reason)


def _require_short(reason: str) -> None:
    """Raise ``InvalidValue`` for a reason that would have to be cut: it is kept as it was given, or not at all."""
    if len(reason) > LONGEST_REASON:
        message = _("At most %(number)s characters.") % {"number": LONGEST_REASON}
        raise InvalidValue(message, fields={"reason": message})


def drop_file(report: VisitReport) -> None:
    """Delete the report's file from storage once the transaction is committed."""
    if name := report.file.name:
        transaction.on_commit(lambda: default_storage.delete(name))


def already_uploaded(other: VisitReport) -> AlreadyUploaded:
    """Return the error that names the report of the same text."""
    day = date_format(other.created_at, "DATE_FORMAT")
    return AlreadyUploaded(
        _("This text was already uploaded on %(day)s by %(who)s.") % {"day": day, "who": other.uploaded_by},
        report=other,
    )


def _checked(data: bytes, file_name: str, region: Region) -> MediaType:
    """Return the kind of the file; refuse what can be refused at once."""
    try:
        media_type = check_upload(data, file_name)
        if media_type in READ_AT_ONCE:
            digest = digest_of(read_document(data, file_name).text)
            if other := report_with_text(region, digest):
                raise already_uploaded(other)
    except UnreadableDocument as refused:
        raise UploadRefused(UnreadableReason(refused.reason.value).label, reason=refused.reason.value) from refused
    return media_type


def _path_of_ours(region: Region, media_type: MediaType) -> str:
    report = VisitReport(region=region)
    return report.file.field.generate_filename(report, name_of_ours(SUFFIXES[media_type]))
