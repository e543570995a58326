import factory

from crm.companies.models import Company, Contact


class CompanyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Company

    name = factory.Sequence(lambda n: f"Örnek Yapı {n} A.Ş.")
    country = "TR"
    city = "Bursa"


class ContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Contact

    full_name = factory.Sequence(lambda n: f"Deniz Örnek {n}")
    company = factory.SubFactory(CompanyFactory)
