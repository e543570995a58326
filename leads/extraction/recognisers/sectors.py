"""Branches of the economy: what the words that name them stand for."""

# Bare "equipment": machinery where nothing else is named, else that of the sector it is for ("equipment for bakeries").
EQUIPMENT, _MACHINERY = "equipment", "machinery"


def code_of(named: str) -> str:
    """Return the sector's code for what a list of words stands for."""
    return _MACHINERY if named == EQUIPMENT else named
