"""The one generic link: a commitment, a note or a document is about any record."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import F, Value
from django.utils.translation import gettext_lazy as _


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


#: The column that names a record, the first that a model has.
NAMING_COLUMNS = ("title", "subject", "name", "summary")


@dataclass(frozen=True, slots=True)
class NamedRecord:
    """What a list of things about records of several kinds shows of one of them."""

    label: str
    pk: int
    title: str
    url: str
    is_archived: bool


def named_records(keys: Iterable[tuple[int, int]]) -> dict[tuple[int, int], NamedRecord]:
    """Return the records of ``keys`` (content type and record number), whatever their kinds, in one query.

    Kinds without a naming column are left out. The caller has made sure that the records may be named.
    """
    by_type: dict[int, set[int]] = defaultdict(set)
    for type_id, pk in keys:
        by_type[type_id].add(pk)
    parts = []
    for type_id, numbers in by_type.items():
        model = ContentType.objects.get_for_id(type_id).model_class()
        column = next((name for name in NAMING_COLUMNS if model and _has_column(model, name)), None)
        if model is not None and column:
            records = model._default_manager.order_by().filter(pk__in=numbers)
            parts.append(records.values_list(Value(type_id), "pk", F(column), "archived_at"))
    rows = parts[0].union(*parts[1:], all=True).order_by() if parts else []
    return {(type_id, pk): _named(type_id, pk, title, archived) for type_id, pk, title, archived in rows}


def _has_column(model: type[models.Model], name: str) -> bool:
    try:
        return bool(model._meta.get_field(name).concrete)
    except FieldDoesNotExist:
        return False


def _named(type_id: int, pk: int, title: str, archived_at: object) -> NamedRecord:
    model = ContentType.objects.get_for_id(type_id).model_class()
    record: Any = model(pk=pk) if model else None
    url = record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""
    label = model._meta.label_lower if model else ""
    return NamedRecord(label=label, pk=pk, title=title, url=url, is_archived=archived_at is not None)
