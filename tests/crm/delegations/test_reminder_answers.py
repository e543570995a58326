from datetime import date

import pytest

from crm.accounts.models import User
from crm.shared.errors import InvalidRecord
from tests.answering import answer, rules_asking
from tests.factories.delegations import DelegationFactory

RULE, LATER = "report_missing", date(2026, 3, 2)


def test_a_visit_without_results_is_closed_with_the_reason_and_opened_again(official: User) -> None:
    visit = DelegationFactory(secretary=official)
    assert RULE in rules_asking(official, LATER)
    with pytest.raises(InvalidRecord):
        answer(official, RULE, "no_results", visit, LATER, reason=" ")
    done = answer(official, RULE, "no_results", visit, LATER, reason="The forum was called off")
    visit.refresh_from_db()
    assert (visit.no_report_reason, visit.status) == ("The forum was called off", "closed")
    assert RULE not in rules_asking(official, LATER)
    answer(official, RULE, done.undo, visit, LATER)
    assert RULE in rules_asking(official, LATER)
