"""One view, one URL: the full page, or the part of it that htmx asked for."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import trigger_client_event


def wants_partial(request: HttpRequest) -> bool:
    """Did htmx ask for a part of a page (not for a boosted page, nor to restore its history)?"""
    htmx = getattr(request, "htmx", None)
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    partial: str = "",
    status: int = 200,
) -> HttpResponse:
    """Render ``template``, or for htmx its ``{% partialdef %}`` named ``partial``, with the same context.

    The answer carries ``Vary: HX-Request``, so that no cache hands out a part for a page.
    """
    name = f"{template}#{partial}" if partial and wants_partial(request) else template
    response = render(request, name, dict(context or {}), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def announce(response: HttpResponse, text: str) -> HttpResponse:
    """Have screen readers say ``text`` once the part is swapped in: "Moved to Memorandum"."""
    return trigger_client_event(response, "announce", {"text": str(text)}, after="settle")


def toast(response: HttpResponse, text: str, *, undo_url: str = "") -> HttpResponse:
    """Show ``text`` for some seconds after the swap, with Undo where ``undo_url`` takes a POST."""
    return trigger_client_event(response, "toast", {"text": str(text), "undo": undo_url}, after="settle")


def stays_here(request: HttpRequest, page: str) -> bool:
    """Is ``page`` an address of this site, from its root?"""
    return page.startswith("/") and url_has_allowed_host_and_scheme(
        page, {request.get_host()}, require_https=request.is_secure()
    )


def back_to(request: HttpRequest, fallback: Any) -> HttpResponseRedirect:
    """Return to the page that the form names as ``next``, else to ``fallback``; never to another site."""
    page = request.POST.get("next", "")
    return HttpResponseRedirect(page if stays_here(request, page) else resolve_url(fallback))
