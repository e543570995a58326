"""Reads of what people do not want to be asked, and of what they left unanswered."""

from collections.abc import Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from crm.accounts.models import User
from crm.reminders.choices import DeliveryState, Silence
from crm.reminders.models import DigestDelivery, DigestItem, Snooze

#: One question to one person: the key of the owner, the rule, the record.
Question = tuple[int, str, tuple[str, int]]
#: A digest older than this is no longer the one before: two weeks, and what holidays and failures put off.
LAST_DIGEST = timedelta(days=17)
#: So often a digest asks the same before the manager hears of it.
IGNORED = 2
MOST_IGNORED = 40


def silenced(user_ids: Iterable[int], *, on: date) -> set[Question]:
    """Return what the users put off beyond the day ``on``, declined, or never want to be asked. One query."""
    rows = Snooze.objects.filter(Q(until__gt=on) | ~Q(kind=Silence.LATER), user__in=list(user_ids))
    return set(_questions(rows.values_list("user", "rule", "about_type", "about_id")))


def declined_in(region_ids: Collection[int]) -> tuple[set[Question], dict[int, User]]:
    """Return what people of the regions say is not theirs, and these people by key. One query."""
    rows = Snooze.objects.filter(kind=Silence.NOT_MINE, user__region__in=region_ids, user__is_active=True)
    found = list(rows.select_related("user__region"))
    questions = set(_questions((row.user_id, row.rule, row.about_type_id, row.about_id) for row in found))
    return questions, {row.user_id: row.user for row in found}


def silences_of(user: User, *, on: date) -> QuerySet[Snooze]:
    """Return what ``user`` is not asked on the day ``on`` for having put it off or declined it; the soonest first."""
    rows = Snooze.objects.filter(Q(until__gt=on) | ~Q(kind=Silence.LATER), user=user).select_related("about_type")
    return rows.order_by(F("until").asc(nulls_last=True), "pk")


def asked_last_time(user_ids: Collection[int], *, on: date) -> dict[Question, int]:
    """Return what the last digest of each user asked, with the number of digests that did so running. One query."""
    rows = DigestItem.objects.filter(_of_last_digest(on), delivery__user__in=user_ids)
    found = rows.values_list("delivery__user", "rule", "about_type", "about_id", "times")
    return {question: row[-1] for row, question in zip(found, _questions(row[:4] for row in found), strict=True)}


def ignored_in(region_ids: Collection[int], *, on: date) -> tuple[dict[Question, int], dict[int, int]]:
    """Return what two digests running, or more, have asked people of the regions in vain, and how much by region.

    Of each region the longest ignored are returned, with the number of digests; all are counted. Whether they are
    still asked the rules know. One query.
    """
    region = "delivery__user__region"
    ignored = DigestItem.objects.filter(
        _of_last_digest(on), times__gte=IGNORED, delivery__user__is_active=True, **{f"{region}__in": region_ids}
    )
    rows = ignored.annotate(
        place=Window(RowNumber(), partition_by=[F(region)], order_by=[F("times").desc(), F("due_date").asc(), "pk"]),
        in_region=Window(Count("pk"), partition_by=[F(region)]),
    ).filter(place__lte=MOST_IGNORED)
    fields = ("delivery__user", "rule", "about_type", "about_id", "times", region, "in_region")
    found = list(rows.order_by("place").values_list(*fields))
    questions = _questions(row[:4] for row in found)
    return {question: row[4] for row, question in zip(found, questions, strict=True)}, {row[5]: row[6] for row in found}


def _of_last_digest(on: date) -> Q:
    """Return the condition of a digest's item "its digest is the last that its user was due"."""
    since = datetime.combine(on, time.min, tzinfo=UTC) - LAST_DIGEST
    due = DigestDelivery.objects.filter(state__in=[DeliveryState.SENT, DeliveryState.EMPTY])
    newer = due.filter(user=OuterRef("delivery__user"), scheduled_for__gt=OuterRef("delivery__scheduled_for"))
    return Q(~Exists(newer), delivery__state=DeliveryState.SENT, delivery__scheduled_for__gte=since)


def _questions(rows: Iterable[tuple[int, str, int, int]]) -> Iterable[Question]:
    labels: dict[int, str] = {}
    for user, rule, kind, number in rows:
        if kind not in labels:
            found = ContentType.objects.get_for_id(kind)
            labels[kind] = f"{found.app_label}.{found.model}"
        yield user, rule, (labels[kind], number)
