"""The check digit of Kazakh business and individual identification numbers (БСН / БИН / BIN)."""

_FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
_SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
LENGTH = 12


def check_digit(first_eleven: str) -> int | None:
    """Return the twelfth digit of a number whose first eleven are given.

    The weighted sum modulo 11; where that is 10, the sum with the second row of weights; where that is 10 too, the
    number is never issued and the answer is ``None``. Source: the rules for forming identification numbers,
    Government of Kazakhstan, resolution 406 of 22 May 2007.
    """
    for weights in (_FIRST_WEIGHTS, _SECOND_WEIGHTS):
        rest = sum(int(digit) * weight for digit, weight in zip(first_eleven, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def is_business_number(digits: str) -> bool:
    """Say whether digits are a legal entity's number: twelve, the fifth 4, 5 or 6, the last one right."""
    return (
        len(digits) == LENGTH
        and digits.isascii()
        and digits.isdigit()
        and digits[4] in "456"
        and check_digit(digits[:11]) == int(digits[11])
    )
