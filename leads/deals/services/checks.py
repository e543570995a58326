"""What several services of deals check."""

from django.utils.translation import gettext as _

from leads.deals.choices import RESTING
from leads.deals.errors import DealNotActive, ReasonNeeded
from leads.deals.models import Deal


def require_unarchived(deal: Deal) -> None:
    """Raise ``DealNotActive`` when the deal is archived."""
    if deal.is_archived:
        raise DealNotActive(_("This deal is in the archive; restore it first."))


def require_active(deal: Deal) -> None:
    """Raise ``DealNotActive`` when the deal is archived, dormant or lost."""
    require_unarchived(deal)
    if deal.health in RESTING:
        raise DealNotActive(_("This deal is at rest; reopen it first."))


def require_reason(reason: str) -> str:
    """Return the reason without spaces around it; raise ``ReasonNeeded`` when nothing is left."""
    stripped = reason.strip()
    if not stripped:
        raise ReasonNeeded(_("Give the reason."), fields={"reason": _("Give the reason.")})
    return stripped
