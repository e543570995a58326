from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from crm.api.nouns import RECORD_FIELDS, VisibleViewSet
from leads.visit_reports import services
from leads.visit_reports.choices import Decision, Match, ReportEngine
from leads.visit_reports.models import ReportCommit, Suggestion, VisitReport
from leads.visit_reports.queries import commits_visible_to, reports_visible_to, suggestions_visible_to


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
            "asked_engine",
            "engine",
            "engine_failure",
            "read_at",
            "delegation",
        ]
        read_only_fields = fields


class VisitReportDetailSerializer(VisitReportSerializer):
    class Meta(VisitReportSerializer.Meta):
        fields = [*VisitReportSerializer.Meta.fields, "text", "draft"]
        read_only_fields = fields


class UploadSerializer(serializers.Serializer):
    file = serializers.FileField(required=False, help_text="Word (.docx), PDF with text, text, HTML or e-mail.")
    text = serializers.CharField(required=False, allow_blank=True, default="", trim_whitespace=False)
    published = serializers.DateField(required=False, allow_null=True, default=None)
    not_restricted = serializers.BooleanField(required=False, default=False)
    engine = serializers.ChoiceField(
        choices=ReportEngine.choices,
        required=False,
        default=ReportEngine.EMBEDDED,
        help_text="`llm` sends the text to the language model, where the region's administrator allows it.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if bool(attrs.get("file")) == bool(attrs["text"]):
            raise serializers.ValidationError(_("Give either a file or a text."))
        return attrs


class AcceptSerializer(serializers.Serializer):
    idempotency_key = serializers.UUIDField(help_text="Sent again, the same key gives the same acceptance.")


class ReportCommitSerializer(serializers.ModelSerializer):
    class Meta:
        model = ReportCommit
        fields = ["id", "report", "by", "at", "undone_at", "undone_by"]
        read_only_fields = fields


class VisitReportViewSet(VisibleViewSet):
    """Reports from upload to acceptance: ``POST`` a file or a text, wait until ``state`` is ``in_review``, decide on
    the ``suggestions``, ``accept``.
    """

    visible = staticmethod(reports_visible_to)
    takes_files = True
    related = ("region",)
    serializer_class = VisitReportSerializer
    filterset_fields = {"region__code": ["exact"], "state": ["exact"], "created_at": ["gte", "lte"]}
    ordering_fields = ["created_at"]

    def get_serializer_class(self) -> type[serializers.ModelSerializer]:
        return VisitReportDetailSerializer if self.action == "retrieve" else VisitReportSerializer

    @extend_schema(request=UploadSerializer, responses={202: VisitReportSerializer})
    def create(self, request: Request) -> Response:
        """Upload a report; it is read by a task, so ask again until its state is no longer ``uploaded``."""
        asked = UploadSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        file = given.get("file")
        report = services.upload_report(
            by=request.user,
            data=file.read() if file else b"",
            file_name=file.name if file else "",
            text=given["text"],
            published=given["published"],
            not_restricted=given["not_restricted"],
            engine=given["engine"],
        )
        return Response(VisitReportSerializer(report).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=AcceptSerializer, responses={201: ReportCommitSerializer})
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str | None = None) -> Response:
        """Make records of every accepted suggestion that waits for no choice."""
        report = self.get_object()
        asked = AcceptSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        commit = services.commit_report(
            report, by=request.user, idempotency_key=asked.validated_data["idempotency_key"]
        )
        return Response(ReportCommitSerializer(commit).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=ReportCommitSerializer)
    @action(detail=True, methods=["post"], url_path=r"acceptances/(?P<commit>\d+)/undo")
    def undo(self, request: Request, commit: str, pk: str | None = None) -> Response:
        """Archive what an acceptance made, as long as nobody has worked on it."""
        report = self.get_object()
        found = get_object_or_404(commits_visible_to(request.user), pk=commit, report=report)
        return Response(ReportCommitSerializer(services.undo_commit(found, by=request.user)).data)

    @extend_schema(request=None, responses=VisitReportSerializer)
    @action(detail=True, methods=["post"])
    def reject(self, request: Request, pk: str | None = None) -> Response:
        """Close a report of which nothing is wanted."""
        report = services.reject_report(self.get_object(), by=request.user)
        return Response(VisitReportSerializer(report).data)


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


class DecideSerializer(serializers.Serializer):
    decision = serializers.ChoiceField(choices=Decision.choices, required=False)
    match = serializers.ChoiceField(choices=[Match.KNOWN, Match.NEW], required=False)
    known_id = serializers.IntegerField(
        required=False, help_text="The company or contact that it is, out of candidates."
    )
    values = serializers.DictField(required=False, help_text="Corrected values by field.")
    version = serializers.IntegerField(help_text="The suggestion's version that you know.")


class SuggestionViewSet(VisibleViewSet):
    """The cards of a draft; ``decide`` corrects, matches, accepts or rejects one."""

    visible = staticmethod(suggestions_visible_to)
    serializer_class = SuggestionSerializer
    filterset_fields = ["report", "kind", "decision"]
    ordering_fields = ["position"]

    @extend_schema(request=DecideSerializer, responses=SuggestionSerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str | None = None) -> Response:
        suggestion = self.get_object()
        asked = DecideSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        decided = services.decide_suggestion(
            suggestion,
            by=request.user,
            values=given.get("values"),
            decision=given.get("decision"),
            match=given.get("match"),
            known_id=given.get("known_id"),
            expected_version=given["version"],
        )
        return Response(SuggestionSerializer(decided).data)
