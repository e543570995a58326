"""Parts of addresses that several apps use."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class LabelConverter(StringConverter):
    """The kind of a record: ``deals.deal``."""

    regex = r"[a-z_]+\.[a-z_]+"


def register_converters() -> None:
    register_converter(LabelConverter, "label")
