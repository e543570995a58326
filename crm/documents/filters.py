from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from crm.documents.choices import DocumentKind
from crm.documents.models import Document


class DocumentFilter(django_filters.FilterSet):
    """What the list of papers can be narrowed by."""

    q = django_filters.CharFilter(
        label=_("Search"),
        method="by_words",
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Title, number or body")}),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=_("Every kind"), choices=DocumentKind.choices)

    class Meta:
        model = Document
        fields: list[str] = []

    def by_words(self, papers: QuerySet[Document], name: str, value: str) -> QuerySet[Document]:
        fields = ("title", "number", "sender", "recipient", "addressee__name")
        words: Any = Q()
        for field in fields:
            words |= Q(**{f"{field}__icontains": value})
        return papers.filter(words)
