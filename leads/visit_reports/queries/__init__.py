"""Reads of visit reports."""

from leads.visit_reports.queries.cards import Card, Draft, accept_summary, cards_of, words_of
from leads.visit_reports.queries.engines import language_model_allowed, language_model_host, language_model_offered
from leads.visit_reports.queries.marking import (
    Passage,
    Sentence,
    evidence_id,
    marked_sentences,
    restriction_marks_in,
    sentence_numbers,
    sentences_of,
)
from leads.visit_reports.queries.reports import (
    LONG_COLUMNS,
    SourceSentence,
    commits_visible_to,
    digest_of,
    report_search_keys,
    report_with_text,
    reports_listed,
    reports_to_read,
    reports_visible_to,
    source_sentences_of,
    state_counts,
    suggestions_visible_to,
    visits_to_report_on,
)
from leads.visit_reports.queries.samples import Sample, sample_named, samples

__all__ = [
    "LONG_COLUMNS",
    "Card",
    "Draft",
    "Passage",
    "Sample",
    "Sentence",
    "SourceSentence",
    "accept_summary",
    "cards_of",
    "commits_visible_to",
    "digest_of",
    "evidence_id",
    "language_model_allowed",
    "language_model_host",
    "language_model_offered",
    "marked_sentences",
    "report_search_keys",
    "report_with_text",
    "reports_listed",
    "reports_to_read",
    "reports_visible_to",
    "restriction_marks_in",
    "sample_named",
    "samples",
    "sentence_numbers",
    "sentences_of",
    "source_sentences_of",
    "state_counts",
    "suggestions_visible_to",
    "visits_to_report_on",
    "words_of",
]
