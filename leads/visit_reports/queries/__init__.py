"""Reads of visit reports."""

from leads.visit_reports.queries.cards import Card, Draft, accept_summary, cards_of, words_of
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
    SourceSentence,
    commits_visible_to,
    digest_of,
    report_with_text,
    reports_listed,
    reports_to_read,
    reports_visible_to,
    source_sentences_of,
    state_counts,
    suggestions_visible_to,
)
from leads.visit_reports.queries.samples import Sample, sample_named, samples

__all__ = [
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
    "marked_sentences",
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
    "words_of",
]
