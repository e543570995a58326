from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from crm.accounts import services
from crm.accounts.queries import invitation_of
from crm.accounts.sign_in_forms import FirstPasswordForm
from crm.shared.errors import DomainError
from crm.shared.forms import add_service_error


@login_not_required
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """The page of an invitation's link: sets the password by POST alone, so that looking ahead uses nothing up."""
    found = invitation_of(key, at=timezone.now())
    if found is None:
        return render(request, "account/invitation_over.html", status=404)
    translation.activate(found.user.language)
    form = FirstPasswordForm(data=request.POST or None, user=found.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.accept_invitation(found, password=form.cleaned_data["password1"], at=timezone.now())
        except DomainError as error:
            add_service_error(form, error)
        else:
            messages.warning(request, _("Your password is saved. Sign in with it."))
            return redirect("account_login")
    context = {"form": form, "invited": found.user}
    return render(request, "account/invitation.html", context, status=422 if form.errors else 200)
