"""Leads: a sector with which somebody means to do business, how far it has come, its sum, jobs and next step."""

from leads.extraction.document import Document
from leads.extraction.draft import Lead
from leads.extraction.recognisers.lead_candidates import Candidate, merged
from leads.extraction.recognisers.lead_facts import SUMMARY, Facts
from leads.extraction.recognisers.lead_reader import Reader


def recognise(document: Document, facts: Facts) -> tuple[Lead, ...]:
    """Return the leads in the order they come up; the same business told twice is one, at its furthest."""
    return tuple(_as_lead(document, one) for one in merged(Reader(document, facts).read()))


def _as_lead(document: Document, one: Candidate) -> Lead:
    spans = tuple(dict.fromkeys(one.spans))
    money = one.amounts[0] if one.amounts else None
    evidence = (
        spans if money is None or any(s <= money.start and money.end <= e for s, e in spans) else (*spans, money.span)
    )
    return Lead(
        sector=one.sector,
        kind=one.kind,
        counterpart=one.counterpart,
        summary=document.quote(spans[0])[:SUMMARY],
        amount=money.value if money else None,
        currency=money.currency if money else None,
        jobs=one.jobs,
        next_step=one.next_step,
        evidence=evidence,
    )
