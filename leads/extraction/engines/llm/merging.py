"""Joins a model's grounded claims to the embedded draft: what both read stays as the embedded engine read it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from leads.extraction.draft import Draft, Lead, Span, Spans
from leads.extraction.engines.llm.verification import Claims
from leads.extraction.folding import name_similarity

_SAME_NAME = 0.85


def merged(draft: Draft, claims: Claims) -> Draft:
    """Return the draft with what the claims add to it."""
    evidence = dict(draft.field_evidence)
    changes: dict[str, Any] = {
        "direction": draft.direction or claims.direction,
        "head": draft.head or claims.head,
        "organisations": _with_new(draft.organisations, claims.organisations, _same_name),
        "people": _with_new(draft.people, claims.people, _same_name),
        "leads": _with_new(draft.leads, claims.leads, _same_lead),
        "practices": _with_new(draft.practices, claims.practices, lambda one, other: one.topic == other.topic),
        "commitments": _with_new(
            draft.commitments, claims.commitments, lambda one, other: _overlap(one.evidence, other.evidence)
        ),
    }
    for name in ("countries", "cities", "participant_sectors"):
        changes[name] = _codes(name, getattr(draft, name), getattr(claims, name), evidence)
    if draft.start_date is None and claims.start_date and claims.end_date:
        (first, first_span), (last, last_span) = claims.start_date, claims.end_date
        if first <= last:
            changes |= {"start_date": first, "end_date": last}
            evidence |= {"start_date": (first_span,), "end_date": (last_span,)}
    return replace(draft, **changes, field_evidence=evidence)


def _codes(
    name: str, had: tuple[str, ...], claimed: tuple[tuple[str, Span], ...], evidence: dict[str, Spans]
) -> tuple[str, ...]:
    """Return the codes of a field, and put the places of the new ones under its evidence."""
    new = {code: span for code, span in claimed if code not in had}
    if new:
        evidence[name] = (*evidence.get(name, ()), *dict.fromkeys(new.values()))
    return (*had, *new)


def _with_new[T](had: tuple[T, ...], claimed: tuple[T, ...], same: Callable[[T, T], bool]) -> tuple[T, ...]:
    found = list(had)
    for claim in claimed:
        if not any(same(claim, other) for other in found):
            found.append(claim)
    return tuple(found)


def _same_name(one: Any, other: Any) -> bool:
    return name_similarity(one.name, other.name) >= _SAME_NAME


def _same_lead(one: Lead, other: Lead) -> bool:
    return one.sector == other.sector and (one.kind == other.kind or _overlap(one.evidence, other.evidence))


def _overlap(one: Spans, other: Spans) -> bool:
    return any(
        start < end_of_other and start_of_other < end for start, end in one for start_of_other, end_of_other in other
    )
