from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from crm.shared.middleware import ProxyAddressMiddleware


def address_seen(forwarded: str) -> str:
    seen = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.META["REMOTE_ADDR"])
        return HttpResponse()

    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    ProxyAddressMiddleware(view)(RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.2"))
    return seen[0]


def test_the_address_is_what_our_proxy_told_never_what_the_visitor_wrote() -> None:
    assert address_seen("203.0.113.9") == "203.0.113.9"
    assert address_seen("1.2.3.4, 203.0.113.9") == "203.0.113.9"
    assert address_seen("") == "10.0.0.2"
