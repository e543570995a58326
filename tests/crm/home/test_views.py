from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from crm.commitments.models import Commitment
from crm.reminders.services import decline
from tests.factories.accounts import UserFactory
from tests.factories.commitments import CommitmentFactory
from tests.factories.deals import DealFactory
from tests.factories.delegations import DelegationFactory, PracticeFactory
from tests.factories.meetings import MeetingFactory
from tests.factories.visit_reports import VisitReportFactory

MONDAY = datetime.fromisoformat("2026-03-02T10:00+05:00")
SignIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def monday() -> Any:
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


def fill_week(user: User, number: int = 1) -> None:
    """Give ``user`` ``number`` of everything that My week shows, about every kind of record."""
    for _ in range(number):
        for about in (DealFactory(), DelegationFactory(), PracticeFactory(), MeetingFactory()):
            for due in (date(2026, 2, 20), date(2026, 3, 2), date(2026, 3, 6)):
                CommitmentFactory(about=about, region=about.region, executor=user, due_date=due)
        MeetingFactory(owner=user)
        DealFactory(owner=user, last_activity_at=datetime(2026, 1, 5, tzinfo=UTC))
        VisitReportFactory(state="in_review")


@pytest.mark.parametrize("number", [1, 30])
def test_a_week_of_everything_takes_the_same_few_queries(
    official: User, signed_in: SignIn, number: int, django_assert_max_num_queries
) -> None:
    fill_week(official, number)
    client = signed_in(official)
    client.get("/")
    with django_assert_max_num_queries(12):
        response = client.get("/")
    assert len(response.context["week"].tasks) == 12 * number


@pytest.mark.parametrize("number", [1, 10])
@pytest.mark.parametrize("address", ["/", "/?scope=office"])
def test_a_manager_and_a_whole_office_take_no_more(
    official: User, manager: User, signed_in: SignIn, number: int, address: str, django_assert_max_num_queries
) -> None:
    fill_week(official, number)
    fill_week(manager, number)
    for deal in DealFactory.create_batch(number, owner=official, last_activity_at=datetime(2026, 1, 5, tzinfo=UTC)):
        decline(official, rule="gone_quiet", about_id=deal.pk)
    client = signed_in(manager)
    client.get(address)
    with django_assert_max_num_queries(12):
        response = client.get(address)
    assert sum(item.is_declined for item in response.context["week"].items) == (number if address == "/" else 0)


def test_the_week_stands_in_groups_up_to_sunday(official: User, signed_in: SignIn) -> None:
    for day in (date(2026, 2, 20), date(2026, 3, 2), date(2026, 3, 8), date(2026, 3, 10)):
        CommitmentFactory(executor=official, due_date=day)
    week = signed_in(official).get("/").context["week"]
    groups = [[item.due for item in group] for group in (week.overdue, week.today, week.later)]
    assert groups == [[date(2026, 2, 20)], [date(2026, 3, 2)], [date(2026, 3, 8)]]


def test_beside_the_tasks_stand_outcomes_reports_and_quiet_deals(official: User, signed_in: SignIn) -> None:
    meeting = MeetingFactory(owner=official, subject="Talks at the zone")
    report = VisitReportFactory(state="in_review", title="Bursa in February")
    DealFactory(owner=official, title="Catering", last_activity_at=datetime(2026, 1, 5, tzinfo=UTC))
    html = signed_in(official).get("/").content.decode()
    assert reverse("deals:log_outcome", args=[meeting.pk]) in html
    assert reverse("visit_reports:review", args=[report.pk]) in html
    assert "Bursa in February" in html
    assert "56 days without movement" in html


def test_others_and_other_regions_see_nothing_of_it(
    official: User, colleague: User, stranger: User, signed_in: SignIn
) -> None:
    CommitmentFactory(executor=official, due_date=date(2026, 3, 2), text="Send the memorandum")
    VisitReportFactory(state="in_review", title="Bursa in February")
    for other in (colleague, stranger):
        assert "Send the memorandum" not in signed_in(other).get("/").content.decode()
    assert "Bursa in February" not in signed_in(stranger).get("/").content.decode()


def test_an_empty_week_teaches_where_to_begin(official: User, viewer: User, signed_in: SignIn) -> None:
    page = signed_in(official).get("/").content.decode()
    assert "Nothing waits for you this week" in page
    assert reverse("visit_reports:upload") in page
    assert reverse("visit_reports:upload") not in signed_in(viewer).get("/").content.decode()


def test_done_takes_the_task_away_and_offers_undo(official: User, signed_in: SignIn) -> None:
    commitment = CommitmentFactory(executor=official, due_date=date(2026, 3, 2), text="Send the memorandum")
    client = signed_in(official)
    done = client.post(f"/week/our_commitment/{commitment.pk}/done/", headers=HTMX)
    html = done.content.decode()
    assert html.count('id="week"') == 1
    assert "<html" not in html
    assert "Send the memorandum" not in html
    assert done.headers["HX-Retarget"] == "#week"
    undo = f"/week/our_commitment/{commitment.pk}/reopen/"
    assert undo in done.headers["HX-Trigger-After-Settle"]
    assert "Send the memorandum" in client.post(undo, headers=HTMX).content.decode()


def test_without_script_the_answer_leads_back_and_undo_is_a_button(official: User, signed_in: SignIn) -> None:
    commitment = CommitmentFactory(executor=official, due_date=date(2026, 3, 2), text="Send the memorandum")
    client = signed_in(official)
    page = client.post(f"/week/our_commitment/{commitment.pk}/next_week/", follow=True)
    assert page.redirect_chain == [("/", 302)]
    commitment.refresh_from_db()
    assert commitment.due_date == date(2026, 3, 10), "Monday 9 March is off"
    html = page.content.decode()
    assert "Moved to Tuesday, 10 March: Send the memorandum" in html
    undo = f"/week/our_commitment/{commitment.pk}/move_back/?due=2026-03-02"
    assert f'action="{undo}"' in html
    client.post(undo)
    commitment.refresh_from_db()
    assert commitment.due_date == date(2026, 3, 2)
    assert undo not in client.get("/").content.decode(), "a notice is shown once"


def test_a_refused_answer_says_why_in_the_list(official: User, signed_in: SignIn) -> None:
    deal = DealFactory(owner=official, last_activity_at=datetime(2026, 1, 5, tzinfo=UTC))
    response = signed_in(official).post(f"/week/gone_quiet/{deal.pk}/dormant/", {"line": ""}, headers=HTMX)
    assert response.status_code == 422
    assert "Say in one line" in response.content.decode()


def test_answers_are_for_who_sees_the_record_and_may_write(
    official: User, stranger: User, viewer: User, signed_in: SignIn
) -> None:
    commitment = CommitmentFactory(executor=official, due_date=date(2026, 3, 2))
    url = f"/week/our_commitment/{commitment.pk}/done/"
    assert signed_in(stranger).post(url).status_code == 404
    assert signed_in(viewer).post(url).status_code == 403
    assert Client().post(url).status_code == 302
    assert signed_in(official).get(url).status_code == 405
    assert signed_in(official).post(f"/week/our_commitment/{commitment.pk}/burn/").status_code == 404
    assert Commitment.objects.get().status == "open"


def test_a_manager_may_look_at_the_whole_department(
    official: User, manager: User, colleague: User, signed_in: SignIn
) -> None:
    commitment = CommitmentFactory(executor=official, due_date=date(2026, 3, 2), text="Send the memorandum")
    commitment.co_executors.add(colleague)
    CommitmentFactory(executor=colleague, due_date=date(2026, 2, 20), text="Ask for the plan")
    client = signed_in(manager)
    assert "Send the memorandum" not in client.get("/").content.decode()
    week = client.get("/?scope=office").context["week"]
    assert [(item.title, item.person) for item in week.tasks] == [
        ("Ask for the plan", colleague.full_name),
        ("Send the memorandum", official.full_name),
    ]
    assert signed_in(official).get("/?scope=office").context["week"].tasks[0].person == ""
    answered = client.post(f"/week/our_commitment/{commitment.pk}/done/?scope=office")
    assert answered.headers["Location"] == "/?scope=office"


class TestOutbox:
    @pytest.fixture
    def outbox(self, settings: Any, tmp_path: Path, official: User) -> Path:
        settings.OUTBOX_DIR = tmp_path
        settings.MAILERS = {"default": {"BACKEND": "crm.shared.mail.OutboxBackend"}}
        for subject in ("First", "Екінші"):
            message = EmailMultiAlternatives(subject, "Plain words", to=[f"Official <{official.email.upper()}>"])
            body = f'<html><head></head><body style="margin:0">{subject} <a href="http://x/">x</a></body></html>'
            message.attach_alternative(body, "text/html")
            message.send()
        return tmp_path

    def test_the_newest_mail_comes_first_and_is_shown(self, official: User, signed_in: SignIn, outbox: Path) -> None:
        response = signed_in(official).get("/outbox/")
        assert [mail.subject for mail in response.context["mails"]] == ["Екінші", "First"]
        newest = sorted(file.stem for file in outbox.glob("*.eml"))[-1]
        assert f'src="/outbox/{newest}/body/"' in response.content.decode()
        assert 'sandbox="' in response.content.decode()

    def test_a_body_may_have_inline_styles_but_no_script_and_only_in_our_frame(
        self, official: User, signed_in: SignIn, outbox: Path
    ) -> None:
        client = signed_in(official)
        name = sorted(file.stem for file in outbox.glob("*.eml"))[0]
        response = client.get(f"/outbox/{name}/body/")
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "style-src 'unsafe-inline'" in policy
        assert "sandbox allow-top-navigation-by-user-activation" in policy
        assert "script-src" not in policy
        assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
        assert '<base target="_top">' in response.content.decode()
        assert "'unsafe-inline'" not in client.get("/outbox/").headers["Content-Security-Policy"]

    def test_a_mail_is_read_by_whom_it_is_for_and_by_their_administrator(
        self, official: User, colleague: User, administrator: User, stranger: User, signed_in: SignIn, outbox: Path
    ) -> None:
        name = min(file.stem for file in outbox.glob("*.eml"))
        elsewhere = UserFactory(role="administrator", region__code="KZ-23")
        above = UserFactory(role="administrator", region__code="KZ")
        reads = {official: 2, administrator: 2, above: 2, colleague: 0, stranger: 0, elsewhere: 0}
        for user, mails in reads.items():
            assert len(signed_in(user).get("/outbox/").context["mails"]) == mails
            assert signed_in(user).get(f"/outbox/{name}/body/").status_code == (200 if mails else 404)

    @pytest.mark.parametrize("name", ["x", "..", "00000000000000000000-00000000"])
    def test_only_mails_of_the_outbox_are_shown(
        self, official: User, signed_in: SignIn, outbox: Path, name: str
    ) -> None:
        assert signed_in(official).get(f"/outbox/{name}/body/").status_code == 404

    def test_where_mail_really_leaves_there_is_no_outbox(
        self, official: User, signed_in: SignIn, outbox: Path, settings: Any
    ) -> None:
        settings.OUTBOX_DIR = None
        client = signed_in(official)
        name = sorted(file.stem for file in outbox.glob("*.eml"))[0]
        assert client.get("/outbox/").status_code == 404
        assert client.get(f"/outbox/{name}/body/").status_code == 404
        assert "/outbox/" not in client.get("/").content.decode()

    def test_a_visitor_has_to_sign_in(self, outbox: Path) -> None:
        assert Client().get("/outbox/").status_code == 302


class TestQuestion:
    @pytest.fixture
    def commitment(self, official: User) -> Commitment:
        return CommitmentFactory(executor=official, due_date=date(2026, 3, 2), text="Send the memorandum")

    def test_all_ways_to_answer_stand_in_a_dialog_and_on_a_page_without_script(
        self, official: User, commitment: Commitment, signed_in: SignIn
    ) -> None:
        client, url = signed_in(official), f"/week/our_commitment/{commitment.pk}/"
        assert f'href="{url}"' in client.get("/").content.decode()
        page, dialog = client.get(url).content.decode(), client.get(url, headers=HTMX).content.decode()
        for html in (page, dialog):
            for code in ("done", "next_week", "new_date", "blocked", "later", "not_mine", "never"):
                assert f'action="{url}{code}/"' in html
        assert "<dialog" in dialog
        assert "<html" not in dialog
        assert "<dialog" not in page

    def test_what_is_missing_is_said_in_the_dialog_and_what_is_done_closes_it(
        self, official: User, commitment: Commitment, signed_in: SignIn
    ) -> None:
        client, url = signed_in(official), f"/week/our_commitment/{commitment.pk}/new_date/"
        refused = client.post(url, {"due": "2026-02-02", "filled_in": "1"}, headers=HTMX)
        assert refused.status_code == 422
        assert "<dialog" in refused.content.decode()
        assert "This day has passed." in refused.content.decode()
        done = client.post(url, {"due": "2026-03-20", "filled_in": "1"}, headers=HTMX)
        assert '<div id="dialog" hx-swap-oob="true"></div>' in done.content.decode()
        commitment.refresh_from_db()
        assert commitment.due_date == date(2026, 3, 20)

    def test_a_manager_answers_for_the_office_but_does_not_put_off_what_others_are_asked(
        self, official: User, manager: User, colleague: User, commitment: Commitment, signed_in: SignIn
    ) -> None:
        url = f"/week/our_commitment/{commitment.pk}/"
        html = signed_in(manager).get(f"{url}?scope=office").content.decode()
        assert f'action="{url}done/?scope=office"' in html
        assert f'action="{url}later/' not in html
        assert signed_in(colleague).get(url).status_code == 404

    def test_each_kind_of_question_can_be_answered_from_its_row(
        self, official: User, manager: User, signed_in: SignIn
    ) -> None:
        """No row offers a button that leads nowhere."""
        DealFactory(owner=None)
        CommitmentFactory(executor=official, due_date=date(2026, 2, 2), side="theirs", about=DealFactory(owner=manager))
        client = signed_in(manager)
        for row in client.get("/").context["week"].items:
            assert client.get(f"/week/{row.rule}/{row.about_id}/").status_code == 200
