from typing import TYPE_CHECKING, Any

from crm.shared.errors import DomainError

if TYPE_CHECKING:
    from django.db.models import Model

    from leads.visit_reports.models import ReportCommit, VisitReport


class UploadRefused(DomainError):
    """What the request alone shows to be no readable report: nothing is kept. ``reason`` is the reader's code."""

    code = "upload_refused"

    def __init__(self, message: Any, *, reason: str) -> None:
        super().__init__(message, fields={"file": message})
        self.reason = reason


class AlreadyUploaded(DomainError):
    """The same text stands in the region already, as ``report``."""

    code = "already_uploaded"

    def __init__(self, message: Any, *, report: "VisitReport") -> None:
        super().__init__(message)
        self.report = report


class NotInReview(DomainError):
    """The report is being read, unreadable or rejected: there is nothing to decide."""

    code = "not_in_review"


class InvalidValue(DomainError):
    """A value of a card that cannot be kept; ``fields`` says which and why."""

    code = "invalid_value"


class ChoiceNeeded(DomainError):
    """The card cannot be accepted before it is chosen whether its organisation or person is one we know."""

    code = "choice_needed"


class AlreadyDecided(DomainError):
    """The card became a record and cannot be changed any more."""

    code = "already_decided"


class AlreadyAccepted(DomainError):
    """Somebody else accepted this draft first, as ``commit``."""

    code = "already_accepted"

    def __init__(self, message: Any, *, commit: "ReportCommit") -> None:
        super().__init__(message)
        self.commit = commit


class NothingToAccept(DomainError):
    """No card is ready to become a record."""

    code = "nothing_to_accept"


class StandsInTheWay(DomainError):
    """Somebody has worked on what a commit made; ``record`` is the first such record."""

    code = "stands_in_the_way"

    def __init__(self, message: Any, *, record: "Model") -> None:
        super().__init__(message)
        self.record = record
