import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Limits of attempts lie in the cache, which tests share."""
    cache.clear()
