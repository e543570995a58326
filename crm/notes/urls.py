from django.urls import path, register_converter
from django.urls.converters import StringConverter

from crm.notes import views


class LabelConverter(StringConverter):
    """The kind of a record: ``deals.deal``."""

    regex = r"[a-z_]+\.[a-z_]+"


register_converter(LabelConverter, "label")

app_name = "notes"
urlpatterns = [
    path("<label:label>/<int:pk>/", views.timeline, name="timeline"),
    path("<label:label>/<int:pk>/add/", views.create, name="create"),
]
