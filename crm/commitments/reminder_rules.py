"""What is asked about commitments: those of ours, those of theirs, and those that a body keeps waiting."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.commitments.choices import CommitmentSide, CommitmentStatus
from crm.commitments.models import Commitment
from crm.reminders.asking import Asking, Threshold
from crm.reminders.choices import Urgency
from crm.reminders.registry import Item, Questions, rule
from crm.shared.about import NamedRecord, record_behind, records_named, rows_by_owner, rows_of_records
from crm.shared.formats import due_words
from crm.shared.registries import visible_records
from crm.shared.together import Rows, Wanted

LABEL = "commitments.commitment"
#: What a question needs of a commitment: tens of thousands are asked about in an hour, so no more is read.
COLUMNS = (
    *("pk", "text", "region_id", "side", "status", "due_date", "blocked_by", "blocked_since"),
    *("executor_id", "executor__full_name", "executor_name", "company__name", "about_type_id", "about_id"),
)


@rule(
    "our_commitment",
    title=_("Commitments of ours"),
    position=10,
    about=LABEL,
    thresholds={
        "ahead": Threshold(3, _("working days ahead of the due date, to the executor")),
        "manager": Threshold(1, _("working days past the due date, to the manager")),
    },
)
def commitments_to_keep(asking: Asking) -> Questions:
    """Ask executor and co-executors from 3 working days before the due date on, the manager from 1 after it."""
    ahead = asking.days_ahead("our_commitment.ahead")
    owed = _asked_about(asking, CommitmentSide.OURS, CommitmentStatus.OPEN)
    near = owed.filter(asking.on_or_before("due_date", lambda region, place: max(asking.until, ahead(region, place))))
    overdue = owed.filter(asking.on_or_before("due_date", asking.days_ago("our_commitment.manager")))
    # Apart, each by its index, the first two are faster than one that asks for either.
    own, shared, late = yield (
        Rows(near.filter(executor__in=asking.user_ids), COLUMNS),
        Rows(near.filter(co_executors__in=asking.user_ids), (*COLUMNS, "co_executors")),
        asking.of_managers(overdue, "due_date", "pk", columns=COLUMNS),
    )
    carried_out = [(row, row.executor_id) for row in own] + [(row, row.co_executors) for row in shared]
    behind = records_named((yield _records_behind([*own, *shared, *late])))
    for row, owner in carried_out:
        if not _is_over(row, behind):
            yield _item("our_commitment", row, owner, behind, asking)
    for row in late:
        person = row.executor__full_name or row.executor_name
        for manager in asking.managers[row.region_id]:
            if manager != row.executor_id and not _is_over(row, behind):
                yield _item("our_commitment", row, manager, behind, asking, person=person)
    yield from asking.more_for_managers(late, Urgency.OVERDUE)


@rule("their_commitment", title=_("Commitments of theirs"), position=20, about=LABEL)
def commitments_awaited(asking: Asking) -> Questions:
    """Ask the owner of the record about what the other side owes, from the day it is due on."""
    due = _asked_about(asking, CommitmentSide.THEIRS, CommitmentStatus.OPEN).filter(due_date__lte=asking.on)
    yield from _to_owners_of_records("their_commitment", (yield _rows_by_owner(due, asking)), asking)


@rule(
    "blocked_by_body",
    title=_("Kept waiting by a state body"),
    position=40,
    about=LABEL,
    thresholds={"days": Threshold(10, _("working days that a body has kept it waiting"))},
)
def commitments_blocked(asking: Asking) -> Questions:
    """Ask the executor, else the owner of the record, about what a body has kept waiting for 10 days."""
    blocked = _asked_about(asking, CommitmentSide.OURS, CommitmentStatus.BLOCKED).filter(
        asking.on_or_before("blocked_since", asking.days_ago("blocked_by_body.days"))
    )
    unexecuted = _rows_by_owner(blocked.filter(executor__isnull=True), asking)
    executed, *owned = yield Rows(blocked.filter(executor__in=asking.user_ids), COLUMNS), *unexecuted
    yield from _to_owners_of_records("blocked_by_body", owned, asking)
    behind = records_named((yield _records_behind(executed)))
    for row in executed:
        if not _is_over(row, behind):
            yield _item("blocked_by_body", row, row.executor_id, behind, asking)


#: The records that commitments are about, by content type and key.
Behind = dict[tuple[int, int], NamedRecord]


def _asked_about(asking: Asking, side: CommitmentSide, status: CommitmentStatus) -> QuerySet[Commitment]:
    return asking.about(Commitment.objects.active().filter(side=side, status=status), LABEL)


def _rows_by_owner(rows: QuerySet[Commitment], asking: Asking) -> Wanted:
    return rows_by_owner(rows, visible_records.keys(), asking.user_ids, COLUMNS)


def _to_owners_of_records(code: str, found: Iterable[Iterable[Any]], asking: Asking) -> Iterator[Item]:
    for row in chain.from_iterable(found):
        behind = {(row.about_type_id, row.about_id): record_behind(row)}
        yield _item(code, row, row.behind_owner, behind, asking)


def _records_behind(rows: Iterable[Any]) -> Wanted:
    return rows_of_records((row.about_type_id, row.about_id) for row in rows)


def _is_over(row: Any, behind: Behind) -> bool:
    record = behind.get((row.about_type_id, row.about_id))
    return record is not None and record.is_over


def _item(code: str, row: Any, owner: int, behind: Behind, asking: Asking, *, person: str = "") -> Item:
    record = behind.get((row.about_type_id, row.about_id))
    is_blocked = row.status == CommitmentStatus.BLOCKED
    day: date = row.blocked_since if is_blocked else row.due_date
    return Item(
        rule=code,
        owner_id=owner,
        about=(LABEL, row.pk),
        title=row.text,
        why=lazy_blocked_words(row.blocked_by, day, asking.on) if is_blocked else lazy_due_words(day, asking.on),
        # What a commitment is about tells more than the commitment; a partner may not see it.
        url=record.url if record and owner not in asking.partner_ids else reverse("commitments:commitments"),
        urgency=Urgency.TODAY if is_blocked else _urgency(day, asking.on),
        seen_from=asking.line(row.region_id),
        due=day,
        context=_context(row, record),
        person=person,
        concerns=(record.label, record.pk) if record else None,
        to_partners=row.side == CommitmentSide.OURS,
    )


def _context(row: Any, record: NamedRecord | None) -> str:
    """Name the record and, where the other side owes it, the company; not the same name twice."""
    title = record.title if record else ""
    owing = row.company__name if row.side == CommitmentSide.THEIRS else None
    return title if owing in (None, title) else f"{owing}. {title}".removesuffix(". ")


def _urgency(due: date, on: date) -> Urgency:
    if due < on:
        return Urgency.OVERDUE
    return Urgency.TODAY if due == on else Urgency.WEEK


def blocked_words(body: str, since: date, on: date) -> str:
    days = (on - since).days
    words = ngettext("waiting for %(body)s for %(count)s day", "waiting for %(body)s for %(count)s days", days)
    return words % {"body": body, "count": days}


lazy_due_words = lazy(due_words, str)
lazy_blocked_words = lazy(blocked_words, str)
