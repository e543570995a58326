"""The rules and their answers. An app that knows a record registers its rules in ``reminder_rules.py`` and the answers
in ``reminder_answers.py``; who answers on My week and who answers by a link of the mail gives the same answer.

    @rule("our_commitment", title=_("Commitments of ours"), position=10, about="commitments.commitment",
          thresholds={"ahead": Threshold(3, _("before the due date"))})
    def commitments_to_keep(asking: Asking) -> Questions: ...

    @answer("our_commitment", "done", label=_("Done"), form=DoneForm, to_partners=True)
    def mark_kept(asked: Asked) -> Answered: ...

A rule reads no clock: it is given the owner's local day. It is idempotent, its thresholds say "at least so many days"
(a day on which nothing ran loses nothing), and it asks for all owners at once, by yielding the rows it wants: what all
rules want goes to the database together (``crm.shared.together``).
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from crm.accounts.choices import Role
from crm.reminders.asking import Asking, More, Threshold
from crm.reminders.choices import Urgency
from crm.shared.together import Steps


@dataclass(frozen=True, slots=True)
class Item:
    """One question to one owner about one record.

    ``about`` is the record asked about, ``concerns`` the record behind it (the deal of a commitment), both as model
    label and key. ``seen_from`` are the regions whose staff may see the record. ``why`` may be lazy: it is put into
    words in the owner's language. ``context`` is as people wrote it. A partner is asked only what ``to_partners`` says.
    ``answers`` are the codes of the rule's answers that fit this question; empty: all of them.
    One that ``gives_way`` is left out where the same person is asked about something that ``concerns`` its record: a
    deal with a step to do is not asked about for being quiet. ``is_declined``: ``person`` says that it is somebody
    else's, and the manager is asked. ``asked_before`` counts the digests without a break that
    asked it already.
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
    gives_way: bool = False
    is_declined: bool = False
    answers: tuple[str, ...] = ()
    asked_before: int = 0

    @property
    def about_id(self) -> int:
        return self.about[1]

    @property
    def is_late(self) -> bool:
        return self.urgency == Urgency.OVERDUE


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer as it comes in: who answers which rule about which record, on which day of theirs.

    ``values`` are what the answer's form made of what was filled in; as sent where the answer has no form.
    """

    user: Any
    about_id: int
    on: date
    values: Mapping[str, Any] = field(default_factory=dict)
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer did, in the words of the page; ``undo`` is the answer that takes it back, with its values."""

    message: str
    undo: str = ""
    undo_values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class News:
    """Something that managers are told beside their own questions; ``why`` may be lazy, as an item's.

    ``in_region`` is how many of its kind its region has, named or not.
    """

    about: tuple[str, int]
    region_id: int
    title: str
    why: Any
    url: str
    person: str = ""
    in_region: int = 1


@dataclass(frozen=True, slots=True)
class Telling:
    """One run of what managers are told: about records of ``regions``, what happened from ``since`` up to the day."""

    asking: Asking
    since: date
    regions: Collection[int]


#: What a rule yields: what it wants to be fetched, and its questions.
type Questions = Steps[Item | More]
Ask = Callable[[Asking], Questions]
Tell = Callable[[Telling], Iterable[News]]
Act = Callable[[Asked], Answered]
#: ``(data or None, asked=…) -> a Django form``: a subclass of ``crm.reminders.forms.AnswerForm``.
MakeForm = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. Without a form pressing it says all; one that takes another back (``is_undo``) is not offered.

    ``to_declined``: only to a question that somebody else says is not theirs; ``to_managers``: only of managers.
    ``ticks``: it may be given by one press though it has a form, as one ticks off a task.
    """

    code: str
    label: Any
    act: Act
    form: MakeForm | None = None
    position: int = 50
    to_partners: bool = False
    to_declined: bool = False
    to_managers: bool = False
    ticks: bool = False
    is_undo: bool = False

    def is_open_to(self, user: Any) -> bool:
        """May somebody of that role give it? What it writes is checked by the service once more."""
        if self.to_managers:
            return bool(user.may_manage)
        return bool(user.may_write or (self.to_partners and user.role == Role.PARTNER))


@dataclass(slots=True)
class Rule:
    """A rule; ``about`` is the kind of record that it asks about, as a model label."""

    code: str
    title: Any
    position: int
    about: str
    ask: Ask
    thresholds: Mapping[str, Threshold] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chapter:
    """One kind of news; ``asks``: something has to be done about it, so that it is worth a mail by itself."""

    code: str
    title: Any
    position: int
    tell: Tell
    asks: bool = False


_rules: dict[str, Rule] = {}
_chapters: dict[str, Chapter] = {}
_answers: dict[str, dict[str, Answer]] = {}
#: Answers that fit a question of every rule: later, not mine, never.
EVERY_RULE = "*"
#: These come from this position on: a row and a mail do not name them.
FIT_EVERY_RULE = 80


def rule(
    code: str, *, title: Any, position: int, about: str, thresholds: Mapping[str, Threshold] | None = None
) -> Callable[[Ask], Ask]:
    """Return a decorator that registers a rule; of two rules that ask about one record the more urgent item wins."""

    def register(ask: Ask) -> Ask:
        _rules[code] = Rule(code, title, position, about, ask, thresholds or {})
        return ask

    return register


def answer(
    rule_code: str,
    code: str,
    *,
    label: Any,
    form: MakeForm | None = None,
    position: int = 50,
    to_partners: bool = False,
    to_declined: bool = False,
    to_managers: bool = False,
    ticks: bool = False,
    is_undo: bool = False,
) -> Callable[[Act], Act]:
    """Return a decorator that registers an answer to a rule's questions (``EVERY_RULE``: to all).

    The function finds its record among those the user may see (raising ``RecordNotFound`` otherwise), calls a service
    and says what it did; services' errors pass through.
    """

    def register(act: Act) -> Act:
        made = Answer(
            code,
            label,
            act,
            form,
            position,
            to_partners=to_partners,
            to_declined=to_declined,
            to_managers=to_managers,
            ticks=ticks,
            is_undo=is_undo,
        )
        _answers.setdefault(rule_code, {})[code] = made
        return act

    return register


def chapter(code: str, *, title: Any, position: int, asks: bool = False) -> Callable[[Tell], Tell]:
    """Return a decorator that registers what managers are told beside their questions.

    The function yields its news the most important first, no more than the first few of each region
    (``first_of_each_region``), in a fixed number of queries for all regions together.
    """

    def register(tell: Tell) -> Tell:
        _chapters[code] = Chapter(code, title, position, tell, asks)
        return tell

    return register


def all_chapters() -> list[Chapter]:
    return sorted(_chapters.values(), key=lambda entry: (entry.position, entry.code))


def all_rules() -> list[Rule]:
    return sorted(_rules.values(), key=lambda entry: (entry.position, entry.code))


def find_rule(code: str) -> Rule | None:
    return _rules.get(code)


def all_thresholds() -> dict[str, Threshold]:
    """Return the defaults of all rules by "rule.threshold", in the order of the rules."""
    return {f"{one.code}.{name}": threshold for one in all_rules() for name, threshold in one.thresholds.items()}


def threshold_label(name: str) -> str:
    """Return what the threshold "rule.threshold" is called: the rule's title and what is counted."""
    code, _dot, short = name.partition(".")
    found = _rules.get(code)
    threshold = found.thresholds.get(short) if found else None
    return f"{found.title}: {threshold.label}" if found and threshold else name


def find_answer(rule_code: str, code: str) -> Answer | None:
    """Return the registered answer, ``None`` where there is no such rule or no such answer to it."""
    if rule_code not in _rules:
        return None
    return _answers.get(rule_code, {}).get(code) or _answers.get(EVERY_RULE, {}).get(code)


def answers_to(item: Item, user: Any) -> list[Answer]:
    """Return what ``user`` may answer to a question, the rule's own answers first.

    What fits every rule decides what one is asked oneself: it is not offered for a question to somebody else.
    """
    own = _answers.get(item.rule, {}).values()
    offered = [one for one in own if not item.answers or one.code in item.answers]
    if item.owner_id == user.pk:
        offered += [one for one in _answers.get(EVERY_RULE, {}).values() if item.is_declined or not one.to_declined]
    open_to = [one for one in offered if not one.is_undo and one.is_open_to(user)]
    return sorted(open_to, key=lambda one: one.position)
