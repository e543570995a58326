from crm.shared.errors import DomainError


class MentionRefused(DomainError):
    """Somebody who may not see the record was mentioned."""

    code = "mention_refused"
