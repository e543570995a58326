import factory

from crm.companies.models import Company, Contact
from leads.extraction.folding import fold, fold_name


class CompanyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Company

    name = factory.Sequence(lambda n: f"Örnek Yapı {n} A.Ş.")
    country = "TR"
    city = "Bursa"
    folded_name = factory.LazyAttribute(lambda company: fold_name(company.name))
    search_text = factory.LazyAttribute(lambda company: fold(f"{company.name} {company.city}"))


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    full_name = factory.Sequence(lambda n: f"Deniz Örnek {n}")
    company = factory.SubFactory(CompanyFactory)
