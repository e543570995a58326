"""The draft of a visit report: what extraction proposes and an official reviews.

Frozen values, each with its evidence: `(start, end)` pairs of offsets into the report's text. A claim without evidence
cannot be built. `Draft.as_dict()` gives the JSON of the schema; `Draft.check()` proves every span against a text.
"""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

type Span = tuple[int, int]
type Spans = tuple[Span, ...]


class UngroundedClaimError(ValueError):
    """A value that points at no characters, or at characters that are not there."""


def check_spans(spans: Spans, what: str) -> None:
    """Raise `UngroundedClaimError` unless there is at least one span and none is empty or turned round."""
    if not spans:
        raise UngroundedClaimError(f"{what} carries no evidence")
    for start, end in spans:
        if not 0 <= start < end:
            raise UngroundedClaimError(f"{what} points at ({start}, {end}), which holds no characters")


def _plain(value: Any) -> Any:
    if isinstance(value, _Claim):
        return value.as_dict()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """Something the text says, with the characters that say it."""

    evidence: Spans

    def __post_init__(self) -> None:
        check_spans(self.evidence, type(self).__name__)

    def as_dict(self) -> dict[str, Any]:
        """Return the claim as JSON of the schema: its own fields first, `evidence` last."""
        names = [one.name for one in fields(self) if one.name != "evidence"]
        return {name.rstrip("_"): _plain(getattr(self, name)) for name in [*names, "evidence"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Head(_Claim):
    """Who leads the group that travels or visits."""

    name: str
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose(_Claim):
    """One aim of the visit, in the report's words."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation(_Claim):
    """A named organisation that took part; `role` is `home` or `counterpart`, `bin` its Kazakh business number."""

    name: str
    kind: str = "company"
    role: str = "counterpart"
    country: str | None = None
    founded: str | None = None
    residents: int | None = None
    bin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(_Claim):
    """Somebody who took part; `role` is `home` or `counterpart`."""

    name: str
    title: str | None = None
    organisation: str | None = None
    role: str = "home"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting(_Claim):
    """One meeting, with the names and topics its sentences give. `with_` is `with` in the schema."""

    with_: tuple[str, ...] = ()
    date: datetime.date | None = None
    place: str | None = None
    topics: tuple[str, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead(_Claim):
    """One thing that could become a deal. `amount` is in whole units of `currency` (ISO 4217)."""

    sector: str
    kind: str
    counterpart: str | None = None
    summary: str = ""
    amount: Decimal | None = None
    currency: str | None = None
    jobs: int | None = None
    next_step: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment(_Claim):
    """Something promised or instructed; `by` is `home` or `counterpart`, `who` the executor as the text names it."""

    text: str
    by: str = "home"
    who: str | None = None
    due_date: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice(_Claim):
    """Experience that was shown or shared; `topic` is a code of the schema."""

    topic: str
    summary: str


# Fields of a draft that follow from evidenced values and may stand without a span of their own.
DERIVED = frozenset({"language", "direction", "home_region", "published"})
_EVIDENCED = ("title", "countries", "cities", "start_date", "end_date", "participant_sectors")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that was read out of one report. `field_evidence` proves the plain fields, by their names."""

    language: str | None = None
    title: str | None = None
    published: datetime.date | None = None
    direction: str | None = None
    home_region: str | None = None
    countries: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    start_date: datetime.date | None = None
    end_date: datetime.date | None = None
    head: Head | None = None
    purposes: tuple[Purpose, ...] = ()
    participant_sectors: tuple[str, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    leads: tuple[Lead, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    practices: tuple[Practice, ...] = ()
    field_evidence: dict[str, Spans] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in _EVIDENCED:
            if getattr(self, name):
                check_spans(self.field_evidence.get(name, ()), name)
        for name, spans in self.field_evidence.items():
            check_spans(spans, name)

    def claims(self) -> Iterator[_Claim]:
        """Yield every claim of the draft that carries its own evidence."""
        if self.head is not None:
            yield self.head
        for group in (
            self.purposes, self.organisations, self.people, self.meetings, self.leads, self.commitments, self.practices,
        ):  # fmt: skip
            yield from group

    def check(self, text: str) -> "Draft":
        """Return the draft itself if all its evidence lies inside the text; raise `UngroundedClaimError` if not."""
        spans = [span for claim in self.claims() for span in claim.evidence]
        spans += [span for group in self.field_evidence.values() for span in group]
        for start, end in spans:
            if end > len(text):
                raise UngroundedClaimError(f"({start}, {end}) lies outside a text of {len(text)} characters")
        return self

    def as_dict(self) -> dict[str, Any]:
        """Return the draft as JSON of the schema: ISO dates, numbers for amounts, lists for spans."""
        return {one.name: _plain(getattr(self, one.name)) for one in fields(self)}
