"""The rules and their answers. An app that knows a record registers both in its ``reminder_rules.py``.

    @rule("our_commitment", title=_("Commitments of ours"), position=10)
    def commitments_to_keep(asking: Asking) -> Iterable[Item]: ...

    @answer("our_commitment", "done", label=_("Done"))
    def mark_kept(asked: Asked) -> Answered: ...

A rule reads no clock: it is given the owner's local day. It is idempotent, its thresholds say "at least so many days"
(a day on which nothing ran loses nothing), and it takes a fixed number of queries for all owners together.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from crm.reference.calendar import WorkingCalendar
from crm.reminders.choices import Urgency


class Owner(Protocol):
    """Who is asked: a user (this module knows them by these fields only)."""

    pk: Any
    region_id: int
    role: str


@dataclass(frozen=True, slots=True)
class Asking:
    """One run of the rules: for which day and whom.

    ``on`` is the owners' local day. ``until`` is the last day before they are asked again: what falls due up to it is
    asked about now. ``users`` are the owners asked about, ``None`` for all there are.
    """

    on: date
    until: date
    calendars: Mapping[int, WorkingCalendar]
    users: Collection[Owner] | None = None

    @property
    def user_ids(self) -> list[int]:
        """The keys of ``users``; ask first whether there are any (``users`` is ``None`` for all)."""
        return [user.pk for user in self.users or ()]


@dataclass(frozen=True, slots=True)
class Item:
    """One question to one owner about one record.

    ``about`` is the record asked about, ``concerns`` the record behind it (the deal of a commitment), both as model
    label and key. ``seen_from`` are the regions whose staff may see the record. ``why`` may be lazy: it is put into
    words in the owner's language. ``context`` is as people wrote it. A partner is asked only what ``to_partners`` says.
    """

    rule: str
    owner_id: int
    about: tuple[str, int]
    title: str
    why: Any
    url: str
    urgency: Urgency
    seen_from: Collection[int]
    due: date | None = None
    context: str = ""
    person: str = ""
    concerns: tuple[str, int] | None = None
    to_partners: bool = False
    answers: tuple[str, ...] = ()

    @property
    def about_id(self) -> int:
        return self.about[1]

    @property
    def is_late(self) -> bool:
        return self.urgency == Urgency.OVERDUE


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer as it comes in: who answers about which record, on which day of theirs, with what they filled in."""

    user: Any
    about_id: int
    on: date
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer did, in the words of the page; ``undo`` is the answer that takes it back, with its values."""

    message: str
    undo: str = ""
    undo_values: Mapping[str, str] = field(default_factory=dict)


Ask = Callable[[Asking], Iterable[Item]]
Act = Callable[[Asked], Answered]


@dataclass(frozen=True, slots=True)
class Answer:
    code: str
    label: Any
    act: Act
    is_undo: bool = False


@dataclass(slots=True)
class Rule:
    code: str
    title: Any
    position: int
    ask: Ask
    answers: dict[str, Answer] = field(default_factory=dict)


_rules: dict[str, Rule] = {}


def rule(code: str, *, title: Any, position: int) -> Callable[[Ask], Ask]:
    """Return a decorator that registers a rule; of two rules that ask about one record the more urgent item wins."""

    def register(ask: Ask) -> Ask:
        _rules[code] = Rule(code=code, title=title, position=position, ask=ask)
        return ask

    return register


def answer(rule_code: str, code: str, *, label: Any, is_undo: bool = False) -> Callable[[Act], Act]:
    """Return a decorator that registers an answer of a registered rule.

    The function finds its record among those the user may see (raising ``RecordNotFound`` otherwise), calls a service
    and says what it did; services' errors pass through.
    """

    def register(act: Act) -> Act:
        _rules[rule_code].answers[code] = Answer(code=code, label=label, act=act, is_undo=is_undo)
        return act

    return register


def all_rules() -> list[Rule]:
    return sorted(_rules.values(), key=lambda entry: (entry.position, entry.code))


def find_answer(rule_code: str, code: str) -> Answer | None:
    """Return the registered answer, ``None`` where there is no such rule or no such answer of it."""
    found = _rules.get(rule_code)
    return found.answers.get(code) if found else None
