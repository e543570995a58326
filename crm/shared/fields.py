"""Field types that several apps share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class CountryField(models.CharField):
    """An ISO 3166-1 alpha-2 code in capitals."""

    default_validators = [RegexValidator(r"^[A-Z]{2}$", _("Give the two-letter ISO country code."))]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 2)
        super().__init__(*args, **kwargs)


class MoneyField(models.DecimalField):
    """An amount with two decimals and at most 15 significant digits: SQLite keeps no more."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.update(max_digits=19, decimal_places=2)
        kwargs["validators"] = [validate_significant_digits]
        super().__init__(*args, **kwargs)


def validate_significant_digits(value: Any) -> None:
    """Refuse an amount with more than 15 significant digits."""
    digits = "".join(map(str, value.normalize().as_tuple().digits)).strip("0")
    if len(digits) > 15:
        raise ValidationError(_("An amount may have 15 significant digits at most."))
