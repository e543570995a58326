from crm.shared.errors import DomainError


class CommitmentClosed(DomainError):
    """It has been kept or dropped in the meantime; reopen it first."""

    code = "commitment_closed"


class ReasonMissing(DomainError):
    """Dropping a commitment, or saying that it is blocked, needs a word why."""

    code = "reason_missing"
