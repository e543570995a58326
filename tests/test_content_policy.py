"""The content policy: strict everywhere, looser only where the design says so."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from crm.accounts.models import User

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
PAGES = ["/settings/", "/account/2fa/", "/account/password/change/", "/nowhere/"]


def policy_of(answer) -> dict[str, list[str]]:
    parts = [part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip()]
    return {name: sources for name, *sources in parts}


@pytest.mark.parametrize("address", [*PAGES, "/account/login/"])
def test_pages_have_nothing_inline(address: str, official: User, signed_in: SignedIn) -> None:
    client = signed_in(official) if address in PAGES else Client()
    answer = client.get(address)
    html = answer.content.decode()
    assert not re.findall(r"<[^>]+\sstyle\s*=", html)
    assert not re.findall(r"<[^>]+\son\w+\s*=", html)
    assert "<style" not in html
    assert "javascript:" not in html
    policy = policy_of(answer)
    [nonce] = re.findall(r"nonce-([\w-]+)", " ".join(policy["script-src"]))
    for script in re.findall(r"<script([^>]*)>", html):
        assert 'src="/static/' in script or f'nonce="{nonce}"' in script
    assert policy["default-src"] == ["'none'"]
    assert policy["frame-ancestors"] == ["'none'"]
    assert "unsafe" not in answer["Content-Security-Policy"]


def test_the_back_office_alone_may_run_its_themes_inline_code(administrator: User, signed_in: SignedIn) -> None:
    client = signed_in(administrator)
    loose = policy_of(client.get("/back-office/"))
    assert "'unsafe-inline'" in loose["script-src"]
    assert loose["default-src"] == ["'none'"]
    assert loose["form-action"] == ["'self'"]
    assert "unsafe" not in client.get("/settings/")["Content-Security-Policy"]


def test_the_api_page_may_style_itself_inline(official: User, signed_in: SignedIn) -> None:
    client = signed_in(official)
    assert "'unsafe-inline'" in policy_of(client.get("/api/v1/documentation/"))["style-src"]
    assert "unsafe" not in client.get("/api/v1/deals/")["Content-Security-Policy"]
