"""The people whom a manager or administrator sees: who they are, and what is done about their accounts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from crm.accounts import services
from crm.accounts.filters import PeopleFilter
from crm.accounts.forms import HandOverForm, InviteForm
from crm.accounts.models import User
from crm.accounts.queries import open_things_of, people_for_list, require_administrator, require_manager, sessions_of
from crm.shared.errors import DomainError
from crm.shared.forms import ReasonForm, add_service_error
from crm.shared.htmx import render_page
from crm.shared.pagination import page_of


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Who works here: searched and filtered by role and by how far the account is."""
    require_manager(request.user)
    filtered = PeopleFilter(request.GET, queryset=people_for_list(request.user))
    context = {"page": page_of(request, filtered.qs), "filter": filtered}
    return render_page(request, "accounts/people.html", context, partial="list")


@require_GET
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: facts, what is open, and what a manager or administrator does about it."""
    require_manager(request.user)
    found = _visible(request, pk)
    things = open_things_of(found)
    context = {
        "person": found,
        "things": things,
        "open_count": sum(kind.count for kind in things),
        "session_count": len(sessions_of(found)),
        "may_administer": _administers(request.user, found),
    }
    return render(request, "accounts/person.html", context)


@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Make an account; a link to set the password is mailed to its owner."""
    require_administrator(request.user, request.user.region)
    form = InviteForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.invite_user(by=request.user, **form.cleaned_data)
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": made.email})
            return redirect("accounts:person", made.pk)
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that somebody has open, and give it to somebody else in one action."""
    require_manager(request.user)
    found = _visible(request, pk)
    may_close = _administers(request.user, found) and found.is_active and found.pk != request.user.pk
    form = HandOverForm(request.POST or None, user=found, by=request.user, may_close=may_close)
    if request.method == "POST" and form.is_valid():
        try:
            given = services.hand_over(found, by=request.user, **form.cleaned_data)
        except DomainError as error:
            add_service_error(form, error)
        else:
            _say_given(request, sum(given.values()), form.cleaned_data["to"])
            return redirect("accounts:person", found.pk)
    things = open_things_of(found)
    context = {"person": found, "form": form, "things": things, "open_count": sum(kind.count for kind in things)}
    return render(request, "accounts/hand_over.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase the data of somebody who has left, after a page that says what goes and what stays."""
    require_administrator(request.user, request.user.region)
    found = _visible(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.erase_user(found, by=request.user, reason=form.cleaned_data["reason"])
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The person's data are erased."))
            return redirect("accounts:person", found.pk)
    context = {"form": form, "name": found.full_name, "back": reverse("accounts:person", args=[found.pk])}
    return render(request, "audit/erase_person.html", context, status=422 if form.errors else 200)


Deed = Callable[[User, User], Any]


def _administrators_deed(deed: Deed) -> Callable[[HttpRequest, int], HttpResponse]:
    """A button of a person's page that only the region's administrator has: ``deed(person, by)`` says what was done."""

    @require_POST
    @wraps(deed)
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        require_administrator(request.user, request.user.region)
        found = _visible(request, pk)
        try:
            messages.success(request, deed(found, request.user))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect("accounts:person", found.pk)

    return page


@_administrators_deed
def invite_again(found: User, by: User) -> str:
    services.create_invitation(found, by=by)
    return _("An invitation is on its way to %(email)s.") % {"email": found.email}


@_administrators_deed
def reset_second_factor(found: User, by: User) -> str:
    services.reset_second_factor(found, by=by)
    return _("The second step is taken away, and the sessions are ended.")


@_administrators_deed
def end_sessions(found: User, by: User) -> str:
    services.end_sessions(found, by=by)
    return _("The sessions are ended.")


@_administrators_deed
def close(found: User, by: User) -> str:
    services.deactivate_user(found, by=by)
    return _("The account is closed.")


@_administrators_deed
def reopen(found: User, by: User) -> str:
    services.update_user(found, by=by, is_active=True)
    return _("The account is open again.")


def _visible(request: HttpRequest, pk: int) -> User:
    return get_object_or_404(people_for_list(request.user).select_related("region", "office", "deputy"), pk=pk)


def _administers(by: User, found: User) -> bool:
    try:
        require_administrator(by, found.region)
    except DomainError:
        return False
    return True


def _say_given(request: HttpRequest, count: int, to: User) -> None:
    words = ngettext(
        "%(count)s thing is handed over to %(name)s.", "%(count)s things are handed over to %(name)s.", count
    )
    messages.success(request, words % {"count": count, "name": to.full_name})
