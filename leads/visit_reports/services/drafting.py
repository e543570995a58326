"""The draft that extraction read, turned into the cards an official decides on.

``draft`` is the JSON of ``leads.extraction`` (see its documentation). A card's values keep its links to other cards as
their positions: an organisation's name may be corrected without losing who is meant.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import shorten
from typing import Any

from django.utils.translation import gettext as _

from crm.companies.choices import Likeness
from crm.companies.models import Contact
from crm.companies.queries import DirectoryEntry, company_directory, similar_companies
from crm.reference.models import Region
from crm.shared.choices import country_name
from leads.extraction.folding import fold, name_similarity
from leads.visit_reports.choices import Decision, Match, SuggestionKind
from leads.visit_reports.models import Suggestion, VisitReport
from leads.visit_reports.services.values import codes

type Draft = Mapping[str, Any]
type Spans = list[list[int]]

#: From here on two spellings mean the same card.
SAME_NAME = 0.85
TITLE_LENGTH = 250
#: How much of a clause a deal is called by: what a card of the board shows on two lines.
TITLE_CLAUSE = 60


@dataclass(slots=True)
class _Card:
    kind: SuggestionKind
    position: int
    values: dict[str, Any]
    evidence: dict[str, Spans] = field(default_factory=dict)


def suggestions_of(report: VisitReport, draft: Draft) -> list[Suggestion]:
    """Return the unsaved cards of a draft, each with its values, its evidence and what it may be the same as.

    Every card starts accepted, save those whose organisation or person may be one we know: these wait for a choice.
    Nothing is saved before an official accepts the whole.
    """
    cards = _Drafting(report.text, draft).cards()
    suggestions = [
        Suggestion(
            report=report,
            kind=card.kind,
            position=card.position,
            values=card.values,
            read=card.values,
            evidence={name: spans for name, spans in card.evidence.items() if spans},
            decision=Decision.ACCEPTED,
        )
        for card in cards
    ]
    directory = company_directory()
    for suggestion in suggestions:
        look_for_matches(suggestion, region=report.region, directory=directory)
    return suggestions


def look_for_matches(
    suggestion: Suggestion, *, region: Region, directory: Sequence[DirectoryEntry] | None = None
) -> bool:
    """Set what the card's organisation or person may be the same as; return whether a choice is needed now.

    ``directory`` (of ``company_directory``) spares reading it again for each of many cards.
    """
    if suggestion.kind == SuggestionKind.ORGANISATION:
        values = suggestion.values
        similar = similar_companies(
            values["name"], bin=values.get("bin") or "", country=values.get("country") or "", directory=directory
        )
        suggestion.candidates = [{"id": one.company.pk, "reason": one.reason.value} for one in similar]
    elif suggestion.kind == SuggestionKind.PERSON and suggestion.values.get("role") == "counterpart":
        suggestion.candidates = [
            {"id": contact.pk, "reason": Likeness.SAME_NAME.value}
            for contact in _known_people(suggestion.values["name"], region)
        ]
    else:
        return False
    suggestion.company = suggestion.contact = None
    suggestion.match = Match.UNDECIDED if suggestion.candidates else Match.NOT_ASKED
    if suggestion.match == Match.UNDECIDED and suggestion.decision == Decision.ACCEPTED:
        suggestion.decision = Decision.OPEN
    return suggestion.match == Match.UNDECIDED


def _known_people(name: str, region: Region) -> list[Contact]:
    """Return the people of that name the region has dealt with."""
    key = fold(name)
    dealt_with = Contact.objects.active().filter(regions=region, search_text__contains=key).order_by("pk")
    return [contact for contact in dealt_with[:20] if fold(contact.full_name) == key][:5]


def title_of(draft: Draft, text: str) -> str:
    """Return what the report is called: its title, else its first line."""
    first_line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return str(draft.get("title") or first_line)[:TITLE_LENGTH]


class _Drafting:
    """One draft on its way to cards; it keeps the count of positions and who is called how."""

    def __init__(self, text: str, draft: Draft) -> None:
        self.text, self.draft = text, draft
        self.position = 0
        self.organisations: dict[int, str] = {}
        self.people: dict[int, str] = {}
        self.sectors = codes("sectors")

    def cards(self) -> list[_Card]:
        cards = [self._delegation()]
        cards += self._each("organisations", self._organisation)
        cards += self._each("people", self._person)
        meetings = self._each("meetings", self._meeting)
        leads = self._each("leads", self._lead)
        cards += meetings + leads
        cards += self._each("commitments", lambda item: self._commitment(item, leads))
        cards += self._each("practices", lambda item: self._practice(item, meetings))
        return cards

    def _each(self, name: str, build: Callable[[Any], _Card]) -> list[_Card]:
        return [build(item) for item in self.draft.get(name) or []]

    def _card(
        self, kind: SuggestionKind, values: dict[str, Any], evidence: Spans, said: Mapping[str, Any] | None = None
    ) -> _Card:
        """Return the next card; ``said`` maps a value's field to the words to look for inside the evidence."""
        self.position += 1
        own = {name: _where(self.text, evidence, words) for name, words in (said or {}).items() if words}
        return _Card(kind, self.position, values, {"": evidence} | own)

    def _delegation(self) -> _Card:
        draft, proof = self.draft, self.draft.get("field_evidence") or {}
        head = draft.get("head") or {}
        purposes = draft.get("purposes") or []
        values = {
            "title": _delegation_title(draft),
            "direction": draft.get("direction") or "outbound",
            "start_date": draft.get("start_date"),
            "end_date": draft.get("end_date"),
            "countries": list(draft.get("countries") or []),
            "cities": list(draft.get("cities") or []),
            "head": head.get("name") or "",
            "head_title": head.get("title") or "",
            "purpose": "; ".join(purpose["text"] for purpose in purposes),
            "sectors": list(draft.get("participant_sectors") or []),
        }
        card = self._card(SuggestionKind.DELEGATION, values, [])
        named = ("direction", "start_date", "end_date", "countries", "cities")
        card.evidence = {name: _spans(proof.get(name)) for name in named} | {
            "sectors": _spans(proof.get("participant_sectors")),
            "head": _spans(head.get("evidence")),
            "head_title": _where(self.text, _spans(head.get("evidence")), head.get("title")) if head else [],
            "purpose": [span for purpose in purposes for span in _spans(purpose["evidence"])],
        }
        card.evidence["title"] = _spans(proof.get("countries")) + _spans(proof.get("cities"))
        return card

    def _organisation(self, item: Draft) -> _Card:
        values = {
            "name": item["name"],
            "kind": item.get("kind") or "other",
            "role": item.get("role") or "counterpart",
            "country": item.get("country") or "",
            "city": "",
            "founded": item.get("founded") or "",
            "residents": item.get("residents"),
            "bin": item.get("bin") or "",
        }
        said = {
            "name": item["name"],
            "residents": item.get("residents"),
            "founded": (item.get("founded") or "").rstrip("s"),
            "bin": item.get("bin"),
        }
        card = self._card(SuggestionKind.ORGANISATION, values, _spans(item["evidence"]), said)
        self.organisations[card.position] = item["name"]
        return card

    def _person(self, item: Draft) -> _Card:
        values = {
            "name": item["name"],
            "title": item.get("title") or "",
            "organisation": _called(item.get("organisation"), self.organisations),
            "role": item.get("role") or "home",
        }
        said = {"name": item["name"], "title": item.get("title"), "organisation": item.get("organisation")}
        card = self._card(SuggestionKind.PERSON, values, _spans(item["evidence"]), said)
        self.people[card.position] = item["name"]
        return card

    def _meeting(self, item: Draft) -> _Card:
        names = list(item.get("with") or [])
        organisations = [place for name in names if (place := _called(name, self.organisations))]
        people = [place for name in names if (place := _called(name, self.people))]
        values = {
            "subject": _meeting_subject(item, names),
            "date": item.get("date"),
            "place": item.get("place") or "",
            "organisations": list(dict.fromkeys(organisations)),
            "people": list(dict.fromkeys(people)),
            "topics": list(item.get("topics") or []),
            "summary": item.get("summary") or "",
        }
        said = {"place": item.get("place"), "summary": item.get("summary")}
        return self._card(SuggestionKind.MEETING, values, _spans(item["evidence"]), said)

    def _lead(self, item: Draft) -> _Card:
        summary, counterpart = item.get("summary") or "", item.get("counterpart") or ""
        organisation = _called(counterpart, self.organisations)
        values = {
            "title": self._deal_title(item),
            "sector": item.get("sector") or "other",
            "kind": item.get("kind") or "interest",
            "organisation": organisation,
            "counterpart": "" if organisation else counterpart,
            "summary": summary,
            "amount": _amount(item.get("amount")),
            "currency": item.get("currency") or "",
            "jobs": item.get("jobs"),
            "next_step": item.get("next_step") or "",
            "next_step_due": None,
        }
        said = {
            "title": counterpart or summary,
            "organisation": counterpart,
            "jobs": item.get("jobs"),
            "next_step": item.get("next_step"),
        }
        return self._card(SuggestionKind.LEAD, values, _spans(item["evidence"]), said)

    def _deal_title(self, item: Draft) -> str:
        """Return the sector, and with whom: where nobody is named, how the report's clause begins."""
        sector = self.sectors.get(item.get("sector") or "other", "")
        about = item.get("counterpart") or shorten(item.get("summary") or "", TITLE_CLAUSE, placeholder="…")
        return ": ".join(filter(None, [sector, about]))[:TITLE_LENGTH]

    def _commitment(self, item: Draft, leads: Sequence[_Card]) -> _Card:
        evidence = _spans(item["evidence"])
        values = {
            "text": item["text"],
            "by": item.get("by") or "home",
            "who": item.get("who") or "",
            "due_date": item.get("due_date"),
            "lead": next((lead.position for lead in leads if _touch(lead.evidence[""], evidence)), None),
        }
        return self._card(SuggestionKind.COMMITMENT, values, evidence, {"who": item.get("who")})

    def _practice(self, item: Draft, meetings: Sequence[_Card]) -> _Card:
        evidence = _spans(item["evidence"])
        seen_at = [card for card in meetings if _touch(card.evidence[""], evidence)]
        hosts = {place for card in seen_at for place in card.values["organisations"]}
        values = {
            "summary": item.get("summary") or "",
            "topic": item.get("topic") or "other",
            # Said in the words of a meeting with one organisation: seen there. Else nobody guesses.
            "organisation": hosts.pop() if len(hosts) == 1 else None,
        }
        card = self._card(SuggestionKind.PRACTICE, values, evidence, {"summary": item.get("summary")})
        if values["organisation"]:
            card.evidence["organisation"] = seen_at[0].evidence[""]
        return card


def _delegation_title(draft: Draft) -> str:
    countries = ", ".join(country_name(code) for code in draft.get("countries") or [])
    cities = ", ".join(draft.get("cities") or [])
    title = ": ".join(filter(None, [countries, cities])) or draft.get("title") or _("Visit")
    return str(title)[:TITLE_LENGTH]


def _meeting_subject(item: Draft, names: Iterable[str]) -> str:
    together = ", ".join(names)
    if together:
        return (_("Meeting with %(names)s") % {"names": together})[:TITLE_LENGTH]
    return _capital(item.get("summary") or _("Meeting"))[:TITLE_LENGTH]


def _called(name: str | None, known: Mapping[int, str]) -> int | None:
    """Return the position of the card of that name: spelled the same, else the most alike one that is alike enough."""
    if not name:
        return None
    alike = {place: name_similarity(name, other) for place, other in known.items()}
    best = max(alike, key=lambda place: alike[place], default=None)
    return best if best is not None and alike[best] >= SAME_NAME else None


def _where(text: str, spans: Spans, words: Any) -> Spans:
    """Return where inside ``spans`` the words stand; the spans themselves where they do not stand literally."""
    wanted = str(words or "").strip()
    for start, end in spans:
        found = text.find(wanted, start, end) if wanted else -1
        if found >= 0:
            return [[found, found + len(wanted)]]
    return spans


def _spans(pairs: Iterable[Sequence[int]] | None) -> Spans:
    return [[int(start), int(end)] for start, end in pairs or []]


def _touch(some: Spans, others: Spans) -> bool:
    return any(start < other_end and other_start < end for start, end in some for other_start, other_end in others)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _amount(value: Any) -> str | None:
    """Return the amount as plain digits: JSON has no decimals."""
    if value is None:
        return None
    return str(int(value)) if float(value).is_integer() else f"{value:.2f}"
