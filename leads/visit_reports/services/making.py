"""One accepted card becomes one record, through the services of the app it belongs to."""

from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Model
from django.utils import timezone

from crm.accounts.models import User
from crm.commitments.choices import CommitmentSide
from crm.commitments.models import Commitment
from crm.commitments.services import create_commitment
from crm.companies.models import Company, Contact
from crm.companies.services import add_other_name, create_company, create_contact, record_dealing
from crm.delegations.choices import DelegationStatus, Direction, Side
from crm.delegations.models import Delegation, Practice
from crm.delegations.services import create_delegation, create_practice, update_delegation
from crm.meetings.models import Meeting
from crm.meetings.services import create_meeting
from crm.reference.models import Currency, Sector
from crm.reference.queries import calendar_of
from leads.deals.choices import ValueKind
from leads.deals.models import Deal
from leads.deals.services import create_deal, record_value
from leads.extraction.folding import fold
from leads.extraction.gazetteers import country_of_city
from leads.visit_reports.choices import Match, SuggestionKind
from leads.visit_reports.models import Suggestion, VisitReport
from leads.visit_reports.queries import marked_sentences
from leads.visit_reports.services.values import date_of

#: Working days within which somebody makes the first contact.
FIRST_CONTACT_WITHIN = 3


class RecordMaker:
    """Makes the records of one commit; it knows what earlier commits of the report made.

    Cards have to come in the order of their kinds: ``make`` links each to what came before it. The delegation's members
    and organisations are complete only after ``finish``.
    """

    def __init__(self, report: VisitReport, suggestions: Iterable[Suggestion], *, by: User) -> None:
        self.report, self.by = report, by
        self.region = report.region
        self.owner = report.uploaded_by if report.uploaded_by.may_write else by
        self.today = timezone.localdate()
        self.delegation: Delegation | None = report.delegation
        #: New records, in the order of making.
        self.made: list[Model] = []
        self.records: dict[int, Model] = {s.position: s.record for s in suggestions if s.record is not None}
        self.cards = {suggestion.position: suggestion for suggestion in suggestions}
        self._met: list[Company] = []
        self._members: list[dict[str, Any]] = []

    def make(self, suggestion: Suggestion) -> Model | None:
        """Return the record that the card became: a new one, the known one it was linked to, or none."""
        by_kind: dict[str, Callable[[Suggestion], Model | None]] = {
            SuggestionKind.DELEGATION: self._make_delegation,
            SuggestionKind.ORGANISATION: self._make_company,
            SuggestionKind.PERSON: self._make_person,
            SuggestionKind.MEETING: self._make_meeting,
            SuggestionKind.LEAD: self._make_deal,
            SuggestionKind.COMMITMENT: self._make_commitment,
            SuggestionKind.PRACTICE: self._make_practice,
        }
        record = by_kind[suggestion.kind](suggestion)
        if record is not None:
            self.records[suggestion.position] = record
        return record

    def finish(self) -> None:
        """Give the delegation the organisations it met and the members that the cards named."""
        delegation = self.delegation
        if delegation is None or not (self._met or self._members):
            return
        standing = list(delegation.members.all())
        known = {fold(member.full_name): member for member in standing}
        rows: list[dict[str, Any]] = [{"id": member.pk} for member in standing]
        for row in self._members:
            member = known.get(fold(row["full_name"]))
            if member is None:
                rows.append(row)
            elif not member.position or (row.get("contact") and not member.contact_id):
                kept = next(one for one in rows if one.get("id") == member.pk)
                kept |= {"position": member.position or row["position"], "contact": row.get("contact")}
        companies = {*delegation.companies.all(), *self._met}
        update_delegation(delegation, by=self.by, members=rows, companies=companies)

    def _make_delegation(self, card: Suggestion) -> Delegation:
        values = card.values
        if self.delegation is not None:
            return self._complete_delegation(self.delegation, values)
        returned = date_of(values.get("end_date"))
        self.delegation = create_delegation(
            by=self.by,
            region=self.region,
            title=values["title"],
            direction=values["direction"],
            status=DelegationStatus.PLANNED if returned and returned > self.today else DelegationStatus.RETURNED,
            purpose=values.get("purpose") or "",
            start_date=date_of(values.get("start_date")),
            end_date=returned,
            secretary=self.owner,
            stops=stops_of(values),
            members=self._head_of(values),
            sectors=[self._sectors[code] for code in values.get("sectors") or [] if code in self._sectors],
        )
        return self._new(self.delegation)

    def _complete_delegation(self, delegation: Delegation, values: dict[str, Any]) -> Delegation:
        """Return the visit that the report was uploaded for, with what it did not say yet."""
        said = {
            "purpose": values.get("purpose") or "",
            "start_date": date_of(values.get("start_date")),
            "end_date": date_of(values.get("end_date")),
        }
        changes: dict[str, Any] = {
            name: value for name, value in said.items() if value and not getattr(delegation, name)
        }
        if not delegation.stops.exists():
            changes["stops"] = stops_of(values)
        if not delegation.sectors.exists():
            changes["sectors"] = [self._sectors[code] for code in values.get("sectors") or [] if code in self._sectors]
        if delegation.head is None:
            self._members += self._head_of(values)
        if delegation.status in (DelegationStatus.PLANNED, DelegationStatus.UNDER_WAY):
            changes["status"] = DelegationStatus.RETURNED
        return update_delegation(delegation, by=self.by, **changes)

    def _head_of(self, values: dict[str, Any]) -> list[dict[str, Any]]:
        if not values.get("head"):
            return []
        side = Side.THEIRS if values["direction"] == Direction.INBOUND else Side.OURS
        position = values.get("head_title") or ""
        return [{"side": side, "full_name": values["head"], "position": position, "is_head": True}]

    def _make_company(self, card: Suggestion) -> Company:
        values = card.values
        if card.match == Match.KNOWN and card.company is not None:
            company = add_other_name(card.company, by=self.by, name=values["name"])
        else:
            names = ("kind", "country", "city", "founded", "bin")
            fields: dict[str, Any] = {name: values.get(name) or "" for name in names} | {
                "residents": values.get("residents")
            }
            company = self._new(create_company(by=self.by, name=values["name"], **fields))
        if values.get("role") != "home":
            self._met.append(company)
        return company

    def _make_person(self, card: Suggestion) -> Model | None:
        values = card.values
        ours = values.get("role") == "home"
        position = values.get("title") or ""
        contact = None if ours else self._contact_of(card, position)
        direction = self.delegation.direction if self.delegation else ""
        if ours or direction == Direction.INBOUND:
            side = Side.OURS if ours else Side.THEIRS
            self._members.append({"side": side, "full_name": values["name"], "position": position, "contact": contact})
        # One of ours has no record of its own: the delegation names its members.
        return contact or self.delegation

    def _contact_of(self, card: Suggestion, position: str) -> Contact:
        if card.match == Match.KNOWN and card.contact is not None:
            return record_dealing(card.contact, by=self.by, region=self.region)
        company = self._record(card.values.get("organisation"), Company)
        return self._new(
            create_contact(
                by=self.by,
                full_name=card.values["name"],
                regions=[self.region],
                company=company,
                position=position,
            )
        )

    def _make_meeting(self, card: Suggestion) -> Meeting:
        values = card.values
        return self._new(
            create_meeting(
                by=self.by,
                region=self.region,
                subject=values["subject"],
                companies=self._records(values.get("organisations"), Company),
                contacts=self._records(values.get("people"), Contact),
                delegation=self.delegation,
                date=date_of(values.get("date")),
                place=values.get("place") or "",
                topics=values.get("topics") or [],
                summary=values.get("summary") or "",
                owner=self.owner,
            )
        )

    def _make_deal(self, card: Suggestion) -> Deal:
        values = card.values
        place = values.get("organisation")
        company = self._record(place, Company)
        contacts = [contact for contact in self._contacts if company and contact.company_id == company.pk]
        deal = create_deal(
            by=self.by,
            region=self.region,
            title=values["title"],
            summary=values.get("summary") or "",
            company=company,
            counterpart=values.get("counterpart") or "",
            contact=contacts[0] if len(contacts) == 1 else None,
            delegation=self.delegation,
            meetings=self._meetings_with(place),
            sector=self._sectors.get(values.get("sector") or ""),
            kind=values["kind"],
            owner=self.owner,
            next_step=values.get("next_step") or "",
            next_step_due=date_of(values.get("next_step_due")) or self._first_contact_due,
        )
        self._record_figure(deal, card)
        return self._new(deal)

    def _record_figure(self, deal: Deal, card: Suggestion) -> None:
        amount, jobs = card.values.get("amount"), card.values.get("jobs")
        currency = self._currencies.get(card.values.get("currency") or "")
        if (amount is None or currency is None) and jobs is None:
            return
        said_on = self.report.published or (self.delegation.end_date if self.delegation else None) or self.today
        record_value(
            deal,
            by=self.by,
            kind=ValueKind.ANNOUNCED,
            date=said_on,
            amount=Decimal(amount) if amount is not None and currency else None,
            currency=currency if amount is not None else None,
            jobs=jobs,
            evidence=self._quoted(card),
        )

    def _quoted(self, card: Suggestion) -> str:
        if card.debrief_entry is not None:
            return f"{card.debrief_entry.words} ({card.debrief_entry.debrief.full_name})"
        sentences = marked_sentences(self.report.text, [card], self.report.language)
        return " ".join(sentence.text for sentence in sentences if sentence.is_marked)

    def _make_commitment(self, card: Suggestion) -> Commitment | None:
        values = card.values
        deal = self._record(values.get("lead"), Deal)
        about = (
            deal or self.delegation or next((r for r in self.records.values() if isinstance(r, Deal | Meeting)), None)
        )
        if about is None:
            return None
        ours = values.get("by") != "counterpart"
        return self._new(
            create_commitment(
                by=self.by,
                about=about,
                region=self.region,
                text=values["text"],
                side=CommitmentSide.OURS if ours else CommitmentSide.THEIRS,
                due_date=date_of(values.get("due_date")),
                executor=self.owner if ours else None,
                executor_name=values.get("who") or "",
                company=deal.company if deal and not ours else None,
            )
        )

    def _make_practice(self, card: Suggestion) -> Practice:
        values = card.values
        return self._new(
            create_practice(
                by=self.by,
                region=self.region,
                topic=values["topic"],
                summary=values["summary"],
                delegation=self.delegation,
                company=self._record(values.get("organisation"), Company),
                owner=self.owner,
            )
        )

    def _new[RecordType: Model](self, record: RecordType) -> RecordType:
        self.made.append(record)
        return record

    def _record[RecordType: Model](self, place: int | None, model: type[RecordType]) -> RecordType | None:
        record = self.records.get(place) if place is not None else None
        return record if isinstance(record, model) else None

    def _records[RecordType: Model](self, places: list[int] | None, model: type[RecordType]) -> list[RecordType]:
        found = (self._record(place, model) for place in places or [])
        return [record for record in found if record is not None]

    def _meetings_with(self, place: int | None) -> list[Meeting]:
        """Return the report's meetings with the organisation of that card."""
        if place is None:
            return []
        met = [at for at, card in self.cards.items() if place in (card.values.get("organisations") or [])]
        return self._records(met, Meeting)

    @property
    def _contacts(self) -> list[Contact]:
        return [record for record in self.records.values() if isinstance(record, Contact)]

    @cached_property
    def _sectors(self) -> dict[str, Sector]:
        return {sector.code: sector for sector in Sector.objects.all()}

    @cached_property
    def _currencies(self) -> dict[str, Currency]:
        return {currency.code: currency for currency in Currency.objects.all()}

    @cached_property
    def _first_contact_due(self) -> date:
        """Three working days after the later of the return and today."""
        returned = self.delegation.end_date if self.delegation else None
        return calendar_of(self.region).add_working_days(max(returned or self.today, self.today), FIRST_CONTACT_WITHIN)


def stops_of(values: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the stops of a delegation: its cities with their countries, then the countries where no city is named.

    A city that no gazetteer knows lies in the only country of a visit abroad; else nobody guesses.
    """
    countries, cities = values.get("countries") or [], values.get("cities") or []
    only = countries[0] if len(countries) == 1 and values.get("direction") == Direction.OUTBOUND else ""
    stops = [{"country": country_of_city(city) or only, "city": city} for city in cities]
    # Our own country goes without saying.
    stops = [stop if stop["country"] in countries else {"city": stop["city"]} for stop in stops]
    named = {stop.get("country") for stop in stops}
    return stops + [{"country": country} for country in countries if country not in named]
