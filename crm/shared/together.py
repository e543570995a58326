"""Several questions to the database as one statement.

Who has many to ask, a reminder rule beside fifteen others, yields what it wants (``Rows``) instead of fetching it; what
all want at the same time goes to the database together. So the number of statements is that of the longest chain of
questions, whatever the number of those who ask.

    def overdue(asking: Asking) -> Steps[Item]:
        mine, shared = yield Rows(owed.filter(executor=…), COLUMNS), Rows(owed.filter(co_executors=…), COLUMNS)
        for row in [*mine, *shared]:
            yield Item(row.title, …)
"""

from collections import namedtuple
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    Field,
    JSONField,
    QuerySet,
    Value,
)
from django.db.models.functions import JSONArray
from django.utils.timezone import is_naive


@dataclass(frozen=True, slots=True)
class Rows:
    """The ``columns`` of a query's rows, wanted as tuples named by them, in no order."""

    query: QuerySet[Any]
    columns: tuple[str, ...]


#: What is asked at the same time; the answer is a list of rows for each.
Wanted = tuple[Rows, ...]
type Steps[Found] = Generator[Found | Wanted, list[list[Any]], None]


def run_together[Found](steps: Sequence[Steps[Found]]) -> list[list[Found]]:
    """Run all ``steps`` to their end and return what each has found. A query for each question of the longest."""
    found: list[list[Found]] = [[] for _ in steps]
    wanted = {place: _run_on(one, found[place]) for place, one in enumerate(steps)}
    while still := {place: asked for place, asked in wanted.items() if asked is not None}:
        wanted = {place: _run_on(steps[place], found[place], rows) for place, rows in _fetch_each(still).items()}
    return found


def fetch_together(wanted: Wanted) -> list[list[Any]]:
    """Return the rows of each of ``wanted``, in one query; none where nothing is wanted."""
    parts = [
        rows.query.order_by().values_list(Value(place), JSONArray(*rows.columns, output_field=JSONField()))
        for place, rows in enumerate(wanted)
    ]
    readers = [_reader_of(rows) for rows in wanted]
    found: list[list[Any]] = [[] for _ in wanted]
    for place, values in parts[0].union(*parts[1:], all=True).order_by() if parts else ():
        found[place].append(readers[place](values))
    return found


def _run_on[Found](steps: Steps[Found], found: list[Found], rows: list[list[Any]] | None = None) -> Wanted | None:
    """Give ``steps`` the rows they wait for, and take what they find up to their next question; ``None`` at the end."""
    try:
        out = next(steps) if rows is None else steps.send(rows)
        while not isinstance(out, tuple):
            found.append(out)
            out = next(steps)
    except StopIteration:
        return None
    return out


def _fetch_each(wanted: Mapping[int, Wanted]) -> dict[int, list[list[Any]]]:
    rows = iter(fetch_together(tuple(one for asked in wanted.values() for one in asked)))
    return {place: [next(rows) for _ in asked] for place, asked in wanted.items()}


def _reader_of(rows: Rows) -> Callable[[list[Any]], Any]:
    """Return what makes a named tuple of the values of a row, which come as JSON knows them."""
    query = rows.query.all().query
    fields = [F(column).resolve_expression(query).output_field for column in rows.columns]
    parsed = [(place, parse) for place, field in enumerate(fields) if (parse := _parser_of(field))]
    make = _row_class(rows.columns)._make

    def read(values: list[Any]) -> Any:
        for place, parse in parsed:
            if values[place] is not None:
                values[place] = parse(values[place])
        return make(values)

    return read


@lru_cache
def _row_class(columns: tuple[str, ...]) -> Any:
    return namedtuple("Row", columns)


def _parser_of(field: Field) -> Callable[[Any], Any] | None:
    """Return what makes a value of the field out of one that JSON knows; ``None`` where it is one."""
    if isinstance(field, DateTimeField):
        return _moment
    return field.to_python if isinstance(field, DateField | DecimalField | BooleanField) else None


def _moment(text: str) -> datetime:
    """Return the moment; SQLite keeps moments in UTC without saying so."""
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if is_naive(moment) else moment
