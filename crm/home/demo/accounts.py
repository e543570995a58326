"""Who works in the demo office, where, and at which rates it counts."""

from datetime import date, timedelta
from decimal import Decimal

from crm.accounts.choices import Role
from crm.accounts.models import User
from crm.accounts.services import create_user
from crm.reference.choices import OfficeKind
from crm.reference.models import Currency, Office, Region
from crm.reference.services import create_office, record_rate

PASSWORD = "sapar-demo-2026"  # noqa: S105 - printed for whoever tries Sapar out
REGION = "KZ-15"
OFFICE_NAMES = {
    "name_kk": "Инвестициялар және экспорт басқармасы",
    "name_ru": "Управление инвестиций и экспорта",
    "name_en": "Investment and Export Department",
    "genitive_kk": "Инвестициялар және экспорт басқармасының",
    "genitive_ru": "Управления инвестиций и экспорта",
}
#: name before the @, role, region, language, full name, position
PEOPLE = [
    ("official", Role.OFFICIAL, REGION, "kk", "Айнұр Төлегенова", "Бас маман"),
    ("colleague", Role.OFFICIAL, REGION, "ru", "Данияр Сәтбеков", "Главный специалист"),
    ("manager", Role.MANAGER, REGION, "kk", "Ержан Қабылов", "Басқарма басшысы"),
    ("national", Role.MANAGER, "KZ", "ru", "Гүлнар Ақышева", "Директор департамента"),
    ("administrator", Role.ADMINISTRATOR, REGION, "ru", "Тимур Оразбаев", "Администратор"),
]
#: Tenge for one unit; sample figures, not a bank's.
RATES = {"USD": "505.10", "EUR": "588.40", "CNY": "71.20", "TRY": "11.60", "RUB": "6.35", "KRW": "0.35"}


def create_accounts(*, password: str) -> dict[str, User]:
    """Make the demo office with its people; return them by the name before the @."""
    office = create_office(
        by=None,
        region=Region.objects.get(code=REGION),
        kind=OfficeKind.DEPARTMENT,
        valid_from=date(2024, 1, 1),
        names=OFFICE_NAMES,
    )
    return {name: _person(name, *rest, office=office, password=password) for name, *rest in PEOPLE}


def _person(
    name: str, role: str, region: str, language: str, full_name: str, position: str, *, office: Office, password: str
) -> User:
    return create_user(
        by=None,
        email=address_of(name),
        full_name=full_name,
        region=Region.objects.get(code=region),
        role=role,
        password=password,
        language=language,
        position=position,
        office=office if region == REGION else None,
    )


def address_of(name: str) -> str:
    return f"{name}@demo.sapar.kz"


def record_rates(*, today: date) -> None:
    """Give each month of the last year, and today, a rate for the usual currencies."""
    currencies = {currency.code: currency for currency in Currency.objects.filter(code__in=RATES)}
    for months in range(13):
        for code, rate in RATES.items():
            drift = Decimal(1) - Decimal(months) / 250
            day = today - timedelta(days=30 * months)
            record_rate(currencies[code], by=None, date=day, rate=(Decimal(rate) * drift).quantize(Decimal("0.01")))
