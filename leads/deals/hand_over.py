"""What somebody answers for on deals: as responsible executor, as curator, for a memorandum."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.accounts.models import User
from crm.accounts.registry import duty
from leads.deals.choices import Health
from leads.deals.models import Deal, Memorandum
from leads.deals.services import assign_deal, update_deal, update_memorandum


def open_deals() -> QuerySet[Deal]:
    """A deal that rests or is realised still has somebody who answers for it; one that was given up has not."""
    return Deal.objects.active().exclude(health=Health.LOST).select_related("region").order_by("title", "pk")


def owned_by(user: User) -> QuerySet[Deal]:
    return open_deals().filter(owner=user)


def curated_by(user: User) -> QuerySet[Deal]:
    return open_deals().filter(curator=user)


def memoranda_answered_for_by(user: User) -> QuerySet[Memorandum]:
    found = Memorandum.objects.active().filter(answerable=user, deal__in=open_deals().order_by())
    return found.select_related("deal__region").order_by("signed_on", "pk")


def give_deal(deal: Deal, *, by: User, former: User, to: User) -> None:
    assign_deal(deal, by=by, owner=to)


def give_curating(deal: Deal, *, by: User, former: User, to: User) -> None:
    update_deal(deal, by=by, curator=to)


def give_memorandum(memorandum: Memorandum, *, by: User, former: User, to: User) -> None:
    update_memorandum(memorandum, by=by, answerable=to)


def region_of_memorandum(memorandum: Memorandum) -> int:
    return memorandum.deal.region_id


duty("deals.owner", title=_("Deals as owner"), position=10, held_by=owned_by, give=give_deal)
duty("deals.curator", title=_("Deals as curator"), position=11, held_by=curated_by, give=give_curating)
duty(
    "deals.memorandum",
    title=_("Memoranda to answer for"),
    position=12,
    held_by=memoranda_answered_for_by,
    give=give_memorandum,
    region_of=region_of_memorandum,
    named_by=("deal__title",),
)
