from crm.shared.errors import DomainError


class TwoHeads(DomainError):
    """A delegation has one head."""

    code = "two_heads"


class DebriefLinkBroken(DomainError):
    """A debrief's link that is not ours, was cut or is too old."""

    code = "debrief_link_broken"


class DebriefAnswered(DomainError):
    """The member has told already, or nobody waits for it any more."""

    code = "debrief_answered"
