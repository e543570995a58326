"""What members of a delegation told after the return becomes cards in the review of its report.

Where no report is there yet, one without a file is opened for the answers; when the file comes for the same visit, what
nobody has decided on yet moves over to it. A card waits to be accepted, and says who told it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.audit.choices import Action
from crm.audit.services import archive_record, create_record, record_event, update_record
from crm.delegations.models import Debrief, DebriefEntry, Delegation
from crm.delegations.queries import debriefs_to_take_in
from crm.delegations.services import note_taken_in
from crm.shared.jobs import enqueue
from crm.shared.searching import store_search_keys
from leads.extraction.folding import name_similarity
from leads.visit_reports.choices import Decision, ReportState, SuggestionKind
from leads.visit_reports.models import Suggestion, VisitReport
from leads.visit_reports.queries import report_search_keys
from leads.visit_reports.services.drafting import SAME_NAME, TITLE_CLAUSE, TITLE_LENGTH, look_for_matches
from leads.visit_reports.services.values import blank_values

logger = structlog.get_logger(__name__)


def take_up_debriefs() -> int:
    """Start taking in every answered debrief that stands in no review yet; return how many."""
    waiting = list(debriefs_to_take_in().values_list("pk", flat=True))
    for pk in waiting:
        enqueue("visit_reports.take_in_debrief", pk)
    return len(waiting)


@transaction.atomic
def take_in_debrief(debrief: Debrief) -> list[Suggestion]:
    """Make cards of what the member told, in the review of the delegation's report; return them.

    Done once: a debrief that was taken in gives none. While the report is being read, and where nobody of the region
    could review it, it waits. A report that was accepted as a whole is in review again.
    """
    current = Debrief.objects.select_for_update(of=("self",)).filter(pk=debrief.pk, taken_in_at=None).first()
    if current is None or current.answered_at is None:
        return []
    delegation = (
        Delegation.objects.select_for_update(of=("self",)).select_related("region").get(pk=debrief.delegation_id)
    )
    report = _report_of(delegation)
    if report is None or report.is_waiting:
        return []
    with translation.override(report.uploaded_by.language):
        cards = _Telling(report, delegation).cards(current.entries.all())
    Suggestion.objects.bulk_create(cards)
    if report.state == ReportState.ACCEPTED:
        update_record(report, by=None, changes={"state": ReportState.IN_REVIEW})
    told = {"debrief": [None, current.pk], "cards": [None, [card.position for card in cards]]}
    record_event(Action.CHANGED, by=None, record=report, changes=told)
    note_taken_in(current)
    return cards


def move_debriefs_to(report: VisitReport) -> None:
    """Give the report that was just read what members told of its delegation, where nobody has decided on it yet.

    The report without a file that held it is archived.
    """
    if report.delegation_id is None:
        return
    for other in _without_file(report.delegation_id).exclude(pk=report.pk):
        cards = other.suggestions.all()
        touched = cards.exclude(decision=Decision.OPEN).exists() or cards.filter(changed_by__isnull=False).exists()
        if touched or other.commits.exists():
            continue
        entries = cards.values("debrief_entry")
        debriefs = list(Debrief.objects.filter(entries__in=entries).distinct())
        cards.delete()
        archive_record(other, by=None, reason=_("The report of the visit came: the answers stand in its review."))
        Debrief.objects.filter(pk__in=[one.pk for one in debriefs]).update(taken_in_at=None)
        for one in debriefs:
            enqueue("visit_reports.take_in_debrief", one.pk)


def _without_file(delegation_id: int) -> Any:
    return VisitReport.objects.active().filter(delegation=delegation_id, file="", text="", state=ReportState.IN_REVIEW)


def _report_of(delegation: Delegation) -> VisitReport | None:
    """Return the report to review what was told in: the newest of the delegation, else a new one without a file."""
    usable = [ReportState.UPLOADED, ReportState.READING, ReportState.IN_REVIEW, ReportState.ACCEPTED]
    standing = VisitReport.objects.active().filter(delegation=delegation, state__in=usable)
    found = standing.select_related("region", "uploaded_by").order_by("-created_at", "-pk").first()
    if found is not None:
        return found
    reviewer = _reviewer_of(delegation)
    if reviewer is None:
        logger.warning("nobody can review what was told", delegation=delegation.pk)
        return None
    report = VisitReport(
        region=delegation.region,
        uploaded_by=reviewer,
        delegation=delegation,
        state=ReportState.IN_REVIEW,
        title=delegation.title,
        language=reviewer.language,
        not_restricted=True,
        draft={"language": reviewer.language},
        read_at=timezone.now(),
    )
    create_record(report, by=None)
    store_search_keys(report, report_search_keys(report))
    return report


def _reviewer_of(delegation: Delegation) -> User | None:
    """Return who reviews it: the secretary, else a manager, an official, an administrator of the region."""
    secretary = delegation.secretary
    if secretary is not None and secretary.may_write:
        return secretary
    for role in (Role.MANAGER, Role.OFFICIAL, Role.ADMINISTRATOR):
        found = User.objects.filter(region=delegation.region, role=role, is_active=True).order_by("pk").first()
        if found is not None:
            return found
    return None


@dataclass(slots=True)
class _Telling:
    """The cards of one debrief on their way; they lean on those that the report has."""

    report: VisitReport
    delegation: Delegation
    position: int = 0
    standing: list[Suggestion] = field(default_factory=list)

    def cards(self, entries: Iterable[DebriefEntry]) -> list[Suggestion]:
        """Return the unsaved cards of the entries, after those that stand in the report."""
        self.standing = list(self.report.suggestions.exclude(decision=Decision.REJECTED).order_by("position"))
        self.position = self.report.suggestions.aggregate(last=Max("position"))["last"] or 0
        made: list[Suggestion] = []
        for entry in entries:
            made += self._of(entry)
        for card in made:
            look_for_matches(card, region=self.report.region)
        return made

    def _of(self, entry: DebriefEntry) -> list[Suggestion]:
        if entry.practice:
            return [self._card(entry, SuggestionKind.PRACTICE, summary=entry.practice, topic="other")]
        made: list[Suggestion] = []
        organisation = self._named(SuggestionKind.ORGANISATION, entry.company)
        if entry.company and organisation is None:
            organisation = self._card(entry, SuggestionKind.ORGANISATION, name=entry.company, country=self._country())
            made.append(organisation)
        place = organisation.position if organisation else None
        person = self._named(SuggestionKind.PERSON, entry.person)
        if entry.person and person is None:
            person = self._card(entry, SuggestionKind.PERSON, name=entry.person, organisation=place)
            made.append(person)
        meeting = self._meeting_with(place, person)
        if meeting is None:
            made.append(self._meeting(entry, place, person))
        return made + self._agreed(entry, place)

    def _meeting(self, entry: DebriefEntry, place: int | None, person: Suggestion | None) -> Suggestion:
        together = ", ".join(filter(None, [entry.company, entry.person]))
        return self._card(
            entry,
            SuggestionKind.MEETING,
            subject=(_("Meeting with %(names)s") % {"names": together})[:TITLE_LENGTH],
            organisations=[place] if place else [],
            people=[person.position] if person else [],
            summary=entry.agreed,
        )

    def _agreed(self, entry: DebriefEntry, place: int | None) -> list[Suggestion]:
        """Return the card of what was agreed: a lead, else a commitment about the lead that the report has already."""
        lead = self._lead_with(place)
        made: list[Suggestion] = []
        if entry.agreed and lead is None:
            title = ": ".join([entry.company or entry.person, shorten(entry.agreed, TITLE_CLAUSE, placeholder="…")])
            made.append(
                self._card(
                    entry,
                    SuggestionKind.LEAD,
                    title=title[:TITLE_LENGTH],
                    sector="other",
                    organisation=place,
                    counterpart="" if place else entry.person,
                    summary=entry.agreed,
                    next_step=entry.needed,
                    next_step_due=entry.due_date.isoformat() if entry.due_date else None,
                )
            )
            return made
        if entry.agreed:
            made.append(self._commitment(entry, entry.agreed, "counterpart", lead))
        if entry.needed:
            made.append(self._commitment(entry, entry.needed, "home", lead))
        return made

    def _commitment(self, entry: DebriefEntry, text: str, by: str, lead: Suggestion | None) -> Suggestion:
        due = entry.due_date.isoformat() if entry.due_date and by == "home" else None
        return self._card(
            entry,
            SuggestionKind.COMMITMENT,
            text=shorten(text, 500, placeholder="…"),
            by=by,
            due_date=due,
            lead=lead.position if lead else None,
        )

    def _card(self, entry: DebriefEntry, kind: SuggestionKind, **values: Any) -> Suggestion:
        self.position += 1
        whole = blank_values(kind) | values
        card = Suggestion(
            report=self.report,
            kind=kind,
            position=self.position,
            values=whole,
            read=whole,
            evidence={},
            debrief_entry=entry,
            decision=Decision.OPEN,
        )
        self.standing.append(card)
        return card

    def _country(self) -> str:
        """Return the country where the visit was, when there was one only."""
        countries = {stop.country for stop in self.delegation.stops.all() if stop.country}
        return countries.pop() if len(countries) == 1 else ""

    def _named(self, kind: SuggestionKind, name: str) -> Suggestion | None:
        """Return the report's card of that name, the most alike one that is alike enough."""
        alike = [
            (name_similarity(name, str(card.values.get("name") or "")), card)
            for card in self.standing
            if name and card.kind == kind
        ]
        best = max(alike, key=lambda pair: pair[0], default=None)
        return best[1] if best and best[0] >= SAME_NAME else None

    def _meeting_with(self, place: int | None, person: Suggestion | None) -> Suggestion | None:
        for card in self.standing:
            if card.kind != SuggestionKind.MEETING:
                continue
            with_place = place is not None and place in (card.values.get("organisations") or [])
            if with_place or (person is not None and person.position in (card.values.get("people") or [])):
                return card
        return None

    def _lead_with(self, place: int | None) -> Suggestion | None:
        leads = (card for card in self.standing if card.kind == SuggestionKind.LEAD)
        return next((card for card in leads if place is not None and card.values.get("organisation") == place), None)
