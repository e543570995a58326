from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from crm.api.nouns import RECORD_FIELDS, AboutField, VisibleViewSet
from crm.commitments.models import Commitment
from crm.commitments.queries import commitments_visible_to

#: What leads from a commitment to records that a partner does not see.
BEHIND = ("about", "source_document")


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

    def to_representation(self, instance: Commitment) -> dict[str, Any]:
        """Show a partner what it carries out, not which record stands behind it."""
        shown: dict[str, Any] = super().to_representation(instance)
        hidden = () if self.context["request"].user.sees_region else BEHIND
        return shown | dict.fromkeys(hidden)


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

    def get_queryset(self) -> QuerySet:
        """Let no partner ask which record a commitment is about, either."""
        asked = {"about_type__model", "about_id"} & set(self.request.query_params)
        commitments = super().get_queryset()
        return commitments.none() if asked and not self.request.user.sees_region else commitments
