from rest_framework import serializers

from crm.api.nouns import RECORD_FIELDS, VisibleViewSet
from crm.meetings.models import Meeting
from crm.meetings.queries import meetings_visible_to


class MeetingSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Meeting
        fields = [
            *RECORD_FIELDS,
            "region",
            "delegation",
            "subject",
            "date",
            "time",
            "place",
            "companies",
            "topics",
            "summary",
            "owner",
            "outcome",
            "outcome_note",
            "outcome_logged_at",
            "outcome_logged_by",
        ]


class MeetingViewSet(VisibleViewSet):
    visible = staticmethod(meetings_visible_to)
    related = ("region",)
    prefetched = ("companies",)
    serializer_class = MeetingSerializer
    filterset_fields = {
        "region__code": ["exact"],
        "delegation": ["exact"],
        "companies": ["exact"],
        "owner": ["exact"],
        "outcome": ["exact"],
        "date": ["gte", "lte"],
    }
    ordering_fields = ["date", "updated_at"]
