"""The OpenAPI schema and its page, which works offline: scripts and styles come from the sidecar package.

Swagger UI styles itself inline, so the page has a looser policy than the rest: the design's second exception.
"""

from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.views.decorators.csp import csp_override
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
from rest_framework.permissions import IsAuthenticated

DOCUMENTATION_POLICY = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:"],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}


@method_decorator(csp_override(DOCUMENTATION_POLICY), name="dispatch")
class DocumentationView(SpectacularSwaggerView):
    permission_classes = [IsAuthenticated]


class SchemaView(SpectacularAPIView):
    permission_classes = [IsAuthenticated]


schema = SchemaView.as_view()
documentation = DocumentationView.as_view(url_name="api:schema")
