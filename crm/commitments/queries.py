"""Reads of commitments."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Model, Q, QuerySet

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.accounts.queries import require_writer, users_visible_to, within_regions_of
from crm.commitments.choices import OWED, CommitmentSide, CommitmentStatus
from crm.commitments.models import Commitment


def commitments_visible_to(user: User | AnonymousUser) -> QuerySet[Commitment]:
    """Return the commitments of the user's regions; a partner sees what it executes or co-executes."""
    if isinstance(user, User) and user.is_active and user.role == Role.PARTNER:
        shared = Commitment.co_executors.through.objects.filter(user=user).values("commitment")
        return Commitment.objects.filter(Q(executor=user) | Q(pk__in=shared))
    return within_regions_of(user, Commitment.objects.all())


def is_executed_by(commitment: Commitment, user: User) -> bool:
    """Is the user an active executor or co-executor who may answer? Viewers never write, whatever they execute."""
    if not user.is_active or user.role == Role.VIEWER:
        return False
    return commitment.executor_id == user.pk or commitment.co_executors.filter(pk=user.pk).exists()


def require_answerer(commitment: Commitment, user: User | None) -> None:
    """Raise ``NotAllowed`` unless the user carries it out or writes in its region. ``None`` is the system."""
    if user is None or not is_executed_by(commitment, user):
        require_writer(user, commitment.region)


def open_commitments_about(records: Iterable[Model]) -> QuerySet[Commitment]:
    """Return what is still owed (open or blocked, both sides) about ``records`` of one kind, the earliest due first."""
    found = list(records)
    if not found:
        return Commitment.objects.none()
    kind = ContentType.objects.get_for_model(found[0])
    owed = Commitment.objects.active().filter(about_type=kind, about_id__in=[record.pk for record in found])
    owed = owed.filter(status__in=OWED).select_related("executor", "company")
    return owed.order_by(F("due_date").asc(nulls_last=True), "pk")


def next_steps_of(records: Iterable[Model]) -> dict[int, Commitment]:
    """Return the next step of each of ``records`` (of one kind) by primary key: the earliest open one of ours.

    One query, with the executors. A record without an open one of ours is not among the keys.
    """
    steps: dict[int, Commitment] = {}
    ours = open_commitments_about(records).filter(side=CommitmentSide.OURS, status=CommitmentStatus.OPEN)
    for commitment in ours:
        steps.setdefault(commitment.about_id, commitment)
    return steps


def commitments_for_list(user: User | AnonymousUser) -> QuerySet[Commitment]:
    """Return the commitments in use with executor, company and the records that they are about.

    The records take one query for each kind. A partner sees what it executes, not the record behind it.
    """
    active = commitments_visible_to(user).filter(archived_at__isnull=True)
    listed = active.select_related("executor", "company", "region")
    return listed if getattr(user, "role", "") == Role.PARTNER else listed.prefetch_related("about")


def ours_by_executor(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Return what our side owes: by executor, the earliest due first."""
    order = (F("executor__full_name").asc(nulls_last=True), "executor_name", F("due_date").asc(nulls_last=True), "pk")
    return commitments.filter(side=CommitmentSide.OURS).order_by(*order)


def theirs_by_lateness(commitments: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """Return what the other side owes: the longest overdue first."""
    return commitments.filter(side=CommitmentSide.THEIRS).order_by(F("due_date").asc(nulls_last=True), "pk")


def steps_due_of(user: User, *, on: date) -> QuerySet[Commitment]:
    """Return what the user has to do by that day, or should have done before it."""
    owed = Commitment.objects.active().filter(side=CommitmentSide.OURS, status=CommitmentStatus.OPEN)
    return owed.filter(executor=user, due_date__lte=on)


def possible_executors(user: User) -> QuerySet[User]:
    """Return who may be given a commitment that the user sees: staff that write, and partners."""
    return users_visible_to(user).filter(is_active=True).exclude(role=Role.VIEWER)
