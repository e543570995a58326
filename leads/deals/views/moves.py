"""Moving a deal: the menu of stages, the gate, and coming to rest."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect, reswap, retarget

from crm.shared.errors import DomainError, NotAllowed, VersionConflict
from crm.shared.forms import add_service_error
from crm.shared.htmx import announce, back_to, render_page, wants_partial
from leads.deals import services
from leads.deals.choices import Stage
from leads.deals.errors import GateNotMet
from leads.deals.forms import GateForm, LostForm, ReasonForm
from leads.deals.gates import dossiers_of, missing_for
from leads.deals.models import Deal
from leads.deals.views.board import Lens, board_context
from leads.deals.views.common import gap_link, posted, sent_version, writable_deal


@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the deal may go and what each stage still lacks; a POST moves it through the gate."""
    deal = writable_deal(request, pk)
    if request.method == "POST":
        return _move(request, deal)
    context = _menu(deal) | {"next": request.GET.get("next", "")}
    return render_page(request, "deals/move.html", context, partial="menu")


def _menu(deal: Deal) -> dict[str, Any]:
    dossier = dossiers_of([deal])[deal.pk]
    stages = []
    named: set[str] = set()
    for number, stage in enumerate(Stage, start=1):
        gaps = missing_for(deal, stage, dossier=dossier)
        # What an earlier stage lacks is named there; a later one says what it asks besides.
        stages.append({"number": number, "stage": stage, "gaps": [gap for gap in gaps if gap.field not in named]})
        named |= {gap.field for gap in gaps}
    return {"deal": deal, "stages": stages}


def _move(request: HttpRequest, deal: Deal) -> HttpResponse:
    to_stage = request.POST.get("to_stage", "")
    if to_stage not in Stage.values:
        return HttpResponseBadRequest(_("There is no such stage."))
    gaps = missing_for(deal, to_stage)
    filling = "fill" in request.POST
    form = GateForm(request.POST if filling else None, user=request.user, deal=deal, gaps=[gap.field for gap in gaps])
    try:
        if filling and not form.is_valid():
            return _gate(request, deal, to_stage, form)
        services.fill_and_move(
            deal,
            by=request.user,
            to_stage=to_stage,
            changes=form.deal_values() if filling else {},
            next_step=form.step if filling else None,
            reason=request.POST.get("reason", ""),
            pass_gate="pass_gate" in request.POST,
            expected_version=sent_version(request),
        )
    except (NotAllowed, VersionConflict):
        raise
    except GateNotMet:
        return _gate(request, deal, to_stage, form)
    except DomainError as error:
        if not filling:
            raise
        add_service_error(form, error)
        return _gate(request, deal, to_stage, form)
    return _moved(request, deal)


def _gate(request: HttpRequest, deal: Deal, to_stage: str, form: GateForm) -> HttpResponse:
    """Name what is missing; what is simple is filled in place, the rest by the link beside it."""
    deal.refresh_from_db()
    gaps = missing_for(deal, to_stage)
    context = {
        "deal": deal,
        "to_stage": Stage(to_stage),
        "gaps": gaps,
        "elsewhere": [(gap, gap_link(deal, gap.field)) for gap in gaps if gap.field not in form.filled_gaps],
        "form": form,
        "may_pass": request.user.may_manage and all(gap.passable for gap in gaps),
        "next": request.POST.get("next", ""),
    }
    response = render_page(request, "deals/gate.html", context, partial="dialog", status=422)
    return reswap(retarget(response, "#dialog"), "innerHTML") if wants_partial(request) else response


def _moved(request: HttpRequest, deal: Deal) -> HttpResponse:
    said = _("Moved to %(stage)s.") % {"stage": deal.get_stage_display()}
    if not wants_partial(request):
        messages.success(request, said)
        return back_to(request, deal.get_absolute_url())
    path, _mark, query = (request.htmx.current_url_abs_path or "").partition("?")
    if path != reverse("deals:board"):
        messages.success(request, said)
        return HttpResponseClientRedirect(path or deal.get_absolute_url())
    context = board_context(Lens(request.user, QueryDict(query))) | {"moved": deal}
    return announce(render(request, "deals/board.html#moved", context), said)


RESTS = {
    "lost": (
        LostForm,
        services.mark_lost,
        gettext_lazy("Close as lost"),
        gettext_lazy("It leaves the board and nobody is reminded of it. Its stage and history stay."),
    ),
    "dormant": (
        ReasonForm,
        services.mark_dormant,
        gettext_lazy("Put to rest"),
        gettext_lazy("It leaves the board and nobody is reminded of it until it is reopened."),
    ),
    "archive": (
        ReasonForm,
        services.archive_deal,
        gettext_lazy("Archive"),
        gettext_lazy("For duplicates and mistakes: it leaves every list and can be restored."),
    ),
}


@require_http_methods(["GET", "POST"])
def rest(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Close the deal as lost, put it to rest or archive it, each with its reason."""
    deal = writable_deal(request, pk)
    form_class, service, title, hint = RESTS[action]
    form = form_class(posted(request))
    if request.method == "POST" and form.is_valid():
        service(deal, by=request.user, expected_version=sent_version(request), **form.cleaned_data)
        messages.success(request, _("Done."))
        return redirect(deal)
    context = {"deal": deal, "form": form, "title": title, "hint": hint}
    return render(request, "deals/form.html", context, status=422 if form.errors else 200)


@require_POST
def wake(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Reopen or restore the deal, or say that it is delayed or on track: one press each."""
    deal = writable_deal(request, pk)
    if action == "reopen":
        services.reopen_deal(deal, by=request.user, expected_version=sent_version(request))
    elif action == "restore":
        services.restore_deal(deal, by=request.user)
    else:
        services.set_health(deal, by=request.user, health=action, expected_version=sent_version(request))
    messages.success(request, _("Done."))
    return redirect(deal)
