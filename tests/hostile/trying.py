"""Trying hostile inputs: where forms and API bodies come from, how an answer is judged, and what must not be lost."""

import copy
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from drf_spectacular.generators import SchemaGenerator

from crm.accounts.models import User
from crm.audit.models import AuditEvent
from tests.hostile import hostile_inputs
from tests.hostile.pages import Field, Form, forms_of, what_would_run
from tests.visibility.addresses import Address, addresses
from tests.visibility.decisions import Decision, decision_on
from tests.visibility.paths import path_of
from tests.visibility.records import RECORDS

#: What a template, a shell or a file gives away when it is executed or read.
EXECUTED = ("1343433", "root:x:0:0", "uid=0(")
#: What addresses without a form on any page are sent.
NAMES = (
    *("reason", "version", "next", "status", "title", "text", "name", "key", "commits", "kind", "sentence", "words"),
    *("decision", "match", "line", "note", "due_date", "answer", "date", "body", "c1-name", "c1-kind", "c1-match"),
)
#: Ends the session.
LEFT_OUT = {"account_logout", "admin:logout"}


@dataclass(frozen=True)
class Door:
    address: Address
    decision: Decision
    path: str


@dataclass(frozen=True)
class Operation:
    """One that the API's schema names, with the properties of its body."""

    method: str
    path: str
    properties: dict[str, dict[str, Any]]

    def bodies(self, payload: str) -> list[Any]:
        """Return the payload in every text, in every value, inside lists and objects, as a name, and as a body."""
        texts = {name: payload if what.get("type") == "string" else 1 for name, what in self.properties.items()}
        return [
            texts,
            dict.fromkeys(self.properties, payload),
            {key: {payload: [payload]} for key in self.properties},
            {payload: payload},
            sendable(payload),
        ]


@dataclass(frozen=True)
class Site:
    """Every address, filled with records of one person's."""

    records: dict[str, models.Model]

    def doors(self, method: str) -> list[Door]:
        """Return the addresses that take ``method``."""
        decided = [(address, decision_on(address)) for address in addresses() if address.name not in LEFT_OUT]
        return [
            Door(address, decision, path_of(address, decision, self.records.get(decision.record or "")))
            for address, decision in decided
            if decision is not None and decision.method == method
        ]

    def pages(self) -> list[str]:
        """Return the addresses that answer a GET, and the pages of records in every state that the walk knows."""
        shown = [record.get_absolute_url() for record in self.records.values() if hasattr(record, "get_absolute_url")]
        return list(dict.fromkeys([*(door.path for door in self.doors("get")), *shown]))


def site_of(owner: User) -> Site:
    """Make a record of every kind for ``owner``."""
    return Site({label: make(owner) for label, make in RECORDS.items()})


def forms_at(pages: list[str], browser: Client) -> list[Form]:
    """Return every form that the ``pages`` hold, each once, in the order of its address."""
    found: dict[Any, Form] = {}
    for page in pages:
        response = asked(browser, "get", page)
        if response.status_code in (200, 422) and response.headers["Content-Type"].startswith("text/html"):
            for form in forms_of(response.getvalue().decode(), page):
                if name_of(form) not in LEFT_OUT:
                    found.setdefault(form.key, form)
    return sorted(found.values(), key=lambda form: (form.method, form.action, str(form.key)))


def writing_forms(site: Site, browser: Client) -> list[Form]:
    """Return every form that is posted; an address whose form no page of the walk shows gets one of all names."""
    forms = [form for form in forms_at(site.pages(), browser) if form.method == "post"]
    found = {name_of(form) for form in forms}
    without = [door for door in site.doors("post") if not {door.address.name} & found and "/api/" not in door.path]
    return [*forms, *(form_of_all_names(door) for door in without)]


def form_of_all_names(door: Door) -> Form:
    names = dict.fromkeys([*door.decision.data, *NAMES])
    return Form(door.path, "post", door.path, tuple(Field(name, "hidden", "") for name in names))


def name_of(form: Form) -> str:
    """Return the name of the address that the form is sent to."""
    return resolve(form.action.partition("?")[0].partition("#")[0]).view_name


def operations_of(site: Site) -> Iterator[Operation]:
    """Yield the API's writing operations out of its schema, filled with records of the site's."""
    schema = SchemaGenerator().get_schema(public=True)
    doors = {without_parameters(f"/{door.address.route}"): door for door in [*site.doors("post"), *site.doors("get")]}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            if method in ("post", "put", "patch"):
                door = doors.get(without_parameters(path))
                yield Operation(method, door.path if door else path, _properties(schema, operation))


def sendable(payload: str) -> str:
    """A form, an address and a body are sent as UTF-8, which has no half letters; JSON can spell them."""
    return payload.encode("utf-8", "replace").decode()


def without_parameters(route: str) -> str:
    return re.sub(r"\{\w+\}|\(\?P<\w+>[^()]*\)", "{}", route).replace("^", "").replace("$", "")


def _properties(schema: dict[str, Any], operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    content = operation.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema", {})
    named = body.get("$ref", "").rpartition("/")[2]
    properties: dict[str, dict[str, Any]] = schema["components"]["schemas"].get(named, body).get("properties", {})
    return properties


#: What lists and forms are asked by, beside the fields of their own forms.
PARAMETERS = (
    *(
        "q",
        "find",
        "search",
        "term",
        "page",
        "size",
        "sort",
        "o",
        "ordering",
        "region",
        "region__code",
        "owner",
        "kind",
    ),
    *("company", "companies", "delegation", "scope", "next", "state", "stage", "health", "country", "sector", "quiet"),
    *("step", "since", "until", "on", "executor", "side", "deal", "archived", "date__gte", "due_date__lte", "mail"),
    *("outcome", "year", "topic", "status", "direction", "about_id", "title", "reading", "cancel", "e", "p", "who"),
)


def has_code_of_its_own(path: str) -> bool:
    """Does the page hold inline code that is not ours? There only what names itself hostile counts.

    The back office; a mail's body, styled as mail programs need it, in a frame of its own; the API's documentation.
    """
    return path.startswith("/back-office/") or path.endswith("/body/") or path == "/api/v1/documentation/"


def in_query(door: Door) -> tuple[str, ...]:
    """Return the parameters that the address may take."""
    return PARAMETERS


def poison(site: Site, start: int) -> None:
    """Write hostile inputs into every text of every record, past forms and services."""
    inputs = hostile_inputs()
    short = [text for text in inputs if len(text) <= 200 and storable(text)]
    everything = "\n".join(text for text in inputs if len(text) < 1_000 and storable(text))
    turn = itertools.count(start)
    for record in site.records.values():
        values: dict[str, Any] = {}
        for field in record._meta.concrete_fields:
            if field.choices or field.primary_key or field.unique or not field.editable:
                continue
            if type(field) is models.TextField:
                values[field.name] = everything
            elif type(field) is models.CharField and (field.max_length or 0) >= 40 and field.name not in LEFT_ALONE:
                values[field.name] = short[next(turn) % len(short)][: field.max_length]
        if values and record._meta.label_lower != "audit.auditevent":
            type(record)._default_manager.filter(pk=record.pk).update(**values)


def storable(text: str) -> bool:
    """No database keeps zero bytes and half letters."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


#: Codes that the code reads, not words that people type.
LEFT_ALONE = {"rule", "answer", "language", "time_zone", "media_type", "engine", "unreadable_reason", "message_id"}


def asked(browser: Client, method: str, path: str, data: Any = None, **more: Any) -> HttpResponse:
    """Ask, and take back what the answer changed."""
    return asked_and_followed(browser, method, path, data, **more)[0]


def asked_and_followed(
    browser: Client, method: str, path: str, data: Any = None, **more: Any
) -> tuple[HttpResponse, list[AuditEvent], HttpResponse | None]:
    """Ask; return the answer, what was logged, and the page that the answer leads to. All changes are taken back."""
    known = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    cookies = copy.deepcopy(browser.cookies)
    with transaction.atomic():
        response = answered(browser, method, path, data, **more)
        events = list(AuditEvent.objects.filter(pk__gt=known))
        location = response.headers.get("Location", "")
        following = answered(browser, "get", location) if location.startswith("/") else None
        transaction.set_rollback(True)
    browser.cookies = cookies
    return response, events, following


def answered(browser: Client, method: str, path: str, data: Any = None, **more: Any) -> HttpResponse:
    response: HttpResponse = getattr(browser, method)(path, data, **more)
    response.getvalue()
    return response


def judged(response: HttpResponse, payload: str, *, back_office: bool = False) -> list[str]:
    """Return what is wrong with the answer to a hostile request."""
    wrong = [f"status {response.status_code}"] if response.status_code >= 500 else []
    wrong += [f"header {name}" for name, value in response.headers.items() if "\n" in f"{name}{value}"]
    if "sapar_pwned" in str(response.cookies.output()).partition("=")[0] or "sapar_pwned" in response.headers:
        wrong.append("a header of theirs")
    location = response.headers.get("Location", "")
    if location and not _stays_here(location):
        wrong.append(f"leads to {location}")
    body = response.getvalue().decode("utf-8", "replace")
    wrong += [f"executed: {sign}" for sign in EXECUTED if sign in body and sign not in payload]
    wrong += ["the secret key"] if settings.SECRET_KEY in body else []
    if response.headers.get("Content-Type", "").startswith("text/html"):
        wrong += what_would_run(body, back_office=back_office)
    return wrong


def _stays_here(location: str) -> bool:
    """Does a browser stay on the site? It takes ``\\`` for ``/``, and leaves spaces and what cannot be seen out."""
    try:
        address = urlsplit(urljoin("http://testserver/here/", re.sub(r"[\x00-\x20]", "", location).replace("\\", "/")))
    except ValueError:  # an address that no browser follows
        return True
    return address.scheme == "http" and address.netloc == "testserver"


def words_of(value: Any) -> str:
    """Return the text without what services may tidy: spaces, line ends, invisible beginnings."""
    return "".join(str(value).replace("\x00", "").split())


def is_kept(payload: str, events: list[AuditEvent]) -> bool:
    """Does the audit log hold the payload as it was typed, or cut where its column's length was passed?"""
    written = [words_of(text) for event in events for text in _texts_in(event.changes)]
    return any(words_of(payload) in text for text in written)


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(inner)
