"""How a service checks a record: the model's own validators and constraints, answered as a ``DomainError``."""

import copy
from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from crm.shared.errors import InvalidRecord


def validate_record(record: models.Model, changes: Mapping[str, Any] | None = None) -> None:
    """Run the model's validators and constraints on ``record`` as it would be with ``changes``; it is not touched.

    Raises ``InvalidRecord`` naming each wrong field. That the targets of foreign keys exist is left to the database.
    """
    candidate = copy.copy(record) if changes else record
    for name, value in (changes or {}).items():
        setattr(candidate, name, value)
    links = [field.name for field in record._meta.concrete_fields if field.is_relation]
    try:
        candidate.clean_fields(exclude=links)
        candidate.clean()
        candidate.validate_constraints()
    except ValidationError as error:
        raise invalid_record(error) from error


def validate_time_zone(value: str) -> None:
    """Refuse what is no time zone: with one that cannot be found no page can be shown any more."""
    if value not in available_timezones():
        raise ValidationError(_("There is no such time zone."), code="time_zone")


def invalid_record(error: ValidationError) -> InvalidRecord:
    """Return Django's ``error`` as the house's: one sentence, and the sentences of each field."""
    fields = error.message_dict if hasattr(error, "error_dict") else {}
    named = {name: " ".join(messages) for name, messages in fields.items() if name != NON_FIELD_ERRORS}
    return InvalidRecord(" ".join(error.messages), fields=named)
