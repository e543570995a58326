"""Passwords that the office's own LDAP directory keeps, Active Directory too. Loaded only where ``LDAP_URL`` is set."""

from django.http import HttpRequest
from django_auth_ldap.backend import LDAPBackend

from crm.accounts.backends import SignInBackend
from crm.accounts.models import User


class DirectoryBackend(LDAPBackend):
    """Asks the directory whether the password is that of the one entry with the account's address.

    Only people who have an open account are asked about, nobody is made, and nothing of the entry is taken over. The
    password that Sapar keeps, where it keeps one, was tried before.
    """

    def authenticate(
        self, request: HttpRequest | None, email: str = "", password: str = "", **credentials: object
    ) -> User | None:
        known = User.objects.filter(email__iexact=email, is_active=True).first() if email and password else None
        if known is None:
            return None
        found: User | None = super().authenticate(request, username=known.email, password=password)
        return found

    def get_or_build_user(self, username: str, ldap_user: object) -> tuple[User, bool]:
        """Return the account that was asked about, and that it was not made."""
        return User.objects.get(email=username), False

    def get_user(self, user_id: int) -> User | None:
        return SignInBackend().get_user(user_id)
