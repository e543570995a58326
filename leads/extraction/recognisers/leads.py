"""Leads: a sector with which somebody means to do business, how far it has come, its sum, jobs and next step."""

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from leads.extraction.document import Document, Sentence
from leads.extraction.draft import Lead, Span
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.amounts import Amount, Jobs
from leads.extraction.recognisers.dates import DateMention
from leads.extraction.recognisers.organisations import Named
from leads.extraction.spans import Positions, SpanIndex

_ORDER = ("interest", "negotiation", "investment_project", "memorandum", "agreement", "supply", "joint_venture")
_SIGNED = frozenset({"memorandum", "agreement", "supply", "joint_venture"})
_CLAUSE = re.compile(r";\s+|,\s+|\s[–—]\s|(?<=\w)\s+(?:ал|а|while|whereas|ise)\s+", re.IGNORECASE)
# Named in passing more often than meant: they give way to any other sector of the clause.
_WEAK = frozenset({"construction", "industrial_zones", "trade"})
_PLURAL_LEAST = 2
_SUMMARY = 160
# A lead goes on for this many sentences after the one that names it.
_REACH = 2
# How many leads of one sector a later one is compared with: keeps a very long text linear.
_REMEMBERED = 20


@dataclass(slots=True)
class _Candidate:
    sector: str
    kind: str
    spans: list[Span]
    sentence: int
    amounts: list[Amount] = field(default_factory=list)
    jobs: int | None = None
    counterpart: str | None = None
    next_step: str | None = None
    package: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What other recognisers found, to be tied to leads by where it stands."""

    names: SpanIndex
    amounts: Positions[Amount]
    jobs: Positions[Jobs]
    dates: Positions[DateMention]
    organisations: tuple[Named, ...]
    own: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Named:
    start: int
    end: int
    named: Named


def recognise(document: Document, facts: Facts) -> tuple[Lead, ...]:
    """Return the leads in the order they come up; the same business told twice is one, at its furthest."""
    candidates: list[_Candidate] = []
    owners = Positions([_Named(span[0], span[1], one) for one in facts.organisations for span in one.spans])
    last: _Candidate | None = None
    announced: _Candidate | None = None
    for index, sentence in enumerate(document.sentences):
        if sentence.background or _is_roll(document, sentence):
            last = announced = None
            continue
        found = _in_sentence(document, sentence, facts, owners, index)
        if not found and announced is not None and announced.sentence == index - 1:
            found = _told_of(document, announced, sentence, facts, owners, index)
        candidates += found
        announced = None if found else _announced(document, sentence, facts, owners, index)
        if found:
            last = found[-1]
        elif last is not None and index - last.sentence <= _REACH:
            _continue(document, last, sentence, facts)
    return tuple(_as_lead(document, one) for one in _merged(candidates))


def _announced(
    document: Document, sentence: Sentence, facts: Facts, owners: Positions[_Named], index: int
) -> _Candidate | None:
    """Return what a sentence names without saying how far it has come ("The first site is a brick plant."), if so."""
    hits = [hit for hit in document.hits("sectors", within=sentence) if not facts.names.touches(hit.start, hit.end)]
    sectors = [code for code in _sectors(hits) if code not in _WEAK]
    if not sectors or any(hit.code == "refusal" for hit in document.hits("kinds", within=sentence)):
        return None
    span = (sentence.start, sentence.end)
    one = _Candidate(sectors[0], "interest", [document.trimmed(*span)], index)
    _complete(document, one, [each.named for each in owners.between(*span)], facts, span)
    return one


def _told_of(
    document: Document, announced: _Candidate, sentence: Sentence, facts: Facts, owners: Positions[_Named], index: int
) -> list[_Candidate]:
    """Return the lead that the sentence before named, where this one tells how far it has come or what it costs."""
    span = (sentence.start, sentence.end)
    if document.hits("sectors", within=sentence):
        return []
    money = _deal_amounts(document, facts, span)
    kind = _kind(document.hits("kinds", within=sentence), bool(money))
    if kind is None or (kind not in _SIGNED and not money):
        return []
    one = replace(
        announced, kind=kind, spans=[*announced.spans, document.trimmed(*span)], amounts=money, sentence=index
    )
    _complete(document, one, [each.named for each in owners.between(*span)], facts, span)
    return [one]


def _is_roll(document: Document, sentence: Sentence) -> bool:
    """Return whether a sentence only says who came: no lead, whatever sectors it names."""
    members = document.lexicon("visit", "members")
    signed = document.lexicon("kinds", *_SIGNED)
    return members.finds(document.words, sentence.first, sentence.last) and not signed.finds(
        document.words, sentence.first, sentence.last
    )


def _clauses(document: Document, sentence: Sentence, sectors: list[Hit], kinds: list[Hit]) -> list[Span]:
    """Cut a sentence where both sides carry a sector and a kind of their own."""
    cuts = [sentence.start]
    marks = list(_CLAUSE.finditer(document.text, sentence.start, sentence.end))
    for mark in marks:
        left = (cuts[-1], mark.start())
        right = (mark.end(), sentence.end)
        if all(_any(sectors, side) and _any(kinds, side) for side in (left, right)):
            cuts.append(mark.end())
    return [document.trimmed(start, end) for start, end in zip(cuts, [*cuts[1:], sentence.end], strict=True)]


def _any(hits: Iterable[Hit], side: Span) -> bool:
    return any(side[0] <= hit.start and hit.end <= side[1] for hit in hits)


def _in_sentence(
    document: Document, sentence: Sentence, facts: Facts, owners: Positions[_Named], index: int
) -> list[_Candidate]:
    sectors = document.hits("sectors", within=sentence)
    outside = [hit for hit in sectors if not facts.names.touches(hit.start, hit.end)]
    kinds = document.hits("kinds", within=sentence)
    found = []
    for clause in _clauses(document, sentence, outside, kinds):
        here = [hit for hit in kinds if clause[0] <= hit.start and hit.end <= clause[1]]
        named = [one.named for one in owners.between(*clause)]
        money = _deal_amounts(document, facts, clause)
        kind = _kind(here, bool(money))
        if kind is None:
            continue
        package = _is_package(document, here, clause)
        chosen = _sectors([hit for hit in outside if _inside(hit, clause)]) or _sectors(
            [hit for hit in sectors if _inside(hit, clause)]
        )
        if package and money:
            chosen = ["other"]
        elif not chosen or (set(chosen) == {"trade"} and kind not in ("memorandum", "agreement", "supply")):
            continue
        for sector in chosen:
            one = _Candidate(sector, kind, [clause], index, list(money), package=package and bool(money))
            _complete(document, one, named, facts, clause)
            found.append(one)
    return found


def _inside(hit: Hit, span: Span) -> bool:
    return span[0] <= hit.start and hit.end <= span[1]


def _kind(hits: list[Hit], has_money: bool) -> str | None:
    """Return how far a clause's business has come; None for a refusal, or where nothing says so."""
    codes = {hit.code for hit in hits}
    if "refusal" in codes:
        return None
    drafts = any(
        "жоба" in hit.phrase or "проект" in hit.phrase or "draft" in hit.phrase or "taslağ" in hit.phrase
        for hit in hits
    )
    if drafts and "negotiation" in codes:
        return "negotiation"
    if "joint_venture" in codes and "memorandum" not in codes and not codes & {"negotiation", "interest"}:
        return "joint_venture"
    if "memorandum" in codes:
        return "memorandum"
    if "supply" in codes and not codes & {"negotiation", "interest"}:
        return "supply"
    if "agreement" in codes and "negotiation" not in codes:
        return "agreement"
    if "negotiation" in codes:
        return "negotiation"
    if "interest" in codes:
        return "interest"
    if "investment_project" in codes:
        return "investment_project"
    return "investment_project" if has_money else None


def _sectors(hits: list[Hit]) -> list[str]:
    """Return the sector a clause is about: the one named most and most exactly; two where they are coordinated."""
    weights: dict[str, float] = {}
    for hit in hits:
        weights[hit.code] = weights.get(hit.code, 0.0) + 1.0 + 0.5 * (hit.last - hit.first - 1) + 0.02 * len(hit.phrase)
    specific = {code: weight for code, weight in weights.items() if code not in _WEAK} or weights
    if not specific:
        return []
    return [max(specific, key=lambda code: specific[code])]


def _is_package(document: Document, kinds: list[Hit], clause: Span) -> bool:
    """Return whether the clause counts papers ("12 agreements"): their total is a lead of its own."""
    for hit in kinds:
        if hit.code in ("memorandum", "agreement", "supply") and hit.first > 0:
            before = document.words[max(0, hit.first - 2) : hit.first]
            if any(
                word.text.isdigit() and _PLURAL_LEAST <= int(word.text[:4]) < 1000 and word.start >= clause[0]
                for word in before
            ):
                return True
    return False


def _deal_amounts(document: Document, facts: Facts, span: Span) -> list[Amount]:
    """Return the sums in a span unless its words are about turnover, budgets or totals of a region."""
    if document.lexicon("amounts", "not_a_deal").finds(
        document.words, document.word_at(span[0]), document.word_at(span[1])
    ):
        return []
    return facts.amounts.between(*span)


def _complete(document: Document, one: _Candidate, named: list[Named], facts: Facts, span: Span) -> None:
    jobs = facts.jobs.between(*span)
    one.jobs = one.jobs or (jobs[0].count if jobs else None)
    if not one.package:
        theirs = [name.name for name in named if name.name not in facts.own] or [name.name for name in named]
        one.counterpart = one.counterpart or (theirs[0] if theirs else None)
    due = next((date for date in facts.dates.between(*span) if date.deadline), None)
    if due is not None and one.next_step is None:
        one.next_step = document.quote(span)[:_SUMMARY]


def _continue(document: Document, last: _Candidate, sentence: Sentence, facts: Facts) -> None:
    """Give a lead the sum, jobs and next step of the sentence that goes on about it."""
    span = (sentence.start, sentence.end)
    money = _deal_amounts(document, facts, span)
    jobs = facts.jobs.between(*span)
    if not (money or jobs):
        return
    if money and not last.amounts:
        last.amounts = money
        last.spans.append(document.trimmed(*span))
    if jobs and last.jobs is None:
        last.jobs = jobs[0].count


def _merged(candidates: list[_Candidate]) -> list[_Candidate]:
    merged: list[_Candidate] = []
    by_sector: dict[str, deque[_Candidate]] = {}
    for one in candidates:
        recent = by_sector.setdefault(one.sector, deque(maxlen=_REMEMBERED))
        same = next((other for other in recent if _same(one, other)), None)
        if same is None:
            merged.append(one)
            recent.append(one)
            continue
        same.spans += one.spans
        same.kind = max(same.kind, one.kind, key=_ORDER.index)
        same.amounts = same.amounts or one.amounts
        same.jobs = same.jobs or one.jobs
        same.counterpart = same.counterpart or one.counterpart
        same.next_step = same.next_step or one.next_step
    return merged


def _same(one: _Candidate, other: _Candidate) -> bool:
    if one.sector != other.sector or one.package != other.package:
        return False
    if one.amounts and other.amounts and one.amounts[0].value != other.amounts[0].value:
        return False
    return one.counterpart == other.counterpart or not (one.counterpart and other.counterpart)


def _as_lead(document: Document, one: _Candidate) -> Lead:
    spans = tuple(dict.fromkeys(one.spans))
    money = one.amounts[0] if one.amounts else None
    evidence = (
        spans if money is None or any(s <= money.start and money.end <= e for s, e in spans) else (*spans, money.span)
    )
    return Lead(
        sector=one.sector,
        kind=one.kind,
        counterpart=one.counterpart,
        summary=document.quote(spans[0])[:_SUMMARY],
        amount=money.value if money else None,
        currency=money.currency if money else None,
        jobs=one.jobs,
        next_step=one.next_step,
        evidence=evidence,
    )
