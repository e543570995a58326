"""What looks like a lead and is none: interest of sightseers, plans that nobody has, totals and papers of old."""

from leads.extraction.document import Document
from leads.extraction.draft import Span
from leads.extraction.lexicon import Hit
from leads.extraction.recognisers import clauses
from leads.extraction.recognisers.lead_facts import (
    Facts,
    Told,
    deal_amounts,
    is_of_another_year,
    tells_of_totals,
)

# Papers: they are somebody's, whoever that is.
_ON_PAPER = frozenset({"agreement", "contract", "memorandum", "signed"})
# What somebody means to do: who is curious about it means business.
_MEANT = frozenset({"contract", "delivery", "intent", "investment_project", "joint_venture", "plan", "supply"})
# Words that tell of business even beside totals.
_OUTRIGHT = frozenset({"investment_project", "negotiation"})
PAPER_KINDS = frozenset({"agreement", "joint_venture", "memorandum", "supply"})


def is_nobodys(document: Document, facts: Facts, kind: str, clause: Span, kinds: list[Hit], one: Told) -> bool:
    """Return whether interest is an instruction's or a sightseer's, or nobody is told of who has the plans."""
    if kind not in ("interest", "joint_venture", "supply"):
        return False
    if kind == "interest" and (one.task or _only_saw(document, facts, clause, kinds)):
        return True
    if any(hit.code in _ON_PAPER or hit.code == "interest" for hit in kinds) or facts.parties.named(clause):
        return False
    if kind != "interest" and deal_amounts(document, facts, clause):
        return False
    words = document.words, document.word_at(one.span[0]), document.word_at(one.span[1])
    return not (
        document.lexicon("organisations", "company").finds(*words)
        or document.lexicon("leads", "pronouns").finds(*words)
    )


def _only_saw(document: Document, facts: Facts, clause: Span, kinds: list[Hit]) -> bool:
    """Return whether interest is only that of people who are shown something or ask how it is done."""
    if any(hit.code in _MEANT for hit in kinds) or facts.parties.named(clause):
        return False
    words = document.words, document.word_at(clause[0]), document.word_at(clause[1])
    return document.lexicon("leads", "sightseeing").finds(*words)


def is_past(document: Document, facts: Facts, kind: str, span: Span, kinds: list[Hit]) -> bool:
    """Return whether a clause tells of totals, or of papers of a year that is over."""
    outright = any(hit.code in clauses.PAPERS or hit.code in _OUTRIGHT for hit in kinds)
    if not outright and tells_of_totals(document, span):
        return True
    return kind in PAPER_KINDS and is_of_another_year(document, facts, span)
