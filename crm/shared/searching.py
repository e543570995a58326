"""The folded ``search_text`` of records: how it is made and how it is searched.

Words are found wherever they stand; where none are, words that resemble them: on PostgreSQL by the trigrams of
``pg_trgm`` and its index, on SQLite by the same measure, reckoned here row by row.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models
from django.db.models import Lookup, Q, QuerySet, TextField

from leads.extraction.folding import fold


def folded_text(parts: Iterable[object]) -> str:
    """Return the folded, non-empty ``parts`` in one line: what ``search_text`` holds."""
    return " ".join(filter(None, (fold(str(part)) for part in parts if part)))


def contains_words(text: str, *, field: str = "search_text") -> Q:
    """Return the condition that ``field`` holds every word of ``text``, whatever script it is written in."""
    condition = Q()
    for word in _words_of(text):
        condition &= Q(**{f"{field}__contains": word})
    return condition


def _words_of(text: str) -> list[str]:
    """Return the folded words to search for. Whatever is sent, databases get a question that they can answer."""
    return fold(text[:LONGEST_QUERY]).split()


#: Letters of a question beyond which nobody types: SQLite knows no pattern of 50,000 and no thousand conditions.
LONGEST_QUERY = 400
#: How alike a word must be: the default of PostgreSQL's ``pg_trgm.word_similarity_threshold``.
RESEMBLING = 0.6
#: Shorter words resemble too much.
SHORTEST_RESEMBLING = 4


@TextField.register_lookup
class Resembles(Lookup):
    """``search_text__resembles="zauit"``: a word of the text is nearly this one."""

    lookup_name = "resembles"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        text, text_parameters = self.process_lhs(compiler, connection)
        word, word_parameters = self.process_rhs(compiler, connection)
        return f"word_similarity({word}, {text}) >= {RESEMBLING}", [*word_parameters, *text_parameters]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        text, text_parameters = self.process_lhs(compiler, connection)
        word, word_parameters = self.process_rhs(compiler, connection)
        return f"{text} %%> {word}", [*text_parameters, *word_parameters]


def resembles_words(text: str) -> Q | None:
    """Return the condition that ``search_text`` holds words like those of ``text``; None where all are too short."""
    words = [word for word in _words_of(text) if len(word) >= SHORTEST_RESEMBLING]
    condition = Q()
    for word in words:
        condition &= Q(search_text__resembles=word)
    return condition if words else None


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
