from django import forms
from django.utils.translation import gettext_lazy as _

from crm.companies.models import Company, CompanyName, Contact
from crm.shared.forms import CountryChoiceField, RecordForm


class CompanyForm(RecordForm):
    country = CountryChoiceField()

    class Meta:
        model = Company
        fields = ("name", "kind", "country", "city", "bin", "sectors", "website", "founded", "residents", "description")
        widgets = {"sectors": forms.SelectMultiple(attrs={"size": 6}), "description": forms.Textarea(attrs={"rows": 3})}


class OtherNameForm(forms.ModelForm):
    class Meta:
        model = CompanyName
        fields = ("name",)
        labels = {"name": _("Other name")}


class ContactForm(RecordForm):
    class Meta:
        model = Contact
        fields = ("full_name", "position", "email", "phone")
