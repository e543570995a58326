"""Accepting a draft makes its records, in one transaction, once."""

import datetime
from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest
import time_machine

from crm.accounts.models import User
from crm.commitments.models import Commitment
from crm.companies.models import Company, Contact
from crm.delegations.models import Delegation, Practice
from crm.meetings.models import Meeting
from crm.shared.errors import NotAllowed
from leads.deals.models import Deal
from leads.visit_reports.errors import AlreadyAccepted, NothingToAccept, NotInReview
from leads.visit_reports.models import ReportCommit, VisitReport
from leads.visit_reports.services import add_suggestion, commit_report, decide_suggestion
from tests.factories.companies import CompanyFactory, ContactFactory

MakeReport = Callable[..., VisitReport]


def card(report: VisitReport, kind: str, place: int = 0):
    return report.suggestions.filter(kind=kind).order_by("position")[place]


@time_machine.travel("2026-02-25 09:00+05:00", tick=False)
def test_the_example_becomes_a_delegation_a_zone_meetings_practices_and_deals(
    official: User, report: VisitReport
) -> None:
    commit = commit_report(report, by=official, idempotency_key=uuid4())
    delegation = Delegation.objects.get()
    assert delegation.title == "Türkiye: Bursa"
    assert (delegation.start_date, delegation.end_date) == (datetime.date(2026, 2, 17), datetime.date(2026, 2, 19))
    assert (delegation.direction, delegation.status, delegation.region) == ("outbound", "returned", official.region)
    assert [(stop.country, stop.city) for stop in delegation.stops.all()] == [("TR", "Bursa")]
    zone = Company.objects.get()
    assert (zone.name, zone.kind, zone.residents) == ("Bursa Organize Sanayi Bölgesi", "industrial_zone", 300)
    assert list(delegation.companies.all()) == [zone]
    assert delegation.sectors.count() == 5
    assert Meeting.objects.filter(delegation=delegation).count() == 2
    assert list(Meeting.objects.get(place="Bursa").companies.all()) == [zone]
    assert Practice.objects.filter(delegation=delegation, owner=official).count() == 6
    deals = Deal.objects.order_by("pk")
    assert [deal.sector.code for deal in deals] == [
        "construction_materials",
        "transport_logistics",
        "hospitality_catering",
    ]
    assert {(deal.stage, deal.kind, deal.owner, deal.delegation) for deal in deals} == {
        ("lead", "negotiation", official, delegation)
    }
    report.refresh_from_db()
    assert (report.state, report.delegation) == ("accepted", delegation)
    assert report.suggestions.filter(commit=commit).count() == report.suggestions.count()
    assert [card(report, "lead", place).record for place in range(3)] == list(deals)


@time_machine.travel("2026-02-25 09:00+05:00", tick=False)
def test_a_deal_without_a_step_read_gets_a_first_contact_in_three_working_days(
    official: User, report: VisitReport
) -> None:
    commit_report(report, by=official, idempotency_key=uuid4())
    steps = Commitment.objects.filter(side="ours")
    assert steps.count() == 3
    # Wednesday 25 February 2026 and three working days.
    assert {(step.due_date, step.executor) for step in steps} == {(datetime.date(2026, 3, 2), official)}


@time_machine.travel("2026-02-18 09:00+05:00", tick=False)
def test_first_contact_counts_from_the_return_when_that_is_later(official: User, report: VisitReport) -> None:
    commit_report(report, by=official, idempotency_key=uuid4())
    # The return is on Thursday 19 February.
    assert set(Commitment.objects.values_list("due_date", flat=True)) == {datetime.date(2026, 2, 24)}
    assert Delegation.objects.get().status == "planned"


def test_the_step_and_the_sum_that_were_read_go_with_the_deal(
    official: User, report_in_review: MakeReport, bursa_draft: dict
) -> None:
    lead = bursa_draft["leads"][0] | {
        "counterpart": "Bursa OSB, Bursa Organize Sanayi Bölgesi",
        "amount": 12_000_000,
        "currency": "USD",
        "jobs": 120,
        "next_step": "Prepare the feasibility study",
    }
    report = report_in_review(official, leads=[lead])
    commit_report(report, by=official, idempotency_key=uuid4())
    deal = Deal.objects.get()
    assert deal.company == Company.objects.get()
    assert list(deal.meetings.all()) == [Meeting.objects.get(place="Bursa")]
    value = deal.values.get()
    assert (value.kind, value.amount, value.currency.code, value.jobs) == ("announced", Decimal(12_000_000), "USD", 120)
    assert value.date == datetime.date(2026, 2, 24)
    assert "темірбетон" in value.evidence
    assert Commitment.objects.get().text == "Prepare the feasibility study"


def test_rejected_cards_make_nothing(official: User, report: VisitReport) -> None:
    for place in range(3):
        decide_suggestion(card(report, "lead", place), by=official, decision="rejected")
    commit_report(report, by=official, idempotency_key=uuid4())
    assert not Deal.objects.exists()
    report.refresh_from_db()
    assert report.state == "accepted"


def test_cards_still_to_be_decided_stay_for_a_later_commit_of_the_same_delegation(
    official: User, report_in_review: MakeReport, bursa_draft: dict
) -> None:
    known = CompanyFactory(name="Bursa Organize Sanayi Bolgesi")
    lead = bursa_draft["leads"][0] | {"counterpart": "Bursa Organize Sanayi Bölgesi"}
    report = report_in_review(official, leads=[lead, bursa_draft["leads"][1]])
    commit_report(report, by=official, idempotency_key=uuid4())
    report.refresh_from_db()
    assert report.state == "in_review"
    assert [deal.sector.code for deal in Deal.objects.all()] == ["transport_logistics"]
    assert Meeting.objects.count() == 1
    zone = card(report, "organisation")
    decide_suggestion(zone, by=official, match="known", known_id=known.pk)
    commit_report(report, by=official, idempotency_key=uuid4())
    report.refresh_from_db()
    assert report.state == "accepted"
    delegation = Delegation.objects.get()
    assert list(delegation.companies.all()) == [known]
    assert {deal.delegation for deal in Deal.objects.all()} == {delegation}
    assert Deal.objects.get(company=known).meetings.count() == 1
    assert Company.objects.count() == 1
    assert known.other_names.get().name == "Bursa Organize Sanayi Bölgesi"


def test_a_company_that_came_in_since_the_draft_is_asked_about_before_it_is_made_twice(
    official: User, report: VisitReport
) -> None:
    CompanyFactory(name="Bursa Organize Sanayi Bölgesi")
    commit_report(report, by=official, idempotency_key=uuid4())
    assert Company.objects.count() == 1
    zone = card(report, "organisation")
    assert (zone.match, zone.decision, zone.commit) == ("undecided", "open", None)


def test_the_same_key_again_returns_the_same_commit(official: User, report: VisitReport) -> None:
    key = uuid4()
    first = commit_report(report, by=official, idempotency_key=key)
    assert commit_report(report, by=official, idempotency_key=key) == first
    assert (ReportCommit.objects.count(), Deal.objects.count()) == (1, 3)


def test_the_second_of_two_people_is_told_who_was_first(official: User, colleague: User, report: VisitReport) -> None:
    commit_report(report, by=official, idempotency_key=uuid4(), expected_commits=0)
    with pytest.raises(AlreadyAccepted, match=official.full_name):
        commit_report(report, by=colleague, idempotency_key=uuid4(), expected_commits=0)
    with pytest.raises(AlreadyAccepted, match=official.full_name):
        commit_report(report, by=colleague, idempotency_key=uuid4())
    assert Deal.objects.count() == 3


def test_nothing_accepted_is_refused(official: User, report: VisitReport) -> None:
    report.suggestions.update(decision="rejected")
    with pytest.raises(NothingToAccept):
        commit_report(report, by=official, idempotency_key=uuid4())
    assert not ReportCommit.objects.exists()


@pytest.mark.parametrize("state", ["uploaded", "reading", "rejected"])
def test_only_a_report_in_review_is_accepted(state: str, official: User, report: VisitReport) -> None:
    VisitReport.objects.filter(pk=report.pk).update(state=state)
    with pytest.raises(NotInReview):
        commit_report(report, by=official, idempotency_key=uuid4())


@pytest.mark.parametrize("who", ["viewer", "partner", "stranger"])
def test_who_may_not_write_here_accepts_nothing(who: str, report: VisitReport, request: pytest.FixtureRequest) -> None:
    with pytest.raises(NotAllowed):
        commit_report(report, by=request.getfixturevalue(who), idempotency_key=uuid4())
    assert not Delegation.objects.exists()


def test_people_become_contacts_or_members_of_the_delegation(
    official: User, report_in_review: MakeReport, bursa_draft: dict
) -> None:
    evidence = [[0, 10]]
    report = report_in_review(
        official,
        head={"name": "Ерлан Үлгіұлы", "title": "басқарма басшысы", "evidence": evidence},
        people=[
            {"name": "Ерлан Үлгіұлы", "title": "басқарма басшысы", "role": "home", "evidence": evidence},
            {
                "name": "Deniz Örnek",
                "title": "Müdür",
                "role": "counterpart",
                "organisation": "Bursa Organize Sanayi Bölgesi",
                "evidence": evidence,
            },
        ],
        leads=[bursa_draft["leads"][0] | {"counterpart": "Bursa Organize Sanayi Bölgesi"}],
        meetings=[bursa_draft["meetings"][0] | {"with": ["Bursa Organize Sanayi Bölgesi", "Deniz Örnek"]}],
    )
    commit_report(report, by=official, idempotency_key=uuid4())
    contact = Contact.objects.get()
    assert (contact.full_name, contact.position, contact.company) == ("Deniz Örnek", "Müdür", Company.objects.get())
    assert list(contact.regions.all()) == [official.region]
    member = Delegation.objects.get().members.get()
    assert (member.full_name, member.is_head, member.side) == ("Ерлан Үлгіұлы", True, "ours")
    assert Deal.objects.get().contact == contact
    assert list(Meeting.objects.get().contacts.all()) == [contact]


def test_a_person_the_region_knows_is_asked_about_and_linked(official: User, report_in_review: MakeReport) -> None:
    known = ContactFactory(full_name="Deniz Örnek", search_text="deniz ornek")
    known.regions.add(official.region)
    person = {"name": "Deniz ÖRNEK", "title": "", "role": "counterpart", "evidence": [[0, 10]]}
    report = report_in_review(official, people=[person])
    suggestion = card(report, "person")
    assert (suggestion.match, suggestion.decision) == ("undecided", "open")
    decide_suggestion(suggestion, by=official, match="known", known_id=known.pk)
    commit_report(report, by=official, idempotency_key=uuid4())
    assert Contact.objects.get() == known


def test_guests_of_an_inbound_visit_are_members_of_theirs(official: User, report_in_review: MakeReport) -> None:
    person = {"name": "Deniz Örnek", "title": "Müdür", "role": "counterpart", "evidence": [[0, 10]]}
    report = report_in_review(official, direction="inbound", people=[person])
    commit_report(report, by=official, idempotency_key=uuid4())
    member = Delegation.objects.get().members.get()
    assert (member.side, member.contact) == ("theirs", Contact.objects.get())


def test_commitments_are_about_their_deal_else_about_the_delegation(
    official: User, report_in_review: MakeReport, bursa_draft: dict
) -> None:
    inside_the_first_lead = [[1220, 1240]]
    report = report_in_review(
        official,
        commitments=[
            {"text": "Send the letter", "by": "home", "due_date": "2026-03-01", "evidence": inside_the_first_lead},
            {"text": "Send the offer", "by": "counterpart", "who": "Bursa OSB", "evidence": [[0, 10]]},
        ],
    )
    commit_report(report, by=official, idempotency_key=uuid4())
    ours, theirs = Commitment.objects.get(text="Send the letter"), Commitment.objects.get(text="Send the offer")
    assert ours.about == Deal.objects.get(sector__code="construction_materials")
    assert (ours.side, ours.due_date, ours.executor) == ("ours", datetime.date(2026, 3, 1), official)
    assert (theirs.about, theirs.side, theirs.executor_name) == (Delegation.objects.get(), "theirs", "Bursa OSB")


def test_a_card_added_by_hand_becomes_a_record_too(official: User, report: VisitReport) -> None:
    added = add_suggestion(report, by=official, kind="lead", words="туризм саласының өкілдерімен")
    assert report.text[slice(*added.evidence[""][0])] == "туризм саласының өкілдерімен"
    commit_report(report, by=official, idempotency_key=uuid4())
    added.refresh_from_db()
    assert added.record == Deal.objects.get(title="туризм саласының өкілдерімен")


def test_a_failure_half_way_leaves_nothing(
    official: User, report: VisitReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = card(report, "practice")
    practice.values = practice.values | {"topic": "no such topic"}
    practice.save()
    with pytest.raises(Exception, match="no such topic"):
        commit_report(report, by=official, idempotency_key=uuid4())
    assert not Delegation.objects.exists()
    assert not ReportCommit.objects.exists()
    report.refresh_from_db()
    assert report.state == "in_review"
