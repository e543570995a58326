"""The next steps of a deal, answered in place. What is done to a commitment, its own services do."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.commitments import services as commitments
from crm.commitments.choices import OWED, CommitmentSide
from crm.commitments.models import Commitment
from crm.commitments.queries import commitments_visible_to, open_commitments_about
from crm.reference.queries import calendar_of
from crm.shared.about import about
from crm.shared.errors import DomainError, NotAllowed
from crm.shared.forms import add_service_error
from crm.shared.htmx import announce, wants_partial
from leads.deals.forms import StepForm
from leads.deals.models import Deal
from leads.deals.views.common import writable_deal


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a step of ours, for the deal's owner."""
    deal = writable_deal(request, pk)
    form = StepForm(request.POST)
    if form.is_valid():
        try:
            commitments.create_commitment(
                by=request.user,
                about=deal,
                text=form.cleaned_data["text"],
                due_date=form.cleaned_data["due_date"],
                side=form.cleaned_data["side"],
                executor=deal.owner if form.cleaned_data["side"] == CommitmentSide.OURS else None,
                company=deal.company if form.cleaned_data["side"] == CommitmentSide.THEIRS else None,
            )
        except NotAllowed:
            raise
        except DomainError as error:
            add_service_error(form, error)
        else:
            return _steps(request, deal, _("The step is added."))
    return _steps(request, deal, "", form=form)


@require_POST
def keep(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """The step is done."""
    deal = writable_deal(request, pk)
    commitments.keep_commitment(_step(request, deal, step), by=request.user)
    return _steps(request, deal, _("Done."))


@require_POST
def postpone(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """A week later than it was due, or than today where that has passed; on a day that is worked."""
    deal = writable_deal(request, pk)
    found = _step(request, deal, step)
    today = timezone.localdate()
    start = max(found.due_date or today, today)
    due = calendar_of(deal.region).next_working_day(start + timedelta(weeks=1))
    commitments.postpone_commitment(found, by=request.user, due_date=due)
    return _steps(request, deal, _("Postponed by a week."))


def _step(request: HttpRequest, deal: Deal, pk: int) -> Commitment:
    mine = commitments_visible_to(request.user).filter(**about(deal), status__in=OWED, archived_at__isnull=True)
    return get_object_or_404(mine.select_related("region"), pk=pk)


def _steps(request: HttpRequest, deal: Deal, said: str, form: StepForm | None = None) -> HttpResponse:
    """Answer with the list of steps; without script with the deal's page, or the form where it is wrong."""
    wrong = form is not None
    if not wants_partial(request):
        if not wrong:
            return redirect(deal)
        return render(request, "deals/form.html", {"deal": deal, "form": form, "title": _("Next step")}, status=422)
    today = timezone.localdate()
    fresh = StepForm(initial={"due_date": calendar_of(deal.region).add_working_days(today, 5)})
    context = {
        "deal": deal,
        "today": today,
        "may_write": True,
        "steps": list(open_commitments_about([deal])),
        "step_form": form or fresh,
    }
    response = render(request, "deals/deal.html#steps", context, status=422 if wrong else 200)
    return announce(response, said) if said else response
