"""What is asked about delegations that are back: what its members agreed, of each of them and of the secretary."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.delegations.models import Debrief, Delegation
from crm.delegations.queries import STILL_ASKED, debrief_path
from crm.reminders.asking import Asking, Threshold
from crm.reminders.choices import Urgency
from crm.reminders.registry import Item, rule

LABEL = "delegations.delegation"


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
def debriefs_to_answer(asking: Asking) -> Iterator[Item]:
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
    for debrief in awaited.select_related("delegation").order_by("delegation__end_date", "pk"):
        silent[debrief.delegation_id].append(debrief)
        if debrief.user_id in users:
            path = debrief_path(debrief)
            yield _item(debrief.delegation, debrief.user_id, _("tell what was agreed"), path, asking, ("nothing",))
    last_day = asking.days_ago("debrief.secretary")
    for debriefs in silent.values():
        visit = debriefs[0].delegation
        back = last_day(visit.region_id, asking.regions[visit.region_id])
        if visit.secretary_id in users and visit.end_date <= back:
            why = lazy_why(len(debriefs), debriefs[0].asked)
            yield _item(visit, visit.secretary_id, why, visit.get_absolute_url(), asking, ("remind", "enough"))


def _item(
    visit: Delegation, owner: int | None, why: object, url: str, asking: Asking, answers: tuple[str, ...]
) -> Item:
    assert owner is not None  # noqa: S101 - told to the type checker: the caller filtered
    return Item(
        rule="debrief",
        owner_id=owner,
        about=(LABEL, visit.pk),
        title=visit.title,
        why=why,
        url=url,
        urgency=Urgency.TODAY,
        seen_from=asking.line(visit.region_id),
        due=visit.end_date,
        answers=answers,
    )


def why(silent: int, asked: int) -> str:
    words = ngettext(
        "%(silent)s of %(count)s member has not told yet", "%(silent)s of %(count)s members have not told yet", asked
    )
    return words % {"silent": silent, "count": asked}


lazy_why = lazy(why, str)
