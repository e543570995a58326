"""The one generic link: a commitment, a note or a document is about any record."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, cast

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import ExpressionWrapper, F, OuterRef, Q, Subquery, Value
from django.utils.translation import gettext_lazy as _

from crm.shared.registries import visible_records
from crm.shared.together import Rows, Wanted


class AboutRecord(models.Model):
    """``about`` is the record; ``about_type`` and ``about_id`` are its key, indexed in each concrete model."""

    about_type = models.ForeignKey(
        ContentType, on_delete=models.PROTECT, related_name="+", verbose_name=_("about what kind of record")
    )
    about_id = models.PositiveBigIntegerField(_("about record number"))
    about = GenericForeignKey("about_type", "about_id")

    class Meta:
        abstract = True


def about(record: models.Model) -> dict[str, Any]:
    """Return the look-up (or the fields) that says "about this record"."""
    return {"about_type": ContentType.objects.get_for_model(record), "about_id": record.pk}


def visible_about(user: Any, rows: Iterable[AboutRecord]) -> dict[tuple[int, int], models.Model]:
    """Return the records that ``rows`` are about as far as ``user`` may see them, by content type and record number.

    One query for each kind of record.
    """
    by_type: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        by_type[row.about_type_id].add(row.about_id)
    records: dict[tuple[int, int], models.Model] = {}
    for type_id, numbers in by_type.items():
        kind = ContentType.objects.get_for_id(type_id)
        for visible_to in visible_records.contributions(f"{kind.app_label}.{kind.model}"):
            found = cast("models.QuerySet[models.Model]", visible_to(user)).filter(pk__in=numbers)
            records |= {(type_id, record.pk): record for record in found}
    return records


#: The column that names a record, the first that a model has.
NAMING_COLUMNS = ("title", "subject", "name", "summary")
#: The column that says who answers for a record.
OWNING_COLUMNS = ("owner", "secretary")


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """What a list of things about records of several kinds shows of one of them."""

    label: str
    pk: int
    title: str
    url: str
    is_over: bool


def rows_of_records(keys: Iterable[tuple[int, int]]) -> Wanted:
    """Return what to fetch to name the records of ``keys`` (content type and record number), whatever their kinds.

    Kinds without a naming column are left out. The caller has made sure that the records may be named.
    """
    by_type: dict[int, set[int]] = defaultdict(set)
    for type_id, pk in keys:
        by_type[type_id].add(pk)
    parts = []
    for type_id, numbers in by_type.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        column = _column(model, NAMING_COLUMNS) if model else None
        if model is not None and column:
            records = model._default_manager.order_by().filter(pk__in=numbers)
            over = ExpressionWrapper(_over(model), models.BooleanField())
            records = records.annotate(behind_type=Value(type_id), behind_title=F(column), behind_over=over)
            parts.append(Rows(records, ("behind_type", "pk", "behind_title", "behind_over")))
    return tuple(parts)


def records_named(found: Iterable[Iterable[Any]]) -> dict[tuple[int, int], NamedRecord]:
    """Return the records that ``rows_of_records`` has found, by content type and record number.

    ``is_over``: archived, or at rest (a model may say by the condition ``at_rest`` when nothing is asked about its
    records).
    """
    return {(row.behind_type, row.pk): _named(*row) for row in chain.from_iterable(found)}


def rows_by_owner[RowType: AboutRecord](
    rows: models.QuerySet[RowType], kinds: Iterable[str], owner_ids: Collection[int], columns: tuple[str, ...]
) -> Wanted:
    """Return what to fetch of those ``rows`` whose record somebody of ``owner_ids`` answers for.

    ``kinds`` are labels of models; those that nobody owns are left out, and so are records that are over. Beside
    ``columns``, which name the record's type and key, a row has ``behind_owner`` and ``behind_title``.
    """
    parts = []
    for model in map(apps.get_model, kinds):
        owner, title = _column(model, OWNING_COLUMNS), _column(model, NAMING_COLUMNS)
        if owner is None or title is None:
            continue
        kind = ContentType.objects.get_for_model(model)
        owned = model._default_manager.order_by().exclude(_over(model)).filter(**{f"{owner}__in": owner_ids})
        behind = owned.filter(pk=OuterRef("about_id"))
        found = rows.order_by().filter(about_type=kind, about_id__in=owned.values("pk"))
        named = found.annotate(behind_owner=Subquery(behind.values(owner)), behind_title=Subquery(behind.values(title)))
        parts.append(Rows(named, (*columns, "behind_owner", "behind_title")))
    return tuple(parts)


def record_behind(row: Any) -> NamedRecord:
    """Return the record behind a row of ``rows_by_owner``."""
    return _named(row.about_type_id, row.about_id, row.behind_title, False)


def _column(model: type[models.Model], names: Iterable[str]) -> str | None:
    """Return the first of ``names`` that is a column of the model."""
    return next((name for name in names if _has_column(model, name)), None)


def _has_column(model: type[models.Model], name: str) -> bool:
    try:
        return bool(model._meta.get_field(name).concrete)
    except FieldDoesNotExist:
        return False


def _over(model: type[models.Model]) -> Q:
    at_rest: Q | None = getattr(model, "at_rest", None)
    archived = Q(archived_at__isnull=False)
    return archived | at_rest if at_rest else archived


def _named(type_id: int, pk: int, title: str, is_over: object) -> NamedRecord:
    model = ContentType.objects.get_for_id(type_id).model_class()
    label = model._meta.label_lower if model else ""
    return NamedRecord(label=label, pk=pk, title=title, url=address_of(label, pk), is_over=bool(is_over))


def address_of(label: str, pk: int) -> str:
    """Return the address of the page of a record, "" where its kind has none; a list asks this for each of its rows."""
    return f"{pk}".join(_address_around(label))


@lru_cache
def _address_around(label: str) -> tuple[str, ...]:
    """Return what stands before and after the key in the address of a record of that kind."""
    record: Any = apps.get_model(label)(pk=_SOME_KEY) if label else None
    url = record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""
    return tuple(url.split(str(_SOME_KEY)))


#: A key that stands for any in an address.
_SOME_KEY = 9_876_543_210
