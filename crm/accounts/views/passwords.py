from allauth.account import views as account
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _


def change_password(request: HttpRequest) -> HttpResponse:
    """Change the password; who signs in through the office's directory alone has none, and sets the first by mail."""
    if request.user.is_authenticated and not request.user.has_usable_password():
        messages.warning(request, _("Your account has no password yet: a link to set one will be sent to you."))
        return redirect("account_reset_password")
    return account.password_change(request)
