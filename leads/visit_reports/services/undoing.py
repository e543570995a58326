"""Taking an acceptance back: what it made is archived, as long as nobody has worked on it."""

from django.apps import apps
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.accounts.models import User
from crm.accounts.queries import require_manager, require_writer
from crm.audit.choices import Action
from crm.audit.services import archive_record, lock_record, record_event, update_record
from crm.companies.models import Company, Contact
from leads.visit_reports.choices import ReportState
from leads.visit_reports.errors import StandsInTheWay
from leads.visit_reports.models import ReportCommit, Suggestion
from leads.visit_reports.services.traces import key_of, rows_pointing_at, times_written


@transaction.atomic
def undo_commit(commit: ReportCommit, *, by: User) -> ReportCommit:
    """Archive what the commit made and put its cards back into review; one that is undone already stays as it is.

    Known companies that it linked stay, with the name they were given. Managers may, and whoever accepted it. Raises
    ``NotAllowed``, and ``StandsInTheWay`` with the first record that somebody has worked on or linked since.
    """
    require_writer(by, commit.report.region)
    if commit.by_id != by.pk:
        require_manager(by)
    report = lock_record(commit.report)
    current = ReportCommit.objects.select_for_update().get(pk=commit.pk)
    if current.undone_at is not None:
        return current
    made = made_by(current)
    _require_untouched(current, made)
    reason = _("The acceptance of the report was undone.")
    for record in reversed(list(made.values())):
        if getattr(record, "archived_at", None) is None:
            archive_record(record, by=by, reason=reason)
    for suggestion in current.suggestions.select_for_update():
        suggestion.commit, suggestion.record = None, None
        suggestion.version += 1
        suggestion.save()
    changes: dict[str, object] = {"state": ReportState.IN_REVIEW}
    if report.delegation and key_of(report.delegation) in made:
        changes["delegation"] = None
    update_record(commit.report, by=by, changes=changes)
    current.undone_at, current.undone_by = timezone.now(), by
    current.save(update_fields=["undone_at", "undone_by"])
    record_event(
        Action.CHANGED, by=by, record=current, changes={"undone_at": [None, current.undone_at.isoformat()]},
        region_code=report.region.code,
    )  # fmt: skip
    return current


def made_by(commit: ReportCommit) -> dict[str, Model]:
    """Return the records that the commit made, by key, in the order of making."""
    found: dict[str, Model] = {}
    for entry in commit.records:
        model = apps.get_model(entry["model"])
        found[f"{entry['model']}:{entry['id']}"] = model._default_manager.get(pk=entry["id"])
    return found


def _require_untouched(commit: ReportCommit, made: dict[str, Model]) -> None:
    written = times_written(made.values())
    for entry in commit.records:
        key = f"{entry['model']}:{entry['id']}"
        if written[key] != entry["events"]:
            raise _in_the_way(made[key])
    links = set(commit.links)
    for row in rows_pointing_at(made.values()):
        if key_of(row) not in links and key_of(row) not in made and getattr(row, "archived_at", None) is None:
            raise _in_the_way(_owner_of(row, made))
    companies = [record.pk for record in made.values() if isinstance(record, Company)]
    contacts = [record.pk for record in made.values() if isinstance(record, Contact)]
    chosen = Suggestion.objects.filter(Q(company__in=companies) | Q(contact__in=contacts)).exclude(report=commit.report)
    for other in chosen.select_related("company", "contact")[:1]:
        raise _in_the_way(other.company or other.contact or other)


def _owner_of(row: Model, made: dict[str, Model]) -> Model:
    """Return the record behind a row that links two: the one that the commit did not make."""
    if not row._meta.auto_created:
        return row
    ends: list[Model] = [getattr(row, field.name) for field in row._meta.concrete_fields if field.is_relation]
    return next((end for end in ends if key_of(end) not in made), ends[0])


def _in_the_way(record: Model) -> StandsInTheWay:
    message = _("This cannot be undone: somebody has worked on “%(record)s” (%(kind)s) since.")
    return StandsInTheWay(message % {"record": record, "kind": record._meta.verbose_name}, record=record)
