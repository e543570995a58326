"""What a card of each kind holds, and the one check of its values before they are kept.

Values are JSON: texts, ISO dates, whole numbers, amounts as digits, codes, lists of codes or words, and links to other
cards of the report by their position.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from crm.companies.choices import CompanyKind
from crm.companies.validators import validate_bin
from crm.delegations.choices import Direction, PracticeTopic
from crm.reference.models import Currency, Sector
from crm.shared.choices import country_choices
from crm.shared.numbers import whole_number
from leads.deals.choices import DealKind
from leads.visit_reports.choices import SuggestionKind
from leads.visit_reports.errors import InvalidValue

Kind = SuggestionKind


class Type(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    DATE = "date"
    NUMBER = "number"
    AMOUNT = "amount"
    CODE = "code"
    CODES = "codes"
    WORDS = "words"
    CARD = "card"
    CARDS = "cards"


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a card. ``among`` names the codes (see ``codes``) or the kind of card that it may hold."""

    name: str
    type: Type
    label: Any
    among: str = ""
    required: bool = False
    length: int = 250
    check: Callable[[str], None] | None = None


#: Our side and theirs, as the draft says it.
ROLES = {"counterpart": gettext_noop("Theirs"), "home": gettext_noop("Ours")}

VALUES: Mapping[str, tuple[Value, ...]] = {
    Kind.DELEGATION: (
        Value("title", Type.TEXT, gettext_lazy("Title"), required=True),
        Value("direction", Type.CODE, gettext_lazy("Kind"), among="directions", required=True),
        Value("start_date", Type.DATE, gettext_lazy("From")),
        Value("end_date", Type.DATE, gettext_lazy("Until")),
        Value("countries", Type.CODES, gettext_lazy("Countries"), among="countries"),
        Value("cities", Type.WORDS, gettext_lazy("Cities"), length=100),
        Value("head", Type.TEXT, gettext_lazy("Head of the delegation"), length=150),
        Value("head_title", Type.TEXT, gettext_lazy("Position"), length=200),
        Value("sectors", Type.CODES, gettext_lazy("Sectors"), among="sectors"),
        Value("purpose", Type.LONG_TEXT, gettext_lazy("Purpose"), length=5000),
    ),
    Kind.ORGANISATION: (
        Value("name", Type.TEXT, gettext_lazy("Name"), required=True),
        Value("kind", Type.CODE, gettext_lazy("Type"), among="company_kinds", required=True),
        Value("role", Type.CODE, gettext_lazy("Side"), among="roles", required=True),
        Value("country", Type.CODE, gettext_lazy("Country"), among="countries"),
        Value("city", Type.TEXT, gettext_lazy("City"), length=100),
        Value("founded", Type.TEXT, gettext_lazy("Founded"), length=30),
        Value("residents", Type.NUMBER, gettext_lazy("Residents")),
        Value("bin", Type.TEXT, gettext_lazy("BIN"), length=12, check=validate_bin),
    ),
    Kind.PERSON: (
        Value("name", Type.TEXT, gettext_lazy("Full name"), required=True, length=150),
        Value("title", Type.TEXT, gettext_lazy("Position"), length=200),
        Value("role", Type.CODE, gettext_lazy("Side"), among="roles", required=True),
        Value("organisation", Type.CARD, gettext_lazy("Organisation"), among=Kind.ORGANISATION),
    ),
    Kind.MEETING: (
        Value("subject", Type.TEXT, gettext_lazy("Subject"), required=True),
        Value("date", Type.DATE, gettext_lazy("Date")),
        Value("place", Type.TEXT, gettext_lazy("Place"), length=200),
        Value("organisations", Type.CARDS, gettext_lazy("Organisations"), among=Kind.ORGANISATION),
        Value("people", Type.CARDS, gettext_lazy("People"), among=Kind.PERSON),
        Value("topics", Type.CODES, gettext_lazy("Topics"), among="topics"),
        Value("summary", Type.LONG_TEXT, gettext_lazy("Summary"), length=5000),
    ),
    Kind.LEAD: (
        Value("title", Type.TEXT, gettext_lazy("Title"), required=True),
        Value("sector", Type.CODE, gettext_lazy("Sector"), among="sectors"),
        Value("kind", Type.CODE, gettext_lazy("Kind"), among="deal_kinds", required=True),
        Value("organisation", Type.CARD, gettext_lazy("Company"), among=Kind.ORGANISATION),
        Value("counterpart", Type.TEXT, gettext_lazy("Counterpart")),
        Value("amount", Type.AMOUNT, gettext_lazy("Amount")),
        Value("currency", Type.CODE, gettext_lazy("Currency"), among="currencies"),
        Value("jobs", Type.NUMBER, gettext_lazy("Jobs")),
        Value("next_step", Type.TEXT, gettext_lazy("Next step"), length=500),
        Value("next_step_due", Type.DATE, gettext_lazy("Due date")),
        Value("summary", Type.LONG_TEXT, gettext_lazy("Summary"), length=5000),
    ),
    Kind.COMMITMENT: (
        Value("text", Type.TEXT, gettext_lazy("What"), required=True, length=500),
        Value("by", Type.CODE, gettext_lazy("Side"), among="roles", required=True),
        Value("who", Type.TEXT, gettext_lazy("Executor as written"), length=200),
        Value("due_date", Type.DATE, gettext_lazy("Due date")),
        Value("lead", Type.CARD, gettext_lazy("About the deal"), among=Kind.LEAD),
    ),
    Kind.PRACTICE: (
        Value("summary", Type.TEXT, gettext_lazy("Summary"), required=True, length=5000),
        Value("topic", Type.CODE, gettext_lazy("Topic"), among="topics_of_practices", required=True),
        Value("organisation", Type.CARD, gettext_lazy("Seen at"), among=Kind.ORGANISATION),
    ),
}


def date_of(value: str | None) -> date | None:
    """Return the date that a card or a draft holds as ISO text."""
    return date.fromisoformat(value) if value else None


def title_field(kind: str) -> str:
    """Return the value that a card of this kind is called by."""
    return VALUES[kind][0].name


def blank_values(kind: str) -> dict[str, Any]:
    """Return the least that a card of this kind holds."""
    least = {
        Kind.DELEGATION: {"direction": "outbound"},
        Kind.ORGANISATION: {"kind": "company", "role": "counterpart"},
        Kind.PERSON: {"role": "counterpart"},
        Kind.LEAD: {"kind": "interest"},
        Kind.COMMITMENT: {"by": "home"},
        Kind.PRACTICE: {"topic": "other"},
    }
    return {value.name: None for value in VALUES[kind]} | least.get(Kind(kind), {})


def codes(among: str) -> dict[str, str]:
    """Return the codes of a list with their names in the language of the page; sectors and currencies are read."""
    if among in ("sectors", "currencies"):
        model = Sector if among == "sectors" else Currency
        return {row.code: row.name for row in model.objects.all()}
    if among == "topics":
        return codes("sectors") | codes("topics_of_practices")
    fixed: dict[str, Iterable[tuple[str, Any]]] = {
        "countries": country_choices(),
        "directions": Direction.choices,
        "company_kinds": CompanyKind.choices,
        "deal_kinds": DealKind.choices,
        "topics_of_practices": PracticeTopic.choices,
        "roles": [(code, _(name)) for code, name in ROLES.items()],
    }
    return {code: str(name) for code, name in fixed[among]}


def clean_values(kind: str, given: Mapping[str, Any], *, cards: Mapping[int, str]) -> dict[str, Any]:
    """Return the given values as they are kept; ``cards`` are the kinds of the report's cards by position.

    Only what is given is checked. Raises ``InvalidValue`` naming every wrong field; values no card of this kind has
    are refused too.
    """
    known = {value.name: value for value in VALUES[kind]}
    cleaned: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for name, raw in given.items():
        try:
            if name not in known:
                raise ValueError(_("This card has no such value."))
            cleaned[name] = _clean(known[name], raw, cards)
        except ValueError as error:
            wrong[name] = str(error)
    start, end = cleaned.get("start_date"), cleaned.get("end_date")
    if start and end and end < start:
        wrong["end_date"] = _("The visit ends before it begins.")
    if cleaned.get("amount") and "currency" in cleaned and not cleaned["currency"]:
        wrong["currency"] = _("Say in which currency.")
    if wrong:
        raise InvalidValue(" ".join(wrong.values()), fields=wrong)
    return cleaned


def _clean(value: Value, raw: Any, cards: Mapping[int, str]) -> Any:
    empty = raw is None or raw in ("", [])
    if empty and value.required:
        raise ValueError(_("This cannot be empty."))
    if value.type in (Type.CODES, Type.WORDS, Type.CARDS):
        if not isinstance(raw or [], (list, tuple)):
            raise ValueError(_("Give a list."))
        return _unique(_clean_one(value, one, cards) for one in raw or [])
    if empty:
        return "" if value.type in (Type.TEXT, Type.LONG_TEXT, Type.CODE) else None
    return _clean_one(value, raw, cards)


def _clean_one(value: Value, raw: Any, cards: Mapping[int, str]) -> Any:
    if not isinstance(raw, (str, int, float, Decimal, date)) or isinstance(raw, bool):
        raise ValueError(_("Give a text or a number."))
    match value.type:
        case Type.TEXT | Type.LONG_TEXT | Type.WORDS:
            return _clean_text(value, raw)
        case Type.DATE:
            return _clean_date(raw)
        case Type.NUMBER:
            return _clean_number(raw)
        case Type.AMOUNT:
            return _clean_amount(raw)
        case Type.CODE | Type.CODES:
            if raw not in codes(value.among):
                raise ValueError(_("“%(value)s” is not among the choices.") % {"value": raw})
            return raw
    position = whole_number(raw)
    if position is None or cards.get(position) != value.among:
        raise ValueError(_("There is no such card in this report."))
    return position


def _clean_text(value: Value, raw: Any) -> str:
    text = str(raw).strip() if value.type == Type.LONG_TEXT else " ".join(str(raw).split())
    if value.required and not text:
        raise ValueError(_("This cannot be empty."))
    if "\x00" in text:
        raise ValueError(_("Null characters are not allowed."))
    if len(text) > value.length:
        raise ValueError(_("At most %(number)s characters.") % {"number": value.length})
    try:
        if value.check:
            value.check(text)
    except ValidationError as refused:
        raise ValueError(refused.messages[0]) from None
    return text


def _clean_date(raw: Any) -> str:
    try:
        return date.fromisoformat(str(raw)).isoformat()
    except ValueError:
        raise ValueError(_("Give a date.")) from None


def _clean_number(raw: Any) -> int:
    number = whole_number(raw)
    if number is None or number > 2_000_000_000:
        raise ValueError(_("Give a whole number."))
    return number


def _clean_amount(raw: Any) -> str:
    try:
        amount = Decimal("".join(str(raw).split()).replace(",", "."))
    except InvalidOperation:
        raise ValueError(_("Give a number, for instance 12 000 000.")) from None
    if not amount.is_finite() or amount < 0 or amount >= Decimal(10) ** 13:
        raise ValueError(_("Give a number, for instance 12 000 000."))
    return f"{amount.quantize(Decimal('0.01')):f}".removesuffix(".00")


def _unique(items: Iterable[Any]) -> list[Any]:
    return list(dict.fromkeys(items))
