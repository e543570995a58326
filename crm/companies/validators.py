from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)


def bin_check_digit(first_eleven: str) -> int | None:
    """Return the check digit of a Kazakh business or individual identification number.

    The weighted sum modulo 11; where that is 10, the sum with the second row of weights; where that is 10 too, the
    number is never issued and the answer is ``None``. Source: the rules for forming identification numbers,
    Government of Kazakhstan, resolution 406 of 22 May 2007.
    """
    for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
        rest = sum(int(digit) * weight for digit, weight in zip(first_eleven, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def validate_bin(value: str) -> None:
    """Refuse anything but 12 digits with a right check digit."""
    if len(value) != 12 or not value.isascii() or not value.isdigit():
        raise ValidationError(_("A BIN has 12 digits."), code="bin_length")
    if bin_check_digit(value[:11]) != int(value[11]):
        raise ValidationError(_("The check digit of this BIN is wrong: look at the number again."), code="bin_check")
