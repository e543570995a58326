"""What somebody is not asked: put off, given back as somebody else's, or stopped; and taking each back."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from crm.accounts.models import User
from crm.reminders import services
from crm.reminders.models import Snooze
from crm.reminders.queries import silences_of
from crm.shared.about import address_of, visible_about
from crm.shared.pagination import page_of


@dataclass(frozen=True, slots=True)
class Silenced:
    """A silence with the record that it is about; none where the user sees that no more."""

    silence: Snooze
    record: Model | None

    @property
    def title(self) -> str:
        return str(self.record or _("A record that is archived, or that you no longer see"))

    @property
    def url(self) -> str:
        return address_of(self.record._meta.label_lower, self.record.pk) if self.record else ""


@require_GET
def silences(request: HttpRequest) -> HttpResponse:
    """List what the user is not asked, the soonest to be asked again first."""
    user = _user(request)
    page = page_of(request, silences_of(user, on=timezone.localdate()))
    records = visible_about(user, page.object_list)
    silenced = [Silenced(one, records.get((one.about_type_id, one.about_id))) for one in page.object_list]
    return render(request, "reminders/silences.html", {"page": page, "silenced": silenced})


@require_POST
def end_silence(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the user be asked again; pressed twice it says the same."""
    user = _user(request)
    services.end_silence(get_object_or_404(Snooze, pk=pk, user=user), by=user, on=timezone.localdate())
    messages.success(request, _("You are asked about it again."))
    return redirect("reminders:silences")


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)  # noqa: S101 - LoginRequiredMiddleware let nobody else in
    return user
