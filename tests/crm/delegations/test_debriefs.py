"""The debrief: each member is asked once after the return, by a form of their own, and tells once."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core import mail, signing
from django.test import Client
from django.urls import reverse

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.delegations.models import Debrief, DebriefEntry, Delegation, DelegationMember
from crm.delegations.queries import debrief_url
from crm.delegations.services import ask_for_debriefs, update_delegation
from crm.reminders.models import Letter
from crm.reminders.services import send_letters
from tests.answering import answer, offered, rules_asking
from tests.factories.accounts import UserFactory
from tests.factories.delegations import DelegationFactory, DelegationMemberFactory

# The visit ends on Thursday 19 February 2026; Friday is the first working day after it.
FRIDAY = datetime.fromisoformat("2026-02-20T10:00+05:00")
SignIn = Callable[[User], Client]
WORDS = {
    "met-TOTAL_FORMS": "2",
    "met-INITIAL_FORMS": "0",
    "met-0-company": "Yıldız Prefabrik",
    "met-0-person": "Mehmet Aydın",
    "met-0-agreed": "They build a precast plant",
    "met-0-needed": "Three plots with gas",
    "met-0-due_date": "2026-03-06",
}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(FRIDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def visit(db: None, official: User) -> Delegation:
    return DelegationFactory(region=official.region, title="Türkiye: Bursa", secretary=official)


@pytest.fixture
def member(visit: Delegation) -> DelegationMember:
    return DelegationMemberFactory(delegation=visit, full_name="Асқар Серіков", email="askar@firm.example")


def ask() -> int:
    return ask_for_debriefs(now=datetime.now().astimezone())


def visitor() -> Client:
    """Return somebody's phone, which prefers English."""
    return Client(headers={"Accept-Language": "en"})


def letters() -> list[Any]:
    send_letters(list(Letter.objects.values_list("pk", flat=True)))
    return mail.outbox


@pytest.fixture
def form(member: DelegationMember) -> str:
    ask()
    return urlsplit(debrief_url(Debrief.objects.get())).path


def test_each_member_of_ours_with_an_address_is_asked_once(visit: Delegation, member: DelegationMember) -> None:
    DelegationMemberFactory(delegation=visit)
    DelegationMemberFactory(delegation=visit, side="theirs", email="mehmet@yildiz.example")
    assert [ask(), ask()] == [1, 0]
    [message] = letters()
    assert message.to == ["askar@firm.example"]
    assert "/delegations/debrief/" in message.body


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        ("2026-02-19T23:30+05:00", 0),
        ("2026-02-20T08:59+05:00", 0),
        ("2026-02-20T09:00+05:00", 1),
        ("2026-02-21T10:00+05:00", 0),
        ("2026-03-20T10:00+05:00", 1),
        ("2026-03-24T10:00+05:00", 0),
    ],
)
def test_the_mail_goes_out_on_the_first_working_day_after_the_return_or_as_soon_as_can_be(
    member: DelegationMember, clock: Any, at: str, asked: int
) -> None:
    clock.move_to(datetime.fromisoformat(at))
    assert ask() == asked


@pytest.mark.parametrize("status", ["cancelled", "closed"])
def test_nobody_is_asked_about_a_visit_that_is_closed_or_was_called_off(member: DelegationMember, status: str) -> None:
    Delegation.objects.update(status=status)
    assert ask() == 0


def test_who_has_no_account_is_asked_in_three_languages_and_a_user_in_the_own(
    visit: Delegation, member: DelegationMember
) -> None:
    user = UserFactory(language="ru", email="user@example.kz")
    DelegationMemberFactory(delegation=visit, email="User@example.kz")
    ask()
    by_address = {message.to[0]: message for message in letters()}
    stranger, known = by_address["askar@firm.example"], by_address["User@example.kz"]
    for message, languages in ((stranger, ["kk", "ru", "en"]), (known, ["ru"])):
        html = message.alternatives[0].content
        assert [language for language in ("kk", "ru", "en") if f'<tr><td lang="{language}"' in html] == languages
    assert Debrief.objects.get(email="User@example.kz").user == user


def test_following_the_link_keeps_nothing_and_sending_keeps_what_was_told(form: str, member: DelegationMember) -> None:
    phone = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    for look in (phone.get, phone.head):
        assert look(form).status_code == 200
    assert Debrief.objects.get().answered_at is None
    page = phone.post(form, WORDS | {"practice": "No land tax for five years"}, follow=True)
    assert "Thank you, it is noted" in page.content.decode()
    told, practice = DebriefEntry.objects.order_by("position")
    assert (told.company, told.person, told.agreed, told.needed, told.due_date) == (
        "Yıldız Prefabrik",
        "Mehmet Aydın",
        "They build a precast plant",
        "Three plots with gas",
        date(2026, 3, 6),
    )
    assert practice.practice == "No land tax for five years"
    events = AuditEvent.objects.filter(model__startswith="delegations.debrief")
    assert {event.door for event in events.order_by("-pk")[:3]} == {"mail"}
    assert "Prefabrik" not in str(list(events.values_list("changes", "record_label")))


def test_a_form_is_sent_once_and_says_kindly_what_was_told(form: str) -> None:
    visitor().post(form, WORDS)
    for again in (visitor().get(form), visitor().post(form, WORDS | {"met-0-agreed": "Something else"})):
        html = again.content.decode()
        assert "Thank you, it is noted" in html
        assert "They build a precast plant" in html
    assert DebriefEntry.objects.count() == 1


def test_what_is_missing_is_said_beside_the_field_and_the_words_stay(form: str) -> None:
    refused = visitor().post(form, WORDS | {"met-0-company": "", "met-0-person": ""})
    html = refused.content.decode()
    assert refused.status_code == 422
    assert "Say whom you met." in html
    assert "They build a precast plant" in html
    empty = visitor().post(form, {"met-TOTAL_FORMS": "2", "met-INITIAL_FORMS": "0"})
    assert empty.status_code == 422
    assert "Tell of one meeting at least" in empty.content.decode()
    assert Debrief.objects.get().answered_at is None


def test_one_more_meeting_keeps_what_was_filled_in(form: str) -> None:
    html = visitor().post(form, WORDS | {"more": "1", "practice": "No land tax"}).content.decode()
    assert 'name="met-2-company"' in html  # two were sent
    for word in ("Yıldız Prefabrik", "Three plots with gas", "2026-03-06", "No land tax"):
        assert word in html
    assert Debrief.objects.get().answered_at is None


def test_who_has_nothing_to_tell_says_so(form: str) -> None:
    visitor().post(form, {"met-TOTAL_FORMS": "2", "met-INITIAL_FORMS": "0", "nothing": "on"})
    debrief = Debrief.objects.get()
    assert debrief.answered_at is not None
    assert debrief.taken_in_at is not None, "there is nothing to review"


def test_a_link_that_is_old_cut_or_signed_for_something_else_opens_no_form(form: str, clock: Any) -> None:
    token = form.split("/")[3]
    forged = signing.dumps(Debrief.objects.get().pk, salt="reminders.unsubscribe")
    for wrong in (token[:-1], forged):
        assert visitor().post(f"/delegations/debrief/{wrong}/", WORDS).status_code == 404
    clock.shift(timedelta(days=46))
    page = visitor().post(form, WORDS)
    assert page.status_code == 404
    assert "This link does not open the form" in page.content.decode()
    assert Debrief.objects.get().answered_at is None


@pytest.mark.parametrize(
    ("cookie", "header", "language"), [("ru", "kk", "ru"), ("", "ru", "ru"), ("", "en", "en"), ("", "de", "kk")]
)
def test_the_form_speaks_the_language_chosen_here_else_the_browsers(
    form: str, cookie: str, header: str, language: str
) -> None:
    phone = Client(headers={"Accept-Language": header})
    if cookie:
        phone.cookies["django_language"] = cookie
    html = phone.get(form).content.decode()
    assert f'lang="{language}"' in html
    assert 'name="language" value="ru"' in html, "the visitor can choose another"


def test_each_language_of_the_mail_opens_the_form_in_it_and_another_can_be_chosen_there(
    member: DelegationMember,
) -> None:
    ask()
    [message] = letters()
    urls = re.findall(r"http://127.0.0.1:8000(/delegations/debrief/\S+)", message.body)
    assert [url[-2:] for url in urls] == ["kk", "ru", "en"]
    phone = Client(headers={"Accept-Language": "en"})
    assert 'lang="ru"' in phone.get(urls[1], follow=True).content.decode()
    phone.post("/settings/language/", {"language": "kk", "next": urls[1].partition("?")[0]})
    assert 'lang="kk"' in phone.get(urls[1].partition("?")[0]).content.decode()


def test_the_secretary_is_asked_about_those_who_have_not_told_and_reminds_them(
    visit: Delegation, member: DelegationMember, official: User, clock: Any
) -> None:
    ask()
    tuesday = date(2026, 2, 24)
    assert "debrief" not in rules_asking(official, date(2026, 2, 20))
    assert "debrief" in rules_asking(official, tuesday)
    assert offered(official, "debrief", tuesday) == ["remind", "enough"]
    clock.move_to(datetime.fromisoformat("2026-02-24T10:00+05:00"))
    assert answer(official, "debrief", "remind", visit, tuesday).message == "1 member is reminded by mail."
    assert len(letters()) == 2
    assert "debrief" not in rules_asking(official, date(2026, 2, 25))
    assert "debrief" in rules_asking(official, date(2026, 2, 26))
    answer(official, "debrief", "enough", visit, tuesday)
    assert "debrief" not in rules_asking(official, date(2026, 2, 26))
    page = visitor().get(urlsplit(debrief_url(Debrief.objects.get())).path)
    assert "Nothing more is awaited" in page.content.decode()


def test_a_member_with_an_account_finds_the_form_on_my_week(
    visit: Delegation, colleague: User, signed_in: SignIn
) -> None:
    DelegationMemberFactory(delegation=visit, email=colleague.email)
    ask()
    assert "/delegations/debrief/" in signed_in(colleague).get("/").content.decode()
    assert offered(colleague, "debrief", date(2026, 2, 20)) == ["nothing"]
    answer(colleague, "debrief", "nothing", visit, date(2026, 2, 20))
    assert "debrief" not in rules_asking(colleague, date(2026, 2, 20))


def test_what_was_told_stands_on_the_page_of_the_visit_for_the_own_region(
    form: str, visit: Delegation, official: User, stranger: User, signed_in: SignIn
) -> None:
    visitor().post(form, WORDS)
    address = reverse("delegations:told", args=[visit.pk])
    assert address in signed_in(official).get(visit.get_absolute_url()).content.decode()
    assert "They build a precast plant" in signed_in(official).get(address).content.decode()
    assert signed_in(stranger).get(address).status_code == 404


def test_what_a_member_told_outlives_the_list_of_members(form: str, visit: Delegation, official: User) -> None:
    visitor().post(form, WORDS)
    update_delegation(visit, by=official, members=[])
    debrief = Debrief.objects.get()
    assert (debrief.member, debrief.full_name) == (None, "Асқар Серіков")
    assert "They build a precast plant" in visitor().get(form).content.decode()
