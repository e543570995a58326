from rest_framework import serializers

from crm.api.nouns import RECORD_FIELDS, VisibleViewSet
from crm.delegations.models import Delegation, DelegationMember, DelegationStop, Practice
from crm.delegations.queries import delegations_visible_to, practices_visible_to


class StopSerializer(serializers.ModelSerializer):
    class Meta:
        model = DelegationStop
        fields = ["country", "city", "start_date", "end_date"]


class MemberSerializer(serializers.ModelSerializer):
    class Meta:
        model = DelegationMember
        fields = ["side", "full_name", "position", "is_head", "user", "contact"]


class DelegationSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField(slug_field="code", read_only=True)
    sectors = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    stops = StopSerializer(many=True, read_only=True)
    members = MemberSerializer(many=True, read_only=True)

    class Meta:
        model = Delegation
        fields = [
            *RECORD_FIELDS,
            "region",
            "title",
            "direction",
            "status",
            "purpose",
            "start_date",
            "end_date",
            "secretary",
            "sectors",
            "companies",
            "stops",
            "members",
        ]


class DelegationViewSet(VisibleViewSet):
    visible = staticmethod(delegations_visible_to)
    related = ("region",)
    prefetched = ("sectors", "companies", "stops", "members")
    serializer_class = DelegationSerializer
    filterset_fields = {
        "region__code": ["exact"],
        "direction": ["exact"],
        "status": ["exact"],
        "start_date": ["gte", "lte"],
        "stops__country": ["exact"],
    }
    ordering_fields = ["start_date", "updated_at"]


class PracticeSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Practice
        fields = [*RECORD_FIELDS, "region", "delegation", "company", "topic", "summary", "status", "owner"]


class PracticeViewSet(VisibleViewSet):
    """What was seen there and is worth adopting here."""

    visible = staticmethod(practices_visible_to)
    related = ("region",)
    serializer_class = PracticeSerializer
    filterset_fields = ["region__code", "status", "topic", "delegation", "owner"]
    ordering_fields = ["created_at", "updated_at"]
