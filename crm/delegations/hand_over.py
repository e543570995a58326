"""The visits that somebody is secretary of, and the practices that somebody looks after."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.accounts.registry import duty
from crm.delegations.choices import DelegationStatus, PracticeStatus
from crm.delegations.models import Delegation, Practice
from crm.delegations.services import update_delegation, update_practice

OVER = [DelegationStatus.CLOSED, DelegationStatus.CANCELLED]
UNDECIDED = [PracticeStatus.NOTED, PracticeStatus.UNDER_STUDY]


def prepared_by(user: User) -> QuerySet[Delegation]:
    open_ones = Delegation.objects.active().filter(secretary=user).exclude(status__in=OVER)
    return open_ones.select_related("region").order_by("start_date", "pk")


def looked_after_by(user: User) -> QuerySet[Practice]:
    undecided = Practice.objects.active().filter(owner=user, status__in=UNDECIDED)
    return undecided.select_related("region").order_by("pk")


def give_delegation(delegation: Delegation, *, by: User, former: User, to: User) -> None:
    update_delegation(delegation, by=by, secretary=to)


def give_practice(practice: Practice, *, by: User, former: User, to: User) -> None:
    update_practice(practice, by=by, owner=to)


duty("delegations.secretary", title=_("Visits as secretary"), position=40, held_by=prepared_by, give=give_delegation)
duty(
    "delegations.practice",
    title=_("Practices"),
    position=41,
    held_by=looked_after_by,
    give=give_practice,
    named_by=("summary",),
)
