import pytest
from django.db import DatabaseError, transaction

from crm.accounts.models import User
from crm.audit.choices import Action, Door
from crm.audit.context import entered_by
from crm.audit.models import AuditEvent
from crm.audit.services import archive_record, create_record, restore_record, update_record
from crm.companies.models import Company
from crm.shared.errors import VersionConflict
from tests.factories.companies import CompanyFactory
from tests.factories.visit_reports import VisitReportFactory


def last_event() -> AuditEvent:
    return AuditEvent.objects.order_by("pk").last()


def test_creating_a_record_logs_who_and_through_which_door(official: User) -> None:
    with entered_by(Door.API, "10.1.2.3"):
        company = create_record(Company(name="Örnek Yapı", country="TR"), by=official)
    event = last_event()
    assert (event.action, event.actor, event.door, event.address) == (Action.CREATED, official, Door.API, "10.1.2.3")
    assert (event.model, event.record_id, event.record_label) == ("companies.company", str(company.pk), "Örnek Yapı")
    assert event.changes["name"] == [None, "Örnek Yapı"]


def test_an_update_counts_the_version_up_and_logs_old_and_new(official: User) -> None:
    company = CompanyFactory(city="Bursa")
    update_record(company, by=official, changes={"city": "Eskişehir"}, expected_version=1)
    assert (company.version, company.city) == (2, "Eskişehir")
    assert last_event().changes == {"city": ["Bursa", "Eskişehir"]}
    assert company.history.count() == 2


def test_an_update_that_changes_nothing_writes_nothing(official: User) -> None:
    company = CompanyFactory(city="Bursa")
    update_record(company, by=official, changes={"city": "Bursa"})
    assert Company.objects.get().version == 1
    assert not AuditEvent.objects.exists()


def test_a_stale_version_is_refused_and_nothing_is_lost(official: User) -> None:
    company = CompanyFactory()
    update_record(company, by=official, changes={"city": "Izmir"}, expected_version=1)
    with pytest.raises(VersionConflict) as caught:
        update_record(company, by=official, changes={"city": "Ankara"}, expected_version=1)
    assert caught.value.record.city == "Izmir"
    assert Company.objects.get().city == "Izmir"


def test_archiving_keeps_the_record_with_its_reason_and_can_be_taken_back(official: User) -> None:
    company = archive_record(CompanyFactory(), by=official, reason="entered twice")
    assert not Company.objects.active().exists()
    assert (company.archived_by, company.archive_reason) == (official, "entered twice")
    restore_record(company, by=official)
    assert Company.objects.active().get() == company
    assert last_event().action == Action.RESTORED


@pytest.mark.parametrize("change", [lambda rows: rows.update(actor_name="x"), lambda rows: rows._raw_delete("default")])
def test_the_database_refuses_to_change_the_log(official: User, change) -> None:
    create_record(Company(name="Örnek Yapı"), by=official)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        change(AuditEvent.objects.all())
    assert AuditEvent.objects.count() == 1


def test_what_a_record_keeps_out_of_the_log_leaves_no_word_there(official: User) -> None:
    report = VisitReportFactory.build(region=official.region, uploaded_by=official, title="Secret", text="Secret words")
    create_record(report, by=official)
    update_record(report, by=official, changes={"text": "Other secret words", "language": "en"})
    assert last_event().changes == {"text": ["…", "…"], "language": ["", "en"]}
    assert "ecret" not in str(list(AuditEvent.objects.values()))
