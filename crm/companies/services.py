"""Writes of the company directory."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_administrator, require_writer
from crm.audit.erasure import MARK, erase_values
from crm.audit.services import archive_record, create_record, lock_record, restore_record, update_record
from crm.companies.errors import BinTaken
from crm.companies.models import Company, CompanyName, Contact
from crm.companies.queries import company_search_keys, contact_search_keys, contacts_visible_to, name_key
from crm.reference.models import Region, Sector
from crm.shared.errors import NotAllowed
from crm.shared.registries import forget_elsewhere
from crm.shared.searching import store_search_keys
from crm.shared.validation import validate_record


@transaction.atomic
def create_company(
    *, by: User | None, name: str, other_names: Iterable[str] = (), sectors: Iterable[Sector] = (), **fields: Any
) -> Company:
    """Enter a company, with its other names and sectors, into the directory.

    Raises ``NotAllowed``, ``BinTaken`` and ``InvalidRecord``.
    """
    require_writer(by)
    company = Company(name=" ".join(name.split()), **fields)
    _require_free_bin(company.bin)
    validate_record(company)
    create_record(company, by=by, many={"sectors": sectors})
    for other_name in other_names:
        _name_company(company, by=by, name=other_name)
    store_search_keys(company, company_search_keys(company))
    return company


@transaction.atomic
def update_company(
    company: Company,
    *,
    by: User | None,
    expected_version: int | None = None,
    sectors: Iterable[Sector] | None = None,
    **changes: Any,
) -> Company:
    """Change a company. A name that is replaced is kept among its other names: papers go on using it.

    Raises ``NotAllowed``, ``VersionConflict``, ``BinTaken`` and ``InvalidRecord``.
    """
    require_writer(by)
    current = lock_record(company, expected_version=expected_version)
    former = current.name
    if "name" in changes:
        changes["name"] = " ".join(changes["name"].split())
    if changes.get("bin"):
        _require_free_bin(changes["bin"], apart_from=company)
    validate_record(current, changes)
    update_record(company, by=by, changes=changes, many=None if sectors is None else {"sectors": sectors})
    if company.name != former:
        _name_company(company, by=by, name=former)
    store_search_keys(company, company_search_keys(company))
    return company


@transaction.atomic
def archive_company(company: Company, *, by: User | None, reason: str, expected_version: int | None = None) -> Company:
    """Take a company out of the lists, with the reason."""
    require_writer(by)
    return archive_record(company, by=by, reason=reason, expected_version=expected_version)


@transaction.atomic
def restore_company(company: Company, *, by: User | None) -> Company:
    """Bring an archived company back. Raises ``NotAllowed`` and, where another has its BIN by now, ``BinTaken``."""
    require_writer(by)
    _require_free_bin(company.bin, apart_from=company)
    return restore_record(company, by=by)


@transaction.atomic
def add_other_name(company: Company, *, by: User | None, name: str) -> Company:
    """Let the company be found under ``name`` too; one that it has already changes nothing."""
    require_writer(by)
    _name_company(company, by=by, name=name)
    store_search_keys(company, company_search_keys(company))
    return company


@transaction.atomic
def create_contact(*, by: User | None, full_name: str, regions: Iterable[Region] = (), **fields: Any) -> Contact:
    """Enter a person. ``regions`` are those that deal with the person and may see the data; by default the user's.

    Raises ``NotAllowed`` and ``InvalidRecord``.
    """
    require_writer(by)
    contact = Contact(full_name=" ".join(full_name.split()), **fields)
    validate_record(contact)
    dealt_with = list(regions) or ([by.region] if by else [])
    create_record(contact, by=by, many={"regions": dealt_with})
    store_search_keys(contact, contact_search_keys(contact))
    return contact


@transaction.atomic
def update_contact(
    contact: Contact, *, by: User | None, expected_version: int | None = None, **changes: Any
) -> Contact:
    """Change a person's data. Raises ``NotAllowed``, ``VersionConflict`` and ``InvalidRecord``."""
    require_writer(by)
    validate_record(lock_record(contact, expected_version=expected_version), changes)
    update_record(contact, by=by, changes=changes)
    store_search_keys(contact, contact_search_keys(contact))
    return contact


@transaction.atomic
def archive_contact(contact: Contact, *, by: User | None, reason: str, expected_version: int | None = None) -> Contact:
    """Take a person out of the lists, with the reason."""
    require_writer(by)
    return archive_record(contact, by=by, reason=reason, expected_version=expected_version)


@transaction.atomic
def restore_contact(contact: Contact, *, by: User | None) -> Contact:
    """Bring an archived contact back. Raises ``NotAllowed`` and ``InvalidRecord``."""
    require_writer(by)
    return restore_record(contact, by=by)


@transaction.atomic
def erase_contact(contact: Contact, *, by: User | None, reason: str) -> Contact:
    """Erase a person's data for good, at the person's request: here, in history and search, and in the audit log.

    What stays is the empty row, archived, and the log's events without the data. An administrator of a region that
    deals with the person does it. Raises ``NotAllowed``.
    """
    if by is not None:
        require_administrator(by, by.region)
        if not contacts_visible_to(by).filter(pk=contact.pk).exists():
            raise NotAllowed(_("Only an administrator of a region that deals with the person may do this."))
    blanks = {"full_name": MARK, "position": "", "email": "", "phone": "", "archive_reason": ""}
    erase_values(contact, by=by, reason=reason, blanks=blanks)
    forget_elsewhere(contact, by=by, reason=reason)
    archive_record(contact, by=by, reason=_("Erased at the person's request"))
    store_search_keys(contact, contact_search_keys(contact))
    return contact


@transaction.atomic
def record_dealing(contact: Contact, *, by: User | None, region: Region) -> Contact:
    """Note that ``region`` deals with the person, and may see the personal data from now on."""
    require_writer(by, region)
    regions = set(contact.regions.all()) | {region}
    return update_record(contact, by=by, changes={}, many={"regions": regions})


def _name_company(company: Company, *, by: User | None, name: str) -> None:
    name = " ".join(name.split())
    if not name or name == company.name or company.other_names.filter(name=name).exists():
        return
    other_name = CompanyName(company=company, name=name, folded=name_key(name))
    validate_record(other_name)
    create_record(other_name, by=by)


def _require_free_bin(bin_: str, apart_from: Company | None = None) -> None:
    taken = Company.objects.active().filter(bin=bin_) if bin_ else Company.objects.none()
    other = next((company for company in taken if company != apart_from), None)
    if other is not None:
        message = _("%(company)s has this BIN already.") % {"company": other.name}
        raise BinTaken(message, fields={"bin": message})
