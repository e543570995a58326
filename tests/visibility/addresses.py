"""Who may reach which address: the decision for every one of them, and what each decision means for each role."""

import dataclasses
import enum
from collections.abc import Iterator

from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver

#: What a role may get: a set of "answers" (see ``answer_of``).
OK, SIGN_IN, FORBIDDEN, MISSING = "ok", "sign-in", "forbidden", "missing"
ROLES = (
    "owner",
    "colleague",
    "viewer",
    "manager",
    "administrator",
    "national",
    "partner",
    "stranger",
    "anonymous",
)


class Access(enum.Enum):
    """A decision, as the answers of the nine roles in the order of ``ROLES``."""

    #                 owner      colleague  viewer     manager  admin    national partner    stranger   anonymous
    #: A key that opens nothing is missing to everybody.
    OPENS_NOTHING = (MISSING,) * 9
    PUBLIC = (OK, OK, OK, OK, OK, OK, OK, OK, OK)
    SIGNED_IN = (OK, OK, OK, OK, OK, OK, OK, OK, SIGN_IN)
    #: Adding a record, changing the shared directory of companies, and the back office.
    WRITERS = (OK, OK, FORBIDDEN, OK, OK, OK, FORBIDDEN, OK, SIGN_IN)
    #: A company of the one directory of all regions, in which partners have no part; and writing into it.
    DIRECTORY = (OK, OK, OK, OK, OK, OK, MISSING, OK, SIGN_IN)
    WRITE_DIRECTORY = (OK, OK, FORBIDDEN, OK, OK, OK, MISSING, OK, SIGN_IN)
    RECORD = (OK, OK, OK, OK, OK, OK, MISSING, MISSING, SIGN_IN)
    WRITE_RECORD = (OK, OK, FORBIDDEN, OK, OK, OK, MISSING, MISSING, SIGN_IN)
    MANAGE_RECORD = (FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, OK, OK, MISSING, MISSING, SIGN_IN)
    #: A wrong upload is erased by administrators; an acceptance is undone by managers and by whoever accepted.
    ERASE = (FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, MISSING, MISSING, SIGN_IN)
    MANAGE_OR_OWN = (OK, FORBIDDEN, FORBIDDEN, OK, OK, OK, MISSING, MISSING, SIGN_IN)
    #: A question: whom it is asked, and who leads the office.
    ASKED = (OK, MISSING, MISSING, OK, OK, MISSING, MISSING, MISSING, SIGN_IN)
    #: What only its owner has: an own token, an own snooze.
    OWN = (OK, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, MISSING, SIGN_IN)
    #: A page of an account that shows only what the account has set up.
    MISSING_ONCE_SIGNED_IN = (MISSING,) * 8 + (SIGN_IN,)
    #: A record in the back office: who may not enter it is not even told whether the record exists.
    STAFF_RECORD = (OK, OK, FORBIDDEN, OK, OK, OK, FORBIDDEN, MISSING, SIGN_IN)
    ADMINISTRATORS = (FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, FORBIDDEN, FORBIDDEN, FORBIDDEN, SIGN_IN)
    MANAGERS = (FORBIDDEN, FORBIDDEN, FORBIDDEN, OK, OK, OK, FORBIDDEN, FORBIDDEN, SIGN_IN)
    #: Nobody but the sign-in page: 403 for whoever is signed in.
    NOBODY = (FORBIDDEN,) * 8 + (SIGN_IN,)
    #: An address that the framework brings and that leads nowhere here.
    CLOSED = MISSING_ONCE_SIGNED_IN
    UNKNOWN_TO_STAFF = (MISSING, MISSING, FORBIDDEN, MISSING, MISSING, MISSING, FORBIDDEN, MISSING, SIGN_IN)

    def expected(self, role: str) -> str:
        return str(self.value[ROLES.index(role)])


@dataclasses.dataclass(frozen=True)
class Address:
    """One address of the site, as the URL configuration has it."""

    name: str
    route: str
    parameters: tuple[str, ...]


def addresses(resolver: URLResolver | None = None, prefix: str = "", namespace: str = "") -> Iterator[Address]:
    """Yield every address that the URL configuration knows."""
    resolver = resolver or get_resolver()
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern, route, inner)
        elif isinstance(pattern, URLPattern):
            name = f"{namespace}{pattern.name}" if pattern.name else f"{namespace}<{route}>"
            yield Address(name, route, tuple(pattern.pattern.regex.groupindex))


def answer_of(response: HttpResponse) -> str:
    """Put a response into one of the four words; a server error is none of them."""
    if response.status_code == 401 or (
        response.status_code in (301, 302) and "/account/login" in response.headers["Location"]
    ):
        return SIGN_IN
    if response.status_code == 403:
        return FORBIDDEN
    if response.status_code == 404:
        return MISSING
    return OK if response.status_code < 500 else f"error {response.status_code}"
