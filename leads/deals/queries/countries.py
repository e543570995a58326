"""What to know before a trip to a country: what is owed, who is known there, who was met last, what is under way."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from crm.accounts.models import User
from crm.commitments.choices import OWED, CommitmentSide
from crm.commitments.models import Commitment
from crm.commitments.queries import commitments_visible_to
from crm.companies.models import Company, Contact
from crm.companies.queries import companies_visible_to, contacts_visible_to
from crm.delegations.models import Delegation
from crm.delegations.queries import delegations_visible_to
from crm.meetings.models import Meeting
from crm.meetings.queries import meetings_visible_to
from crm.shared.about import NamedRecord, records_named, rows_of_records
from crm.shared.choices import country_name
from crm.shared.together import fetch_together
from leads.deals.choices import RESTING, Stage, ValueKind
from leads.deals.models import Deal, DealValue
from leads.deals.queries.board import open_steps_of_each
from leads.deals.queries.progress import RANKS, amount_of
from leads.deals.queries.records import deals_visible_to

#: What one page has room for.
MOST_DEALS, MOST_OWED, MOST_COMPANIES, MOST_MEETINGS, MOST_CONTACTS, MOST_VISITS = 5, 4, 5, 5, 4, 3
#: So many open commitments of a country are read: the rest is counted by nobody.
MOST_READ = 200


@dataclass(frozen=True, slots=True)
class OpenDeal:
    """A deal under way, the stage it stands at (1 to 7), its next step and its newest figure."""

    deal: Deal
    number: int
    step: str
    due: date | None
    amount: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class Owed:
    """A commitment that is still open, and the record that it is about where it has a name."""

    commitment: Commitment
    about: NamedRecord | None


@dataclass(frozen=True, slots=True)
class CountryBriefing:
    """One country on one page. Sums are of the deals under way, ``realised`` of all deals, in the reporting currency.

    Companies carry ``last_met`` and ``open_deals``, contacts ``last_met``.
    """

    code: str
    on: date
    deals: list[OpenDeal]
    announced: Decimal
    agreed: Decimal
    realised: Decimal
    ours: list[Owed]
    theirs: list[Owed]
    companies: list[Company]
    contacts: list[Contact]
    meetings: list[Meeting]
    visits: list[Delegation]

    @property
    def name(self) -> str:
        return country_name(self.code)

    @property
    def is_empty(self) -> bool:
        return not (self.deals or self.ours or self.theirs or self.companies or self.meetings or self.visits)


def country_briefing(user: User, code: str, *, on: date) -> CountryBriefing:
    """Return what ``user`` should know before a trip to the country ``code``. Eight queries at most.

    Of the shared directory it holds the companies that the user's regions have dealt with.
    """
    deals: list[Any] = list(_deals(user, code))
    under_way = [deal for deal in deals if deal.health not in RESTING and deal.stage != Stage.REALISED]
    owed = _owed(user, code)
    return CountryBriefing(
        code=code,
        on=on,
        deals=[_open_deal(deal) for deal in under_way],
        announced=_total(under_way, ValueKind.ANNOUNCED),
        agreed=_total(under_way, ValueKind.AGREED),
        realised=_total(deals, ValueKind.REALISED),
        ours=[one for one in owed if one.commitment.side == CommitmentSide.OURS],
        theirs=[one for one in owed if one.commitment.side == CommitmentSide.THEIRS],
        companies=list(_companies(user, code)[: MOST_COMPANIES + 1]),
        contacts=list(_contacts(user, code)[:MOST_CONTACTS]),
        meetings=list(_meetings(user, code).filter(date__lte=on).order_by("-date", "-pk")[:MOST_MEETINGS]),
        visits=list(_visits(user, code).order_by("-start_date", "-pk")[:MOST_VISITS]),
    )


def _open_deal(deal: Any) -> OpenDeal:
    step, currency = deal.step_text or "", deal.its_currency or ""
    return OpenDeal(deal, RANKS[deal.stage], step, deal.step_due, deal.its_amount, currency)


def _total(deals: list[Any], kind: str) -> Decimal:
    amounts = [getattr(deal, f"its_{kind}") for deal in deals]
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _visits(user: User, code: str) -> QuerySet[Delegation]:
    return delegations_visible_to(user).filter(archived_at__isnull=True, stops__country=code).distinct()


def _of_country(user: User, code: str) -> QuerySet[Deal]:
    """Return the deals of the country's companies, and those from a visit there whose company is open still."""
    visited = _visits(user, code).order_by().values("pk")
    there = Q(company__country=code) | Q(company__isnull=True, delegation__in=visited)
    return deals_visible_to(user).filter(there, archived_at__isnull=True)


def _deals(user: User, code: str) -> QuerySet[Deal]:
    """Return the deals of the country, the largest first, with their sums and next steps."""
    newest = DealValue.objects.active().filter(deal=OuterRef("pk"), amount__isnull=False).order_by("-date", "-pk")
    steps = open_steps_of_each().order_by(F("due_date").asc(nulls_last=True), "pk")
    columns = {
        "its_amount": Subquery(newest.values("amount")[:1]),
        "its_currency": Subquery(newest.values("currency__code")[:1]),
        "its_headline": Subquery(newest.values("amount_reporting")[:1]),
        "step_text": Subquery(steps.values("text")[:1]),
        "step_due": Subquery(steps.values("due_date")[:1]),
        **{f"its_{kind}": amount_of(kind) for kind in ValueKind.values},
    }
    found = _of_country(user, code).select_related("company", "owner").annotate(**columns)
    return found.order_by(F("its_headline").desc(nulls_last=True), "-last_activity_at", "pk")


def _meetings(user: User, code: str) -> QuerySet[Meeting]:
    """Return the meetings with organisations of the country, and those of visits there."""
    met = Meeting.companies.through.objects.filter(company__country=code).values("meeting")
    there = Q(pk__in=met) | Q(delegation__in=_visits(user, code).order_by().values("pk"))
    found = meetings_visible_to(user).filter(there, archived_at__isnull=True)
    return found.select_related("owner").prefetch_related("companies")


def _companies(user: User, code: str) -> QuerySet[Company]:
    """Return the country's organisations that the user's regions have dealt with, those met last first."""
    met = meetings_visible_to(user).filter(companies=OuterRef("pk"), archived_at__isnull=True)
    deals = deals_visible_to(user).filter(company=OuterRef("pk"), archived_at__isnull=True)
    visited = delegations_visible_to(user).filter(companies=OuterRef("pk"), archived_at__isnull=True)
    under_way = deals.exclude(health__in=RESTING).exclude(stage=Stage.REALISED)
    dealt_with = Q(Exists(met)) | Q(Exists(deals)) | Q(Exists(visited))
    found = companies_visible_to(user).filter(dealt_with, country=code, archived_at__isnull=True)
    found = found.annotate(
        last_met=Subquery(met.order_by(F("date").desc(nulls_last=True)).values("date")[:1]),
        has_open_deal=Exists(under_way),
    )
    return found.order_by("-has_open_deal", F("last_met").desc(nulls_last=True), "name", "pk")


def _contacts(user: User, code: str) -> QuerySet[Contact]:
    """Return the people there whose data the user may see, those met last first."""
    held = Q(meetings__in=meetings_visible_to(user).filter(archived_at__isnull=True).order_by().values("pk"))
    found = contacts_visible_to(user).filter(company__country=code, archived_at__isnull=True)
    found = found.select_related("company").annotate(last_met=Max("meetings__date", filter=held))
    return found.order_by(F("last_met").desc(nulls_last=True), "full_name", "pk")


def _owed(user: User, code: str) -> list[Owed]:
    """Return what either side still owes, the earliest due first: about the country's records, or by its companies."""
    there = Q(company__country=code)
    for model, found in (
        (Deal, _of_country(user, code)),
        (Meeting, _meetings(user, code)),
        (Delegation, _visits(user, code)),
        (Company, Company.objects.filter(country=code)),
    ):
        keys = found.order_by().values("pk")
        there |= Q(about_type=ContentType.objects.get_for_model(model), about_id__in=keys)
    owed = commitments_visible_to(user).filter(there, archived_at__isnull=True, status__in=OWED)
    owed = owed.select_related("executor", "company").order_by(F("due_date").asc(nulls_last=True), "pk")
    listed = list(owed[:MOST_READ])
    wanted = rows_of_records((one.about_type_id, one.about_id) for one in listed)
    names = records_named(fetch_together(wanted))
    return [Owed(one, names.get((one.about_type_id, one.about_id))) for one in listed]
