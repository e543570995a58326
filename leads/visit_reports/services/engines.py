"""Which engine reads a report, and what stands when it fails: always the draft of Sapar's own rules."""

from dataclasses import dataclass

import structlog
from django.conf import settings

from crm.companies.models import Company, CompanyName
from crm.reference.choices import RegionKind
from crm.reference.models import Region
from leads.extraction import extract
from leads.extraction.engines.base import Engine
from leads.extraction.engines.embedded import EmbeddedEngine
from leads.extraction.engines.errors import EngineFailedError
from leads.extraction.readers import DocumentText
from leads.visit_reports.choices import EngineFailureReason, ReportEngine
from leads.visit_reports.models import VisitReport
from leads.visit_reports.queries import language_model_allowed
from leads.visit_reports.services.drafting import Draft

logger = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft, the name of the engine that made it, and why the one that was asked for did not."""

    draft: Draft
    engine: str
    failure: str = ""


def draft_of(report: VisitReport, document: DocumentText) -> Drafted:
    """Read a text with the engine that was asked for; with Sapar's own rules where that one fails or may not be asked.

    Only where the language model was chosen, and is allowed in the region at this moment, does the text leave the
    machine.
    """
    if report.asked_engine != ReportEngine.LANGUAGE_MODEL:
        return _drafted(report, document, EmbeddedEngine())
    if not language_model_allowed(report.region):
        return _drafted(report, document, EmbeddedEngine(), EngineFailureReason.NOT_ALLOWED)
    try:
        return _drafted(report, document, _language_model())
    except EngineFailedError as failed:
        logger.warning("language model failed", report=report.pk, failure=failed.failure.value, detail=failed.detail)
        return _drafted(report, document, EmbeddedEngine(), EngineFailureReason(failed.failure.value))


def home_code(region: Region) -> str:
    """Return the ISO 3166-2 code extraction calls home: a district's is its region's."""
    return region.parent.code if region.kind == RegionKind.DISTRICT and region.parent else region.code


def _drafted(report: VisitReport, document: DocumentText, engine: Engine, failure: str = "") -> Drafted:
    draft = extract(
        document.text,
        published=report.published or document.published,
        home=home_code(report.region),
        known_companies=_known_companies(),
        engine=engine,
    )
    return Drafted(draft.as_dict(), engine.name, failure)


def _language_model() -> Engine:
    # Imported here: what it needs is installed only where a language model is set.
    from leads.extraction.engines.llm import ChatEndpoint, LanguageModelEngine

    return LanguageModelEngine(
        ChatEndpoint(
            url=settings.LLM_URL,
            model=settings.LLM_MODEL,
            api_key=settings.LLM_API_KEY,
            timeout=settings.LLM_TIMEOUT,
        )
    )


def _known_companies() -> tuple[str, ...]:
    """Return the names of all companies on the books, other names too: those are how a report may call them."""
    names = Company.objects.active().order_by("pk").values_list("name", flat=True)
    others = CompanyName.objects.filter(company__archived_at__isnull=True).order_by("pk").values_list("name", flat=True)
    return (*names, *others)
