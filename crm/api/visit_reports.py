from rest_framework import serializers

from crm.api.nouns import RECORD_FIELDS, VisibleViewSet
from leads.visit_reports.models import Suggestion, VisitReport
from leads.visit_reports.queries import reports_visible_to, suggestions_visible_to


class VisitReportSerializer(serializers.ModelSerializer):
    region = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = VisitReport
        fields = [
            *RECORD_FIELDS,
            "region",
            "uploaded_by",
            "state",
            "unreadable_reason",
            "title",
            "file_name",
            "language",
            "published",
            "restriction_marks",
            "engine",
            "read_at",
            "delegation",
        ]
        read_only_fields = fields


class VisitReportDetailSerializer(VisitReportSerializer):
    class Meta(VisitReportSerializer.Meta):
        fields = [*VisitReportSerializer.Meta.fields, "text", "draft"]
        read_only_fields = fields


class VisitReportViewSet(VisibleViewSet):
    visible = staticmethod(reports_visible_to)
    related = ("region",)
    serializer_class = VisitReportSerializer
    filterset_fields = {"region__code": ["exact"], "state": ["exact"], "created_at": ["gte", "lte"]}
    ordering_fields = ["created_at"]

    def get_serializer_class(self) -> type[serializers.ModelSerializer]:
        return VisitReportDetailSerializer if self.action == "retrieve" else VisitReportSerializer


class SuggestionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Suggestion
        fields = [
            "id",
            "version",
            "report",
            "kind",
            "position",
            "values",
            "evidence",
            "candidates",
            "match",
            "company",
            "contact",
            "decision",
            "decided_by",
            "decided_at",
        ]
        read_only_fields = fields


class SuggestionViewSet(VisibleViewSet):
    """The cards of a draft."""

    visible = staticmethod(suggestions_visible_to)
    serializer_class = SuggestionSerializer
    filterset_fields = ["report", "kind", "decision"]
    ordering_fields = ["position"]
