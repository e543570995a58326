"""How often one may call the API: by user, or by address for who has not signed in. 429 says when to try again."""

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from crm.shared.limits import UPLOAD, seconds_to_wait, who_asks


class CallThrottle(BaseThrottle):
    """Every call counts."""

    scope = "api"
    waits = 0

    def counts(self, request: Request, view: Any) -> bool:
        return True

    def allow_request(self, request: Request, view: Any) -> bool:
        if self.counts(request, view):
            self.waits = seconds_to_wait(self.scope, who_asks(request))
        return not self.waits

    def wait(self) -> float | None:
        return self.waits or None


class UploadThrottle(CallThrottle):
    """Reports handed in here count with those of the upload page."""

    scope = UPLOAD

    def counts(self, request: Request, view: Any) -> bool:
        return bool(getattr(view, "takes_files", False)) and view.action == "create"
