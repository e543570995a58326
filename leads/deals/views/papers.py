"""Figures, memoranda and permits of a deal: added by small form pages."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.accounts.queries import require_writer
from crm.shared.errors import DomainError, NotAllowed, VersionConflict
from crm.shared.forms import add_service_error
from leads.deals import services
from leads.deals.choices import ValueKind
from leads.deals.forms import MemorandumForm, PermitForm, ReasonForm, ValueForm
from leads.deals.models import Deal
from leads.deals.queries import memoranda_visible_to, permits_visible_to, values_visible_to
from leads.deals.views.common import posted, sent_version, writable_deal


def _paper_page(
    request: HttpRequest, deal: Deal, form: forms.Form, title: str, save: Callable[..., Any], *, hint: str = ""
) -> HttpResponse:
    """Show the form, or save what it holds by the service ``save`` and go back to the deal."""
    if request.method == "POST" and form.is_valid():
        try:
            save(by=request.user, **form.cleaned_data)
        except (NotAllowed, VersionConflict):
            raise
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect(deal)
    context = {"deal": deal, "form": form, "title": title, "hint": hint}
    return render(request, "deals/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def add_value(request: HttpRequest, pk: int) -> HttpResponse:
    """A figure: announced, agreed or realised."""
    deal = writable_deal(request, pk)
    kind = request.GET.get("kind")
    initial = {"date": timezone.localdate(), "kind": kind if kind in ValueKind.values else ValueKind.ANNOUNCED}
    form = ValueForm(posted(request), initial=initial)
    hint = _("A realised sum counts when a manager who did not record it has confirmed it.")
    return _paper_page(
        request, deal, form, _("A figure"), lambda **given: services.record_value(deal, **given), hint=hint
    )


@require_POST
def confirm_value(request: HttpRequest, pk: int) -> HttpResponse:
    """A second person confirms a figure."""
    value = get_object_or_404(values_visible_to(request.user).select_related("deal__region"), pk=pk)
    services.confirm_value(value, by=request.user, expected_version=sent_version(request))
    messages.success(request, _("The figure is confirmed."))
    return redirect(value.deal)


@require_http_methods(["GET", "POST"])
def archive_value(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a wrong figure, with the reason."""
    value = get_object_or_404(values_visible_to(request.user).select_related("deal__region"), pk=pk)
    require_writer(request.user, value.deal.region)
    form = ReasonForm(posted(request))
    title = _("Take back: %(figure)s") % {"figure": value}
    return _paper_page(request, value.deal, form, title, lambda **given: services.archive_value(value, **given))


@require_http_methods(["GET", "POST"])
def add_memorandum(request: HttpRequest, pk: int) -> HttpResponse:
    """A memorandum that was signed."""
    deal = writable_deal(request, pk)
    initial = {"answerable": deal.owner_id, "parties": f"{deal.region}, {deal.company or deal.counterpart}"}
    form = MemorandumForm(posted(request), user=request.user, initial=initial)
    return _paper_page(request, deal, form, _("Memorandum"), lambda **given: services.record_memorandum(deal, **given))


@require_http_methods(["GET", "POST"])
def edit_memorandum(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a memorandum, or add its next milestone."""
    memorandum = get_object_or_404(memoranda_visible_to(request.user).select_related("deal__region"), pk=pk)
    require_writer(request.user, memorandum.deal.region)
    names = MemorandumForm.base_fields
    initial = {name: getattr(memorandum, name) for name in names}
    form = MemorandumForm(posted(request), user=request.user, initial=initial)
    return _paper_page(
        request,
        memorandum.deal,
        form,
        _("Memorandum"),
        lambda **given: services.update_memorandum(memorandum, expected_version=sent_version(request), **given),
    )


@require_http_methods(["GET", "POST"])
def add_permit(request: HttpRequest, pk: int) -> HttpResponse:
    """One more permit of the list."""
    deal = writable_deal(request, pk)
    form = PermitForm(posted(request))
    return _paper_page(request, deal, form, _("Permit"), lambda **given: services.add_permit(deal, **given))


@require_http_methods(["GET", "POST"])
def edit_permit(request: HttpRequest, pk: int) -> HttpResponse:
    """When a permit was asked for, and when it was given."""
    permit = get_object_or_404(permits_visible_to(request.user).select_related("deal__region"), pk=pk)
    require_writer(request.user, permit.deal.region)
    form = PermitForm(posted(request), initial={name: getattr(permit, name) for name in PermitForm.base_fields})
    return _paper_page(request, permit.deal, form, _("Permit"), lambda **given: services.update_permit(permit, **given))
