from django import forms
from django.utils.translation import gettext_lazy as _

from crm.companies.models import Company, CompanyName, Contact
from crm.companies.queries import companies_to_pick
from crm.shared.forms import CountryChoiceField, RecordForm
from crm.shared.numbers import whole_numbers


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


class OrganisationsMixin(forms.Form):
    """A form that names organisations of the directory: those chosen, and those found by ``find`` to choose from.

    The directory is too long for a list of options, so the page draws ``picked`` and ``found`` as ticks
    (``companies/_picker.html``); "Find" sends the form back with more of them.
    """

    companies = forms.ModelMultipleChoiceField(
        label=_("Organisations"), queryset=Company.objects.filter(archived_at__isnull=True), required=False
    )
    find = forms.CharField(label=_("Find an organisation"), max_length=100, required=False)

    @property
    def picked(self) -> list[Company]:
        chosen = self["companies"].value() or []
        keys = [getattr(company, "pk", company) for company in chosen]
        return list(Company.objects.filter(pk__in=whole_numbers(keys)))

    @property
    def found(self) -> list[Company]:
        return companies_to_pick(str(self["find"].value() or ""), apart_from=self.picked)

    @property
    def only_looks(self) -> bool:
        """Was "Find" pressed, so that nothing is to be saved yet?"""
        return "look" in self.data
