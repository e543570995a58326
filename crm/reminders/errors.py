from typing import Any

from crm.shared.errors import DomainError, InvalidRecord


class LinkBroken(DomainError):
    """A signed link that is not ours or was cut."""


class LinkExpired(DomainError):
    """A link of ours that is too old; ``user`` is whose it was."""

    def __init__(self, message: Any, *, user: Any) -> None:
        super().__init__(message)
        self.user = user


class AlreadyAnswered(DomainError):
    """The link was used before, for the answer ``given``."""

    def __init__(self, message: Any, *, given: Any) -> None:
        super().__init__(message)
        self.given = given


class AnswerIncomplete(InvalidRecord):
    """An answer's form with what has to be corrected, as ``form``."""

    def __init__(self, form: Any) -> None:
        self.form = form
        words = [(form.fields[name].label if name in form.fields else "", text) for name, text in _errors(form)]
        message = " ".join(f"{label}: {text}" if label else text for label, text in words)
        super().__init__(message, fields=dict(_errors(form)))


def _errors(form: Any) -> list[tuple[str, str]]:
    return [(name, str(text)) for name, texts in form.errors.items() for text in texts]
