"""Which reports there are, and which of their sentences a record came from."""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet

from crm.accounts.models import User
from crm.accounts.queries import within_regions_of
from crm.delegations.choices import DelegationStatus
from crm.delegations.models import DebriefEntry, Delegation
from crm.delegations.queries import delegations_visible_to
from crm.reference.models import Region
from crm.shared.searching import folded_text, search_records
from leads.visit_reports.choices import Decision, Match, ReportState
from leads.visit_reports.models import ReportCommit, Suggestion, VisitReport
from leads.visit_reports.queries.marking import Sentence, marked_sentences

#: Two or three pages: nobody looks for a report by a word further on.
SEARCHED_CHARACTERS = 10_000
#: A reader that has said nothing for this long is taken for dead; well above the tasks' time limit.
STALE_AFTER = timedelta(minutes=10)
LONG_COLUMNS = ("text", "draft", "search_text")


def reports_visible_to(user: User | AnonymousUser) -> QuerySet[VisitReport]:
    return within_regions_of(user, VisitReport.objects.all())


def report_search_keys(report: VisitReport) -> dict[str, str]:
    """Return what the report is found by: its title, its file's name, and its words up to a few pages."""
    return {"search_text": folded_text([report.title, report.file_name, report.text[:SEARCHED_CHARACTERS]])}


def suggestions_visible_to(user: User | AnonymousUser) -> QuerySet[Suggestion]:
    return within_regions_of(user, Suggestion.objects.all(), field="report__region")


def commits_visible_to(user: User | AnonymousUser) -> QuerySet[ReportCommit]:
    return within_regions_of(user, ReportCommit.objects.all(), field="report__region")


def reports_listed(user: User | AnonymousUser, *, state: str = "", words: str = "") -> QuerySet[VisitReport]:
    """Return the reports for a list, without their long texts: ``open_cards`` counts what is still to be chosen.

    ``state`` limits to one state (``"waiting"`` means uploaded or being read), ``words`` to what reports are found by.
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
    reports = search_records(reports, words)
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


def visits_to_report_on(user: User | AnonymousUser) -> QuerySet[Delegation]:
    """Return the visits that ``user`` sees and that have no report with a file, the newest first."""
    written = VisitReport.objects.active().filter(delegation=OuterRef("pk")).exclude(file="", text="")
    visits = delegations_visible_to(user).filter(archived_at__isnull=True).exclude(status=DelegationStatus.CANCELLED)
    return visits.filter(~Exists(written)).order_by("-start_date", "-pk")


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
    """A sentence of a report that a record was read from, with the words marked; or what a member told of it."""

    report: VisitReport
    sentence: Sentence | None
    told: DebriefEntry | None = None

    @property
    def hue(self) -> str:
        """The stylesheet's hue of the kind of card it belongs to."""
        passages = self.sentence.passages if self.sentence else []
        return next((passage.hue for passage in passages if passage.hue), "")


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
    suggestions = Suggestion.objects.filter(wanted, report__in=reports_visible_to(user))
    suggestions = suggestions.select_related("report", "debrief_entry__debrief")
    for suggestion in suggestions:
        key = (labels[suggestion.record_type_id or 0], suggestion.record_id or 0)
        sentences = marked_sentences(suggestion.report.text, [suggestion], suggestion.report.language)
        found[key] += [SourceSentence(suggestion.report, one) for one in sentences if one.is_marked]
        if suggestion.debrief_entry is not None:
            found[key].append(SourceSentence(suggestion.report, None, suggestion.debrief_entry))
    return found
