from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from crm.api.nouns import RECORD_FIELDS, VisibleViewSet
from leads.deals.choices import Stage
from leads.deals.gates import missing_for, next_stage
from leads.deals.models import Deal, DealValue, FrozenFigures, Memorandum, StageChange, Target
from leads.deals.queries import (
    deals_visible_to,
    frozen_figures_visible_to,
    memoranda_visible_to,
    stage_changes_visible_to,
    targets_visible_to,
    values_visible_to,
)
from leads.deals.services import move_deal


class DealSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField(slug_field="code", read_only=True)
    sector = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Deal
        fields = [
            *RECORD_FIELDS,
            "region",
            "title",
            "summary",
            "company",
            "counterpart",
            "contact",
            "delegation",
            "meetings",
            "sector",
            "kind",
            "stage",
            "stage_entered_at",
            "health",
            "lost_reason",
            "lost_to",
            "owner",
            "curator",
            "district",
            "negotiating",
            "expected_start",
            "started_on",
            "site",
            "site_not_needed",
            "permits_not_needed",
            "platform_number",
            "platform_checked_at",
            "last_activity_at",
        ]


class MoveSerializer(serializers.Serializer):
    to_stage = serializers.ChoiceField(choices=Stage.choices)
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)
    pass_gate = serializers.BooleanField(
        required=False, default=False, help_text="A manager lets the deal pass what is missing; the reason is logged."
    )
    version = serializers.IntegerField(help_text="The deal's version that you know; 412 when somebody saved since.")


class GapSerializer(serializers.Serializer):
    field = serializers.CharField()
    label = serializers.CharField()
    how = serializers.CharField()
    passable = serializers.BooleanField()


class GateSerializer(serializers.Serializer):
    stage = serializers.CharField(allow_null=True, help_text="The next stage; null for a realised deal.")
    missing = GapSerializer(many=True)


class DealViewSet(VisibleViewSet):
    """Deals. ``gate`` says what the next stage still needs; ``move`` moves through the same gate as the board."""

    visible = staticmethod(deals_visible_to)
    related = ("region", "sector")
    prefetched = ("meetings",)
    serializer_class = DealSerializer
    filterset_fields = {
        "region__code": ["exact"],
        "stage": ["exact", "in"],
        "health": ["exact"],
        "kind": ["exact"],
        "owner": ["exact"],
        "company": ["exact"],
        "delegation": ["exact"],
        "sector__code": ["exact"],
        "last_activity_at": ["gte", "lte"],
    }
    ordering_fields = ["last_activity_at", "stage_entered_at", "updated_at"]

    @extend_schema(responses=GateSerializer)
    @action(detail=True)
    def gate(self, request: Request, pk: str | None = None) -> Response:
        deal = self.get_object()
        stage = next_stage(deal)
        missing = missing_for(deal, stage) if stage else []
        return Response(GateSerializer({"stage": stage, "missing": missing}).data)

    @extend_schema(request=MoveSerializer, responses=DealSerializer)
    @action(detail=True, methods=["post"])
    def move(self, request: Request, pk: str | None = None) -> Response:
        """Move the deal to a stage. A gate that is not met is a 400 that names what is missing."""
        deal = self.get_object()
        asked = MoveSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        wanted = asked.validated_data
        moved = move_deal(
            deal,
            by=request.user,
            to_stage=wanted["to_stage"],
            reason=wanted["reason"],
            pass_gate=wanted["pass_gate"],
            expected_version=wanted["version"],
        )
        return Response(DealSerializer(moved, context=self.get_serializer_context()).data)


class MemorandumSerializer(serializers.ModelSerializer):
    currency = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Memorandum
        fields = [
            *RECORD_FIELDS,
            "deal",
            "parties",
            "signed_on",
            "amount",
            "currency",
            "expires_on",
            "next_milestone",
            "answerable",
        ]


class MemorandumViewSet(VisibleViewSet):
    visible = staticmethod(memoranda_visible_to)
    related = ("currency",)
    serializer_class = MemorandumSerializer
    filterset_fields = {"deal": ["exact"], "signed_on": ["gte", "lte"], "expires_on": ["gte", "lte"]}
    ordering_fields = ["signed_on", "expires_on"]


class DealValueSerializer(serializers.ModelSerializer):
    currency = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = DealValue
        fields = [
            *RECORD_FIELDS,
            "deal",
            "kind",
            "date",
            "amount",
            "currency",
            "amount_reporting",
            "rate",
            "rate_date",
            "jobs",
            "evidence",
            "confirmed_at",
            "confirmed_by",
        ]


class DealValueViewSet(VisibleViewSet):
    """Announced, agreed and realised figures; ``amount_reporting`` is null until a rate is known."""

    visible = staticmethod(values_visible_to)
    related = ("currency",)
    serializer_class = DealValueSerializer
    filterset_fields = {"deal": ["exact"], "kind": ["exact"], "date": ["gte", "lte"]}
    ordering_fields = ["date"]


class StageChangeSerializer(serializers.ModelSerializer):
    class Meta:
        model = StageChange
        fields = ["id", "deal", "from_stage", "to_stage", "at", "by", "reason", "missing"]


class StageChangeViewSet(VisibleViewSet):
    visible = staticmethod(stage_changes_visible_to)
    serializer_class = StageChangeSerializer
    filterset_fields = {"deal": ["exact"], "at": ["gte", "lte"]}
    ordering_fields = ["at"]


class TargetSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField(slug_field="code", read_only=True)
    sector = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Target
        fields = [*RECORD_FIELDS, "region", "year", "quarter", "district", "curator", "sector", "amount"]


class TargetViewSet(VisibleViewSet):
    """The plan, in the reporting currency."""

    visible = staticmethod(targets_visible_to)
    related = ("region", "sector")
    serializer_class = TargetSerializer
    filterset_fields = ["region__code", "year", "quarter"]
    ordering_fields = ["year"]


class FrozenFiguresSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = FrozenFigures
        fields = [*RECORD_FIELDS, "region", "title", "as_at", "query", "frozen_by", "figures"]


class FrozenFiguresViewSet(VisibleViewSet):
    """The dashboard as it was reported upward: it does not change any more."""

    visible = staticmethod(frozen_figures_visible_to)
    related = ("region",)
    serializer_class = FrozenFiguresSerializer
    filterset_fields = {"region__code": ["exact"], "as_at": ["gte", "lte"]}
    ordering_fields = ["as_at"]
