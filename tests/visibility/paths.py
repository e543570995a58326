"""Filling the addresses of the URL configuration."""

import re
from collections.abc import Callable
from typing import Any

from django.db.models import Model

from crm.commitments.models import Commitment
from tests.visibility.addresses import Address
from tests.visibility.decisions import Decision

#: A parameter in a route: ``<int:pk>``, ``(?P<pk>[^/.]+)``, ``([^/]+)``.
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^()]*\)|\(\[[^()]*\)")

#: Parts of a record that an address names beside it.
PARTS: dict[Any, Callable[[Any], Model]] = {
    "commit": lambda report: report.commits.get(),
    "step": lambda deal: Commitment.objects.get(about_id=deal.pk),
}


def path_of(address: Address, decision: Decision, record: Model | None) -> str:
    """Fill the address: what the decision names, else the record's key; then a version of the record's history."""
    unnamed = iter([record.pk if record else "", record.history.first().pk if decision.of_history else ""])  # type: ignore[union-attr]

    def value(found: re.Match[str]) -> str:
        name = next(filter(None, found.groups()), "")
        if name in decision.parameters:
            given = decision.parameters[name]
            return str(PARTS[given](record).pk if given in PARTS else given)
        return str(record.pk if name and record else next(unnamed))

    return "/" + PARAMETER.sub(value, address.route).replace("^", "").replace("$", "")
