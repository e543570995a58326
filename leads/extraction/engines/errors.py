"""Why an engine that asks somebody else gave no draft."""

from enum import StrEnum


class EngineFailure(StrEnum):
    """Codes kept with the report, so that its page can say what happened."""

    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    ANSWERED_WITH_ERROR = "answered_with_error"
    DECLINED = "declined"
    MALFORMED = "malformed"
    TEXT_TOO_LONG = "text_too_long"


class EngineFailedError(Exception):
    """The engine gave no usable answer; `failure` is the code, `detail` for the log (never a word of the report)."""

    def __init__(self, failure: EngineFailure, detail: str = "") -> None:
        super().__init__(f"{failure.value}: {detail}" if detail else failure.value)
        self.failure = failure
        self.detail = detail
