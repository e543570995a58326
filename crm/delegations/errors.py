from crm.shared.errors import DomainError


class TwoHeads(DomainError):
    """A delegation has one head."""

    code = "two_heads"
