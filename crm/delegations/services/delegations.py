"""Writes of delegations, with their stops and members."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_writer
from crm.audit.services import archive_record, create_record, lock_record, restore_record, update_record
from crm.companies.models import Company
from crm.delegations.choices import DelegationStatus
from crm.delegations.errors import TwoHeads
from crm.delegations.models import Delegation, DelegationMember, DelegationStop
from crm.delegations.queries import delegation_search_keys
from crm.reference.models import Region, Sector
from crm.reminders.services import tell_assigned
from crm.shared.searching import store_search_keys
from crm.shared.validation import validate_record

#: A stop or a member: the fields of its model; ``id`` names a row that stands already.
Row = Mapping[str, Any]


@transaction.atomic
def create_delegation(
    *,
    by: User | None,
    region: Region,
    title: str,
    stops: Iterable[Row] = (),
    members: Iterable[Row] = (),
    sectors: Iterable[Sector] = (),
    companies: Iterable[Company] = (),
    **fields: Any,
) -> Delegation:
    """Create a delegation with its stops (in their order) and members.

    Raises ``NotAllowed``, ``TwoHeads`` and ``InvalidRecord``.
    """
    require_writer(by, region)
    delegation = Delegation(region=region, title=" ".join(title.split()), **fields)
    validate_record(delegation)
    stops, members = list(stops), list(members)
    _require_one_head(members)
    written = {
        "stops": [_label(DelegationStop(**_fields(row))) for row in stops],
        "members": [_label(DelegationMember(**_fields(row))) for row in members],
    }
    create_record(delegation, by=by, many={"sectors": sectors, "companies": companies}, children=written)
    tell_assigned(delegation, to=[delegation.secretary], by=by)
    _write_stops(delegation, stops)
    _write_rows(delegation, DelegationMember, members)
    store_search_keys(delegation, delegation_search_keys(delegation))
    return delegation


@transaction.atomic
def update_delegation(
    delegation: Delegation,
    *,
    by: User | None,
    expected_version: int | None = None,
    stops: Iterable[Row] | None = None,
    members: Iterable[Row] | None = None,
    sectors: Iterable[Sector] | None = None,
    companies: Iterable[Company] | None = None,
    **changes: Any,
) -> Delegation:
    """Change a delegation. ``stops`` and ``members``, where given, are the whole new list.

    Raises ``NotAllowed``, ``VersionConflict``, ``TwoHeads`` and ``InvalidRecord``.
    """
    require_writer(by, delegation.region)
    if "region" in changes:
        require_writer(by, changes["region"])
    current = lock_record(delegation, expected_version=expected_version)
    validate_record(current, changes)
    secretary = current.secretary_id
    children = {}
    if stops is not None:
        before = _labels(delegation.stops)
        _write_stops(delegation, list(stops))
        children["stops"] = [before, _labels(delegation.stops)]
    if members is not None:
        rows = list(members)
        _require_one_head(rows)
        before = _labels(delegation.members)
        _write_rows(delegation, DelegationMember, rows)
        children["members"] = [before, _labels(delegation.members)]
    many = {"sectors": sectors, "companies": companies}
    given = {name: targets for name, targets in many.items() if targets is not None}
    update_record(delegation, by=by, changes=changes, many=given, children=children)
    if delegation.secretary_id != secretary:
        tell_assigned(delegation, to=[delegation.secretary], by=by)
    _forget_prefetched(delegation)
    store_search_keys(delegation, delegation_search_keys(delegation))
    return delegation


@transaction.atomic
def set_delegation_status(delegation: Delegation, *, by: User | None, status: str) -> Delegation:
    """Say how far the visit is: planned, under way, returned, closed, cancelled."""
    require_writer(by, delegation.region)
    validate_record(delegation, {"status": status})
    return update_record(delegation, by=by, changes={"status": DelegationStatus(status)})


@transaction.atomic
def close_without_report(delegation: Delegation, *, by: User | None, reason: str) -> Delegation:
    """Say why a visit has no report, which closes it: it brought no results, or the report is elsewhere.

    An empty ``reason`` takes that back. Raises ``NotAllowed`` and ``InvalidRecord``.
    """
    require_writer(by, delegation.region)
    status = DelegationStatus.CLOSED if reason.strip() else DelegationStatus.RETURNED
    changes = {"no_report_reason": reason.strip(), "status": status}
    validate_record(lock_record(delegation), changes)
    return update_record(delegation, by=by, changes=changes)


@transaction.atomic
def archive_delegation(
    delegation: Delegation, *, by: User | None, reason: str, expected_version: int | None = None
) -> Delegation:
    """Take a delegation out of the lists, with the reason."""
    require_writer(by, delegation.region)
    return archive_record(delegation, by=by, reason=reason, expected_version=expected_version)


@transaction.atomic
def restore_delegation(delegation: Delegation, *, by: User | None) -> Delegation:
    """Bring an archived delegation back. Raises ``NotAllowed`` and ``InvalidRecord``."""
    require_writer(by, delegation.region)
    return restore_record(delegation, by=by)


def _write_stops(delegation: Delegation, rows: list[Row]) -> None:
    _write_rows(delegation, DelegationStop, [{**row, "position": place} for place, row in enumerate(rows)])


def _write_rows(delegation: Delegation, model: type[models.Model], rows: list[Row]) -> None:
    """Make the delegation's rows of ``model`` those given: changed by ``id``, added without, the others removed."""
    manager = model._default_manager
    standing = {row.pk: row for row in manager.filter(delegation=delegation)}
    kept = {row["id"] for row in rows if row.get("id")}
    manager.filter(delegation=delegation).exclude(pk__in=kept).delete()
    written = []
    for row in rows:
        instance = standing.get(row.get("id")) or model(delegation=delegation)
        for name, value in _fields(row).items():
            setattr(instance, name, value)
        written.append(instance)
    # The former head steps down before the next one is saved: the database allows one at any moment.
    for instance in sorted(written, key=lambda instance: getattr(instance, "is_head", False)):
        validate_record(instance)
        instance.save()


def _fields(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("id", "delegation")}


def _labels(rows: Any) -> list[str]:
    return [_label(row) for row in rows.order_by("pk")]


def _label(row: models.Model) -> str:
    """Everything that the row says, for the log: whoever changes any of it has changed the delegation."""
    left_out = {"id", "delegation"}
    fields = [field for field in row._meta.concrete_fields if field.name not in left_out]
    return ", ".join(f"{field.name}: {value}" for field in fields if (value := field.value_from_object(row)))


def _require_one_head(members: list[Row]) -> None:
    if sum(1 for row in members if row.get("is_head")) > 1:
        raise TwoHeads(_("A delegation has one head."), fields={"members": _("A delegation has one head.")})


def _forget_prefetched(delegation: Delegation) -> None:
    getattr(delegation, "_prefetched_objects_cache", {}).clear()
