from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from crm.audit.services import record_export
from crm.documents.queries import documents_visible_to
from crm.shared.files import attachment


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the paper's file as it was given, never to be shown by the browser itself."""
    document = get_object_or_404(documents_visible_to(request.user).select_related("region"), pk=pk)
    if not document.file:
        raise Http404
    record_export(by=request.user, what="file", record=document)
    return attachment(document.file.open("rb"), name=document.file_name)
