"""The folded ``search_text`` of records: how it is made and how it is searched."""

from collections.abc import Iterable, Mapping

from django.db import models
from django.db.models import Q, QuerySet

from leads.extraction.folding import fold


def folded_text(parts: Iterable[object]) -> str:
    """Return the folded, non-empty ``parts`` in one line: what ``search_text`` holds."""
    return " ".join(filter(None, (fold(str(part)) for part in parts if part)))


def contains_words(text: str, *, field: str = "search_text") -> Q:
    """Return the condition that ``field`` holds every word of ``text``, whatever script it is written in."""
    condition = Q()
    for word in fold(text).split():
        condition &= Q(**{f"{field}__contains": word})
    return condition


def search_records[RecordType: models.Model](records: QuerySet[RecordType], text: str) -> QuerySet[RecordType]:
    """Return the ``records`` whose ``search_text`` holds every word of ``text``; all of them for an empty one."""
    return records.filter(contains_words(text))


def store_search_keys(record: models.Model, keys: Mapping[str, str]) -> bool:
    """Write the folded columns ``keys`` where they differ from what is stored; return whether they did.

    Derived data: neither the version nor the history nor the audit log takes notice.
    """
    stale = type(record)._default_manager.filter(pk=record.pk).exclude(**keys).update(**keys)
    for name, value in keys.items():
        setattr(record, name, value)
    return bool(stale)
