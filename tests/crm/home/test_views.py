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
    undo = f"/week/our_commitment/{commitment.pk}/new_date/?due=2026-03-02"
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
    def outbox(self, settings: Any, tmp_path: Path) -> Path:
        settings.OUTBOX_DIR = tmp_path
        settings.MAILERS = {"default": {"BACKEND": "crm.shared.mail.OutboxBackend"}}
        for subject in ("First", "Екінші"):
            message = EmailMultiAlternatives(subject, "Plain words", to=["official@example.kz"])
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
