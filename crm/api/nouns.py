"""What every noun's view set and serializer share."""

from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.filters import OrderingFilter
from rest_framework.permissions import SAFE_METHODS, BasePermission, IsAuthenticated
from rest_framework.request import Request

RECORD_FIELDS = ("id", "version", "created_at", "updated_at", "archived_at")


class WritersWrite(BasePermission):
    """Whoever sees a record but may not write is told so before anything else that is wrong with the request."""

    def has_object_permission(self, request: Request, view: Any, obj: Model) -> bool:
        return request.method in SAFE_METHODS or bool(request.user.may_write)


class VisibleViewSet(viewsets.ReadOnlyModelViewSet):
    """List and read what the user may see; a record outside is a 404. Archived ones only on ``?archived=true``.

    ``visible`` is the noun's ``…_visible_to(user)``; ``related`` and ``prefetched`` keep lists at a fixed number of
    queries.
    """

    visible: Callable[[Any], QuerySet]
    related: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()
    permission_classes = [IsAuthenticated, WritersWrite]
    filter_backends = [DjangoFilterBackend, OrderingFilter]

    def get_queryset(self) -> QuerySet:
        records = type(self).visible(self.request.user)
        if getattr(self, "swagger_fake_view", False):
            return records.none()
        if self.action == "list" and hasattr(records, "active"):
            wanted = self.request.query_params.get("archived", "").lower() == "true"
            records = records.exclude(archived_at=None) if wanted else records.active()
        if self.related:
            records = records.select_related(*self.related)
        return records.prefetch_related(*self.prefetched)


@extend_schema_field(
    {
        "type": "object",
        "nullable": True,
        "properties": {"type": {"type": "string", "example": "deals.deal"}, "id": {"type": "integer"}},
    }
)
class AboutField(serializers.Field):
    """The record that a commitment, a note or a document is about, as its type and number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(source="*", read_only=True, **kwargs)

    def to_representation(self, value: Model) -> dict[str, Any] | None:
        type_id = value.about_type_id  # type: ignore[attr-defined]
        if type_id is None:
            return None
        content_type = ContentType.objects.get_for_id(type_id)
        return {"type": f"{content_type.app_label}.{content_type.model}", "id": value.about_id}  # type: ignore[attr-defined]
