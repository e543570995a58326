from rest_framework import serializers

from crm.api.nouns import RECORD_FIELDS, AboutField, VisibleViewSet
from crm.commitments.models import Commitment
from crm.commitments.queries import commitments_visible_to


class CommitmentSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField(slug_field="code", read_only=True)
    about = AboutField()

    class Meta:
        model = Commitment
        fields = [
            *RECORD_FIELDS,
            "region",
            "about",
            "side",
            "text",
            "due_date",
            "status",
            "executor",
            "executor_name",
            "co_executors",
            "company",
            "source_document",
            "source_item",
            "under_control",
            "blocked_by",
            "blocked_since",
            "closed_at",
            "closed_by",
            "proof",
        ]


class CommitmentViewSet(VisibleViewSet):
    """What each side will do by when, about any record."""

    visible = staticmethod(commitments_visible_to)
    related = ("region",)
    prefetched = ("co_executors",)
    serializer_class = CommitmentSerializer
    filterset_fields = {
        "region__code": ["exact"],
        "side": ["exact"],
        "status": ["exact"],
        "executor": ["exact"],
        "company": ["exact"],
        "about_type__model": ["exact"],
        "about_id": ["exact"],
        "due_date": ["gte", "lte"],
    }
    ordering_fields = ["due_date", "updated_at"]
