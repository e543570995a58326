"""Clear errors: what a service refuses becomes a problem with a code, a sentence and the fields that are wrong."""

from typing import Any

from rest_framework import status
from rest_framework.response import Response
from rest_framework.views import exception_handler

from crm.shared.errors import DomainError, NotAllowed, VersionConflict


def answer_error(error: Exception, context: dict[str, Any]) -> Response | None:
    """Answer a ``DomainError`` as 400, 403 (role) or 412 (version); leave the rest to the framework."""
    if not isinstance(error, DomainError):
        return exception_handler(error, context)
    body: dict[str, Any] = {"code": error.code, "detail": str(error.message)}
    if error.fields:
        body["fields"] = {name: str(message) for name, message in error.fields.items()}
    if isinstance(error, NotAllowed):
        return Response(body, status=status.HTTP_403_FORBIDDEN)
    if isinstance(error, VersionConflict):
        return Response(body | {"version": error.record.version}, status=status.HTTP_412_PRECONDITION_FAILED)
    return Response(body, status=status.HTTP_400_BAD_REQUEST)
