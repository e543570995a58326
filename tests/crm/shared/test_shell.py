"""The shell holds on every page: language, theme, navigation, nothing inline."""

import re

import pytest
from django.test import Client

from crm.accounts.models import User
from crm.shared.navigation import Entry, Navigation

pytestmark = pytest.mark.django_db


def test_a_signed_in_page_is_in_the_shell(official: User, signed_in) -> None:
    page = signed_in(official).get("/settings/").content.decode()
    assert '<main class="main" id="main"' in page
    assert official.full_name in page
    assert official.region.name_en in page


def test_nothing_is_inline(official: User, signed_in) -> None:
    page = signed_in(official).get("/settings/")
    html = page.content.decode()
    assert not re.findall(r"<[^>]+\sstyle=", html)
    assert not re.findall(r"<[^>]+\son[a-z]+=", html)
    nonce = re.search(r"'nonce-([^']+)'", page["Content-Security-Policy"])
    for script in re.findall(r"<script[^>]*>", html):
        assert 'src="' in script
    assert nonce
    assert "unsafe" not in page["Content-Security-Policy"]


def test_an_unknown_address_is_said_inside_the_shell(official: User, signed_in) -> None:
    page = signed_in(official).get("/nowhere/")
    assert page.status_code == 404
    assert "Nothing is here" in page.content.decode()
    assert 'class="app"' in page.content.decode()


def test_a_visitor_gets_errors_outside_the_shell() -> None:
    page = Client().get("/nowhere/", headers={"accept-language": "en"})
    assert page.status_code == 404
    assert 'class="app"' not in page.content.decode()


def test_the_theme_is_printed_from_the_cookie(official: User, signed_in) -> None:
    client = signed_in(official)
    answer = client.post("/settings/theme/", {"theme": "dark", "next": "/settings/"})
    assert answer["Location"] == "/settings/"
    assert 'data-theme="dark"' in client.get("/settings/").content.decode()


def test_an_entry_is_drawn_where_it_is_shown(official: User, colleague: User, rf) -> None:
    navigation = Navigation()
    navigation.add(Entry("accounts:settings", "settings", "Settings", "Set", 20, count=lambda user: User.objects.all()))
    navigation.add(Entry("account_logout", "log-out", "Out", "Out", 10, shown=lambda user: False))
    request = rf.get("/settings/")
    request.user, request.resolver_match = official, None
    [link] = navigation.links_for(request)
    assert (link.url, link.count, link.is_current) == ("/settings/", 2, False)


def test_all_counts_of_the_side_bar_take_one_query(
    official: User, colleague: User, rf, django_assert_num_queries
) -> None:
    navigation = Navigation()
    everybody, nobody = User.objects.order_by("full_name"), User.objects.none()
    navigation.add(Entry("accounts:settings", "settings", "Settings", "Set", 20, count=lambda user: everybody))
    navigation.add(
        Entry("home:my_week", "settings", "Week", "Week", 30, count=lambda user: everybody.filter(pk=user.pk))
    )
    navigation.add(Entry("account_login", "settings", "In", "In", 40, count=lambda user: nobody))
    request = rf.get("/settings/")
    request.user, request.resolver_match = official, None
    with django_assert_num_queries(1):
        assert [link.count for link in navigation.links_for(request)] == [2, 1, 0]
