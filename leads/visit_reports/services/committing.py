"""Accepting a draft: its ready cards become records, in one transaction."""

from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.audit.services import create_record, update_record
from crm.companies.models import Company, Contact
from leads.visit_reports.choices import Match, ReportState
from leads.visit_reports.errors import AlreadyAccepted, NothingToAccept
from leads.visit_reports.models import ReportCommit, Suggestion, VisitReport
from leads.visit_reports.queries import cards_of
from leads.visit_reports.services.drafting import look_for_matches
from leads.visit_reports.services.making import RecordMaker
from leads.visit_reports.services.review import lock_report
from leads.visit_reports.services.traces import links_to, records_around


@transaction.atomic
def commit_report(
    report: VisitReport, *, by: User, idempotency_key: UUID, expected_commits: int | None = None
) -> ReportCommit:
    """Make records of every accepted card that waits for no choice; return the commit.

    Made are: one delegation, companies and contacts (or the known ones linked), meetings, deals at the first stage with
    owner, next step and announced figure, commitments and practices. Cards still to be decided stay for a later commit,
    which goes on with the same delegation. The same ``idempotency_key`` again returns the same commit.

    Raises ``NotAllowed``, ``NotInReview``, ``NothingToAccept``, and ``AlreadyAccepted`` when somebody else has accepted
    the draft: nothing is left, or the report has more commits than ``expected_commits``, the number the user saw.
    """
    if done := ReportCommit.objects.filter(idempotency_key=idempotency_key, report=report).first():
        return done
    current = lock_report(report, by=by)
    # The twin of this request may have held the lock.
    if done := ReportCommit.objects.filter(idempotency_key=idempotency_key, report=report).first():
        return done
    commits = list(current.commits.select_related("by"))
    if expected_commits is not None and len(commits) != expected_commits:
        raise _already_accepted(commits[0])
    suggestions = _locked_cards(current)
    _ask_again(suggestions, current)
    ready = [card.suggestion for card in cards_of(current, suggestions=suggestions).ready]
    if not ready:
        live = [commit for commit in commits if commit.undone_at is None]
        raise _already_accepted(live[0]) if live else NothingToAccept(_("No card is accepted yet."))
    commit = create_record(ReportCommit(report=current, by=by, idempotency_key=idempotency_key), by=by)
    maker = RecordMaker(current, suggestions, by=by)
    for suggestion in ready:
        _keep(suggestion, commit, maker.make(suggestion))
    maker.finish()
    _trace(commit, maker.made)
    left = any(card.state in ("open", "accepted") for card in cards_of(current, suggestions=suggestions).cards)
    changes = {"delegation": maker.delegation, "state": ReportState.IN_REVIEW if left else ReportState.ACCEPTED}
    update_record(report, by=by, changes=changes)
    return commit


def _locked_cards(report: VisitReport) -> list[Suggestion]:
    cards = report.suggestions.select_for_update(of=("self",)).select_related(
        "company", "contact", "debrief_entry__debrief"
    )
    return list(cards.order_by("position").prefetch_related("record"))


def _ask_again(suggestions: list[Suggestion], report: VisitReport) -> None:
    """Look up names again: a record may have come in since the draft was made, or a chosen one been archived."""
    for suggestion in suggestions:
        if suggestion.commit_id is not None or suggestion.decision != "accepted":
            continue
        chosen: Company | Contact | None = suggestion.company or suggestion.contact
        stale = suggestion.match == Match.KNOWN and (chosen is None or chosen.is_archived)
        if (suggestion.match == Match.NOT_ASKED or stale) and look_for_matches(suggestion, region=report.region):
            suggestion.version += 1
            suggestion.save()
        elif stale:
            suggestion.save()


def _keep(suggestion: Suggestion, commit: ReportCommit, record: Model | None) -> None:
    suggestion.commit = commit
    suggestion.record = record
    suggestion.version += 1
    suggestion.save()


def _trace(commit: ReportCommit, made: list[Model]) -> None:
    """Remember what the commit made and what pointed at it, so that an undo sees what came later."""
    records = records_around(made)
    commit.records = [trace.as_dict() for trace in records]
    commit.links = sorted(links_to(records))
    commit.save(update_fields=["records", "links"])


def _already_accepted(commit: ReportCommit) -> AlreadyAccepted:
    at = date_format(timezone.localtime(commit.at), "DATETIME_FORMAT")
    return AlreadyAccepted(
        _("%(who)s accepted this draft on %(at)s. Look at what was made before you accept the rest.")
        % {"who": commit.by, "at": at},
        commit=commit,
    )
