from crm.shared.errors import DomainError


class OutcomeMissing(DomainError):
    """Logging an outcome needs one: "awaited" says that there is none yet."""

    code = "outcome_missing"
