"""The plan that the dashboard sets the actual beside: managers set it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from crm.accounts.queries import require_manager
from crm.shared.errors import DomainError
from crm.shared.forms import ArchiveForm, add_service_error
from crm.shared.pagination import page_of
from leads.deals.plan_forms import TargetForm
from leads.deals.queries import targets_visible_to
from leads.deals.services import archive_target, set_target


@require_GET
def targets(request: HttpRequest) -> HttpResponse:
    """The plans in use, the newest year first."""
    found = targets_visible_to(request.user).active().select_related("region", "district", "sector", "curator")
    return render(request, "deals/targets.html", {"page": page_of(request, found)})


@require_http_methods(["GET", "POST"])
def set_plan(request: HttpRequest) -> HttpResponse:
    """Set a plan; one for the same year and part is replaced."""
    require_manager(request.user)
    form = TargetForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            set_target(by=request.user, **form.cleaned_data)
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The plan is set."))
            return redirect("deals:targets")
    return render(request, "deals/target_form.html", {"form": form})


@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Archive a plan, with a reason."""
    target = get_object_or_404(targets_visible_to(request.user).active(), pk=pk)
    require_manager(request.user)
    form = ArchiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        archive_target(target, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("The plan is taken back."))
        return redirect("deals:targets")
    return render(request, "deals/target_form.html", {"form": form, "target": target})
