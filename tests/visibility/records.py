"""What makes a record, in the owner's region, that the nine people are then tried on.

Each may be made beside the others, and in two regions (``tests/test_leaks.py`` makes them all).
"""

import datetime
from collections.abc import Callable
from uuid import uuid4

from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.db.models import Model

from crm.accounts.models import ApiToken, User
from crm.audit.services import record_event
from crm.companies.models import Contact
from crm.delegations.models import Debrief
from crm.reference.models import Currency, ExchangeRate, Holiday, Office, Region, Sector
from crm.reminders.models import (
    AnswerPolicy,
    DigestDelivery,
    Letter,
    MailAnswer,
    Notice,
    RuleThreshold,
    Snooze,
    UndeliveredDigest,
)
from crm.shared.about import about
from crm.shared.models import PeriodicRun
from leads.deals.models import Deal, FrozenFigures, Permit, StageChange, Target
from leads.deals.queries import dashboard_figures, figures_as_json, plan_beside_actual
from leads.visit_reports.models import ReadingPolicy, ReportCommit
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import CompanyFactory, ContactFactory
from tests.factories.deals import DealFactory, DealValueFactory, MemorandumFactory
from tests.factories.delegations import DelegationFactory, PracticeFactory, ProgrammeItemFactory
from tests.factories.documents import DocumentFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.notes import NoteFactory
from tests.factories.reference import RegionFactory
from tests.factories.visit_reports import SuggestionFactory, VisitReportFactory

NOON = "2026-03-02T12:00:00Z"


def region() -> Region:
    return RegionFactory()


def contact_of_region(owner: User) -> Contact:
    contact = ContactFactory()
    contact.regions.add(region())
    return contact


def empty_figures(owner: User) -> dict[str, object]:
    """Return what is kept of a dashboard without deals."""
    deals = Deal.objects.none()
    figures = dashboard_figures(owner, deals, [], [], on=datetime.date(2026, 10, 1))
    return figures_as_json(figures, plan_beside_actual(Target.objects.none(), [], [], year=2026))


def accepted_report(owner: User) -> Model:
    report = VisitReportFactory(uploaded_by=owner, state="accepted")
    ReportCommit.objects.create(report=report, by=owner, idempotency_key=uuid4())
    return report


RECORDS: dict[str, Callable[[User], Model]] = {
    "accounts.apitoken": lambda owner: ApiToken.objects.create(
        user=owner, name="BI", prefix="sapar_1", digest=uuid4().hex
    ),
    "accounts.user": lambda owner: owner,
    "usersessions.usersession": lambda owner: UserSession.objects.create(user=owner, session_key=uuid4().hex, ip="::1"),
    "audit.auditevent": lambda owner: record_event("created", by=owner, record=DealFactory()),
    "commitments.commitment": lambda owner: CommitmentFactory(executor=owner),
    "companies.company": lambda owner: CompanyFactory(),
    "companies.contact": contact_of_region,
    "deals.deal": lambda owner: DealFactory(owner=owner),
    "deals.dealvalue": lambda owner: DealValueFactory(deal__owner=owner),
    "deals.frozenfigures": lambda owner: FrozenFigures.objects.create(
        region=region(), title="Third quarter", as_at="2026-10-01", frozen_by=owner, figures=empty_figures(owner)
    ),
    "deals.memorandum": lambda owner: MemorandumFactory(deal__owner=owner),
    "deals.stagechange": lambda owner: StageChange.objects.create(deal=DealFactory(), to_stage="lead", by=owner),
    "deals.target": lambda owner: Target.objects.create(region=region(), year=2026, amount=10),
    "delegations.delegation": lambda owner: DelegationFactory(secretary=owner),
    "delegations.debrief": lambda owner: Debrief.objects.create(
        delegation=DelegationFactory(secretary=owner), full_name="A", email="a@example.kz", asked_on="2026-02-20"
    ),
    "delegations.practice": lambda owner: PracticeFactory(owner=owner),
    "delegations.programmeitem": lambda owner: ProgrammeItemFactory(delegation__secretary=owner),
    "documents.document": lambda owner: DocumentFactory(owner=owner),
    "meetings.meeting": lambda owner: MeetingFactory(owner=owner),
    "notes.note": lambda owner: NoteFactory(author=owner),
    "reference.currency": lambda owner: Currency.objects.get(code="USD"),
    "reference.exchangerate": lambda owner: ExchangeRate.objects.create(
        currency=Currency.objects.get(code="USD"), date="2026-03-02", rate="497.5"
    ),
    "reference.holiday": lambda owner: Holiday.objects.create(region=region(), date="2026-03-09", name_en="Day off"),
    "reference.office": lambda owner: Office.objects.create(region=region(), kind="department"),
    "reference.region": lambda owner: region(),
    "reference.sector": lambda owner: Sector.objects.get(code="energy"),
    "reminders.digestdelivery": lambda owner: DigestDelivery.objects.create(
        user=owner, week="2026-W10", scheduled_for=NOON, lease_until=NOON, message_id=f"<{uuid4()}@example.kz>"
    ),
    "reminders.answerpolicy": lambda owner: AnswerPolicy.objects.create(region=region()),
    "reminders.letter": lambda owner: Letter.objects.create(
        key=uuid4().hex,
        user=owner,
        region=owner.region,
        address=owner.email,
        subject="s",
        lease_until=NOON,
        message_id=f"<{uuid4()}@x>",
    ),
    "reminders.notice": lambda owner: Notice.objects.create(
        user=owner, kind="assigned", by=owner, **about(DealFactory(owner=owner))
    ),
    "reminders.mailanswer": lambda owner: MailAnswer.objects.create(
        user=owner, rule="gone_quiet", asked_on="2026-03-02", answer="still_alive", at=NOON, **about(DealFactory())
    ),
    "reminders.rulethreshold": lambda owner: RuleThreshold.objects.create(
        region=region(), threshold="gone_quiet.lead", days=5
    ),
    "reminders.snooze": lambda owner: Snooze.objects.create(
        user=owner, rule="gone_quiet", kind="never", **about(DealFactory())
    ),
    "reminders.undelivereddigest": lambda owner: UndeliveredDigest.objects.create(
        user=owner,
        week="2026-W09",
        scheduled_for=NOON,
        lease_until=NOON,
        message_id=f"<{uuid4()}@example.kz>",
        state="failed",
    ),
    "shared.periodicrun": lambda owner: PeriodicRun.objects.create(task="reminders.send_due_digests"),
    "visit_reports.visitreport": lambda owner: VisitReportFactory(uploaded_by=owner),
    "visit_reports.readingpolicy": lambda owner: ReadingPolicy.objects.create(region=region()),
    "visit_reports.suggestion": lambda owner: SuggestionFactory(report__uploaded_by=owner),
    "visit_reports.reportcommit": lambda owner: ReportCommit.objects.create(
        report=VisitReportFactory(uploaded_by=owner), by=owner, idempotency_key=uuid4()
    ),
    "deals.permit": lambda owner: Permit.objects.create(deal=DealFactory(owner=owner), name="Land", body="Akimat"),
    "a deal with a step": lambda owner: CommitmentFactory(about=DealFactory(owner=owner), executor=owner).about,
    "a report with a card": lambda owner: (
        SuggestionFactory(report__uploaded_by=owner, report__state="in_review", position=1).report
    ),
    "a report with its file": lambda owner: VisitReportFactory(
        uploaded_by=owner, file=ContentFile(b"text", name="report.txt"), file_name="report.txt"
    ),
    "a document with its file": lambda owner: DocumentFactory(
        owner=owner, file=ContentFile(b"text", name="letter.txt"), file_name="letter.txt"
    ),
    "a letter that awaits a reply": lambda owner: DocumentFactory(owner=owner, reply_due=datetime.date(2026, 3, 2)),
    "an accepted report": accepted_report,
}
