"""Keeps of a model's answer what the report bears out: the quote stands there, and the value can be read from it.

Names, dates, sums, jobs, places and signed papers must be found inside the quote by the same recognisers that the
embedded engine reads with. Sectors, topics and sides are the model's judgement of words that are there: a person
reviews them. What exact quotes cannot show is a true quote put into the wrong field.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from leads.extraction.document import Context, Document
from leads.extraction.draft import Commitment, Head, Lead, Organisation, Person, Practice, Span, Spans
from leads.extraction.engines.llm.quotes import Quotable
from leads.extraction.folding import fold
from leads.extraction.lexicon import Word
from leads.extraction.recognisers import amounts, dates, numbers, places
from leads.extraction.spans import Positions, within

type Answer = dict[str, Any]

# Kinds that say something was signed or decided: the quote must hold a word for it.
_PROVEN_KINDS = frozenset({"memorandum", "agreement", "supply", "joint_venture", "investment_project"})
_ALSO_PROVEN_BY = {"supply": ("contract", "delivery")}
# How many letters at the end of a name may differ for its case: `Айдаров` and `Айдаровым`, `Ахметова` and `Ахметовой`.
_ENDING, _STEM = 2, 3
_SUMMARY = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """What is left of an answer: values of the draft with their evidence."""

    direction: str | None = None
    start_date: tuple[date, Span] | None = None
    end_date: tuple[date, Span] | None = None
    countries: tuple[tuple[str, Span], ...] = ()
    cities: tuple[tuple[str, Span], ...] = ()
    participant_sectors: tuple[tuple[str, Span], ...] = ()
    head: Head | None = None
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    leads: tuple[Lead, ...] = ()
    practices: tuple[Practice, ...] = ()
    commitments: tuple[Commitment, ...] = ()


class Verifier:
    """Holds a report, read by the recognisers once, against an answer."""

    def __init__(self, document: Document, context: Context, published: date | None) -> None:
        found_numbers = numbers.recognise(document)
        money = amounts.recognise(document, found_numbers)
        self._document, self._context, self._published = document, context, published
        self._quotable = Quotable(document.text)
        self._money = Positions(money)
        self._jobs = Positions(amounts.jobs(document, found_numbers, money))
        self._dates = Positions(dates.recognise(document))
        found_places = places.recognise(document)
        self._places = Positions(found_places)
        self._countries_named = frozenset(place.country for place in found_places)

    def claims(self, answer: Answer) -> Claims:
        """Return what of an answer (of the schema) is grounded."""
        return Claims(
            direction=answer["direction"],
            start_date=self._day(answer["start_date"]),
            end_date=self._day(answer["end_date"]),
            countries=tuple(self._countries(answer["countries"])),
            cities=tuple(self._cities(answer["cities"])),
            participant_sectors=tuple(
                (one["sector"], span) for one, span in self._quoted(answer["participant_sectors"])
            ),
            head=next(self._heads(answer["head"]), None),
            organisations=tuple(self._organisations(answer["organisations"])),
            people=tuple(self._people(answer["people"])),
            leads=tuple(self._leads(answer["leads"])),
            practices=tuple(
                Practice(topic=one["topic"], summary=self._summary(span), evidence=(span,))
                for one, span in self._quoted(answer["practices"])
            ),
            commitments=tuple(self._commitments(answer["commitments"])),
        )

    def _quoted(self, claims: list[Answer]) -> Iterator[tuple[Answer, Span]]:
        for claim in claims:
            span = self._quotable.find(claim["quote"])
            if span is not None:
                yield claim, span

    def _summary(self, span: Span) -> str:
        return self._document.quote(span)[:_SUMMARY]

    def _day(self, claim: Answer | None) -> tuple[date, Span] | None:
        for one, span in self._quoted([claim] if claim else []):
            day = self._dated(one["date"], span)
            if day is not None:
                return day, span
        return None

    def _dated(self, said: str | None, span: Span) -> date | None:
        """Return a day that a date inside the span gives."""
        for mention in within(self._dates.between(*span), *span):
            for day in mention.days(self._published) or ():
                if said == day.isoformat():
                    return day
        return None

    def _countries(self, claims: list[Answer]) -> Iterator[tuple[str, Span]]:
        for one, span in self._quoted(claims):
            code = one["code"].upper()
            if code != self._context.home_country and code in {place.country for place in self._places.between(*span)}:
                yield code, span

    def _cities(self, claims: list[Answer]) -> Iterator[tuple[str, Span]]:
        for one, span in self._quoted(claims):
            for place in self._places.between(*span):
                if place.city and fold(place.city) == fold(one["name"]):
                    yield place.city, place.span
                    break

    def _heads(self, claim: Answer | None) -> Iterator[Head]:
        for one, span in self._quoted([claim] if claim else []):
            if named := self._name(one["name"], span):
                yield Head(name=one["name"].strip(), title=self._title(one["title"], span), evidence=named)

    def _people(self, claims: list[Answer]) -> Iterator[Person]:
        for one, span in self._quoted(claims):
            if named := self._name(one["name"], span):
                yield Person(
                    name=one["name"].strip(), title=self._title(one["title"], span), role=one["role"], evidence=named
                )

    def _organisations(self, claims: list[Answer]) -> Iterator[Organisation]:
        for one, span in self._quoted(claims):
            if named := self._name(one["name"], span):
                country = self._context.home_country if one["role"] == "home" else (one["country"] or "").upper()
                yield Organisation(
                    name=one["name"].strip(),
                    kind=one["kind"],
                    role=one["role"],
                    country=country if country in {self._context.home_country, *self._countries_named} else None,
                    evidence=named,
                )

    def _leads(self, claims: list[Answer]) -> Iterator[Lead]:
        for one, span in self._quoted(claims):
            words = (self._document.word_at(span[0]), self._document.word_at(span[1]))
            proof = self._document.lexicon(
                "kinds", one["kind"], *(("contract", "delivery") if one["kind"] == "supply" else ())
            )
            if one["kind"] in _PROVEN_KINDS and not proof.finds(self._document.words, *words):
                continue
            money = self._sum(one, span)
            yield Lead(
                sector=one["sector"],
                kind=one["kind"],
                counterpart=one["counterpart"].strip() if self._stands(one["counterpart"]) else None,
                summary=self._summary(span),
                amount=money.value if money else None,
                currency=money.currency if money else None,
                jobs=next((jobs.count for jobs in self._jobs.between(*span) if jobs.count == one["jobs"]), None),
                evidence=(span,),
            )

    def _sum(self, claim: Answer, span: Span) -> amounts.Amount | None:
        if claim["amount"] is None or not claim["currency"]:
            return None
        wanted = Decimal(str(claim["amount"])), claim["currency"].upper()
        found = self._money.between(*span)
        return next((money for money in found if (money.value, money.currency) == wanted), None)

    def _commitments(self, claims: list[Answer]) -> Iterator[Commitment]:
        for one, span in self._quoted(claims):
            who = one["who"]
            yield Commitment(
                text=self._document.quote(span)[:400],
                by=one["by"],
                who=who.strip() if who and self._name(who, span) else None,
                due_date=self._dated(one["due_date"], span),
                evidence=(span,),
            )

    def _title(self, title: str | None, span: Span) -> str | None:
        """Return a title whose words stand near the name."""
        sentence = self._document.sentence_at(span[0])
        around = (min(sentence.start, span[0]), max(sentence.end, span[1]))
        return title.strip() if title and self._name(title, around) else None

    def _stands(self, name: str | None) -> bool:
        return bool(name) and bool(self._name(name or "", (0, len(self._document.text))))

    def _name(self, name: str, span: Span) -> Spans:
        """Return the words of the span that a name is made of, as one span; nothing unless all of them are there."""
        wanted = fold(name).split()
        first, last = self._document.word_at(span[0]), self._document.word_at(span[1])
        words = self._document.words[first:last]
        if not wanted or any(not _said(part, words) for part in wanted):
            return ()
        whole = [word for word in words if any(_is(part, word) for part in wanted)]
        # The tightest run that holds as many words as the name has: a given name may stand elsewhere alone too.
        runs = [whole[at : at + len(wanted)] for at in range(max(1, len(whole) - len(wanted) + 1))]
        run = min(runs, key=lambda one: one[-1].end - one[0].start)
        return ((run[0].start, run[-1].end),)


def _said(part: str, words: tuple[Word, ...]) -> bool:
    return any(_is(part, word) for word in words)


def _is(part: str, word: Word) -> bool:
    """Return whether a word of the text is a word of a name, endings aside."""
    key = word.key
    if key == part:
        return True
    stem = part[:-_ENDING] if len(part) - _ENDING >= _STEM else part
    return len(stem) >= _STEM and key.startswith(stem) and len(key) - len(stem) <= 3 * _ENDING
