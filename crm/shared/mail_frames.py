"""The body of a mail as a mail program shows it, for a sandboxed frame of a page (``ui/_mail_frame.html``)."""

from collections.abc import Callable

from django.http import HttpResponse
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET

#: The body of a mail has inline styles and nothing else that runs or loads; links leave the frame.
MAIL_BODY_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "style-src": [CSP.UNSAFE_INLINE],
    "frame-ancestors": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
    "sandbox": ["allow-top-navigation-by-user-activation"],
}
View = Callable[..., HttpResponse]


def for_mail_frame(view: View) -> View:
    """Let a page of this site show in a frame what ``view`` answers to a GET, under the policy of a mail's body."""
    return require_GET(xframe_options_sameorigin(csp_override(MAIL_BODY_CSP)(view)))


def mail_body(*, html: str, text: str = "") -> HttpResponse:
    """Answer with the body of a mail, the plain text where it has no other. Records open in the window."""
    if not html:
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))
