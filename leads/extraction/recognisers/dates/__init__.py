"""Dates and ranges, with or without a year, in figures, words and as told from the day of publication."""

from datetime import date

from leads.extraction.document import Document
from leads.extraction.recognisers.dates.figures import in_figures
from leads.extraction.recognisers.dates.joining import joined, with_deadline
from leads.extraction.recognisers.dates.mention import DateMention
from leads.extraction.recognisers.dates.named import WEEKDAYS, with_month
from leads.extraction.recognisers.dates.relative import told_from

__all__ = ["WEEKDAYS", "DateMention", "recognise", "settled"]


def recognise(document: Document) -> tuple[DateMention, ...]:
    """Return the dates of a text in order, in figures and with the month's name; joined where they make one range."""
    found = joined(document, (*in_figures(document.text), *with_month(document)))
    return tuple(with_deadline(document, mention) for mention in found)


def settled(document: Document, found: tuple[DateMention, ...], published: date | None) -> tuple[DateMention, ...]:
    """Return the dates found with those that only the day of publication settles ("yesterday", "on Tuesday")."""
    plain = list(found)
    every = joined(document, (*plain, *told_from(document, plain, published)))
    return tuple(with_deadline(document, mention, published) for mention in every)
