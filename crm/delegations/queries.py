"""Reads of delegations and practices."""

from datetime import date, timedelta
from itertools import groupby

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db.models import Count, Q, QuerySet, StringAgg, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.delegations.choices import DelegationStatus, PracticeStatus, Side
from crm.delegations.errors import DebriefLinkBroken
from crm.delegations.models import Debrief, Delegation, DelegationMember, Practice, ProgrammeItem
from crm.shared.choices import country_names
from crm.shared.searching import folded_text


def delegations_visible_to(user: User | AnonymousUser) -> QuerySet[Delegation]:
    return within_regions_of(user, Delegation.objects.all())


def practices_visible_to(user: User | AnonymousUser) -> QuerySet[Practice]:
    return within_regions_of(user, Practice.objects.all())


def delegation_search_keys(delegation: Delegation) -> dict[str, str]:
    """Return what the delegation is found by: title, purpose, the places in three languages, the members."""
    places: list[str] = []
    for stop in delegation.stops.all():
        places += [stop.city, *country_names(stop.country)]
    members = [member.full_name for member in delegation.members.all()]
    return {"search_text": folded_text([delegation.title, delegation.purpose, *places, *members])}


def delegation_for_page(user: User | AnonymousUser) -> QuerySet[Delegation]:
    """Return the delegations with what their page shows of them."""
    links = ("stops", "members", "companies")
    related = ("secretary", "region", "archived_by")
    return delegations_visible_to(user).select_related(*related).prefetch_related(*links)


def countries_abroad(delegation: Delegation) -> list[str]:
    """Return the codes of the foreign countries that the visit went to or whose organisations it met, off the
    page's prefetched rows."""
    codes = {stop.country for stop in delegation.stops.all()} | {one.country for one in delegation.companies.all()}
    return sorted(codes - {"", delegation.region.code[:2]})


def practices_of(delegation: Delegation, user: User | AnonymousUser) -> QuerySet[Practice]:
    """Return the practices in use that were seen on the visit, with their owners."""
    return practices_visible_to(user).filter(delegation=delegation, archived_at__isnull=True).select_related("owner")


def sector_names_of(delegations: QuerySet[Delegation], language: str) -> QuerySet[Delegation]:
    """Add ``sector_names``: the sectors of the participants in ``language`` (kk, ru, en), in one line, or None."""
    field = f"sectors__name_{language}"
    return delegations.annotate(sector_names=StringAgg(field, delimiter=Value(", ")))


def delegations_for_list(user: User | AnonymousUser) -> QuerySet[Delegation]:
    """Return the delegations in use with their stops, members and numbers of meetings' organisations."""
    active = delegations_visible_to(user).filter(archived_at__isnull=True)
    met = Count("companies", distinct=True)
    return active.prefetch_related("stops", "members").annotate(companies_met=met)


def years_of(delegations: QuerySet[Delegation]) -> list[int]:
    """Return the years in which ``delegations`` began, the newest first."""
    return [day.year for day in delegations.order_by().dates("start_date", "year", order="DESC")]


def practices_by_status(practices: QuerySet[Practice]) -> dict[str, list[Practice]]:
    """Return ``practices`` in the columns of their way: noted, under study, adopted, dropped. One query."""
    columns: dict[str, list[Practice]] = {status: [] for status in PracticeStatus.values}
    for practice in practices.select_related("owner", "delegation", "company"):
        columns[practice.status].append(practice)
    return columns


def programme_items_visible_to(user: User | AnonymousUser) -> QuerySet[ProgrammeItem]:
    return within_regions_of(user, ProgrammeItem.objects.all(), field="delegation__region")


def parts_of_delegation(delegation: Delegation) -> list[QuerySet[ProgrammeItem]]:
    """Return the rows that belong to the visit and are logged for themselves."""
    return [ProgrammeItem.objects.filter(delegation=delegation)]


def programme_by_day(delegation: Delegation) -> list[tuple[date, list[ProgrammeItem]]]:
    """Return the lines in use of the visit's programme by day and hour. One query."""
    lines = ProgrammeItem.objects.active().filter(delegation=delegation)
    return [(day, list(items)) for day, items in groupby(lines, key=lambda item: item.date)]


#: Whose visit is longer ago than this is not asked any more: nobody remembers.
STILL_ASKED = timedelta(days=30)
DEBRIEF_SALT = "delegations.debrief"


def members_to_ask(*, today: date) -> QuerySet[DelegationMember]:
    """Return the members of ours with an address whom nobody has asked, of the delegations back before ``today``.

    With their delegations and regions; those longer back than a month, called off or archived stay out.
    """
    back = Q(delegation__end_date__lt=today, delegation__end_date__gte=today - STILL_ASKED)
    reachable = ~Q(email="") | Q(user__is_active=True)
    waiting = DelegationMember.objects.filter(
        back, reachable, side=Side.OURS, debrief__isnull=True, delegation__archived_at__isnull=True
    )
    waiting = waiting.exclude(delegation__status__in=[DelegationStatus.CANCELLED, DelegationStatus.CLOSED])
    return waiting.select_related("delegation__region", "user").order_by("pk")


def debriefs_visible_to(user: User | AnonymousUser) -> QuerySet[Debrief]:
    return within_regions_of(user, Debrief.objects.all(), field="delegation__region")


def debriefs_awaited(delegation: Delegation) -> QuerySet[Debrief]:
    """Return the debriefs that were asked for and are awaited still."""
    return Debrief.objects.filter(delegation=delegation, answered_at__isnull=True, closed_at__isnull=True)


def debriefs_to_take_in() -> QuerySet[Debrief]:
    """Return the answered debriefs that stand in no review yet."""
    return Debrief.objects.filter(answered_at__isnull=False, taken_in_at__isnull=True).order_by("answered_at", "pk")


def debrief_url(debrief: Debrief) -> str:
    """Return the absolute address of a member's form, signed and good for ``DEBRIEF_LINK_DAYS`` days from now."""
    return settings.SITE_URL + debrief_path(debrief.pk)


def debrief_path(debrief_id: int) -> str:
    """Return the same address without the site's own."""
    return reverse("delegations:debrief", args=[signing.dumps(debrief_id, salt=DEBRIEF_SALT)])


def debrief_of_link(token: str) -> Debrief:
    """Return whose form the link opens. Raises ``DebriefLinkBroken`` for one that is not ours or too old."""
    age = timedelta(days=settings.DEBRIEF_LINK_DAYS)
    try:
        key = signing.loads(token, salt=DEBRIEF_SALT, max_age=age)
        return Debrief.objects.select_related("delegation__region", "user").get(pk=key)
    except (signing.BadSignature, Debrief.DoesNotExist) as error:
        raise DebriefLinkBroken(_("This link is not complete or too old.")) from error
