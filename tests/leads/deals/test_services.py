"""Deals made, edited, assigned and moved."""

import datetime
from decimal import Decimal

import pytest
import time_machine

from crm.audit.models import AuditEvent
from crm.commitments.models import Commitment
from crm.commitments.queries import next_steps_of
from crm.commitments.services import keep_commitment
from crm.notes.services import create_note
from crm.reference.models import ExchangeRate
from crm.shared.errors import InvalidRecord, NotAllowed, VersionConflict
from leads.deals import services
from leads.deals.errors import AlreadyConfirmed, DealNotActive, GateNotMet, ReasonNeeded, SecondPersonNeeded
from leads.deals.models import Deal
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory, DealValueFactory
from tests.factories.delegations import DelegationFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.reference import CurrencyFactory, RegionFactory

#: A Friday, 10:00 in Aktobe.
FRIDAY = datetime.datetime(2026, 2, 20, 5, tzinfo=datetime.UTC)


class TestCreating:
    @time_machine.travel(FRIDAY, tick=False)
    def test_a_new_deal_is_a_lead_of_who_made_it_with_its_first_contact_in_three_working_days(self, official):
        deal = services.create_deal(by=official, region=official.region, title="Precast concrete plant")

        step = next_steps_of([deal])[deal.pk]
        assert (deal.stage, deal.owner) == ("lead", official)
        assert (step.text, step.executor, step.due_date) == ("First contact", official, datetime.date(2026, 2, 25))
        assert [(c.from_stage, c.to_stage, c.by) for c in deal.stage_changes.all()] == [("", "lead", official)]
        assert AuditEvent.objects.filter(model="deals.deal", record_id=deal.pk, action="created").exists()

    @time_machine.travel(FRIDAY, tick=False)
    def test_the_first_contact_waits_for_the_return_of_the_delegation(self, official):
        visit = DelegationFactory(region=official.region, end_date=datetime.date(2026, 3, 1))

        deal = services.create_deal(by=official, region=official.region, title="Logistics", delegation=visit)

        assert next_steps_of([deal])[deal.pk].due_date == datetime.date(2026, 3, 4)

    def test_the_step_that_was_read_becomes_the_first_commitment(self, official):
        due = datetime.date(2026, 4, 30)
        meeting = MeetingFactory(region=official.region)

        deal = services.create_deal(
            by=official,
            region=official.region,
            title="Plant",
            next_step="Send the draft memorandum",
            next_step_due=due,
            meetings=[meeting],
        )

        step = Commitment.objects.get()
        assert (step.about, step.text, step.due_date) == (deal, "Send the draft memorandum", due)
        assert list(deal.meetings.all()) == [meeting]

    def test_the_first_contact_is_written_in_the_owners_language(self, official, colleague):
        colleague.language = "ru"
        colleague.save()

        deal = services.create_deal(by=official, region=official.region, title="Plant", owner=colleague)

        assert next_steps_of([deal])[deal.pk].executor == colleague

    def test_a_stage_cannot_be_given(self, official):
        with pytest.raises(TypeError):
            services.create_deal(by=official, region=official.region, title="Plant", stage="realised")

    def test_viewers_partners_and_other_regions_may_not(self, viewer, partner, stranger):
        for user in (viewer, partner, stranger):
            with pytest.raises(NotAllowed):
                services.create_deal(by=user, region=RegionFactory(), title="Plant")
        assert not Deal.objects.exists()

    def test_it_is_found_by_its_folded_words(self, official):
        deal = services.create_deal(by=official, region=official.region, title="Завод ЖБИ в Бурсе")

        assert "bursa" in deal.search_text or "burse" in deal.search_text
        assert Deal.objects.get(pk=deal.pk).search_text == deal.search_text


class TestEditing:
    def test_fields_change_with_the_version_and_the_log(self, deal, official):
        services.update_deal(deal, by=official, title="Two plants", expected_version=1)

        event = AuditEvent.objects.filter(model="deals.deal", action="changed").get()
        assert (deal.version, deal.search_text) == (2, "tvo plants")
        assert event.changes["title"][1] == "Two plants"

    def test_an_older_version_is_told(self, deal, official, colleague):
        services.update_deal(deal, by=colleague, title="Hers", expected_version=1)

        with pytest.raises(VersionConflict):
            services.update_deal(deal, by=official, title="Mine", expected_version=1)

    def test_what_the_stage_needs_cannot_be_emptied(self, deal, official, ready_for):
        ready_for(deal, "negotiation")
        services.move_deal(deal, by=official, to_stage="negotiation")

        with pytest.raises(InvalidRecord) as refused:
            services.update_deal(deal, by=official, negotiating="")

        assert list(refused.value.fields) == ["negotiating"]
        assert Deal.objects.get(pk=deal.pk).negotiating

    def test_only_managers_change_the_owner(self, deal, official, colleague, manager):
        with pytest.raises(NotAllowed):
            services.update_deal(deal, by=official, owner=colleague)

        services.update_deal(deal, by=manager, owner=colleague)

        assert deal.owner == colleague

    def test_assigning_hands_over_the_open_steps(self, official, colleague, manager):
        deal = services.create_deal(by=official, region=official.region, title="Plant")

        services.assign_deal(deal, by=manager, owner=colleague)

        assert next_steps_of([deal])[deal.pk].executor == colleague

    def test_the_archive_wants_a_reason_and_gives_back(self, deal, official):
        with pytest.raises(ReasonNeeded):
            services.archive_deal(deal, by=official, reason=" ")
        services.archive_deal(deal, by=official, reason="A duplicate")
        with pytest.raises(DealNotActive):
            services.update_deal(deal, by=official, title="Too late")

        services.restore_deal(deal, by=official)

        assert not Deal.objects.get(pk=deal.pk).is_archived


class TestMoving:
    @pytest.mark.parametrize(
        "stage", ["qualified", "negotiation", "memorandum", "agreement", "implementation", "realised"]
    )
    def test_through_a_gate_that_is_met(self, deal, official, ready_for, stage):
        ready_for(deal, stage)

        services.move_deal(deal, by=official, to_stage=stage, reason="All is there")

        change = deal.stage_changes.get()
        assert deal.stage == stage
        assert (change.from_stage, change.to_stage, change.by, change.reason, change.missing) == (
            "lead",
            stage,
            official,
            "All is there",
            [],
        )
        assert AuditEvent.objects.filter(model="deals.deal", changes__stage=["lead", stage], actor=official).exists()

    def test_a_shut_gate_says_what_is_missing_and_how_to_fill_it(self, deal, official):
        with pytest.raises(GateNotMet) as refused:
            services.move_deal(deal, by=official, to_stage="negotiation")

        assert list(refused.value.fields) == ["next_step", "contact", "negotiating"]
        assert all(gap.how for gap in refused.value.gaps)
        assert Deal.objects.get(pk=deal.pk).stage == "lead"
        assert not deal.stage_changes.exists()

    def test_back_is_always_allowed_and_recorded(self, deal, official):
        Deal.objects.filter(pk=deal.pk).update(stage="agreement")

        services.move_deal(deal, by=official, to_stage="qualified", reason="The partner left")

        assert deal.stage == "qualified"
        assert str(deal.stage_changes.get()) == "Agreement → Qualified"

    def test_to_where_it_stands_changes_nothing(self, deal, official):
        services.move_deal(deal, by=official, to_stage="lead")

        assert deal.version == 1
        assert not deal.stage_changes.exists()

    def test_a_manager_passes_a_gate_with_a_logged_reason(self, deal, manager):
        services.move_deal(deal, by=manager, to_stage="qualified", pass_gate=True, reason="Signed on Monday")

        change = deal.stage_changes.get()
        assert (change.missing, change.reason) == (["next_step"], "Signed on Monday")

    def test_not_without_a_reason(self, deal, manager):
        with pytest.raises(ReasonNeeded):
            services.move_deal(deal, by=manager, to_stage="qualified", pass_gate=True)

    def test_an_official_does_not_pass_a_gate(self, deal, official):
        with pytest.raises(NotAllowed):
            services.move_deal(deal, by=official, to_stage="qualified", pass_gate=True, reason="I want to")

    def test_nobody_passes_the_second_persons_confirmation(self, deal, manager, ready_for):
        ready_for(deal, "implementation")
        DealValueFactory(deal=deal, kind="realised", jobs=5, evidence="Act no. 7")

        with pytest.raises(GateNotMet) as refused:
            services.move_deal(deal, by=manager, to_stage="realised", pass_gate=True, reason="The minister asks")

        assert list(refused.value.fields) == ["confirmation"]

    def test_the_second_mover_is_told(self, deal, official, colleague, ready_for):
        ready_for(deal, "negotiation")
        services.move_deal(deal, by=colleague, to_stage="qualified", expected_version=1)

        with pytest.raises(VersionConflict) as refused:
            services.move_deal(deal, by=official, to_stage="negotiation", expected_version=1)

        assert refused.value.record.stage == "qualified"

    def test_viewers_and_strangers_do_not_move(self, deal, viewer, stranger):
        for user in (viewer, stranger):
            with pytest.raises(NotAllowed):
                services.move_deal(deal, by=user, to_stage="lead")

    def test_national_staff_move_deals_of_every_region(self, deal, national, ready_for):
        services.move_deal(ready_for(deal, "qualified"), by=national, to_stage="qualified")

        assert deal.stage == "qualified"


class TestHealth:
    def test_lost_keeps_the_stage_the_reason_and_to_whom(self, deal, official):
        services.mark_lost(deal, by=official, reason="Found a partner elsewhere", lost_to="Uzbekistan")

        assert (deal.health, deal.stage, deal.lost_to) == ("lost", "lead", "Uzbekistan")
        change = deal.stage_changes.get()
        assert (change.health, change.reason) == ("lost", "Found a partner elsewhere, Uzbekistan")

    @pytest.mark.parametrize("rest", [services.mark_lost, services.mark_dormant])
    def test_at_rest_only_with_a_reason_and_then_it_does_not_move(self, deal, official, rest):
        with pytest.raises(ReasonNeeded):
            rest(deal, by=official, reason="")
        rest(deal, by=official, reason="The investor waits")

        with pytest.raises(DealNotActive):
            services.move_deal(deal, by=official, to_stage="qualified")

    def test_reopened_it_is_on_track_and_the_past_stays_in_its_history(self, deal, official):
        services.mark_dormant(deal, by=official, reason="Winter")

        services.reopen_deal(deal, by=official)

        assert (deal.health, deal.dormant_reason) == ("on_track", "")
        assert [(c.health, c.reason) for c in deal.stage_changes.order_by("pk")] == [
            ("dormant", "Winter"),
            ("on_track", ""),
        ]

    def test_delayed_is_said_and_unsaid_but_rest_needs_its_own_service(self, deal, official):
        services.set_health(deal, by=official, health="delayed")
        assert Deal.objects.get(pk=deal.pk).health == "delayed"

        with pytest.raises(InvalidRecord):
            services.set_health(deal, by=official, health="lost")


class TestFigures:
    DAY = datetime.date(2026, 2, 20)

    def record(self, deal, by, **fields):
        given = {"kind": "announced", "date": self.DAY, "amount": Decimal(12_000_000), "currency": CurrencyFactory()}
        return services.record_value(deal, by=by, **given | fields)

    def test_the_rate_of_the_day_converts(self, deal, official):
        ExchangeRate.objects.create(currency=CurrencyFactory(), date=self.DAY, rate=Decimal("500.25"))

        value = self.record(deal, official)

        assert (value.amount_reporting, value.rate, value.rate_date) == (
            Decimal("6003000000.00"),
            Decimal("500.25"),
            self.DAY,
        )
        assert value.recorded_by == official

    def test_without_a_rate_it_is_not_known_until_there_is_one(self, deal, official):
        value = self.record(deal, official)
        assert value.amount_reporting is None

        assert services.fill_missing_rates() == 0
        ExchangeRate.objects.create(currency=CurrencyFactory(), date=self.DAY, rate=Decimal(500))
        assert services.fill_missing_rates() == 1

        value.refresh_from_db()
        assert value.amount_reporting == Decimal("6000000000.00")

    def test_tenge_need_no_rate(self, deal, official):
        value = self.record(deal, official, currency=CurrencyFactory(code="KZT"))

        assert value.amount_reporting == value.amount

    @pytest.mark.parametrize(
        "fields", [{"currency": None}, {"amount": None}, {"amount": Decimal(-1)}, {"amount": None, "currency": None}]
    )
    def test_half_a_figure_is_refused(self, deal, official, fields):
        with pytest.raises(InvalidRecord):
            self.record(deal, official, **fields)

    def test_a_second_person_confirms_once(self, deal, official, manager, national):
        value = self.record(deal, official, kind="realised", evidence="Act no. 7")

        services.confirm_value(value, by=manager)

        assert value.confirmed_by == manager
        with pytest.raises(AlreadyConfirmed):
            services.confirm_value(value, by=national)

    def test_never_who_recorded_it(self, deal, manager):
        value = self.record(deal, manager, kind="realised", evidence="Act no. 7")

        with pytest.raises(SecondPersonNeeded):
            services.confirm_value(value, by=manager)

    def test_never_an_official(self, deal, official, colleague):
        value = self.record(deal, official)

        with pytest.raises(NotAllowed):
            services.confirm_value(value, by=colleague)

    def test_a_realised_sum_is_not_confirmed_without_evidence(self, deal, official, manager):
        value = self.record(deal, official, kind="realised")

        with pytest.raises(InvalidRecord):
            services.confirm_value(value, by=manager)

    def test_a_confirmed_figure_is_a_managers_to_take_back(self, deal, official, manager):
        value = self.record(deal, official, evidence="Letter")
        services.confirm_value(value, by=manager)

        with pytest.raises(NotAllowed):
            services.archive_value(value, by=official, reason="Wrong")
        services.archive_value(value, by=manager, reason="Wrong")

        assert value.is_archived

    def test_the_figure_that_realised_a_deal_stays(self, deal, manager, ready_for):
        ready_for(deal, "realised")
        services.move_deal(deal, by=manager, to_stage="realised")

        with pytest.raises(AlreadyConfirmed):
            services.archive_value(deal.values.get(kind="realised"), by=manager, reason="Wrong")


class TestPapers:
    def test_a_memorandum(self, deal, official):
        memorandum = services.record_memorandum(
            deal, by=official, parties="Region, Örnek Yapı", signed_on=datetime.date(2026, 3, 1), answerable=official
        )

        assert list(deal.memoranda.all()) == [memorandum]

    def test_it_does_not_expire_before_it_is_signed(self, deal, official):
        with pytest.raises(InvalidRecord):
            services.record_memorandum(
                deal,
                by=official,
                parties="Region",
                signed_on=datetime.date(2026, 3, 1),
                answerable=official,
                expires_on=datetime.date(2026, 2, 1),
            )

    def test_a_permit_is_asked_for_and_given(self, deal, official):
        permit = services.add_permit(deal, by=official, name="Land", body="Land department")

        services.update_permit(permit, by=official, granted_on=datetime.date(2026, 5, 1))

        assert deal.permits.get().granted_on == datetime.date(2026, 5, 1)

    def test_viewers_record_nothing(self, deal, viewer):
        with pytest.raises(NotAllowed):
            services.add_permit(deal, by=viewer, name="Land", body="Land department")


class TestActivity:
    LONG_AGO = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)

    @pytest.fixture
    def quiet(self, deal):
        Deal.objects.filter(pk=deal.pk).update(last_activity_at=self.LONG_AGO)
        deal.refresh_from_db()
        return deal

    def last(self, deal):
        return Deal.objects.get(pk=deal.pk).last_activity_at

    def test_only_later_activity_counts_and_no_version(self, quiet):
        later = self.LONG_AGO + datetime.timedelta(days=1)

        services.record_activity(quiet, at=later)
        services.record_activity(quiet, at=self.LONG_AGO)

        assert self.last(quiet) == later
        assert Deal.objects.get(pk=quiet.pk).version == 1

    def test_a_note_is_activity(self, quiet, official):
        create_note(by=official, about=quiet, text="They ask for the price of the connection")

        assert self.last(quiet) > self.LONG_AGO

    def test_a_kept_commitment_is_activity(self, quiet, official, ready_for):
        ready_for(quiet, "qualified")
        Deal.objects.filter(pk=quiet.pk).update(last_activity_at=self.LONG_AGO)

        keep_commitment(Commitment.objects.get(), by=official)

        assert self.last(quiet) > self.LONG_AGO

    def test_a_move_is_activity(self, quiet, official, ready_for):
        services.move_deal(ready_for(quiet, "qualified"), by=official, to_stage="qualified")

        assert self.last(quiet) > self.LONG_AGO


class TestOutcome:
    DUE = datetime.date(2026, 3, 9)

    @pytest.fixture
    def meeting(self, deal):
        meeting = MeetingFactory(region=deal.region, owner=deal.owner)
        deal.meetings.add(meeting)
        return meeting

    def test_the_outcome_the_next_step_and_the_activity_come_together(self, deal, meeting, official):
        Deal.objects.filter(pk=deal.pk).update(last_activity_at=TestActivity.LONG_AGO)

        services.log_meeting_outcome(
            meeting,
            by=official,
            outcome="continues",
            note="They compare prices",
            next_step="Send the tax answer",
            next_step_due=self.DUE,
            deal=deal,
        )

        meeting.refresh_from_db()
        deal.refresh_from_db()
        step = next_steps_of([deal])[deal.pk]
        assert (meeting.outcome, meeting.outcome_note) == ("continues", "They compare prices")
        assert (step.text, step.due_date, step.executor) == ("Send the tax answer", self.DUE, deal.owner)
        assert deal.last_activity_at > TestActivity.LONG_AGO
        assert deal.stage == "lead"

    def test_the_same_next_step_gets_the_new_day(self, deal, meeting, official, ready_for):
        ready_for(deal, "qualified")
        step = next_steps_of([deal])[deal.pk]

        services.log_meeting_outcome(
            meeting, by=official, outcome="continues", next_step=step.text, next_step_due=self.DUE, deal=deal
        )

        assert [(c.pk, c.due_date) for c in Commitment.objects.all()] == [(step.pk, self.DUE)]

    def test_it_may_put_the_deal_to_rest(self, deal, meeting, official):
        services.log_meeting_outcome(meeting, by=official, outcome="postponed", deal=deal, rest=True)

        deal.refresh_from_db()
        assert (deal.health, deal.dormant_reason) == ("dormant", "Postponed")

    def test_a_shut_gate_leaves_nothing_written(self, deal, meeting, official):
        with pytest.raises(GateNotMet):
            services.log_meeting_outcome(
                meeting, by=official, outcome="continues", next_step="Send", deal=deal, to_stage="negotiation"
            )

        meeting.refresh_from_db()
        assert meeting.outcome == "awaited"
        assert not Commitment.objects.exists()

    def test_a_meeting_without_a_deal_keeps_the_step_itself(self, official):
        meeting = MeetingFactory(region=official.region, owner=official)

        services.log_meeting_outcome(
            meeting, by=official, outcome="continues", next_step="Write", next_step_due=self.DUE
        )

        assert Commitment.objects.get().about == meeting


def test_a_company_may_come_later_and_counts_then(official):
    deal = DealFactory(region=official.region, company=None, owner=official)

    services.update_deal(deal, by=official, company=CompanyFactory())

    assert deal.company is not None
