from crm.reference.models import ExchangeRate
from leads.deals.models import Deal
from leads.deals.tasks import fill_missing_rates
from tests.factories.deals import DealValueFactory


def test_what_had_no_rate_is_converted_once_there_is_one(deal: Deal) -> None:
    value = DealValueFactory(deal=deal)
    ExchangeRate.objects.create(currency=value.currency, date=value.date, rate=500)

    fill_missing_rates()

    value.refresh_from_db()
    assert value.amount_reporting == value.amount * 500
