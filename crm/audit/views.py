from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from crm.audit.filters import EventFilter
from crm.audit.queries import entries_of, events_of
from crm.shared.errors import RecordNotFound
from crm.shared.htmx import render_page
from crm.shared.pagination import page_of
from crm.shared.registries import find_visible


@require_GET
def changes(request: HttpRequest, label: str, pk: int) -> HttpResponse:
    """Everything that the log holds of a record: who changed what, when and through which door."""
    try:
        record = find_visible(request.user, label, pk)
    except RecordNotFound as error:
        raise Http404 from error
    filtered = EventFilter(request.GET, queryset=events_of(record))
    page = page_of(request, filtered.qs)
    context = {
        "record": record,
        "record_url": record.get_absolute_url() if hasattr(record, "get_absolute_url") else "",
        "page": page,
        "entries": entries_of(record, page.object_list, request.user),
        "filter": filtered,
        "address": reverse("audit:changes", args=[label, pk]),
    }
    return render_page(request, "audit/changes.html", context, partial="list")
