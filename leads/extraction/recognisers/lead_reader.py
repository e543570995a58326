"""Goes through a report for leads: what one clause tells of, and what only two sentences tell together."""

import re
from collections.abc import Iterator

from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers import clauses, lead_sectors
from leads.extraction.recognisers.amounts import Amount
from leads.extraction.recognisers.lead_candidates import Candidate, furthest
from leads.extraction.recognisers.lead_doubts import PAPER_KINDS, is_nobodys, is_past
from leads.extraction.recognisers.lead_facts import (
    SUMMARY,
    Facts,
    Told,
    deal_amounts,
    told,
)

# A pronoun that goes on about a partner stands within this many words of a sentence's beginning.
_OPENING = 3
# A lead goes on for this many sentences after the one that names it.
_REACH = 2
# A heading of this many words says of the whole list below it how far its items have come.
_SHORT_HEADING = 4
_ITEM = re.compile(r"\s*(?:[-–—•*·▪]|\(?\d{1,2}[.)]|\(?[a-zа-я]\))\s")
# Nouns that say a kind only where something else does not, and never of the sentence before.
_NOUNS = frozenset({"delivery", "facility", "firm", "plan", "wish"})
_BY_KIND = {"academic": "education_science", "bank": "finance"}


class Reader:
    """Goes through the sentences and remembers what they go on about: the last lead, a bare topic, a bare paper."""

    def __init__(self, document: Document, facts: Facts) -> None:
        self._document, self._facts = document, facts
        self._trades = lead_sectors.trades(document, facts.organisations)
        self._last: Candidate | None = None
        self._topic: Candidate | None = None
        self._paper: Candidate | None = None
        self._headline: Candidate | None = None
        self._heading: tuple[str, int] | None = None
        self._with: tuple[str, int, int] | None = None
        self._found: list[Candidate] = []

    def read(self) -> list[Candidate]:
        """Return the leads of the text, one for each clause that tells of one."""
        for sentence, one in told(self._document, self._facts):
            if sentence.background or one.index in self._facts.rolls:
                self._last = self._topic = self._paper = None
            else:
                self._read(one)
        return self._found

    def _read(self, one: Told) -> None:
        found = [] if (one.heading and not one.outside) or self._tells_of_funding(one) else self._in_sentence(one)
        found = found or self._told_of(one) or self._of_headline(one)
        found = self._on_paper(found, one)
        self._found += found
        self._heading = self._headed(one)
        partner = self._facts.parties.partner(one.span)
        self._with = (partner, one.index, one.line) if partner else self._with
        if found:
            self._last, self._topic, self._paper = found[-1], None, None
            if found[-1].headline:
                self._headline, self._last = found[-1], None
            return
        self._continue(one)
        self._topic = self._announced(one)
        self._paper = self._bare_paper(one)

    def _in_sentence(self, one: Told) -> list[Candidate]:
        document, facts = self._document, self._facts
        found = []
        for clause, paper in self._clauses(one):
            here = [hit for hit in one.kinds if clauses.inside(hit, clause)]
            money = deal_amounts(document, facts, clause)
            kind = clauses.kind_of(here, bool(money), sold=self._counts_goods(clause, money))
            kind = kind or self._by_heading(one, here) or paper
            kind = furthest(kind, paper) if kind and paper else kind
            if (
                kind is None
                or self._is_past(kind, clause, here)
                or is_nobodys(document, facts, kind, clause, here, one)
            ):
                continue
            named = any(clauses.inside(hit, clause) for hit in one.outside)
            package = bool(money) and clauses.is_package(document, here, clause, facts.dates, sectors=named)
            chosen = ["other"] if package else self._chosen(clause, kind, here, one)
            if len(money) == 1 and len(chosen) > 1:  # what one sum is paid for is one lead
                chosen = chosen[-1:] if document.language.object_first else chosen[:1]
            for sector in chosen:
                lead = self._candidate(sector, kind, clause, one, package=package)
                lead.headline = one.headline
                found.append(lead)
        return found

    def _clauses(self, one: Told) -> Iterator[tuple[Span, str | None]]:
        """Yield the clauses of a sentence; a project named inside a package of papers is one, of the papers' kind."""
        for clause in clauses.cut(self._document, one.span, one.outside, one.kinds):
            first, last = self._document.word_at(clause[0]), self._document.word_at(clause[1])
            named = self._document.lexicon("leads", "among").find(self._document.words, first, last)
            inner = next((hit.start for hit in named if self._is_inside_package(clause, hit.start, one)), None)
            if inner is None:
                yield clause, None
            else:
                outer = clause[0], inner
                yield outer, None
                here = [hit for hit in one.kinds if clauses.inside(hit, outer)]
                yield (inner, clause[1]), clauses.kind_of(here, True)

    def _is_inside_package(self, clause: Span, start: int, one: Told) -> bool:
        """Return whether papers are counted before an offset with their total, and something is named after it."""
        outer, inner = (clause[0], start), (start, clause[1])
        if not any(clauses.inside(hit, inner) for hit in one.outside) or not deal_amounts(
            self._document, self._facts, outer
        ):
            return False
        here = [hit for hit in one.kinds if clauses.inside(hit, outer)]
        named = any(clauses.inside(hit, outer) for hit in one.outside)
        return clauses.is_package(self._document, here, outer, self._facts.dates, sectors=named)

    def _tells_of_funding(self, one: Told) -> bool:
        """Return whether a sentence only says who lends the money for the lead before it."""
        if self._last is None or self._last.sector == "finance" or one.index - self._last.sentence > _REACH:
            return False
        if any(hit.code != "finance" for hit in one.outside):
            return False
        words = self._document.words, self._document.word_at(one.span[0]), self._document.word_at(one.span[1])
        return self._document.lexicon("leads", "funding").finds(*words)

    def _counts_goods(self, clause: Span, money: list[Amount]) -> bool:
        """Return whether a clause says how much changes hands: bare "supplies" are talk."""
        words = self._document.words, self._document.word_at(clause[0]), self._document.word_at(clause[1])
        return bool(money) or self._document.lexicon("amounts", "goods").finds(*words)

    def _chosen(self, clause: Span, kind: str, kinds: list[Hit], one: Told) -> list[str]:
        """Return a clause's sectors, those within names only where nothing else is named; bare trade takes a paper."""
        document = self._document
        verb = clauses.verb_of(document, kinds, kind)
        if kind in ("agreement", "memorandum") and clauses.is_framework(document, clause):
            here = [hit for hit in one.outside if clauses.inside(hit, clause)]
            if not lead_sectors.is_about(document, here, verb):
                return ["trade"]
        bought = any(hit.code in ("contract", "delivery", "supply") for hit in kinds)
        for hits in (one.outside, one.sectors):
            here = [hit for hit in hits if clauses.inside(hit, clause)]
            chosen = lead_sectors.sectors_of(document, here, verb, bought=bought)
            bare = chosen == ["trade"] and all(lead_sectors.is_weak(document, hit) for hit in here)
            if chosen and (not bare or kind in ("memorandum", "agreement")):
                return chosen
        return self._traded(clause)

    def _traded(self, span: Span) -> list[str]:
        """Return what the organisations of a stretch of text are known to deal in, or stand for by their kind."""
        named = self._facts.parties.named(span)
        known = next((self._trades[one.name] for one in named if one.name in self._trades), [])
        return known or [_BY_KIND[one.kind] for one in named if one.kind in _BY_KIND][:1]

    def _told_of(self, one: Told) -> list[Candidate]:
        """Return the lead that a sentence before named, where this one tells how far it has come or what it costs."""
        topic = self._topic
        if topic is None or one.outside or one.heading:
            return []
        if one.index - topic.sentence > (_REACH if one.line == topic.line else 1):
            return []
        money = deal_amounts(self._document, self._facts, one.span)
        kind = clauses.kind_of([hit for hit in one.kinds if hit.code not in _NOUNS], bool(money))
        kind = kind or ("investment_project" if money and not one.said("refusal") else None)
        if kind is None or self._is_past(kind, one.span, one.kinds):
            return []
        if one.line != topic.line and kind in ("interest", "negotiation"):
            return []
        return [self._carried_on(topic, topic.sector, kind, one)]

    def _of_headline(self, one: Told) -> list[Candidate]:
        """Return the lead that the headline announced, where this sentence tells of it without naming its sector."""
        headline = self._headline
        if headline is None or one.sectors or one.heading:
            return []
        kind = clauses.kind_of([hit for hit in one.kinds if hit.code not in _NOUNS], False)
        if kind != headline.kind or self._is_past(kind, one.span, one.kinds):
            return []
        self._headline = None
        return [self._candidate(headline.sector, kind, self._document.trimmed(*one.span), one)]

    def _on_paper(self, found: list[Candidate], one: Told) -> list[Candidate]:
        """Return the leads of a sentence that says what the paper signed in the sentence before is about."""
        paper = self._paper
        if paper is None or paper.sentence != one.index - 1 or paper.line != one.line or not one.outside:
            return found
        for lead in found:
            lead.kind = furthest(lead.kind, paper.kind)
        if found or one.said("refusal"):
            return found
        chosen = lead_sectors.sectors_of(self._document, one.outside)
        return [self._carried_on(paper, sector, paper.kind, one) for sector in chosen if sector != "trade"]

    def _headed(self, one: Told) -> tuple[str, int] | None:
        """Return the kind that the heading above gives to the items of its list ("Still in talks:")."""
        if one.heading and not one.outside and one.words <= _SHORT_HEADING:
            kind = "refusal" if one.said("refusal") else clauses.kind_of(one.kinds, False)
            return (kind, one.line) if kind else None
        if self._heading is None or one.line == self._heading[1]:
            return self._heading
        return self._heading if self._is_item(one) or not self._opens_line(one) else None

    def _by_heading(self, one: Told, kinds: list[Hit]) -> str | None:
        """Return the kind that a list's heading gives to an item that says none of its own."""
        if self._heading is None or self._heading[0] == "refusal" or not (one.outside or one.sectors):
            return None
        refused = any(hit.code == "refusal" for hit in kinds)
        return self._heading[0] if self._is_item(one) and not refused else None

    def _is_item(self, one: Told) -> bool:
        start = self._document.line_around(one.span)[0]
        return _ITEM.match(self._document.text, start) is not None

    def _opens_line(self, one: Told) -> bool:
        return self._document.line_around(one.span)[0] >= one.span[0] - 1

    def _announced(self, one: Told) -> Candidate | None:
        """Return what a sentence names without saying how far it has come ("The first site is a brick plant.")."""
        if one.said("refusal"):
            return None
        meant = [hit for hit in one.outside if not lead_sectors.is_weak(self._document, hit)]
        named = lead_sectors.sectors_of(self._document, meant) or self._traded(one.span)
        if named:
            return self._candidate(named[0], "interest", self._document.trimmed(*one.span), one)
        kept = self._topic
        return kept if kept is not None and kept.line == one.line and one.index - kept.sentence < _REACH else None

    def _bare_paper(self, one: Told) -> Candidate | None:
        """Return the paper of a sentence that names no sector ("A contract was signed on Tuesday."), if so."""
        if one.outside or one.heading:
            return None
        kind = clauses.kind_of([hit for hit in one.kinds if hit.code not in _NOUNS], False)
        if kind not in PAPER_KINDS or self._is_past(kind, one.span, one.kinds):
            return None
        return self._candidate("other", kind, self._document.trimmed(*one.span), one)

    def _continue(self, one: Told) -> None:
        """Give the last lead the sum, jobs and better kind of the sentence that goes on about it."""
        last = self._last
        if last is None or one.index - last.sentence > _REACH:
            return
        money = deal_amounts(self._document, self._facts, one.span)
        jobs = self._facts.jobs.between(*one.span)
        if money and not last.amounts and not last.package:
            last.amounts = money
            last.spans.append(self._document.trimmed(*one.span))
        if jobs and last.jobs is None:
            last.jobs = jobs[0].count
        if one.outside or one.line != last.line or one.task:
            return
        partner = self._facts.parties.partner(one.span)
        if partner and last.counterpart and partner != last.counterpart:
            return
        kind = clauses.kind_of([hit for hit in one.kinds if hit.code not in _NOUNS], bool(money))
        if kind is not None and not self._is_past(kind, one.span, one.kinds) and furthest(kind, last.kind) != last.kind:
            last.kind = kind
            last.spans.append(self._document.trimmed(*one.span))
            last.counterpart = last.counterpart or partner

    def _is_past(self, kind: str, span: Span, kinds: list[Hit]) -> bool:
        return is_past(self._document, self._facts, kind, span, kinds)

    def _candidate(self, sector: str, kind: str, span: Span, one: Told, *, package: bool = False) -> Candidate:
        """Return a lead of a stretch of text, with the sums, jobs, partner and next step that stand there."""
        facts, document = self._facts, self._document
        jobs = facts.jobs.between(*span)
        due = next((date for date in facts.dates.between(*span) if date.deadline), None)
        return Candidate(
            sector,
            kind,
            [span],
            one.index,
            one.line,
            amounts=deal_amounts(document, facts, span),
            jobs=jobs[0].count if jobs else None,
            counterpart=None if package else facts.parties.partner(span) or self._named_before(span, one),
            next_step=document.quote(span)[:SUMMARY] if due else None,
            package=package,
            task=one.task,
        )

    def _named_before(self, span: Span, one: Told) -> str | None:
        """Return the partner of the sentence before, of which a clause goes on that names nobody."""
        if self._with is None or self._facts.parties.named(span):
            return None
        first = self._document.word_at(one.span[0])
        last = min(first + _OPENING, len(self._document.words))
        if not self._document.lexicon("leads", "pronouns").finds(self._document.words, first, last):
            return None
        name, index, line = self._with
        return name if line == one.line and one.index - index <= 1 else None

    def _carried_on(self, before: Candidate, sector: str, kind: str, one: Told) -> Candidate:
        """Return the lead that two sentences tell together."""
        lead = self._candidate(sector, kind, self._document.trimmed(*one.span), one)
        lead.spans = [*before.spans, *lead.spans]
        lead.amounts = lead.amounts or before.amounts
        lead.jobs = lead.jobs or before.jobs
        lead.counterpart = before.counterpart or lead.counterpart
        lead.next_step = before.next_step or lead.next_step
        return lead
