"""A deal's page, its facts, papers and steps; a deal by hand; the outcome of a meeting."""

import datetime

import pytest
import time_machine

from crm.commitments.models import Commitment
from leads.deals import services
from leads.deals.models import Deal
from tests.factories.commitments import CommitmentFactory
from tests.factories.companies import CompanyFactory
from tests.factories.deals import DealFactory, DealValueFactory, MemorandumFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.reference import CurrencyFactory, SectorFactory

HTMX = {"HX-Request": "true"}
#: A Friday, 10:00 in Aktobe.
FRIDAY = datetime.datetime(2026, 2, 27, 5, tzinfo=datetime.UTC)


@pytest.fixture
def address(deal):
    return f"/deals/{deal.pk}/"


def read(client, address, **kwargs):
    response = client.get(address, **kwargs)
    assert response.status_code == 200
    return response.content.decode()


class TestPage:
    def test_it_shows_all_that_is_known(self, deal, address, official, signed_in, ready_for):
        ready_for(deal, "agreement")
        CommitmentFactory(about=deal, side="theirs", text="Receive the feasibility study", company=deal.company)
        services.move_deal(deal, by=official, to_stage="negotiation", reason="They showed their estimate")

        html = read(signed_in(official), address)

        for words in [
            deal.title,
            deal.company.name,
            "$12.0m",
            "Receive the feasibility study",
            "Send the draft memorandum",
            "Mehmet Aydın",
            "Feasibility study",
            "since today",
            "Before: Memorandum",
            "All is there",
        ]:
            assert words in html, words

    def test_the_gate_says_what_is_missing_with_a_link_to_each(self, deal, address, official, signed_in):
        Deal.objects.filter(pk=deal.pk).update(company=None)

        html = read(signed_in(official), address)

        assert "2 of 4 missing" in html
        assert f'href="/deals/{deal.pk}/edit/company/"' in html

    def test_its_timeline_tells_moves_meetings_figures_and_notes(self, deal, official, signed_in, ready_for):
        from crm.notes.services import create_note

        ready_for(deal, "qualified")
        services.move_deal(deal, by=official, to_stage="qualified", reason="A serious partner")
        services.mark_dormant(deal, by=official, reason="Winter")
        deal.meetings.add(MeetingFactory(region=deal.region, subject="Talks in Bursa"))
        DealValueFactory(deal=deal, evidence="Letter no. 5")
        MemorandumFactory(deal=deal, parties="Region and company")
        create_note(by=official, about=deal, text="They prefer the plot by the railway")

        html = read(signed_in(official), f"/notes/deals.deal/{deal.pk}/")

        for words in [
            "Lead → Qualified",
            "A serious partner",
            "Dormant",
            "Winter",
            "Meeting: Talks in Bursa",
            "Announced: $12.0m",
            "Letter no. 5",
            "Memorandum: Region and company",
            "They prefer the plot by the railway",
        ]:
            assert words in html, words

    def test_who_passed_a_gate_without_what_is_told(self, deal, manager, signed_in):
        services.move_deal(deal, by=manager, to_stage="qualified", pass_gate=True, reason="Urgent")

        html = read(signed_in(manager), f"/notes/deals.deal/{deal.pk}/")

        assert "Passed without: Next step." in html

    @pytest.mark.parametrize("count", [1, 30])
    def test_queries_stay_few(self, deal, address, count, official, signed_in, django_assert_max_num_queries):
        for _ in range(count):
            CommitmentFactory(about=deal)
            DealValueFactory(deal=deal)
            MemorandumFactory(deal=deal)
            services.add_permit(deal, by=official, name="Land", body="Land department")
            deal.meetings.add(MeetingFactory(region=deal.region))
        client = signed_in(official)
        client.get(address)

        with django_assert_max_num_queries(12):
            client.get(address)
        with django_assert_max_num_queries(12 + 2):
            client.get(f"/notes/deals.deal/{deal.pk}/", headers=HTMX)

    def test_each_role(self, deal, address, request, signed_in, client):
        answers = {
            name: signed_in(request.getfixturevalue(name)).get(address).status_code
            for name in [
                "official",
                "colleague",
                "manager",
                "viewer",
                "administrator",
                "national",
                "stranger",
                "partner",
            ]
        }

        assert {name for name, status in answers.items() if status == 404} == {"stranger", "partner"}
        assert set(answers.values()) == {200, 404}
        assert client.get(address).status_code == 302

    def test_a_viewer_gets_no_way_to_write(self, deal, address, viewer, signed_in):
        html = read(signed_in(viewer), address)

        for part in ["/move/", "/edit/", "/steps/", "/values/", "/memoranda/", "/archive/"]:
            assert f"{address[:-1]}{part}" not in html, part


class TestFacts:
    def test_one_is_changed_on_its_page(self, deal, address, official, signed_in):
        client = signed_in(official)
        assert 'value="1"' in read(client, f"{address}edit/negotiating/")

        response = client.post(f"{address}edit/negotiating/", {"negotiating": "The price of gas", "version": 1})

        assert response["Location"] == address
        assert "The price of gas" in read(client, address)

    def test_htmx_swaps_the_row_for_its_form_and_back(self, address, official, signed_in):
        client = signed_in(official)

        form = read(client, f"{address}edit/site/", headers=HTMX)
        row = client.post(f"{address}edit/site/", {"site": "Plot 14", "version": 1}, headers=HTMX).content.decode()
        cancelled = read(client, f"{address}edit/site/?cancel=1", headers=HTMX)

        assert 'name="site_not_needed"' in form
        assert "<html" not in form + row + cancelled
        assert "Plot 14" in row
        assert 'id="fact-site"' in row
        assert "<form" not in cancelled

    def test_who_comes_second_sees_both_values(self, deal, address, official, colleague, signed_in):
        services.update_deal(deal, by=colleague, site="Her plot")

        response = signed_in(official).post(f"{address}edit/site/", {"site": "My plot", "version": 1})

        html = response.content.decode()
        assert response.status_code == 409
        assert "Her plot" in html
        assert "My plot" in html

    def test_what_the_stage_needs_is_not_emptied(self, deal, address, official, signed_in, ready_for):
        ready_for(deal, "negotiation")
        services.move_deal(deal, by=official, to_stage="negotiation")

        response = signed_in(official).post(f"{address}edit/negotiating/", {"negotiating": ""})

        assert response.status_code == 422
        assert "The stage of this deal needs" in response.content.decode() or "one or two" in response.content.decode()

    def test_the_owner_is_a_managers_to_name(self, deal, address, official, colleague, manager, signed_in):
        assert signed_in(official).post(f"{address}edit/owner/", {"owner": colleague.pk}).status_code == 403
        signed_in(manager).post(f"{address}edit/owner/", {"owner": colleague.pk})

        assert Deal.objects.get().owner == colleague

    def test_an_unknown_fact_is_not_found(self, address, official, signed_in):
        assert signed_in(official).get(f"{address}edit/stage/").status_code == 404


class TestNewDeal:
    def test_by_hand(self, official, signed_in):
        company = services.records.create_deal and CompanyFactory(
            name="Yıldız Prefabrik", folded_name="ildiz prefabrik"
        )
        given = {
            "title": "Precast plant",
            "company": f"Yıldız Prefabrik #{company.pk}",
            "sector": SectorFactory().pk,
            "kind": "investment_project",
            "next_step": "Send the plan of the plots",
            "next_step_due": "2026-03-09",
        }

        response = signed_in(official).post("/deals/new/", given)

        deal = Deal.objects.get()
        assert response["Location"] == f"/deals/{deal.pk}/"
        assert (deal.company, deal.owner, deal.region) == (company, official, official.region)
        assert Commitment.objects.get().text == "Send the plan of the plots"

    def test_without_a_title_it_is_asked_for(self, official, signed_in):
        response = signed_in(official).post("/deals/new/", {"kind": "interest"})

        assert response.status_code == 422
        assert not Deal.objects.exists()

    def test_national_staff_name_the_region(self, national, official, signed_in):
        signed_in(national).post(
            "/deals/new/", {"title": "Plant", "kind": "interest", "region": official.region_id, "owner": official.pk}
        )

        assert Deal.objects.get().region == official.region

    def test_not_by_viewers(self, viewer, signed_in):
        assert signed_in(viewer).get("/deals/new/").status_code == 403

    def test_the_directory_proposes_names(self, official, signed_in):
        CompanyFactory(name="Yıldız Prefabrik", search_text="ildiz prefabrik")

        html = signed_in(official).get("/deals/company-names/", {"company": "ildiz"}).content.decode()

        assert '<option value="Yıldız Prefabrik">' in html


class TestPapers:
    def test_a_figure_and_its_confirmation(self, deal, address, official, manager, signed_in):
        given = {"kind": "realised", "amount": "11500000", "currency": CurrencyFactory().pk, "date": "2027-04-01"}
        given |= {"jobs": 140, "evidence": "Act no. 7"}
        signed_in(official).post(f"{address}values/", given)
        value = deal.values.get()

        assert signed_in(official).post(f"/deals/values/{value.pk}/confirm/").status_code == 403
        signed_in(manager).post(f"/deals/values/{value.pk}/confirm/", {"version": 1})

        value.refresh_from_db()
        assert (value.confirmed_by, value.jobs) == (manager, 140)

    def test_a_sum_needs_its_currency(self, address, official, signed_in):
        response = signed_in(official).post(
            f"{address}values/", {"kind": "agreed", "amount": "5", "date": "2027-04-01"}
        )

        assert response.status_code == 422

    def test_a_wrong_figure_is_taken_back(self, deal, official, signed_in):
        value = DealValueFactory(deal=deal)

        signed_in(official).post(f"/deals/values/{value.pk}/archive/", {"reason": "A typing error"})

        value.refresh_from_db()
        assert value.archive_reason == "A typing error"

    def test_a_memorandum_is_recorded_and_corrected(self, deal, address, official, signed_in):
        client = signed_in(official)
        given = {"parties": "Region, company", "signed_on": "2026-03-01", "answerable": official.pk}
        client.post(f"{address}memoranda/", given)
        memorandum = deal.memoranda.get()

        client.post(f"/deals/memoranda/{memorandum.pk}/", given | {"next_milestone": "The study"})

        memorandum.refresh_from_db()
        assert memorandum.next_milestone == "The study"

    def test_a_permit_is_listed_and_given(self, deal, address, official, signed_in):
        client = signed_in(official)
        client.post(f"{address}permits/", {"name": "Land", "body": "Land department"})
        permit = deal.permits.get()

        client.post(f"/deals/permits/{permit.pk}/", {"name": "Land", "body": "Land", "granted_on": "2026-05-01"})

        assert deal.permits.get().granted_on == datetime.date(2026, 5, 1)

    def test_strangers_and_viewers(self, deal, address, official, viewer, stranger, signed_in):
        value, memorandum = DealValueFactory(deal=deal), MemorandumFactory(deal=deal)
        permit = services.add_permit(deal, by=official, name="Land", body="Land department")
        addresses = [f"{address}values/", f"{address}memoranda/", f"{address}permits/"]
        addresses += [f"/deals/values/{value.pk}/confirm/", f"/deals/values/{value.pk}/archive/"]
        addresses += [f"/deals/memoranda/{memorandum.pk}/", f"/deals/permits/{permit.pk}/"]

        assert [signed_in(stranger).post(a, {"reason": "x"}).status_code for a in addresses] == [404] * 7
        assert [signed_in(viewer).post(a, {"reason": "x"}).status_code for a in addresses] == [403] * 7


class TestSteps:
    @pytest.fixture
    def step(self, deal):
        return CommitmentFactory(about=deal, due_date="2026-03-06")

    def test_one_is_added_for_the_owner(self, deal, address, colleague, official, signed_in):
        signed_in(colleague).post(
            f"{address}steps/", {"text": "Send the plan", "due_date": "2026-03-09", "side": "ours"}
        )

        step = Commitment.objects.get()
        assert (step.about, step.executor, step.text) == (deal, official, "Send the plan")

    def test_one_of_theirs_is_owed_by_the_company(self, deal, address, official, signed_in):
        signed_in(official).post(f"{address}steps/", {"text": "The study", "due_date": "2026-04-30", "side": "theirs"})

        step = Commitment.objects.get()
        assert (step.company, step.executor) == (deal.company, None)

    def test_without_a_day_it_is_asked_for(self, address, official, signed_in):
        for headers in ({}, HTMX):
            response = signed_in(official).post(f"{address}steps/", {"text": "x", "side": "ours"}, headers=headers)
            assert response.status_code == 422

    def test_done_it_leaves_the_list(self, deal, address, step, official, signed_in):
        html = signed_in(official).post(f"{address}steps/{step.pk}/keep/", headers=HTMX).content.decode()

        step.refresh_from_db()
        assert (step.status, step.closed_by) == ("kept", official)
        assert step.text not in html

    @time_machine.travel(FRIDAY, tick=False)
    def test_a_week_later_on_a_working_day(self, address, step, official, signed_in):
        html = signed_in(official).post(f"{address}steps/{step.pk}/postpone/", headers=HTMX).content.decode()

        step.refresh_from_db()
        assert step.due_date == datetime.date(2026, 3, 13)
        assert 'datetime="2026-03-13"' in html

    def test_only_steps_of_this_deal_and_who_may(self, address, step, official, viewer, stranger, signed_in):
        other = CommitmentFactory(about=DealFactory(region=step.region))

        assert signed_in(official).post(f"{address}steps/{other.pk}/keep/").status_code == 404
        assert signed_in(viewer).post(f"{address}steps/{step.pk}/keep/").status_code == 403
        assert signed_in(stranger).post(f"{address}steps/{step.pk}/keep/").status_code == 404
        assert set(Commitment.objects.values_list("status", flat=True)) == {"open"}


class TestOutcomeForm:
    @pytest.fixture(autouse=True)
    def on_friday(self):
        with time_machine.travel(FRIDAY, tick=False):
            yield

    @pytest.fixture
    def meeting(self, deal, official):
        meeting = MeetingFactory(region=deal.region, owner=official)
        deal.meetings.add(meeting)
        return meeting

    @pytest.fixture
    def form(self, meeting):
        return f"/deals/meetings/{meeting.pk}/outcome/"

    def test_the_days_to_tap_are_worked(self, form, official, signed_in):
        html = read(signed_in(official), form)

        # Saturday and Sunday are skipped; Monday 9 March is off in 2026, a day moved from Women's Day.
        for day in ["2026-03-02", "2026-03-06", "2026-03-13"]:
            assert f'value="{day}"' in html

    def test_three_taps_are_enough(self, form, deal, meeting, official, signed_in):
        CommitmentFactory(about=deal, text="Answer on tax", due_date="2026-02-20")
        client = signed_in(official)
        html = read(client, form)
        assert 'value="Answer on tax"' in html

        response = client.post(
            form, {"outcome": "continues", "next_step": "Answer on tax", "due": "2026-03-06", "stage": "", "version": 1}
        )

        meeting.refresh_from_db()
        assert response["Location"] == f"/deals/{deal.pk}/"
        assert meeting.outcome == "continues"
        assert [c.due_date for c in Commitment.objects.all()] == [datetime.date(2026, 3, 6)]

    def test_another_day_and_a_note(self, form, deal, meeting, official, signed_in):
        given = {"outcome": "awaiting_reply", "next_step": "Call", "due": "other", "due_other": "2026-04-01"}

        signed_in(official).post(form, given | {"note": "They compare prices", "next": "/deals/"})

        meeting.refresh_from_db()
        assert meeting.outcome_note == "They compare prices"
        assert Commitment.objects.get().due_date == datetime.date(2026, 4, 1)

    @pytest.mark.parametrize(
        "given", [{}, {"outcome": "awaited"}, {"outcome": "continues", "next_step": "Call", "due": "other"}]
    )
    def test_what_is_missing_is_asked_for(self, form, meeting, official, signed_in, given):
        response = signed_in(official).post(form, given)

        meeting.refresh_from_db()
        assert response.status_code == 422
        assert meeting.outcome == "awaited"

    def test_the_deal_moves_when_its_gate_is_met(self, form, deal, meeting, official, signed_in, ready_for):
        ready_for(deal, "qualified")
        client = signed_in(official)
        assert 'value="qualified"' in read(client, form)

        client.post(form, {"outcome": "continues", "stage": "qualified"})

        deal.refresh_from_db()
        assert deal.stage == "qualified"

    def test_a_shut_gate_is_not_offered(self, form, official, signed_in):
        assert 'value="qualified"' not in read(signed_in(official), form)

    def test_the_deal_may_rest(self, form, deal, official, signed_in):
        signed_in(official).post(form, {"outcome": "postponed", "stage": "rest"})

        deal.refresh_from_db()
        assert deal.health == "dormant"

    def test_who_comes_second_is_told(self, form, meeting, colleague, official, signed_in):
        from crm.meetings.services import log_outcome

        log_outcome(meeting, by=colleague, outcome="not_interested")

        response = signed_in(official).post(form, {"outcome": "continues", "version": 1})

        meeting.refresh_from_db()
        assert response.status_code == 409
        assert meeting.outcome == "not_interested"

    def test_who_may(self, form, viewer, stranger, partner, national, signed_in, client):
        assert signed_in(viewer).get(form).status_code == 403
        assert signed_in(stranger).get(form).status_code == 404
        assert signed_in(partner).get(form).status_code == 404
        assert signed_in(national).get(form).status_code == 200
        assert client.get(form).status_code == 302

    def test_it_takes_few_queries(self, form, official, signed_in, django_assert_max_num_queries):
        client = signed_in(official)
        client.get(form)

        with django_assert_max_num_queries(12):
            client.get(form)
