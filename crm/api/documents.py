from rest_framework import serializers

from crm.api.nouns import RECORD_FIELDS, AboutField, VisibleViewSet
from crm.documents.models import Document
from crm.documents.queries import documents_visible_to


class DocumentSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField(slug_field="code", read_only=True)
    about = AboutField()

    class Meta:
        model = Document
        fields = [
            *RECORD_FIELDS,
            "region",
            "about",
            "kind",
            "title",
            "number",
            "date",
            "sender",
            "recipient",
            "addressee",
            "owner",
            "reply_due",
            "answered_by",
            "file_name",
        ]


class DocumentViewSet(VisibleViewSet):
    """Papers and letters of any record."""

    visible = staticmethod(documents_visible_to)
    related = ("region",)
    serializer_class = DocumentSerializer
    filterset_fields = {
        "region__code": ["exact"],
        "kind": ["exact"],
        "about_type__model": ["exact"],
        "about_id": ["exact"],
        "date": ["gte", "lte"],
        "reply_due": ["lte"],
    }
    ordering_fields = ["date", "updated_at"]
