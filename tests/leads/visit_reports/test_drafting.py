"""A draft becomes cards whose links survive a correction of their names."""

from collections.abc import Callable

from crm.accounts.models import User
from leads.visit_reports.models import Suggestion, VisitReport

MakeReport = Callable[..., VisitReport]


def of_kind(report: VisitReport, kind: str) -> list[Suggestion]:
    return list(report.suggestions.filter(kind=kind).order_by("position"))


def test_cards_come_in_the_order_in_which_records_are_made(report: VisitReport) -> None:
    kinds = list(dict.fromkeys(report.suggestions.order_by("position").values_list("kind", flat=True)))
    assert kinds == ["delegation", "organisation", "meeting", "lead", "practice"]
    assert not report.suggestions.exclude(decision="accepted").exists()


def test_the_delegation_has_the_evidence_of_each_of_its_values(report: VisitReport) -> None:
    (delegation,) = of_kind(report, "delegation")
    words = {
        name: [report.text[start:end] for start, end in spans] for name, spans in delegation.evidence.items() if name
    }
    assert words["start_date"] == ["17-19 ақпанда"]
    assert words["cities"] == ["Бурса қаласында"]
    assert delegation.values["countries"] == ["TR"]
    assert len(words["purpose"]) == 3


def test_names_become_links_in_any_spelling(official: User, report_in_review: MakeReport, bursa_draft: dict) -> None:
    lead = bursa_draft["leads"][0]
    report = report_in_review(
        official,
        leads=[lead | {"counterpart": "Bursa Organize Sanayi Bölgesi A.Ş."}, lead | {"counterpart": "Başka Firma"}],
    )
    (zone,) = of_kind(report, "organisation")
    known, other = of_kind(report, "lead")
    assert (known.values["organisation"], known.values["counterpart"]) == (zone.position, "")
    assert (other.values["organisation"], other.values["counterpart"]) == (None, "Başka Firma")
    assert of_kind(report, "meeting")[0].values["organisations"] == [zone.position]


def test_a_practice_was_seen_where_the_sentence_met_somebody(report: VisitReport) -> None:
    (zone,) = of_kind(report, "organisation")
    seen = {card.values["topic"]: card.values["organisation"] for card in of_kind(report, "practice")}
    assert seen["zone_management"] == zone.position
    assert seen["simpler_procedures"] is None


def test_an_empty_draft_still_has_a_delegation_to_fill(official: User, report_in_review: MakeReport) -> None:
    report = report_in_review(official, text="Nothing was said.", draft={"language": "en"})
    (card,) = report.suggestions.all()
    assert (card.kind, card.values["title"], card.evidence) == ("delegation", "Visit", {})
    assert report.title == "Nothing was said."


def test_amounts_are_digits(official: User, report_in_review: MakeReport, bursa_draft: dict) -> None:
    lead = bursa_draft["leads"][0] | {"currency": "KZT"}
    amounts = [2_700_000_000_000, 12.5, 12e6]
    report = report_in_review(official, leads=[lead | {"amount": amount} for amount in amounts])
    assert [card.values["amount"] for card in of_kind(report, "lead")] == ["2700000000000", "12.50", "12000000"]


def test_a_deal_is_called_by_its_sector_and_partner_or_by_how_its_clause_begins(
    official: User, report_in_review: MakeReport, bursa_draft: dict
) -> None:
    lead = bursa_draft["leads"][0] | {"sector": "construction_materials"}
    clause = "The makers of building materials talked over the technology of concrete and reinforced concrete"
    report = report_in_review(
        official, leads=[lead | {"counterpart": "Başka Firma"}, lead | {"counterpart": None, "summary": clause}]
    )
    assert [card.values["title"] for card in of_kind(report, "lead")] == [
        "Construction materials: Başka Firma",
        "Construction materials: The makers of building materials talked over the technology…",
    ]
