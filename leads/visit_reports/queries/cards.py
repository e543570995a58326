"""The cards of a draft as a page needs them: with their links, what they wait for and what accepting would make."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import ngettext, ngettext_lazy

from crm.companies.choices import Likeness
from crm.companies.models import Company, Contact
from leads.visit_reports.choices import Decision, Match, SuggestionKind
from leads.visit_reports.models import Suggestion, VisitReport

#: The values that point at other cards of the report, by kind.
REFERENCES: Mapping[str, tuple[str, ...]] = {
    SuggestionKind.PERSON: ("organisation",),
    SuggestionKind.MEETING: ("organisations", "people"),
    SuggestionKind.LEAD: ("organisation",),
    SuggestionKind.COMMITMENT: ("lead",),
    SuggestionKind.PRACTICE: ("organisation",),
}
#: How many of each kind, in words.
COUNTED: Mapping[str, Any] = {
    SuggestionKind.DELEGATION: ngettext_lazy("%(n)d delegation", "%(n)d delegations", "n"),
    SuggestionKind.ORGANISATION: ngettext_lazy("%(n)d organisation", "%(n)d organisations", "n"),
    SuggestionKind.PERSON: ngettext_lazy("%(n)d person", "%(n)d people", "n"),
    SuggestionKind.MEETING: ngettext_lazy("%(n)d meeting", "%(n)d meetings", "n"),
    SuggestionKind.LEAD: ngettext_lazy("%(n)d deal", "%(n)d deals", "n"),
    SuggestionKind.COMMITMENT: ngettext_lazy("%(n)d commitment", "%(n)d commitments", "n"),
    SuggestionKind.PRACTICE: ngettext_lazy("%(n)d practice", "%(n)d practices", "n"),
}


@dataclass(slots=True)
class Card:
    """A suggestion with the record it became and, while that is open, the card it waits for."""

    suggestion: Suggestion
    waits_for: Suggestion | None = None
    candidates: list["Candidate"] = field(default_factory=list)

    @property
    def state(self) -> str:
        """``done`` once it is a record; ``open`` where a choice is needed here or on a card it points at."""
        if self.suggestion.commit_id is not None:
            return "done"
        return str(Decision.OPEN) if self.waits_for else self.suggestion.decision

    @property
    def is_ready(self) -> bool:
        """Would accepting the draft make a record of it?"""
        return self.state == Decision.ACCEPTED


@dataclass(frozen=True, slots=True)
class Candidate:
    """A company or person that the card's may be, and why."""

    record: Company | Contact
    reason: Likeness


@dataclass(frozen=True, slots=True)
class Draft:
    """All cards of a report, in their order."""

    cards: list[Card]

    @property
    def ready(self) -> list[Card]:
        return [card for card in self.cards if card.is_ready]

    @property
    def open(self) -> list[Card]:
        return [card for card in self.cards if card.state == Decision.OPEN]

    @property
    def undone(self) -> list[Card]:
        """The cards that are no records yet."""
        return [card for card in self.cards if card.state != "done"]

    def depending_on(self, position: int) -> list[Card]:
        """Return the cards that point at the card of that position."""
        return [card for card in self.cards if position in references_of(card.suggestion)]


def cards_of(report: VisitReport, *, suggestions: Iterable[Suggestion] | None = None) -> Draft:
    """Return the draft of a report; one query for the cards, two for what they may be the same as."""
    rows = list(suggestions_in_order(report) if suggestions is None else suggestions)
    by_position = {row.position: row for row in rows}
    cards = [Card(row, waits_for=_waits_for(row, by_position)) for row in rows]
    _add_candidates(cards)
    return Draft(cards)


def suggestions_in_order(report: VisitReport) -> QuerySet[Suggestion]:
    return report.suggestions.select_related("debrief_entry__debrief").order_by("position")


def references_of(suggestion: Suggestion) -> set[int]:
    """Return the positions of the cards this one points at."""
    found: set[int] = set()
    for name in REFERENCES.get(suggestion.kind, ()):
        value = suggestion.values.get(name)
        found |= set(value) if isinstance(value, list) else {value} - {None}
    return found


def accept_summary(draft: Draft) -> tuple[Counter[str], int]:
    """Return how many records of each kind accepting would make, and how many known ones it would link."""
    made, linked = Counter[str](), 0
    for card in draft.ready:
        if card.suggestion.match == Match.KNOWN:
            linked += 1
        else:
            made[card.suggestion.kind] += 1
    return made, linked


def _waits_for(suggestion: Suggestion, by_position: Mapping[int, Suggestion]) -> Suggestion | None:
    """Return the first undecided card among those an accepted, uncommitted card points at."""
    if suggestion.commit_id is not None or suggestion.decision != Decision.ACCEPTED:
        return None
    others = [by_position[place] for place in sorted(references_of(suggestion)) if place in by_position]
    for other in others:
        if other.commit_id is None and other.decision == Decision.OPEN:
            return other
        if deeper := _waits_for(other, by_position):
            return deeper
    return None


def _add_candidates(cards: list[Card]) -> None:
    for kind, model in ((SuggestionKind.ORGANISATION, Company), (SuggestionKind.PERSON, Contact)):
        asked = [card for card in cards if card.suggestion.kind == kind and card.suggestion.candidates]
        ids = {one["id"] for card in asked for one in card.suggestion.candidates}
        if not ids:
            continue
        known = model._default_manager.in_bulk(ids)
        for card in asked:
            offered = [one for one in card.suggestion.candidates if one["id"] in known]
            card.candidates = [Candidate(known[one["id"]], Likeness(one["reason"])) for one in offered]


def words_of(draft: Draft) -> str:
    """Return what accepting would make, in words: "1 delegation, 2 deals, link 1 known"."""
    made, linked = accept_summary(draft)
    parts = [words % {"n": made[kind]} for kind, words in COUNTED.items() if made[kind]]
    if linked:
        parts.append(ngettext("link %(n)d known", "link %(n)d known", linked) % {"n": linked})
    return ", ".join(parts)
