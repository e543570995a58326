from django.urls import include, path
from rest_framework.routers import DefaultRouter

from crm.api import (
    accounts,
    commitments,
    companies,
    deals,
    delegations,
    documents,
    meetings,
    notes,
    reference,
    visit_reports,
)
from crm.api.documentation import documentation, schema

app_name = "api"

router = DefaultRouter()
router.include_format_suffixes = False
router.register("regions", reference.RegionViewSet, "region")
router.register("sectors", reference.SectorViewSet, "sector")
router.register("currencies", reference.CurrencyViewSet, "currency")
router.register("exchange-rates", reference.ExchangeRateViewSet, "exchange-rate")
router.register("holidays", reference.HolidayViewSet, "holiday")
router.register("offices", reference.OfficeViewSet, "office")
router.register("users", accounts.UserViewSet, "user")
router.register("companies", companies.CompanyViewSet, "company")
router.register("contacts", companies.ContactViewSet, "contact")
router.register("delegations", delegations.DelegationViewSet, "delegation")
router.register("practices", delegations.PracticeViewSet, "practice")
router.register("meetings", meetings.MeetingViewSet, "meeting")
router.register("commitments", commitments.CommitmentViewSet, "commitment")
router.register("notes", notes.NoteViewSet, "note")
router.register("documents", documents.DocumentViewSet, "document")
router.register("deals", deals.DealViewSet, "deal")
router.register("memoranda", deals.MemorandumViewSet, "memorandum")
router.register("deal-values", deals.DealValueViewSet, "deal-value")
router.register("stage-changes", deals.StageChangeViewSet, "stage-change")
router.register("targets", deals.TargetViewSet, "target")
router.register("frozen-figures", deals.FrozenFiguresViewSet, "frozen-figures")
router.register("visit-reports", visit_reports.VisitReportViewSet, "visit-report")
router.register("suggestions", visit_reports.SuggestionViewSet, "suggestion")

urlpatterns = [
    path("schema/", schema, name="schema"),
    path("documentation/", documentation, name="documentation"),
    path("", include(router.urls)),
]
