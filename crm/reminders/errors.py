from crm.shared.errors import DomainError


class LinkBroken(DomainError):
    """A signed link that is not ours or was cut."""
