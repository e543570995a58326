"""One run of a plan on a running office, and what must be true at its end."""

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from crm.accounts.models import User
from crm.audit.choices import Action
from crm.audit.models import AuditEvent
from crm.reminders.choices import DeliveryState
from crm.reminders.models import DigestDelivery, DigestItem
from tests.crm.reminders.faults.mail_server import FINAL, UNKNOWABLE, Act
from tests.crm.reminders.faults.office import Office, kill
from tests.crm.reminders.faults.people import busy_people, deliveries_of, wait_until_settled, what_the_database_does
from tests.crm.reminders.faults.plans import Fault, Plan, Tally

SETTLES_IN = 45


@dataclass
class Run:
    plan: Plan
    office: Office
    people: list[User] = field(default_factory=list)
    #: How often somebody was killed while the mail of a person was taken and not noted.
    killed_unnoted: Counter[str] = field(default_factory=Counter)

    def go(self, tally: Tally) -> list[str]:
        """Run the plan, add it to ``tally`` and return what was wrong."""
        began = time.monotonic()
        self.people = busy_people(len(self.plan.scripts))
        self.office.mail.script = {
            person.email: list(script) for person, script in zip(self.people, self.plan.scripts, strict=True)
        }
        self._make_faults(began)
        settled = wait_until_settled(self.people, seconds=SETTLES_IN, meanwhile=self.office.revive)
        wrong = self._wrong() if settled else [f"not settled: {deliveries_of(self.people)}\n{what_the_database_does()}"]
        self._add_to(tally, time.monotonic() - began)
        return wrong

    def _make_faults(self, began: float) -> None:
        healers = []
        for fault in self.plan.faults:
            time.sleep(max(began + fault.at - time.monotonic(), 0))
            healer = self._make(fault)
            if healer is not None:
                healers.append(healer)
        for healer in healers:
            healer.join()
        self.office.heal()

    def _make(self, fault: Fault) -> threading.Timer | None:
        draw = random.Random(self.plan.seed)
        verb, _, thing = fault.what.partition(" ")
        line = {"the database": self.office.database, "the broker": self.office.broker}.get(thing)
        if line is not None:
            getattr(line, verb)()
            healer = threading.Timer(fault.lasts, line.heal)
            healer.start()
            return healer
        if thing == "a sender":
            senders = self.office.senders()
            if senders:
                kill(draw.choice(senders))
        elif thing == "a worker":
            self.office.replace_worker()
        else:
            self.office.replace_scheduler()
        self._note_killed()
        return None

    def _note_killed(self) -> None:
        for email, row in deliveries_of(self.people).items():
            if row.state == DeliveryState.CLAIMED and self.office.mail.ids_to(email):
                self.killed_unnoted[email] += 1

    def _wrong(self) -> list[str]:
        rows = deliveries_of(self.people)
        return [f"{email}: {words}" for email, row in rows.items() for words in self._wrong_with(email, row)]

    def _wrong_with(self, email: str, row: DigestDelivery) -> list[str]:
        ids, done = self.office.mail.ids_to(email), self.office.mail.done[email]
        unknowable = sum(act in UNKNOWABLE for act in done) + self.killed_unnoted[email]
        refused = any(act in FINAL for act in done)
        address_failed = User.objects.filter(email=email, address_failed_at__isnull=False).exists()
        events = AuditEvent.objects.filter(
            action=Action.SENT, model="reminders.digestdelivery", record_id=str(row.pk)
        ).count()
        expected = DeliveryState.FAILED if refused else DeliveryState.SENT
        checks = {
            f"is {row.state}, not {expected} ({row.error})": row.state == expected,
            "was lost": bool(ids) or refused,
            f"came {len(ids)} times, and {unknowable} times nobody could know": len(ids) <= 1 + unknowable,
            f"came under other names: {set(ids)}": set(ids) <= {row.message_id},
            f"was noted as sent {events} times": events == (row.state == DeliveryState.SENT),
            "kept no question": DigestItem.objects.filter(delivery=row).count() == (row.state == DeliveryState.SENT),
            "cost the address, or did not": address_failed == (Act.NO_SUCH_USER in done),
        }
        return [words for words, holds in checks.items() if not holds]

    def _add_to(self, tally: Tally, seconds: float) -> None:
        counts = [len(self.office.mail.ids_to(person.email)) for person in self.people]
        tally.runs += 1
        tally.seconds += seconds
        tally.people += len(self.people)
        tally.mails += sum(counts)
        tally.doubled += sum(max(count - 1, 0) for count in counts)
        tally.refused += sum(row.state == DeliveryState.FAILED for row in deliveries_of(self.people).values())
        tally.acts.update(act.value for person in self.people for act in self.office.mail.done[person.email])
        tally.faults.update(fault.what for fault in self.plan.faults)
