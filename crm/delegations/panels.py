"""What members told after the return, on the page of the delegation, after the page itself."""

from django.db.models import Model

from crm.accounts.models import User
from crm.delegations.models import Debrief
from crm.shared.registries import Panel, panels


@panels.register("delegations.delegation/told", position=40)
def debriefs_of_delegation(record: Model, user: User) -> Panel | None:
    """Return the panel with who was asked and what each told; none where nobody was asked."""
    debriefs = list(Debrief.objects.filter(delegation=record.pk).prefetch_related("entries"))
    return Panel("delegations/_debriefs.html", {"debriefs": debriefs}) if debriefs else None
