from rest_framework import serializers

from crm.api.nouns import RECORD_FIELDS, VisibleViewSet
from crm.companies.models import Company, Contact
from crm.companies.queries import companies_visible_to, contacts_visible_to


class CompanySerializer(serializers.ModelSerializer):
    sectors = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)
    other_names = serializers.SlugRelatedField(slug_field="name", many=True, read_only=True)

    class Meta:
        model = Company
        fields = [
            *RECORD_FIELDS,
            "name",
            "other_names",
            "kind",
            "country",
            "city",
            "bin",
            "website",
            "founded",
            "residents",
            "description",
            "sectors",
        ]


class CompanyViewSet(VisibleViewSet):
    """Anybody met; one directory for the whole country."""

    visible = staticmethod(companies_visible_to)
    prefetched = ("sectors", "other_names")
    serializer_class = CompanySerializer
    filterset_fields = {
        "kind": ["exact"],
        "country": ["exact"],
        "bin": ["exact"],
        "sectors__code": ["exact"],
        "name": ["icontains"],
    }
    ordering_fields = ["name", "updated_at"]


class ContactSerializer(serializers.ModelSerializer):
    class Meta:
        model = Contact
        fields = [*RECORD_FIELDS, "full_name", "company", "position", "email", "phone"]


class ContactViewSet(VisibleViewSet):
    """The people your regions have dealt with."""

    visible = staticmethod(contacts_visible_to)
    serializer_class = ContactSerializer
    filterset_fields = ["company"]
    ordering_fields = ["full_name", "updated_at"]
