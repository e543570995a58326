"""What somebody carries out: as executor, as co-executor."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.accounts.registry import duty
from crm.commitments.choices import OWED
from crm.commitments.models import Commitment
from crm.commitments.services import update_commitment


def owed() -> QuerySet[Commitment]:
    return Commitment.objects.active().filter(status__in=OWED).select_related("region").order_by("due_date", "pk")


def carried_out_by(user: User) -> QuerySet[Commitment]:
    return owed().filter(executor=user)


def carried_out_beside(user: User) -> QuerySet[Commitment]:
    shared = Commitment.co_executors.through.objects.filter(user=user).values("commitment")
    return owed().filter(pk__in=shared)


def give_commitment(commitment: Commitment, *, by: User, former: User, to: User) -> None:
    """Make ``to`` the executor, who then is no co-executor of the same."""
    others = list(commitment.co_executors.exclude(pk=to.pk))
    update_commitment(commitment, by=by, executor=to, co_executors=others)


def give_share(commitment: Commitment, *, by: User, former: User, to: User) -> None:
    """Put ``to`` in the place of the co-executor, unless ``to`` is the executor already."""
    others = list(commitment.co_executors.exclude(pk__in=[former.pk, to.pk]))
    joined = [] if commitment.executor_id == to.pk else [to]
    update_commitment(commitment, by=by, co_executors=[*others, *joined])


duty(
    "commitments.executor",
    title=_("Commitments as executor"),
    position=20,
    held_by=carried_out_by,
    give=give_commitment,
    for_partners=True,
    named_by=("text",),
)
duty(
    "commitments.co_executor",
    title=_("Commitments as co-executor"),
    position=21,
    held_by=carried_out_beside,
    give=give_share,
    for_partners=True,
    named_by=("text",),
)
