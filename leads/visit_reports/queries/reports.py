"""Which reports there are, and which of their sentences a record came from."""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Model, Q, QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.reference.models import Region
from leads.visit_reports.choices import Decision, Match, ReportState
from leads.visit_reports.models import ReportCommit, Suggestion, VisitReport
from leads.visit_reports.queries.marking import Sentence, marked_sentences

#: A reader that has said nothing for this long is taken for dead; well above the tasks' time limit.
STALE_AFTER = timedelta(minutes=10)
LONG_COLUMNS = ("text", "draft")


def reports_visible_to(user: User | AnonymousUser) -> QuerySet[VisitReport]:
    return within_regions_of(user, VisitReport.objects.all())


def suggestions_visible_to(user: User | AnonymousUser) -> QuerySet[Suggestion]:
    return within_regions_of(user, Suggestion.objects.all(), field="report__region")


def commits_visible_to(user: User | AnonymousUser) -> QuerySet[ReportCommit]:
    return within_regions_of(user, ReportCommit.objects.all(), field="report__region")


def reports_listed(user: User | AnonymousUser, *, state: str = "", words: str = "") -> QuerySet[VisitReport]:
    """Return the reports for a list, without their long texts: ``open_cards`` counts what is still to be chosen.

    ``state`` limits to one state (``"waiting"`` means uploaded or being read), ``words`` to titles and file names.
    """
    reports = (
        reports_visible_to(user)
        .filter(archived_at__isnull=True)
        .select_related("uploaded_by", "region", "delegation", "duplicate_of")
    )
    if state == "waiting":
        reports = reports.filter(state__in=(ReportState.UPLOADED, ReportState.READING))
    elif state:
        reports = reports.filter(state=state)
    for word in words.split():
        # SQLite compares Cyrillic letters with their case; the capitalised spelling is tried too.
        either = Q(title__icontains=word) | Q(file_name__icontains=word) | Q(title__contains=word.capitalize())
        reports = reports.filter(either | Q(title__contains=word.lower()))
    undecided = Q(suggestions__commit__isnull=True) & (
        Q(suggestions__match=Match.UNDECIDED) | Q(suggestions__decision=Decision.OPEN)
    )
    return (
        reports.defer(*LONG_COLUMNS)
        .order_by("-created_at", "-pk")
        .annotate(open_cards=Count("suggestions", filter=undecided & ~Q(suggestions__decision=Decision.REJECTED)))
    )


def state_counts(user: User | AnonymousUser) -> dict[str, int]:
    """Return how many reports stand in each state; ``""`` is all of them."""
    rows = (
        reports_visible_to(user).filter(archived_at__isnull=True).order_by().values_list("state").annotate(Count("pk"))
    )
    counts = dict(rows)
    return counts | {
        "": sum(counts.values()),
        "waiting": counts.get(ReportState.UPLOADED, 0) + counts.get(ReportState.READING, 0),
    }


def reports_to_read(*, at: datetime) -> QuerySet[VisitReport]:
    """Return the reports nobody reads: uploaded ones, and those whose reader has been silent for too long."""
    return VisitReport.objects.active().filter(
        Q(state=ReportState.UPLOADED) | Q(state=ReportState.READING, reading_since__lt=at - STALE_AFTER)
    )


def digest_of(text: str) -> str:
    """Return the SHA-256 of the normalised text: composed letters, single spaces."""
    normal = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(normal.encode("utf-8", "replace")).hexdigest()


def report_with_text(region: Region, digest: str) -> VisitReport | None:
    """Return the region's report of the same text, if there is one."""
    return (
        VisitReport.objects.active()
        .filter(region=region, text_digest=digest)
        .select_related("uploaded_by")
        .defer(*LONG_COLUMNS)
        .first()
    )


@dataclass(frozen=True, slots=True)
class SourceSentence:
    """A sentence of a report that a record was read from, with the words marked."""

    report: VisitReport
    sentence: Sentence

    @property
    def hue(self) -> str:
        """The stylesheet's hue of the kind of card it belongs to."""
        return next((passage.hue for passage in self.sentence.passages if passage.hue), "")


def source_sentences_of(
    records: Iterable[Model], *, user: User | AnonymousUser
) -> Mapping[tuple[str, int], list[SourceSentence]]:
    """Return the sentences each record was read from, by ``(model label, pk)``, as far as ``user`` sees the reports."""
    wanted = Q(pk__in=[])
    labels: dict[int, str] = {}
    by_model: dict[type[Model], list[int]] = defaultdict(list)
    for record in records:
        by_model[type(record)].append(record.pk)
    for model, ids in by_model.items():
        kind = ContentType.objects.get_for_model(model)
        labels[kind.pk] = model._meta.label_lower
        wanted |= Q(record_type=kind, record_id__in=ids)
    found: dict[tuple[str, int], list[SourceSentence]] = defaultdict(list)
    suggestions = Suggestion.objects.filter(wanted, report__in=reports_visible_to(user)).select_related("report")
    for suggestion in suggestions:
        key = (labels[suggestion.record_type_id or 0], suggestion.record_id or 0)
        sentences = marked_sentences(suggestion.report.text, [suggestion], suggestion.report.language)
        found[key] += [SourceSentence(suggestion.report, one) for one in sentences if one.is_marked]
    return found
