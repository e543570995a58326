"""What a visit holds of a person who asked to be forgotten: the line of the member, and the form that was mailed."""

from django.db import transaction

from crm.accounts.models import User
from crm.audit.erasure import MARK, erase_from_log, erase_values
from crm.companies.models import Contact
from crm.delegations.models import Debrief, DelegationMember
from crm.delegations.queries import delegation_search_keys
from crm.shared.registries import forgetting
from crm.shared.searching import store_search_keys


@forgetting.register("accounts.user")
@forgetting.register("companies.contact")
@transaction.atomic
def forget_member(person: User | Contact, *, by: User | None, reason: str) -> None:
    """Blank the person's lines among the members, in the visit's events and search text too.

    The log keeps the members as one list: where it names the person, the list as a whole gives way to the mark.
    """
    whose = {"user": person} if isinstance(person, User) else {"contact": person}
    for member in DelegationMember.objects.filter(**whose).select_related("delegation"):
        texts = [member.full_name, member.email]
        member.full_name, member.position, member.email = MARK, "", ""
        member.save()
        visit = member.delegation
        erase_from_log(visit, by=by, reason=reason, name="members", texts=texts)
        store_search_keys(visit, delegation_search_keys(visit))


@forgetting.register("accounts.user")
def forget_debriefs(person: User, *, by: User | None, reason: str) -> None:
    for debrief in Debrief.objects.filter(user=person):
        erase_values(debrief, by=by, reason=reason, blanks={"full_name": MARK, "email": ""})
