"""Numbers as they come in from outside: whatever was typed, only what a database holds goes on."""

from collections.abc import Iterable
from typing import Any

from django.db.models import IntegerField
from django.db.models.lookups import In

#: Beyond this no database of ours holds a whole number.
LARGEST = 2**63 - 1


def whole_number(text: object) -> int | None:
    """Return the number that ``text`` writes in plain digits; ``None`` where it is none, or is too long to be a key.

    ``str.isdigit`` and ``isdecimal`` say yes to ``²`` and ``٣``, and ``int`` fails on digits by the thousand.
    """
    digits = str(text).strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > len(str(LARGEST)):
        return None
    number = int(digits)
    return number if number <= LARGEST else None


def whole_numbers(texts: Iterable[object]) -> list[int]:
    """Return the numbers among ``texts``, the rest left out."""
    return [number for number in map(whole_number, texts) if number is not None]


@IntegerField.register_lookup
class FittingIn(In):
    """``pk__in=[…]`` where no number is larger than the column: Django sees to it for ``pk=`` and ``pk__gt=`` alone."""

    def get_prep_lookup(self) -> Iterable[Any]:
        prepared = super().get_prep_lookup()
        if not self.rhs_is_direct_value():
            return prepared
        return [one for one in prepared if not isinstance(one, int) or abs(one) <= LARGEST]
