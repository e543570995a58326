"""What is asked about delegations that are back: what its members agreed, of each of them and of the secretary."""

from collections import defaultdict
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.delegations.models import Debrief
from crm.delegations.queries import STILL_ASKED, debrief_path
from crm.reminders.asking import Asking, Threshold
from crm.reminders.choices import Urgency
from crm.reminders.registry import Item, Questions, rule
from crm.shared.about import address_of
from crm.shared.together import Rows

LABEL = "delegations.delegation"
COLUMNS = (
    *("pk", "user_id", "asked", "delegation_id", "delegation__title"),
    *("delegation__region_id", "delegation__secretary_id", "delegation__end_date"),
)


@rule(
    "debrief",
    title=_("What members agreed"),
    position=15,
    about=LABEL,
    thresholds={
        "days": Threshold(1, _("working days past the return, to each member with an address")),
        "secretary": Threshold(2, _("working days past the return, to the secretary")),
    },
)
def debriefs_to_answer(asking: Asking) -> Questions:
    """Ask each member who has an account and has not told; from day 2 on the secretary about those who have not.

    The mail with the form goes to every member with an address by itself (``ask_for_debriefs``).
    """
    asked = Debrief.objects.filter(delegation=OuterRef("delegation")).order_by().values("delegation")
    awaited = Debrief.objects.filter(
        Q(user__in=asking.user_ids) | Q(delegation__secretary__in=asking.user_ids),
        answered_at__isnull=True,
        closed_at__isnull=True,
        delegation__archived_at__isnull=True,
        delegation__end_date__gte=asking.on - STILL_ASKED,
    ).annotate(asked=Subquery(asked.annotate(number=Count("pk")).values("number")))
    if asking.records is not None:
        awaited = awaited.filter(delegation__in=asking.records.get(LABEL, ()))
    silent: dict[int, list[Any]] = defaultdict(list)
    users = set(asking.user_ids)
    (debriefs,) = yield (Rows(awaited, COLUMNS),)
    for debrief in debriefs:
        silent[debrief.delegation_id].append(debrief)
        if debrief.user_id in users:
            path = debrief_path(debrief.pk)
            yield _item(debrief, debrief.user_id, _("tell what was agreed"), path, asking, ("nothing",))
    last_day = asking.days_ago("debrief.secretary")
    for of_visit in silent.values():
        one = of_visit[0]
        region, secretary = one.delegation__region_id, one.delegation__secretary_id
        if secretary in users and one.delegation__end_date <= last_day(region, asking.regions[region]):
            why, url = lazy_why(len(of_visit), one.asked), address_of(LABEL, one.delegation_id)
            yield _item(one, secretary, why, url, asking, ("remind", "enough"))


def _item(debrief: Any, owner: int, why: object, url: str, asking: Asking, answers: tuple[str, ...]) -> Item:
    return Item(
        rule="debrief",
        owner_id=owner,
        about=(LABEL, debrief.delegation_id),
        title=debrief.delegation__title,
        why=why,
        url=url,
        urgency=Urgency.TODAY,
        seen_from=asking.line(debrief.delegation__region_id),
        due=debrief.delegation__end_date,
        answers=answers,
    )


def why(silent: int, asked: int) -> str:
    words = ngettext(
        "%(silent)s of %(count)s member has not told yet", "%(silent)s of %(count)s members have not told yet", asked
    )
    return words % {"silent": silent, "count": asked}


lazy_why = lazy(why, str)
