"""What one clause of a report says of a lead: how far it has come, by which words, and whether it counts papers."""

import re
from collections.abc import Iterable

from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers.dates import DateMention
from leads.extraction.spans import Positions

_CLAUSE = re.compile(r";\s+|,\s+|\s[–—]\s|(?<=\w)\s+(?:ал|а|while|whereas|ise)\s+", re.IGNORECASE)
# Kinds that a noun says: they go with the verb that stands before a list ("обсуждены строительство …, поставка …").
_NOUNS = frozenset({"aside", "delivery", "draft", "facility", "firm", "plan", "signed", "unsigned", "wish"})
PAPERS = frozenset({"agreement", "contract", "joint_venture", "memorandum", "supply"})
# The words that may say a kind; the verb of its clause is the first or the last of them.
_SAID_BY = {
    "agreement": PAPERS | {"signed"},
    "interest": frozenset({"intent", "interest"}),
    "investment_project": frozenset({"firm", "intent", "investment_project", "plan"}),
    "joint_venture": frozenset({"joint_venture", "signed"}),
    "memorandum": frozenset({"memorandum", "signed"}),
    "negotiation": frozenset({"draft", "negotiation"}),
    "supply": PAPERS | {"delivery", "signed"},
}
_OPEN = frozenset({"draft", "negotiation", "unsigned"})
_PROJECT = frozenset({"facility", "plan"})
_FEWEST, _MOST = 2, 1000
_TEN = 10


def cut(document: Document, sentence: Span, sectors: list[Hit], kinds: list[Hit]) -> list[Span]:
    """Cut a sentence where both sides carry a sector and a kind of their own, said by more than a noun."""
    kinds = [hit for hit in kinds if hit.code not in _NOUNS]
    cuts = [sentence[0]]
    marks = list(_CLAUSE.finditer(document.text, *sentence))
    for mark in marks:
        left = (cuts[-1], mark.start())
        right = (mark.end(), sentence[1])
        if all(_any(sectors, side) and _any(kinds, side) for side in (left, right)):
            cuts.append(mark.end())
    return [document.trimmed(start, end) for start, end in zip(cuts, [*cuts[1:], sentence[1]], strict=True)]


def _any(hits: Iterable[Hit], side: Span) -> bool:
    return any(side[0] <= hit.start and hit.end <= side[1] for hit in hits)


def inside(hit: Hit, span: Span) -> bool:
    return span[0] <= hit.start and hit.end <= span[1]


def kind_of(hits: list[Hit], has_money: bool, *, sold: bool = False) -> str | None:
    """Return how far a clause's business has come; None for a refusal, or where nothing says so.

    `sold` says that it counts the goods: bare "supplies" are no lead.
    """
    codes = {hit.code for hit in hits}
    papers = codes & PAPERS
    if "draft" in codes or "unsigned" in codes:
        codes, papers = (codes - papers) | ({"negotiation"} if "draft" in codes else set()), set()
    sealed = bool(papers) and "signed" in codes
    if "refusal" in codes and not sealed:
        return None
    on_paper = _paper(codes, talking=not sealed and bool(codes & {"negotiation", "interest"})) if papers else None
    if on_paper is None and has_money and {"document", "signed"} <= codes:
        on_paper = "agreement"
    if on_paper is None and "signed" in codes and "delivery" in codes and sold and not codes & _OPEN:
        on_paper = "supply"
    return on_paper or _spoken(codes, has_money=has_money, sold=sold)


def _spoken(codes: set[str], *, has_money: bool, sold: bool) -> str | None:
    """Return the kind of business that is only spoken of; None for general talk, or where nothing says so."""
    project = bool(codes & _PROJECT)
    if "aside" in codes and not has_money:
        return None
    if "negotiation" in codes:
        return "negotiation"
    if "interest" in codes:
        return "interest"
    if "investment_project" in codes or (project and "firm" in codes):
        return "investment_project"
    if "intent" in codes:
        return "investment_project" if has_money else "interest"
    if "delivery" in codes and sold:
        return "supply"
    return "investment_project" if project and has_money else None


def verb_of(document: Document, hits: list[Hit], kind: str) -> Hit | None:
    """Return the word that says a clause's kind: the one nearest to what the clause is about."""
    said = [hit for hit in hits if hit.code in _SAID_BY[kind]] or hits
    if not said:
        return None
    return said[-1] if document.language.object_first else said[0]


def _paper(codes: set[str], *, talking: bool) -> str | None:
    """Return the kind of the paper a clause names; None where it is only talked about. A memorandum is never more."""
    if "memorandum" in codes:
        return "memorandum"
    if talking:
        return "agreement" if "agreement" in codes and "negotiation" not in codes else None
    if "joint_venture" in codes:
        return "joint_venture"
    if "supply" in codes or ("agreement" in codes and "delivery" in codes):
        return "supply"
    if "contract" in codes and ("delivery" in codes or not codes & {"investment_project", "plan"}):
        return "supply"
    return "agreement"


def is_package(
    document: Document, kinds: list[Hit], clause: Span, dates: Positions[DateMention], *, sectors: bool = False
) -> bool:
    """Return whether the clause counts papers ("12 agreements", "семь меморандумов"): their total is its own lead.

    What only tells of their total ("соглашений на 18 млн") is none where it names what they are about (`sectors`).
    """
    papers = [hit for hit in kinds if hit.code in PAPERS or hit.code == "document"]
    if papers and not sectors and any(hit.code == "total" for hit in kinds):
        return True
    return any(_is_counted(document, hit, clause, dates) for hit in papers)


def _is_counted(document: Document, paper: Hit, clause: Span, dates: Positions[DateMention]) -> bool:
    """Return whether a number of papers stands right before their word, or one word further."""
    for index in range(max(document.word_at(clause[0]), paper.first - 2), paper.first):
        word = document.words[index]
        near = index == paper.first - 1 or word.text.isdecimal()
        hyphened = document.text[word.end : word.end + 1] == "-"
        counted = near and not hyphened and _FEWEST <= _counted(document, index) < _MOST
        if counted and not dates.between(word.start, paper.start):
            return True
    return False


def is_framework(document: Document, clause: Span) -> bool:
    """Return whether a paper is one between authorities on working together: "akimat and voivodeship, cooperation"."""
    words = document.words, document.word_at(clause[0]), document.word_at(clause[1])
    said = {hit.code for hit in document.lexicon("framework").find(*words)}
    return "twin" not in said and said >= {"authority", "cooperation"}


def _counted(document: Document, index: int) -> float:
    """Return the number that a word ends, in figures or letters ("on bir"); 0 where it is none."""
    text = document.words[index].text
    if text.isdecimal():
        return int(text[:4])
    said = [_said(document, at) for at in range(max(0, index - 1), index + 1)]
    tens = said[0] if len(said) > 1 and said[0] >= _TEN else 0.0
    return tens + said[-1] if said[-1] else 0.0


def _said(document: Document, index: int) -> float:
    hit = next(iter(document.lexicon("numbers").at(document.words, index)), None)
    return float(hit.code) if hit else 0.0
