from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leads.extraction.business_numbers import check_digit


def validate_bin(value: str) -> None:
    """Refuse anything but 12 digits with a right check digit."""
    if len(value) != 12 or not value.isascii() or not value.isdigit():
        raise ValidationError(_("A BIN has 12 digits."), code="bin_length")
    if check_digit(value[:11]) != int(value[11]):
        raise ValidationError(_("The check digit of this BIN is wrong: look at the number again."), code="bin_check")
