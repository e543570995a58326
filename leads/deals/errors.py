"""What the services of deals may refuse."""

from collections.abc import Sequence
from typing import Any

from crm.shared.errors import DomainError


class GateNotMet(DomainError):
    """Fields that the stage needs are missing; ``gaps`` says which, and how to fill them."""

    code = "gate_not_met"

    def __init__(self, message: Any, *, gaps: Sequence[Any]) -> None:
        super().__init__(message, fields={gap.field: gap.label for gap in gaps})
        self.gaps = list(gaps)


class DealNotActive(DomainError):
    """The deal is archived, lost or dormant: it has to be reopened before this."""

    code = "not_active"


class ReasonNeeded(DomainError):
    """This is written down with its reason only."""

    code = "reason_needed"


class SecondPersonNeeded(DomainError):
    """Who recorded a figure does not confirm it."""

    code = "second_person_needed"


class AlreadyConfirmed(DomainError):
    """A confirmed figure stays as it is."""

    code = "already_confirmed"
