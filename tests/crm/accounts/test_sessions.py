"""How long a session lives, and how it is ended from elsewhere."""

from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from crm.accounts import services
from crm.accounts.models import User
from crm.accounts.queries import sessions_of
from crm.shared.errors import NotAllowed
from tests.sign_in import PASSWORD, events_of, is_signed_in, sign_in_by_password, text_of

pytestmark = pytest.mark.django_db


def test_whoever_does_nothing_for_an_hour_is_signed_out(official: User) -> None:
    start = timezone.now()
    client = sign_in_by_password(official)
    with time_machine.travel(start + timedelta(minutes=59)):
        assert is_signed_in(client)
    with time_machine.travel(start + timedelta(minutes=118)):
        assert is_signed_in(client)
    with time_machine.travel(start + timedelta(minutes=180)):
        page = client.get("/deals/", follow=True)
        assert page.redirect_chain == [("/account/login/?next=/deals/", 302)]
        assert "because nothing was done here for a while" in text_of(page)
    assert events_of(official)[-1].action == "signed_out"
    assert events_of(official)[-1].door == "page"


def test_whoever_stays_signed_in_comes_back_next_week(official: User) -> None:
    client = Client()
    client.post("/account/login/", {"login": official.email, "password": PASSWORD, "remember": "on"})
    assert client.cookies["sessionid"]["max-age"] == 14 * 24 * 60 * 60
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert is_signed_in(client)
    with time_machine.travel(timezone.now() + timedelta(days=22)):
        assert not is_signed_in(client)


def test_others_sessions_end_with_the_browser(official: User) -> None:
    assert sign_in_by_password(official).cookies["sessionid"]["max-age"] == ""


def test_each_session_is_known_with_its_last_moment_and_address(official: User) -> None:
    client = Client(headers={"user-agent": "Firefox on Linux"})
    sign_in_by_password(official, client)
    later = timezone.now() + timedelta(minutes=5)
    with time_machine.travel(later, tick=False):
        client.get("/settings/", REMOTE_ADDR="10.0.0.7")
    [session] = sessions_of(official)
    assert (session.user_agent, session.ip) == ("Firefox on Linux", "10.0.0.7")
    assert abs(session.last_seen_at - later) < timedelta(seconds=1)


def test_a_page_within_the_same_minute_writes_nothing(official: User, django_assert_num_queries) -> None:
    client = sign_in_by_password(official)
    client.get("/settings/")
    before = UserSession.objects.get().last_seen_at
    client.get("/settings/")
    assert UserSession.objects.get().last_seen_at == before


def test_sessions_elsewhere_are_ended_and_this_one_stays(official: User) -> None:
    here, there, phone = (sign_in_by_password(official) for _ in range(3))
    services.end_sessions(official, by=official, but=here.session.session_key)
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert not is_signed_in(phone)
    assert events_of(official)[-1].changes == {"sessions": 2}
    assert len(sessions_of(official)) == 1


def test_one_session_is_ended(official: User, colleague: User) -> None:
    here, there = sign_in_by_password(official), sign_in_by_password(official)
    [known] = UserSession.objects.filter(session_key=there.session.session_key)
    others = sign_in_by_password(colleague)
    assert not services.end_session(colleague, by=colleague, pk=known.pk)
    assert services.end_session(official, by=official, pk=known.pk)
    assert is_signed_in(here)
    assert not is_signed_in(there)
    assert is_signed_in(others)


def test_only_the_administrator_ends_anothers(official: User, colleague: User, administrator: User) -> None:
    client = sign_in_by_password(official)
    with pytest.raises(NotAllowed):
        services.end_sessions(official, by=colleague)
    assert services.end_sessions(official, by=administrator) == 1
    assert not is_signed_in(client)
    assert not Session.objects.exists()


def test_a_new_password_ends_the_sessions_elsewhere(official: User) -> None:
    here, there = sign_in_by_password(official), sign_in_by_password(official)
    new = "quite another one"
    here.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_the_page_shows_the_devices_and_ends_the_others(official: User) -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"
    chrome = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML) Chrome/143.0 Mobile Safari/537.36"
    here = sign_in_by_password(official, Client(headers={"user-agent": firefox}))
    there = sign_in_by_password(official, Client(headers={"user-agent": chrome}))
    page = text_of(here.get("/settings/sessions/"))
    assert page.index("Firefox, Windows") < page.index("Chrome, Android")
    assert page.count("this device") == 1
    told = text_of(here.post("/settings/sessions/end-others/", follow=True))
    assert "1 other session is ended." in told
    assert is_signed_in(here)
    assert not is_signed_in(there)


def test_one_is_ended_on_the_page(official: User) -> None:
    here, there = sign_in_by_password(official), sign_in_by_password(official)
    known = UserSession.objects.get(session_key=there.session.session_key)
    here.post(f"/settings/sessions/{known.pk}/end/")
    assert not is_signed_in(there)
