"""Fixtures that all tests share: the people of two regions, and clients signed in as them."""

from collections.abc import Callable

import pytest
from django.test import Client

from crm.accounts.models import User
from tests.factories.accounts import UserFactory


@pytest.fixture
def official(db: None) -> User:
    return UserFactory(role="official", region__code="KZ-15")


@pytest.fixture
def colleague(db: None) -> User:
    """Another official of the same region."""
    return UserFactory(role="official", region__code="KZ-15")


@pytest.fixture
def manager(db: None) -> User:
    return UserFactory(role="manager", region__code="KZ-15")


@pytest.fixture
def viewer(db: None) -> User:
    return UserFactory(role="viewer", region__code="KZ-15")


@pytest.fixture
def partner(db: None) -> User:
    return UserFactory(role="partner", region__code="KZ-15")


@pytest.fixture
def administrator(db: None) -> User:
    return UserFactory(role="administrator", region__code="KZ-15")


@pytest.fixture
def stranger(db: None) -> User:
    """An official of another region."""
    return UserFactory(role="official", region__code="KZ-23")


@pytest.fixture
def national(db: None) -> User:
    return UserFactory(role="manager", region__code="KZ")


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in
