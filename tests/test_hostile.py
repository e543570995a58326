"""Hostile inputs in every form, every body of the API, every list's query and the headers.

The forms are found on the pages of every address, so that a new one is tried by itself. Every input in every door takes
long: ``make soak``. Each run tries a sample: every form and body, with another input in each of its fields.
``SAPAR_SEED=…`` deals the inputs out otherwise.
"""

import datetime
import itertools
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from crm.reminders.services import send_digest_now
from tests.factories.accounts import UserFactory
from tests.hostile import hostile_inputs
from tests.hostile.pages import Form, forms_of, what_would_run
from tests.hostile.trying import (
    Door,
    Operation,
    Site,
    asked,
    asked_and_followed,
    has_code_of_its_own,
    in_query,
    is_kept,
    judged,
    name_of,
    operations_of,
    poison,
    sendable,
    site_of,
    words_of,
    writing_forms,
)
from tests.visibility.table import SHOWN

pytestmark = pytest.mark.django_db
#: All inputs in all doors: `make soak`.
soak = pytest.mark.soak
NOW = datetime.datetime(2026, 3, 2, 6, tzinfo=datetime.UTC)
INPUTS = hostile_inputs()
#: How many inputs each form gets in the quick run: the next ones for each form, so that all are tried.
EACH = 8
#: In how many rounds each input stands in some short text of each page.
STORED_ROUNDS = 3
#: What a report says is kept, and kept out of the log, so that a wrong upload can be erased.
KEPT_OUT_OF_THE_LOG = {"visit_reports:upload"}
#: How many inputs each body of the API gets in each run.
SAMPLE = 3
SEED = int(os.environ.get("SAPAR_SEED") or 1)
PWNED = Path("/tmp/sapar_pwned")


@pytest.fixture(autouse=True)
def _at_that_time() -> Iterator[None]:
    PWNED.unlink(missing_ok=True)
    with time_machine.travel(NOW, tick=False):
        yield
    assert not PWNED.exists(), "something was executed"


@pytest.fixture
def somebody(db: None) -> User:
    return UserFactory(role="administrator", region__code="KZ-15")


@pytest.fixture
def staff(somebody: User) -> Client:
    made = Client(raise_request_exception=False)
    made.force_login(somebody)
    return made


@pytest.fixture
def site(somebody: User) -> Site:
    return site_of(somebody)


@pytest.fixture
def forms(staff: Client, site: Site) -> list[Form]:
    """Every form of the site that writes."""
    return writing_forms(site, staff)


def some_inputs(number: int, count: int = EACH) -> list[str]:
    start = number * count % len(INPUTS)
    return list(itertools.islice(itertools.cycle(INPUTS), start, start + count))


def test_there_are_enough_of_them() -> None:
    assert len(set(INPUTS)) == len(INPUTS) >= 200


def test_a_sample_of_them_upsets_no_form_and_no_body(
    staff: Client, site: Site, record_property: Callable[[str, object], None]
) -> None:
    """Every form with another input in each field: every second where one types, the others in hidden fields too."""
    dealt = dealt_out()
    forms = [form for form in writing_forms(site, staff) if form.fields]
    wrong = []
    for number, form in enumerate(forms, start=SEED):
        data = form.scattered(dealt, everywhere=not form.free or number % 2 == 0)
        wrong += sent_and_singly(staff, form, {name: sendable(value) for name, value in data.items()})
    operations = list(operations_of(site))
    for operation in operations:
        wrong += [line for payload in itertools.islice(dealt, SAMPLE) for line in called(staff, operation, payload)]
    tried_doors = f"{len(forms)} forms and {len(operations)} bodies"
    record_property(SHOWN, f"hostile: {tried_doors} with a sample of {len(INPUTS)} inputs (SAPAR_SEED={SEED})")
    assert not wrong, "\n".join(wrong)


def dealt_out() -> Iterator[str]:
    """Yield the inputs in an order of the seed's, over and over; so that all are tried, each in another field."""
    order = [*INPUTS]
    Random(SEED).shuffle(order)
    return itertools.cycle(order)


def sent_and_singly(staff: Client, form: Form, data: dict) -> list[str]:
    """Send the data; where something fails, each field's alone, to tell which it is."""
    everything = "\n".join(map(str, data.values()))
    if not (wrong := sent(staff, form, data, everything)):
        return []
    right = form.data("x")
    singly = [
        f"alone in {name}, {ascii(value)[:60]}: {line}"
        for name, value in data.items()
        for line in sent(staff, form, right | {name: value}, everything)
    ]
    return [f"{form.method} {form.action}: {line}" for line in wrong + singly]


@soak
def test_a_form_takes_hostile_words_and_loses_none(
    staff: Client, forms: list[Form], record_property: Callable[[str, object], None]
) -> None:
    wrong = [
        line
        for number, form in enumerate(forms)
        for payload in some_inputs(number)
        for line in tried(staff, form, payload)
    ]
    record_property(SHOWN, f"hostile: {len(forms)} forms, {EACH} of {len(INPUTS)} inputs each")
    assert not wrong, "\n".join(wrong)


@soak
def test_every_form_takes_every_hostile_input(staff: Client, forms: list[Form]) -> None:
    wrong = [line for form in forms for payload in INPUTS for line in tried(staff, form, payload)]
    assert not wrong, "\n".join(wrong)


def tried(staff: Client, form: Form, payload: str) -> list[str]:
    """Send the payload in all that is typed, then in every field; where something fails, in each field alone."""
    payload = sendable(payload)
    wrong = [*sent(staff, form, form.data(payload), payload, keep=True)]
    wrong += sent(staff, form, form.data(payload, everywhere=True), payload)
    if not wrong:
        return []
    singly = [
        f"alone in {one.name}: {line}"
        for one in form.fields
        for line in sent(staff, form, form.data(payload, only=one.name), payload)
    ]
    return [f"{form.method} {form.action} {ascii(payload)[:80]}: {line}" for line in wrong + singly]


def sent(staff: Client, form: Form, data: dict, payload: str, *, keep: bool = False) -> list[str]:
    cache.clear()  # how often one may do it is not what is tried here
    back_office = has_code_of_its_own(form.action)
    response, events, following = asked_and_followed(staff, "post", form.action, data)
    wrong = judged(response, payload, back_office=back_office)
    if following is not None:
        wrong += [f"then {line}" for line in judged(following, payload, back_office=back_office)]
    if keep and form.free and not wrong and name_of(form) not in KEPT_OUT_OF_THE_LOG:
        wrong += lost(form, response, events, payload)
    return wrong


def lost(form: Form, response, events: list[AuditEvent], payload: str) -> list[str]:
    """Return what of the words is neither stored nor shown again nor refused in words."""
    if not words_of(payload) or "\x00" in payload or any("\ud800" <= letter <= "\udfff" for letter in payload):
        return []
    if events:
        return [] if is_kept(payload, events) else [f"lost: {[event.changes for event in events]!r}"[:600]]
    if response.status_code in (400, 403, 404, 405, 409, 429):
        return []
    body = response.getvalue().decode("utf-8", "replace")
    shown = {words_of(one.value) for again in forms_of(body, form.page) for one in again.fields}
    if response.status_code in (200, 422) and words_of(payload) not in shown:
        return [f"lost on the page of {response.status_code}"]
    return []


@soak
def test_no_query_of_a_list_upsets_it(staff: Client, site: Site) -> None:
    wrong = []
    for number, door in enumerate(site.doors("get")):
        for payload in some_inputs(number, 3):
            wrong += [f"{door.path} {ascii(payload)[:60]}: {line}" for line in asked_by_query(staff, door, payload)]
    assert not wrong, "\n".join(wrong)


@soak
def test_no_hostile_query_upsets_any_list(staff: Client, site: Site) -> None:
    doors = site.doors("get")
    wrong = [
        f"{door.path} {ascii(payload)[:60]}: {line}"
        for door in doors
        for payload in INPUTS
        for line in asked_by_query(staff, door, payload)
    ]
    assert not wrong, "\n".join(wrong)


def asked_by_query(staff: Client, door: Door, payload: str) -> list[str]:
    """Ask with the payload in every parameter at once, and where that fails in each alone."""
    cache.clear()
    payload, back_office = sendable(payload)[:6_000], has_code_of_its_own(door.path)
    names = in_query(door)
    wrong = judged(asked(staff, "get", door.path, dict.fromkeys(names, payload)), payload, back_office=back_office)
    if not wrong:
        return []
    answers = {name: asked(staff, "get", door.path, {name: payload}) for name in names}
    singly = {name: judged(answer, payload, back_office=back_office) for name, answer in answers.items()}
    return wrong + [f"alone in {name}: {line}" for name, lines in singly.items() for line in lines]


HEADERS = ("User-Agent", "Referer", "Accept-Language", "Accept", "HX-Current-URL", "HX-Trigger-Name", "HX-Target")


@soak
def test_headers_and_cookies_upset_nothing(staff: Client) -> None:
    wrong = []
    for number, payload in enumerate(INPUTS):
        line = "".join(sendable(payload).splitlines())[:2_000].encode().decode("latin-1")
        headers = dict.fromkeys(HEADERS, line) | ({"HX-Request": "true"} if number % 2 else {})
        for name in ("theme", "django_language", "sessionid", "csrftoken", "messages"):
            other = Client(raise_request_exception=False)
            # Headers are bytes, which WSGI writes in the letters of Latin-1.
            other.cookies[name] = sendable(payload)[:2_000].replace("\x00", "").encode().decode("latin-1")
            if number % 5 == 0:
                wrong += [f"{name}: {line}" for line in judged(asked(other, "get", "/account/login/"), payload)]
        page = "/companies/" if number % 3 else "/"
        wrong += [
            f"{ascii(payload)[:60]}: {line}" for line in judged(asked(staff, "get", page, headers=headers), payload)
        ]
    assert not wrong, "\n".join(wrong)


@soak
def test_the_api_refuses_in_words_or_keeps(staff: Client, site: Site) -> None:
    operations = list(operations_of(site))
    assert len(operations) >= 6
    wrong = [
        line
        for number, operation in enumerate(operations)
        for payload in some_inputs(number, 40)
        for line in called(staff, operation, payload)
    ]
    assert not wrong, "\n".join(wrong)


@soak
def test_every_body_of_the_api_takes_every_hostile_input(staff: Client, site: Site) -> None:
    wrong = [
        line for operation in operations_of(site) for payload in INPUTS for line in called(staff, operation, payload)
    ]
    assert not wrong, "\n".join(wrong)


def called(staff: Client, operation: Operation, payload: str) -> list[str]:
    """Call with the payload in every text, in every value, as a name, and as the whole body."""
    wrong = []
    for body in operation.bodies(payload):
        cache.clear()
        response = asked(staff, operation.method, operation.path, body, content_type="application/json")
        wrong += [
            f"{operation.path} {ascii(payload)[:60]} in {ascii(str(body))[:80]}: {line}"
            for line in judged(response, payload)
        ]
    return wrong


@soak
def test_what_stands_in_the_database_runs_on_no_page(staff: Client, site: Site) -> None:
    """Whatever way it came in: long texts hold every input at once, short ones each another."""
    wrong = []
    for start in range(0, len(INPUTS), len(INPUTS) // STORED_ROUNDS + 1):
        poison(site, start)
        for page in site.pages():
            answer = asked(staff, "get", page)
            wrong += [f"{page}: {line}" for line in judged(answer, "", back_office=has_code_of_its_own(page))]
    assert not wrong, "\n".join(wrong)


@soak
def test_mails_hold_hostile_words_and_nothing_of_theirs_is_a_header(site: Site, somebody: User) -> None:
    poison(site, 0)
    # This week's stands among the records.
    send_digest_now(somebody, on=NOW.date() + datetime.timedelta(days=7), now=NOW)
    [message] = mail.outbox
    assert set(message.message()) <= {
        *("Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID", "List-Unsubscribe"),
        *("List-Unsubscribe-Post", "Auto-Submitted", "Precedence", "Reply-To", "Content-Transfer-Encoding"),
    }
    assert message.to == [somebody.email]
    html = next(part.content for part in message.alternatives if part.mimetype == "text/html")
    assert [line for line in what_would_run(html) if "sapar_" in line or "evil.example" in line] == []
