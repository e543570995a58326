from crm.shared.errors import DomainError


class RateRefused(DomainError):
    """The figure cannot be an exchange rate."""
