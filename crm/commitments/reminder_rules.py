"""What is asked about commitments: those of ours, three working days ahead, on the day, and while overdue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import cast

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.accounts.choices import Role
from crm.accounts.queries import managers_of
from crm.commitments.choices import CommitmentSide, CommitmentStatus
from crm.commitments.models import Commitment
from crm.commitments.services import keep_commitment, postpone_commitment, reopen_commitment
from crm.reference.models import Region
from crm.reference.queries import calendar_of
from crm.reminders.choices import Urgency
from crm.reminders.registry import Answered, Asked, Asking, Item, Owner, answer, rule
from crm.shared.about import NamedRecord, named_records
from crm.shared.errors import InvalidRecord
from crm.shared.formats import due_words, format_day
from crm.shared.registries import find_visible

DAYS_AHEAD = 3
DAYS_TO_MANAGER = 1


@dataclass(slots=True)
class Due:
    """A commitment with everybody who carries it out."""

    commitment: Commitment
    region: Region
    executors: set[int] = field(default_factory=set)


@rule("our_commitment", title=_("Commitments of ours"), position=10)
def commitments_to_keep(asking: Asking) -> Iterator[Item]:
    """Ask executor and co-executors from 3 working days before the due date on, the manager from 1 after it."""
    found = due_commitments(asking)
    names = named_records((due.commitment.about_type_id, due.commitment.about_id) for due in found)
    managers = _managers(asking, found)
    for due in found:
        commitment = due.commitment
        behind = names.get((commitment.about_type_id, commitment.about_id))
        if behind and behind.is_archived:
            continue
        for owner in due.executors:
            yield _item(due, owner, behind, asking)
        if _is_for_manager(due, asking):
            for manager in managers.get(due.region.pk, ()):
                if manager not in due.executors:
                    yield _item(due, manager, behind, asking, person=_executor(commitment))


def due_commitments(asking: Asking) -> list[Due]:
    """Return the open commitments of ours to ask about, in one query, those of the asked users (and managers) only."""
    horizon = max([asking.until, *(c.add_working_days(asking.on, DAYS_AHEAD) for c in set(asking.calendars.values()))])
    rows: QuerySet[Commitment] = Commitment.objects.active().filter(
        side=CommitmentSide.OURS, status=CommitmentStatus.OPEN, due_date__lte=horizon
    )
    if asking.users is not None:
        rows = _carried_out_by(rows, asking)
    by_pk: dict[int, Due] = {}
    # One row for each co-executor: a join instead of a second query.
    with_each = rows.select_related("executor", "region__parent").annotate(co_executor_id=F("co_executors"))
    for commitment in with_each.order_by("due_date", "pk"):
        due = by_pk.setdefault(commitment.pk, Due(commitment, commitment.region))
        due.executors |= {key for key in (commitment.executor_id, commitment.co_executor_id) if key}
    return [due for due in by_pk.values() if _is_due(due, asking)]


def _carried_out_by(rows: QuerySet[Commitment], asking: Asking) -> QuerySet[Commitment]:
    shared = Commitment.co_executors.through.objects.filter(user__in=asking.user_ids).values("commitment")
    mine = Q(executor__in=asking.user_ids) | Q(pk__in=shared)
    led = [user.region_id for user in asking.users or () if user.role == Role.MANAGER]
    if led:
        mine |= Q(region__in=led, due_date__lt=asking.on)
    return rows.filter(mine)


def _is_due(due: Due, asking: Asking) -> bool:
    calendar = asking.calendars[due.region.pk]
    last = max(asking.until, calendar.add_working_days(asking.on, DAYS_AHEAD))
    return due.commitment.due_date is not None and due.commitment.due_date <= last


def _is_for_manager(due: Due, asking: Asking) -> bool:
    term = due.commitment.due_date
    return term is not None and asking.calendars[due.region.pk].add_working_days(term, DAYS_TO_MANAGER) <= asking.on


def _managers(asking: Asking, found: Iterable[Due]) -> dict[int, set[int]]:
    """Return the managers to ask by region: those among the asked users, else (one query) all of the regions."""
    leaders: Iterable[Owner]
    if asking.users is not None:
        leaders = [user for user in asking.users if user.role == Role.MANAGER]
    else:
        leaders = managers_of(list({due.region.pk for due in found}))
    by_region: dict[int, set[int]] = {}
    for manager in leaders:
        by_region.setdefault(manager.region_id, set()).add(manager.pk)
    return by_region


def _executor(commitment: Commitment) -> str:
    return str(commitment.executor or commitment.executor_name)


def _item(due: Due, owner: int, behind: NamedRecord | None, asking: Asking, *, person: str = "") -> Item:
    commitment, on = due.commitment, asking.on
    partners = {user.pk for user in asking.users or () if user.role == Role.PARTNER}
    assert commitment.due_date is not None  # noqa: S101 - told to the type checker: only dated ones are due
    return Item(
        rule="our_commitment",
        owner_id=owner,
        about=("commitments.commitment", commitment.pk),
        title=commitment.text,
        why=lazy_due_words(commitment.due_date, on),
        url=reverse("commitments:commitments") if owner in partners or behind is None else behind.url,
        urgency=_urgency(commitment.due_date, on),
        seen_from=due.region.line,
        due=commitment.due_date,
        context=behind.title if behind else "",
        person=person,
        concerns=(behind.label, behind.pk) if behind else None,
        to_partners=True,
        answers=("done", "next_week"),
    )


def _urgency(due: date, on: date) -> Urgency:
    if due < on:
        return Urgency.OVERDUE
    return Urgency.TODAY if due == on else Urgency.WEEK


lazy_due_words = lazy(due_words, str)


@answer("our_commitment", "done", label=_("Done"))
def mark_kept(asked: Asked) -> Answered:
    commitment = _find(asked)
    keep_commitment(commitment, by=asked.user)
    return Answered(message=gettext("Done: %(text)s") % {"text": commitment.text}, undo="reopen")


@answer("our_commitment", "reopen", label=_("Undo"), is_undo=True)
def take_back(asked: Asked) -> Answered:
    commitment = _find(asked)
    reopen_commitment(commitment, by=asked.user)
    return Answered(message=gettext("Open again: %(text)s") % {"text": commitment.text})


@answer("our_commitment", "next_week", label=_("+1 week"))
def put_off_a_week(asked: Asked) -> Answered:
    """Give it a week more, from today where it is overdue; a day off moves to the next working day."""
    commitment = _find(asked)
    before = commitment.due_date or asked.on
    later = calendar_of(commitment.region).next_working_day(max(before, asked.on) + timedelta(days=7))
    postpone_commitment(commitment, by=asked.user, due_date=later)
    return _moved(commitment, undo_values={"due": before.isoformat()})


@answer("our_commitment", "new_date", label=_("New date"), is_undo=True)
def give_date(asked: Asked) -> Answered:
    """Set the due date to the value ``due`` (ISO). Raises ``InvalidRecord`` where that is no date."""
    commitment = _find(asked)
    try:
        day = date.fromisoformat(asked.values.get("due", ""))
    except ValueError as error:
        raise InvalidRecord(gettext("Give a date."), fields={"due": gettext("Give a date.")}) from error
    postpone_commitment(commitment, by=asked.user, due_date=day)
    return _moved(commitment)


def _find(asked: Asked) -> Commitment:
    return cast(Commitment, find_visible(asked.user, "commitments.commitment", asked.about_id))


def _moved(commitment: Commitment, *, undo_values: dict[str, str] | None = None) -> Answered:
    words = {"text": commitment.text, "day": format_day(commitment.due_date or date.max, "weekday")}
    undo = "new_date" if undo_values else ""
    return Answered(message=gettext("Moved to %(day)s: %(text)s") % words, undo=undo, undo_values=undo_values or {})
