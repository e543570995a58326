"""How a meeting went: the form that an official fills on the way out of the room."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.accounts.queries import require_writer
from crm.commitments.queries import next_steps_of
from crm.meetings.models import Meeting
from crm.meetings.queries import meetings_visible_to
from crm.reference.queries import calendar_of
from crm.shared.errors import DomainError, NotAllowed, VersionConflict
from crm.shared.forms import add_service_error
from crm.shared.htmx import back_to, stays_here
from crm.shared.numbers import whole_number
from leads.deals import services
from leads.deals.choices import Stage
from leads.deals.forms import OutcomeForm
from leads.deals.gates import missing_for, next_stage
from leads.deals.models import Deal
from leads.deals.queries import active_deals, deals_visible_to
from leads.deals.views.common import posted, sent_version


@require_http_methods(["GET", "POST"])
def log_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Outcome, next step, note; the deal's stage stays as it is unless said otherwise."""
    meetings = meetings_visible_to(request.user).select_related("region", "owner").prefetch_related("companies")
    meeting = get_object_or_404(meetings, pk=pk, archived_at__isnull=True)
    require_writer(request.user, meeting.region)
    deal = _deal_of(request, meeting)
    form = OutcomeForm(
        posted(request),
        calendar=calendar_of(meeting.region),
        today=timezone.localdate(),
        stages=_stages(deal),
        initial=_initial(meeting, deal),
    )
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, meeting, deal, form)
        except (NotAllowed, VersionConflict):
            raise
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The outcome is saved."))
            return back_to(request, (deal or meeting).get_absolute_url())
    asked = request.POST.get("next") or request.GET.get("next", "")
    context = {
        "meeting": meeting,
        "deal": deal,
        "form": form,
        "next": asked if stays_here(request, asked) else "",
    }
    return render(request, "deals/log_outcome.html", context, status=422 if form.errors else 200)


def _deal_of(request: HttpRequest, meeting: Meeting) -> Deal | None:
    """Return the deal that ``?deal=`` names among those of the meeting, else the latest of them."""
    deals = active_deals(deals_visible_to(request.user)).filter(meetings=meeting).select_related("owner", "region")
    asked = whole_number(request.GET.get("deal", ""))
    chosen = deals.filter(pk=asked).first() if asked is not None else None
    return chosen or deals.first()


def _stages(deal: Deal | None) -> list[tuple[str, Any]]:
    """Return what may become of the deal: nothing, the next stage when its gate is met, rest."""
    if deal is None:
        return []
    choices: list[tuple[str, Any]] = [
        (OutcomeForm.UNCHANGED, _("Unchanged: %(stage)s") % {"stage": deal.get_stage_display()})
    ]
    after = next_stage(deal)
    if after and not missing_for(deal, after):
        choices.append((after, _("Move to %(stage)s") % {"stage": Stage(after).label}))
    return [*choices, (OutcomeForm.REST, _("Put the deal to rest"))]


def _initial(meeting: Meeting, deal: Deal | None) -> dict[str, str]:
    about = deal or meeting
    step = next_steps_of([about]).get(about.pk)
    return {"next_step": step.text if step else _("Contact the company")}


def _save(request: HttpRequest, meeting: Meeting, deal: Deal | None, form: OutcomeForm) -> None:
    given = form.cleaned_data
    rest = given["stage"] == OutcomeForm.REST
    services.log_meeting_outcome(
        meeting,
        by=request.user,
        outcome=given["outcome"],
        note=given["note"],
        next_step=given["next_step"],
        next_step_due=given["due_date"],
        deal=deal,
        to_stage="" if rest else given["stage"],
        rest=rest,
        expected_version=sent_version(request),
    )
