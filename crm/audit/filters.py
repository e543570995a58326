import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.audit.choices import Action, Door
from crm.audit.models import AuditEvent
from crm.shared.forms import DateInput


class EventFilter(django_filters.FilterSet):
    """What a record's changes can be narrowed by."""

    who = django_filters.CharFilter(label=_("Who"), method="by_name")
    action = django_filters.ChoiceFilter(label=_("Action"), empty_label=_("Any action"), choices=Action)
    door = django_filters.ChoiceFilter(label=_("Through"), empty_label=_("Any way"), choices=Door)
    since = django_filters.DateFilter(label=_("From"), field_name="at", lookup_expr="date__gte", widget=DateInput())
    until = django_filters.DateFilter(label=_("Until"), field_name="at", lookup_expr="date__lte", widget=DateInput())

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    def by_name(self, events: QuerySet[AuditEvent], name: str, value: str) -> QuerySet[AuditEvent]:
        # SQLite compares Cyrillic letters with their case; the capitalised spelling is tried too.
        for word in value.split():
            events = events.filter(actor_name__icontains=word) | events.filter(actor_name__contains=word.capitalize())
        return events
