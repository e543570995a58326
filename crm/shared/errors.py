"""What a service may refuse. Doors turn these into a page's message, an API problem or a command's sentence."""

from collections.abc import Mapping
from typing import Any


class DomainError(Exception):
    """A request that the rules of the house refuse; ``message`` is for the user, in the user's language.

    ``fields`` names what is wrong where, so that a form or the API can put it beside the field.
    """

    code = "refused"

    def __init__(self, message: Any, *, fields: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.fields = dict(fields or {})


class NotAllowed(DomainError):
    """The user sees the record but the role may not do this: 403."""

    code = "not_allowed"


class VersionConflict(DomainError):
    """Somebody saved the record in between: a page answers 409, the API 412. ``record`` is as it stands now."""

    code = "version_conflict"

    def __init__(self, message: Any, *, record: Any) -> None:
        super().__init__(message)
        self.record = record


class InvalidRecord(DomainError):
    """A value that the model's validators or constraints refuse; ``fields`` says which."""

    code = "invalid"


class RecordNotFound(DomainError):
    """There is no such record, or the user may not see it: 404 either way."""

    code = "not_found"
