"""What may be a lead, and which of them are the same business told twice."""

from collections import deque
from dataclasses import dataclass, field

from leads.extraction.draft import Span
from leads.extraction.recognisers.amounts import Amount

_ORDER = ("interest", "negotiation", "investment_project", "memorandum", "agreement", "supply", "joint_venture")
# How many leads of one sector a later one is compared with: keeps a very long text linear.
_REMEMBERED = 20


@dataclass(slots=True)
class Candidate:
    """A lead in the making, and where it was told: by sentence and line of the text."""

    sector: str
    kind: str
    spans: list[Span]
    sentence: int
    line: int
    amounts: list[Amount] = field(default_factory=list)
    jobs: int | None = None
    counterpart: str | None = None
    next_step: str | None = None
    package: bool = False
    headline: bool = False
    task: bool = False


def furthest(one: str, other: str) -> str:
    """Return the kind of the two that has come further."""
    return max(one, other, key=_ORDER.index)


def merged(candidates: list[Candidate]) -> list[Candidate]:
    """Return the leads with those told twice made one; a headline counts only where nothing below it does."""
    kept: list[Candidate] = []
    by_sector: dict[str, deque[Candidate]] = {}
    for one in candidates:
        recent = by_sector.setdefault(one.sector, deque(maxlen=_REMEMBERED))
        same = next((other for other in recent if _is_same(one, other)), None)
        if same is None:
            kept.append(one)
            recent.append(one)
            continue
        same.spans += one.spans
        same.kind = _kind(same, one)
        same.headline, same.task = same.headline and one.headline, same.task and one.task
        same.amounts = same.amounts or one.amounts
        same.jobs = same.jobs or one.jobs
        same.counterpart = same.counterpart or one.counterpart
        same.next_step = same.next_step or one.next_step
    told = [one for one in kept if not one.headline]
    return told or kept


def _kind(one: Candidate, other: Candidate) -> str:
    """Return how far business told twice has come: a headline says less than the text, an instruction than a report."""
    if one.headline != other.headline:
        return other.kind if one.headline else one.kind
    if one.task != other.task:
        return other.kind if one.task else one.kind
    return furthest(one.kind, other.kind)


def _is_same(one: Candidate, other: Candidate) -> bool:
    if one.sector != other.sector or one.package != other.package:
        return False
    if one.amounts and other.amounts and one.amounts[0].value != other.amounts[0].value:
        return False
    if one.counterpart and other.counterpart:
        return one.counterpart == other.counterpart
    apart = one.line != other.line and one.kind != other.kind and _is_whole(one) and _is_whole(other)
    return not apart or one.headline or other.headline or one.task or other.task


def _is_whole(one: Candidate) -> bool:
    return bool(one.counterpart or one.amounts)
