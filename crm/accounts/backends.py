from allauth.account.auth_backends import AuthenticationBackend

from crm.accounts.models import User


class SignInBackend(AuthenticationBackend):
    """Signs in by e-mail, and fetches the signed-in user with region and office: every page names them."""

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("region", "office").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
