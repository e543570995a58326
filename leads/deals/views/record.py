"""One deal: its page, its facts, a new one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from crm.accounts.queries import require_writer
from crm.commitments.choices import CommitmentSide
from crm.commitments.queries import open_commitments_about
from crm.reference.queries import calendar_of
from crm.shared.errors import DomainError, NotAllowed, VersionConflict
from crm.shared.forms import add_service_error
from crm.shared.htmx import render_page
from crm.shared.registries import panels_of
from leads.deals import services
from leads.deals.choices import RESTING, Stage, ValueKind
from leads.deals.forms import FACTS, DealFields, NewDealForm, StepForm
from leads.deals.gates import STAGES, Dossier, checklist, next_stage
from leads.deals.models import Deal
from leads.deals.queries import deals_visible_to, deals_with_papers, headline_of
from leads.deals.views.common import gap_link, posted, sent_version, writable_deal


@require_GET
def deal(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is known about a deal, what comes next, and what the next stage asks."""
    found = get_object_or_404(deals_with_papers(deals_visible_to(request.user)), pk=pk)
    return render(request, "deals/deal.html", page_context(request, found))


def page_context(request: HttpRequest, found: Deal) -> dict[str, Any]:
    """Return what a deal's page shows; ``found`` comes with its papers."""
    today = timezone.localdate()
    steps = list(open_commitments_about([found]))
    values = sorted(found.values.all(), key=lambda value: (value.date, value.pk), reverse=True)
    newest = {kind: next((value for value in values if value.kind == kind), None) for kind in ValueKind}
    memoranda = list(found.memoranda.all())
    ours = [step for step in steps if step.side == CommitmentSide.OURS]
    dossier = Dossier(
        found,
        has_next_step=any(step.due_date and step.status == "open" for step in ours),
        memorandum=memoranda[0] if memoranda else None,
        agreed=newest[ValueKind.AGREED],
        realised=newest[ValueKind.REALISED],
        has_permits=bool(found.permits.all()),
    )
    gate = next_stage(found)
    checked = [
        {"gap": gap, "met": met, "url": "" if met else gap_link(found, gap.field, dossier.memorandum)}
        for gap, met in (checklist(dossier, gate) if gate else [])
    ]
    may_write = request.user.may_write and not found.is_archived
    return {
        "deal": found,
        "today": today,
        "may_write": may_write,
        "may_move": may_write and found.health not in RESTING,
        "path": stage_path(found),
        "steps": steps,
        "step_form": StepForm(initial={"due_date": calendar_of(found.region).add_working_days(today, 5)}),
        "values": values,
        "newest": newest,
        "headline": headline_of(values),
        "memoranda": memoranda,
        "permits": list(found.permits.all()),
        "gate": gate,
        "checklist": checked,
        "missing_count": sum(not line["met"] for line in checked),
        "facts": facts_of(found),
        "panels": panels_of(found, request.user),
    }


def stage_path(found: Deal) -> list[dict[str, Any]]:
    """Return the seven stages: past, now or to come, each with the day when the deal last came to it."""
    entered = {change.to_stage: change.at for change in found.stage_changes.all()[::-1] if not change.health}
    now = STAGES.index(Stage(found.stage))
    days_here = (timezone.localdate() - timezone.localtime(found.stage_entered_at).date()).days
    return [
        {
            "label": stage.label,
            "state": "past" if number < now else "now" if number == now else "",
            "at": entered.get(stage) if number < now else None,
            "days": days_here if number == now else None,
        }
        for number, stage in enumerate(STAGES)
    ]


def facts_of(found: Deal) -> list[dict[str, Any]]:
    """Return the facts that are edited one by one, with their words."""
    fields = DealFields.base_fields
    words = {
        "contact": ", ".join(filter(None, [str(found.contact or ""), found.counterpart])),
        "site": _("None needed") if found.site_not_needed and not found.site else found.site,
        "permits": _("None needed") if found.permits_not_needed else "",
        "kind": found.get_kind_display(),
        "platform": found.platform_number,
    }
    shown = [name for name in FACTS if name != "title" and not (name == "permits" and not found.permits_not_needed)]
    return [
        {
            "name": name,
            "label": fields[FACTS[name][0]].label,
            "value": words.get(name) or getattr(found, name, "") or "",
        }
        for name in shown
    ]


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int, fact: str) -> HttpResponse:
    """Change one fact. htmx swaps the fact's row for its form and back; without script it is a page."""
    if fact not in FACTS:
        raise Http404
    found = writable_deal(request, pk)
    form = DealFields(posted(request), user=request.user, deal=found, only=FACTS[fact])
    if request.method == "POST" and form.is_valid():
        try:
            services.update_deal(found, by=request.user, expected_version=sent_version(request), **form.deal_values())
        except (NotAllowed, VersionConflict):
            raise
        except DomainError as error:
            add_service_error(form, error)
        else:
            return _edited(request, found, fact)
    if "cancel" in request.GET:
        return _edited(request, found, fact)
    label = DealFields.base_fields[FACTS[fact][0]].label
    context = {"deal": found, "form": form, "fact": fact, "label": label}
    return render_page(request, "deals/edit.html", context, partial="row", status=422 if form.errors else 200)


def _edited(request: HttpRequest, found: Deal, fact: str) -> HttpResponse:
    if not request.htmx:
        return redirect(found)
    context = {"deal": found, "may_write": True, "fact": next(f for f in facts_of(found) if f["name"] == fact)}
    return render(request, "deals/deal.html#fact", context)


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """A new deal by hand."""
    require_writer(request.user)
    form = NewDealForm(posted(request), user=request.user, initial=_from_query(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        fields = {name: value for name, value in form.deal_values().items() if value not in (None, "")}
        try:
            made = services.create_deal(
                by=request.user,
                region=given.get("region") or request.user.region,
                next_step=given["next_step"],
                next_step_due=given["next_step_due"],
                **fields,
            )
        except NotAllowed:
            raise
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The deal is on the board."))
            return redirect(made)
    return render(request, "deals/new.html", {"form": form}, status=422 if form.errors else 200)


def _from_query(request: HttpRequest) -> dict[str, str]:
    """Return what a link may fill in: ``?company=…&delegation=…``."""
    return {name: request.GET[name] for name in ("company", "delegation", "title") if request.GET.get(name)}
