"""What makes a record, in the owner's region, that the nine people are then tried on."""

from collections.abc import Callable

from django.core.files.base import ContentFile
from django.db.models import Model

from crm.accounts.models import ApiToken, User
from crm.audit.services import record_event
from crm.companies.models import Contact
from crm.reference.models import Currency, ExchangeRate, Holiday, Office, Region, Sector
from crm.reminders.models import DigestDelivery, Snooze
from crm.shared.about import about
from leads.deals.models import Permit, StageChange, Target
from leads.visit_reports.models import ReportCommit
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import CompanyFactory, ContactFactory
from tests.factories.deals import DealFactory, DealValueFactory, MemorandumFactory
from tests.factories.delegations import DelegationFactory, PracticeFactory
from tests.factories.documents import DocumentFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.notes import NoteFactory
from tests.factories.visit_reports import SuggestionFactory, VisitReportFactory

REGION = "KZ-15"
NOON = "2026-03-02T12:00:00Z"


def region() -> Region:
    return Region.objects.get(code=REGION)


def contact_of_region(owner: User) -> Contact:
    contact = ContactFactory()
    contact.regions.add(region())
    return contact


def accepted_report(owner: User) -> Model:
    report = VisitReportFactory(uploaded_by=owner, state="accepted")
    ReportCommit.objects.create(report=report, by=owner, idempotency_key="8c7f6f3e-55ad-4f6e-9f6a-0d2f4a3f7c11")
    return report


RECORDS: dict[str, Callable[[User], Model]] = {
    "accounts.apitoken": lambda owner: ApiToken.objects.create(user=owner, name="BI", prefix="sapar_1", digest="d"),
    "accounts.user": lambda owner: owner,
    "audit.auditevent": lambda owner: record_event("created", by=owner, record=DealFactory()),
    "commitments.commitment": lambda owner: CommitmentFactory(executor=owner),
    "companies.company": lambda owner: CompanyFactory(),
    "companies.contact": contact_of_region,
    "deals.deal": lambda owner: DealFactory(owner=owner),
    "deals.dealvalue": lambda owner: DealValueFactory(deal__owner=owner),
    "deals.memorandum": lambda owner: MemorandumFactory(deal__owner=owner),
    "deals.stagechange": lambda owner: StageChange.objects.create(deal=DealFactory(), to_stage="lead", by=owner),
    "deals.target": lambda owner: Target.objects.create(region=region(), year=2026, amount=10),
    "delegations.delegation": lambda owner: DelegationFactory(secretary=owner),
    "delegations.practice": lambda owner: PracticeFactory(owner=owner),
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
        user=owner, week="2026-W10", scheduled_for=NOON, lease_until=NOON, message_id="<w@example.kz>"
    ),
    "reminders.snooze": lambda owner: Snooze.objects.create(
        user=owner, rule="gone_quiet", until="2026-03-09", **about(DealFactory())
    ),
    "visit_reports.visitreport": lambda owner: VisitReportFactory(uploaded_by=owner),
    "visit_reports.suggestion": lambda owner: SuggestionFactory(report__uploaded_by=owner),
    "visit_reports.reportcommit": lambda owner: ReportCommit.objects.create(
        report=VisitReportFactory(uploaded_by=owner), by=owner, idempotency_key="8c7f6f3e-55ad-4f6e-9f6a-0d2f4a3f7c10"
    ),
    "deals.permit": lambda owner: Permit.objects.create(deal=DealFactory(owner=owner), name="Land", body="Akimat"),
    "a deal with a step": lambda owner: CommitmentFactory(about=DealFactory(owner=owner), executor=owner).about,
    "a report with a card": lambda owner: (
        SuggestionFactory(report__uploaded_by=owner, report__state="in_review", position=1).report
    ),
    "a report with its file": lambda owner: VisitReportFactory(
        uploaded_by=owner, file=ContentFile(b"text", name="report.txt"), file_name="report.txt"
    ),
    "an accepted report": accepted_report,
}
