"""The menu of stages, the gate and its dialog, coming to rest: as pages and as parts."""

import re

import pytest

from crm.commitments.queries import next_steps_of
from leads.deals import services
from leads.deals.models import Deal
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/deals/?health=all"}


@pytest.fixture
def address(deal):
    return f"/deals/{deal.pk}/move/"


def stage_of(deal):
    return Deal.objects.get(pk=deal.pk).stage


class TestMenu:
    def test_it_names_what_each_stage_lacks(self, deal, address, official, signed_in):
        CommitmentFactory(about=deal)

        html = signed_in(official).get(address).content.decode()

        assert re.search(r"Lead\s+\(now\)", html)
        assert re.search(r'value="qualified">.*?<span>Qualified</span>', html, re.DOTALL)
        assert "Contact person or counterpart, What is being negotiated" in html
        # A later stage names what it asks besides.
        assert html.count("Contact person or counterpart") == 1
        assert "Agreed sum, Expected start" in html

    def test_htmx_gets_the_menu_alone(self, address, official, signed_in):
        html = signed_in(official).get(address, headers=HTMX).content.decode()

        assert "<html" not in html
        assert html.count('name="to_stage"') == 7

    def test_it_takes_few_queries(self, address, official, signed_in, django_assert_max_num_queries):
        client = signed_in(official)
        client.get(address)

        with django_assert_max_num_queries(12):
            client.get(address)


class TestMoving:
    def test_through_an_open_gate_and_back_to_where_one_came_from(self, deal, address, official, signed_in, ready_for):
        ready_for(deal, "qualified")

        response = signed_in(official).post(address, {"to_stage": "qualified", "version": 1, "next": "/deals/?q=x"})

        assert (response.status_code, response["Location"]) == (302, "/deals/?q=x")
        assert stage_of(deal) == "qualified"

    def test_never_to_another_site(self, deal, address, official, signed_in, ready_for):
        ready_for(deal, "qualified")

        response = signed_in(official).post(address, {"to_stage": "qualified", "next": "https://evil.example/"})

        assert response["Location"] == f"/deals/{deal.pk}/"

    def test_on_the_board_columns_and_counts_come_back_out_of_band(self, deal, address, official, signed_in, ready_for):
        ready_for(deal, "qualified")

        response = signed_in(official).post(address, {"to_stage": "qualified", "version": 1}, headers=HTMX)

        html = response.content.decode()
        moved = re.search(r'<section class="bcol" id="st2"[^>]*hx-swap-oob="true">.*?</section>', html, re.DOTALL)[0]
        left = re.search(r'<section class="bcol" id="st1"[^>]*hx-swap-oob="true">.*?</section>', html, re.DOTALL)[0]
        assert f'id="deal-{deal.pk}"' in moved
        assert "data-focus" in moved
        assert f'id="deal-{deal.pk}"' not in left
        assert 'id="board-summary" hx-swap-oob="true"' in html
        assert "Moved to Qualified." in response["HX-Trigger-After-Settle"]

    def test_on_the_deals_page_the_page_comes_anew(self, deal, address, official, signed_in, ready_for):
        ready_for(deal, "qualified")
        headers = HTMX | {"HX-Current-URL": f"http://testserver/deals/{deal.pk}/"}

        response = signed_in(official).post(address, {"to_stage": "qualified"}, headers=headers)

        assert response["HX-Redirect"] == f"/deals/{deal.pk}/"

    def test_the_second_mover_is_told(self, deal, address, official, signed_in, ready_for):
        ready_for(deal, "negotiation")
        services.move_deal(deal, by=official, to_stage="qualified")

        response = signed_in(official).post(address, {"to_stage": "negotiation", "version": 1}, headers=HTMX)

        assert response.status_code == 409
        assert stage_of(deal) == "qualified"

    def test_an_unknown_stage_is_a_bad_request(self, address, official, signed_in):
        assert signed_in(official).post(address, {"to_stage": "won"}).status_code == 400

    def test_a_resting_deal_does_not_move(self, deal, address, official, signed_in):
        services.mark_dormant(deal, by=official, reason="Winter")

        response = signed_in(official).post(address, {"to_stage": "qualified"})

        assert response.status_code == 400
        assert "at rest" in response.content.decode()


class TestGate:
    @pytest.fixture
    def bare(self, official):
        return DealFactory(region=official.region, owner=official, company=None, sector=None)

    def test_the_dialog_names_what_is_missing_and_asks_for_it(self, bare, official, signed_in):
        response = signed_in(official).post(
            f"/deals/{bare.pk}/move/", {"to_stage": "qualified", "version": 1}, headers=HTMX
        )

        html = response.content.decode()
        assert response.status_code == 422
        assert response["HX-Retarget"] == "#dialog"
        assert "3 things are missing" in html
        for name in ["company", "sector", "next_step", "next_step_due"]:
            assert f'name="{name}"' in html
        assert 'name="pass_gate"' not in html

    def test_filled_in_place_it_moves_in_one_go(self, bare, official, signed_in, deal):
        filled = {
            "to_stage": "qualified",
            "version": 1,
            "fill": 1,
            "company": f"{deal.company.name} #{deal.company_id}",
            "sector": deal.sector_id,
            "next_step": "Call them",
            "next_step_due": "2026-03-09",
        }

        response = signed_in(official).post(f"/deals/{bare.pk}/move/", filled, headers=HTMX)

        bare.refresh_from_db()
        assert response.status_code == 200
        assert (bare.stage, bare.company, bare.sector) == ("qualified", deal.company, deal.sector)
        assert next_steps_of([bare])[bare.pk].text == "Call them"

    def test_half_filled_nothing_is_written(self, bare, official, signed_in, deal):
        filled = {"to_stage": "qualified", "version": 1, "fill": 1, "sector": deal.sector_id}

        response = signed_in(official).post(f"/deals/{bare.pk}/move/", filled)

        bare.refresh_from_db()
        assert response.status_code == 422
        assert (bare.stage, bare.sector) == ("lead", None)

    def test_an_unknown_company_is_said_beside_its_field(self, bare, official, signed_in):
        filled = {"to_stage": "qualified", "fill": 1, "company": "Nobody & Sons"}

        html = signed_in(official).post(f"/deals/{bare.pk}/move/", filled).content.decode()

        assert "The directory does not know this company" in html

    def test_what_is_filled_elsewhere_has_its_link(self, deal, official, signed_in, ready_for):
        ready_for(deal, "negotiation")

        html = signed_in(official).post(f"/deals/{deal.pk}/move/", {"to_stage": "memorandum"}).content.decode()

        assert f'href="/deals/{deal.pk}/memoranda/"' in html

    def test_a_manager_passes_with_a_reason(self, bare, manager, signed_in):
        client = signed_in(manager)
        passing = {"to_stage": "qualified", "fill": 1, "pass_gate": 1}

        assert client.post(f"/deals/{bare.pk}/move/", passing).status_code == 422
        assert client.post(f"/deals/{bare.pk}/move/", passing | {"reason": "Urgent"}).status_code == 302

        assert bare.stage_changes.get().missing == ["company", "sector", "next_step"]

    def test_an_official_does_not_pass(self, bare, official, signed_in):
        passing = {"to_stage": "qualified", "fill": 1, "pass_gate": 1, "reason": "Please"}

        assert signed_in(official).post(f"/deals/{bare.pk}/move/", passing).status_code == 403
        assert stage_of(bare) == "lead"

    def test_not_even_a_manager_passes_the_confirmation(self, deal, manager, signed_in, ready_for):
        ready_for(deal, "implementation")

        html = signed_in(manager).post(f"/deals/{deal.pk}/move/", {"to_stage": "realised"}).content.decode()

        assert "Confirmation by a second person" in html
        assert 'name="pass_gate"' not in html


class TestRest:
    @pytest.mark.parametrize(("action", "health"), [("lost", "lost"), ("dormant", "dormant"), ("archive", "on_track")])
    def test_with_its_reason(self, deal, official, signed_in, action, health):
        client = signed_in(official)
        assert client.get(f"/deals/{deal.pk}/{action}/").status_code == 200
        assert client.post(f"/deals/{deal.pk}/{action}/", {"reason": ""}).status_code == 422

        client.post(f"/deals/{deal.pk}/{action}/", {"reason": "Price"})

        deal.refresh_from_db()
        assert deal.health == health
        assert "Price" in [deal.lost_reason, deal.dormant_reason, deal.archive_reason]
        assert "Price" in client.get(f"/deals/{deal.pk}/").content.decode()

    def test_and_back(self, deal, official, signed_in):
        services.mark_lost(deal, by=official, reason="Price")
        services.archive_deal(deal, by=official, reason="Mistake")
        client = signed_in(official)

        client.post(f"/deals/{deal.pk}/restore/")
        client.post(f"/deals/{deal.pk}/reopen/")
        client.post(f"/deals/{deal.pk}/delayed/")

        deal.refresh_from_db()
        assert (deal.is_archived, deal.health) == (False, "delayed")


ACTIONS = ["move", "lost", "dormant", "archive", "reopen", "restore", "delayed", "on-track"]


@pytest.mark.parametrize("action", ACTIONS)
def test_who_may_not(deal, action, viewer, stranger, partner, client, signed_in):
    address = f"/deals/{deal.pk}/{action}/"

    assert signed_in(viewer).post(address, {"to_stage": "qualified", "reason": "x"}).status_code == 403
    assert signed_in(stranger).post(address, {"to_stage": "qualified", "reason": "x"}).status_code == 404
    assert signed_in(partner).post(address, {"to_stage": "qualified", "reason": "x"}).status_code == 404
    assert client.post(address, {"reason": "x"})["Location"].startswith("/account/login/")
    assert (stage_of(deal), Deal.objects.get(pk=deal.pk).version) == ("lead", 1)
